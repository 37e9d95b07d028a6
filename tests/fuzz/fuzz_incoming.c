/* A mail that came back: what is read of it is always such as its parent takes, and can be sorted. */
#include "base/text.h"
#include "claim.h"
#include "mail/incoming.h"
#include "mail/sorting.h"
#include "notice/message.h"

static const struct ticket_key key = {.bytes = {7}};

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    message_begin(); /* tables of character sets are found when they are wanted */
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sorting_ground ground = {.key = &key,
                                    .bounces = "b@example.org",
                                    .retest = "r@example.org",
                                    .objection = "o@example.org"};
    struct incoming m;
    struct fail fail;
    struct buf answer = buf_new(INCOMING_ANSWER);
    incoming_read(bytes_at(data, size), &answer);
    require(!answer.overflow);
    if (!incoming_get(buf_view(&answer), &m, &fail))
        abort();
    struct sorted s = sorting_of(&ground, &m);
    require(s.by && (s.match == MATCHED_NOT) == (s.ticket[0] == '\0'));
    require(text_is_printable(bytes_of(incoming_text(&m, "subject"))));
    incoming_free(&m);
    buf_free(&answer);
    return 0;
}
