/* The cases of a letter: each is a name that a case can have, and no more of them than the letter has bytes for. */
#include "claim.h"
#include "mail/entry.h"
#include "mail/letter_cases.h"
#include "notice/message.h"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    message_begin();
    return 0;
}

static bool on_case(void *arg, struct bytes id)
{
    size_t *count = arg;
    require(entry_is_name(id));
    ++*count;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t seen = 0;
    size_t count = letter_cases(bytes_at(data, size), on_case, &seen);
    require(count == seen && count <= size);
    return 0;
}
