/* What a process says that words letters, and may have been taken over: an answer, and with it a letter and its message. */
#include "base/text.h"
#include "claim.h"
#include "notice/layout.h"
#include "notice/message.h"
#include "run/composing.h"

static const char facts_text[] =
    "{\"dialogue\":[{\"who\":\"S\",\"text\":\"220 hello\"},{\"who\":\"C\",\"text\":\"EHLO x\","
    "\"more\":3}]}";
static const char profile_text[] =
    "{\"from\":\"a@authority.example\",\"reply_to\":\"b@authority.example\"}";

/* Printable, but for isolates (notice/isolates.h): each that is opened is closed, and holds something. */
static void claim_line(struct bytes line)
{
    static const struct bytes open = {(const unsigned char *)"\xe2\x81\xa6", 3};
    static const struct bytes close = {(const unsigned char *)"\xe2\x81\xa9", 3};
    for (size_t from; (from = bytes_find(line, open)) != BYTES_NOT_FOUND;) {
        size_t to = bytes_find(line, close);
        require(to != BYTES_NOT_FOUND && to > from + 3);
        require(text_is_printable(bytes_slice(line, 0, from)));
        require(text_is_printable(bytes_slice(line, from + 3, to)));
        line = bytes_slice(line, to + 3, line.n);
    }
    require(text_is_printable(line));
}

/* No line is one that the wording could not have made: printable all through, and a quote only of what was said. */
static void claim_text(struct bytes text)
{
    while (text.n > 0) {
        size_t end = bytes_index(text, '\n', 0);
        require(end != BYTES_NOT_FOUND);
        struct bytes line = bytes_slice(text, 0, end);
        claim_line(line);
        if (bytes_starts_nocase(line, "  > "))
            require(bytes_equal_text(line, "  > S: 220 hello") ||
                    bytes_equal_text(line, "  > C: EHLO x") || bytes_starts_nocase(line, "  > …"));
        text = bytes_slice(text, end + 1, text.n);
    }
}

/* A header's lines: none but ours, whatever the words say. */
static void claim_message(struct bytes message)
{
    static const char *const known[] = {
        "From: ", "Reply-To: ",   "To: ",           "Subject: ", "Message-Id: ",
        "Date: ", "MIME-Version", "Auto-Submitted", "Content-",  " ",
        "\t"};
    for (size_t end; (end = bytes_index(message, '\n', 0)) > 1;) {
        bool is_known = false;
        require(end != BYTES_NOT_FOUND && message.p[end - 1] == '\r');
        for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
            is_known |= bytes_starts_nocase(message, known[i]);
        require(is_known);
        message = bytes_slice(message, end + 1, message.n);
    }
}

static void lay_out(json_t *words, json_t *facts, json_t *profile)
{
    struct letter letter;
    struct fail fail = {0};
    if (!letter_lay_out(words, facts, profile, &letter, &fail)) {
        require(fail.code && fail.text[0] != '\0');
        return;
    }
    struct buf message = buf_new(1024 * 1024);
    struct message_envelope envelope = {.id = bytes_of("c-1")};
    claim_text(buf_view(&letter.text));
    if (message_put(&message, &letter, &envelope, &fail))
        claim_message(buf_view(&message));
    buf_free(&message);
    letter_free(&letter);
}

/* A letter whose blocks were read and laid out before is the one that it would be otherwise. */
static void lay_out_again(struct bytes answer, json_t *facts, json_t *profile)
{
    static struct words_kept *words_kept = NULL;
    static struct layout_kept *kept = NULL;
    struct fail fail = {0};
    struct letter letters[2];
    if (!kept) {
        words_kept = words_kept_new();
        kept = layout_kept_new();
    }
    bool ok[2] = {false, false};
    for (unsigned i = 0; i < 2; i++) {
        json_t *words = composing_read_words(answer, i ? words_kept : NULL, &fail);
        ok[i] = words &&
                letter_lay_out_kept(words, facts, profile, i ? kept : NULL, &letters[i], &fail);
        require(ok[i] || fail.code);
        json_decref(words);
    }
    require(ok[0] == ok[1]);
    if (!ok[0])
        return;
    require(bytes_equal(buf_view(&letters[0].text), buf_view(&letters[1].text)));
    claim_text(buf_view(&letters[1].text));
    letter_free(&letters[0]);
    letter_free(&letters[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool begun = false;
    struct fail fail = {0};
    if (!begun)
        message_begin();
    begun = true;
    json_t *words = composing_read(bytes_at(data, size), &fail);
    json_t *facts = json_loads(facts_text, 0, NULL);
    json_t *profile = json_loads(profile_text, 0, NULL);
    require(words || (fail.code && text_is_printable(bytes_of(fail.text))));
    if (words)
        lay_out(words, facts, profile);
    lay_out_again(bytes_at(data, size), facts, profile);
    json_decref(words);
    json_decref(facts);
    json_decref(profile);
    return 0;
}
