/* A mail that came back through a stranger's server, and what that server said: the parts of a message that hold them. */
#include "claim.h"
#include "notice/facts.h"
#include "notice/machine.h"

#include <gmime/gmime.h>

static const char digest[] = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

static struct letter small_letter(void)
{
    struct letter letter = {.subject = bytes_of("s"),
                            .languages = bytes_of("en"),
                            .from_name = bytes_of("n"),
                            .from_address = bytes_of("a@authority.example"),
                            .reply_to = bytes_of("b@authority.example"),
                            .text = buf_new(64)};
    buf_put_text(&letter.text, "text\n");
    return letter;
}

/* A reader of mail that is not ours finds the parts that there should be, and no more fields in front of them. */
static void claim_parts(struct bytes message, int parts)
{
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer((const char *)message.p, message.n);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *parsed = g_mime_parser_construct_message(parser, NULL);
    require(parsed);
    GMimeObject *whole = g_mime_message_get_mime_part(parsed);
    require(GMIME_IS_MULTIPART(whole));
    require(g_mime_multipart_get_count(GMIME_MULTIPART(whole)) == parts);
    require(g_mime_header_list_get_count(g_mime_object_get_header_list(GMIME_OBJECT(parsed))) == 9);
    g_object_unref(parsed);
    g_object_unref(parser);
    g_object_unref(stream);
}

static void claim(enum machine which, const struct finding *f, json_t *facts)
{
    struct fail fail = {0};
    struct machine_parts parts = {0};
    struct buf message = buf_new(1024 * 1024);
    struct letter letter = small_letter();
    struct message_envelope envelope = {.id = bytes_of("c-1.0"), .ticket = bytes_of("c-1")};
    bool ok = machine_put(which, f, facts, &letter, &parts, &envelope, &fail) &&
              message_put(&message, &letter, &envelope, &fail);
    require(ok || (fail.code && strcmp(fail.code, "ELIMIT") == 0));
    if (ok)
        claim_parts(buf_view(&message), which == MACHINE_ARF && f->mail_back.n > 0 ? 3 : 2);
    machine_free(&parts);
    buf_free(&message);
    buf_free(&letter.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool begun = false;
    struct fail fail = {0};
    struct bytes said = bytes_at(data, size);
    const struct finding_line line = {false, said, 0, false};
    struct finding f = {.case_id = bytes_of("c-1"),
                        .open = true,
                        .probe = said,
                        .said = said,
                        .mail_back = said,
                        .digest = bytes_of(digest),
                        .lines = &line,
                        .line_count = 1};
    if (!begun)
        message_begin();
    begun = true;
    require(addr_parse(bytes_of("192.0.2.1:25"), &f.target));
    json_t *facts = facts_of(&f, &fail);
    require(facts);
    for (enum machine which = 0; which < MACHINE_NONE; which++)
        claim(which, &f, facts);
    json_decref(facts);
    return 0;
}
