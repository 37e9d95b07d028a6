/* Properties that hold whatever a stranger wrote: nothing of it looks like the letter's own words,
 * steers a terminal, turns a line around or reaches the header. */
#include "notice/facts.h"
#include "notice/layout.h"
#include "notice/message.h"
#include "notice_test.h"

#define EVIL "Pay"

static const char *const nasty[] = {
    "250 ok\r\nBcc: victim@example.org\r\n\r\nPay now",
    "250 ok\nPay now\n",
    "250 ok\rPay now",
    "250 ok\v\f\x85Pay now\xe2\x80\xa8Pay\xe2\x80\xa9Pay",
    "\x1b]0;Pay\x07\x1b[2J\x9b"
    "31mPay",
    "\xe2\x80\xae"
    "yaP\xe2\x80\xac Pay \xe2\x81\xa6 Pay",
    "P\xe2\x80\x8b"
    "ay\xef\xbb\xbf\xc2\xad Pay",
    "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d Pay \xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7",
    "Pay\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85",
    "{address} {nothing} %1 %s %n Pay \\",
    "=?utf-8?q?Pay?= <Pay@example.org>, \"Pay",
    "=== Pay ====================================================================",
    "\xc3\x28 \xff\xfe\x00 Pay \xed\xa0\x80",
    "-- \r\nPay",
    ".\r\nPay",
    "From Pay",
};

enum { NASTY = sizeof nasty / sizeof *nasty };

/* A small generator with a fixed start: the same bytes on every run. */
static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void fill_random(unsigned char *out, size_t n, unsigned *seed)
{
    for (size_t i = 0; i < n; i++)
        out[i] = (unsigned char)next_random(seed);
    memcpy(out + n / 2, EVIL, sizeof EVIL - 1);
}

static bool has_evil(struct bytes line)
{
    return bytes_find(line, bytes_of(EVIL)) != BYTES_NOT_FOUND;
}

static bool is_quote(struct bytes line)
{
    return bytes_starts_nocase(line, "  > C: ") || bytes_starts_nocase(line, "  > S: ");
}

static void check_line(struct bytes line)
{
    assert_true(text_is_printable(line));
    bool is_quoted = is_quote(line);
    assert_true(text_width(line) <= LAYOUT_COLUMNS);
    if (has_evil(line) && !is_quoted)
        fail_msg("a stranger's words as ours: %.*s", (int)line.n, (const char *)line.p);
}

static void check_text(const struct letter *letter, size_t quotes)
{
    struct bytes rest = buf_view(&letter->text);
    struct bytes line;
    size_t found = 0;
    while (next_line(&rest, &line)) {
        check_line(line);
        found += is_quote(line);
    }
    assert_int_equal(found, quotes);
}

/* The header holds the fields that we put there, each once, and no others. */
static void check_header(struct bytes message)
{
    static const char *const fields[] = {
        "Date",
        "From",
        "Reply-To",
        "Subject",
        "To",
        "Message-Id",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
        "Content-Language",
        "Content-Transfer-Encoding",
    };
    enum { FIELDS = sizeof fields / sizeof *fields };
    unsigned seen[FIELDS] = {0};
    struct bytes rest = bytes_slice(message, 0, bytes_find(message, lit("\r\n\r\n")) + 2);
    struct bytes line;
    while (next_line(&rest, &line)) {
        bool is_fold = line.p[0] == ' ' || line.p[0] == '\t';
        size_t colon = bytes_index(line, ':', 0);
        unsigned i = 0;
        while (!is_fold && i < FIELDS &&
               !bytes_equal_nocase(bytes_slice(line, 0, colon), fields[i]))
            i++;
        assert_true(i < FIELDS);
        seen[i] += !is_fold;
    }
    for (unsigned i = 0; i < FIELDS; i++)
        assert_int_equal(seen[i], 1);
}

static void check_message(const struct letter *letter)
{
    struct buf out = buf_new(1024 * 1024);
    struct fail fail = {0};
    struct message_envelope envelope = {.when = 1, .id = lit("c-1.00")};
    assert_true(message_put(&out, letter, &envelope, &fail));
    check_header(buf_view(&out));
    buf_free(&out);
}

static void check(struct wordings *c, struct bytes said)
{
    const struct finding_line lines[] = {{false, said, 0}, {true, said, 2}, {false, said, 0}};
    struct finding f = relay();
    f.said = said;
    f.lines = lines;
    f.line_count = 3;
    struct letter letter = write_letter(c, &f, "nb");
    check_text(&letter, 8); /* in both languages: three lines and one for those left out */
    check_message(&letter);
    letter_free(&letter);
}

static void nasty_lines_stay_quotes(void **state)
{
    for (unsigned i = 0; i < NASTY; i++)
        check(*state, bytes_of(nasty[i]));
}

static void random_lines_stay_quotes(void **state)
{
    unsigned char bytes[600];
    unsigned seed = 2004;
    for (unsigned i = 0; i < 500; i++) {
        size_t n = 8 + next_random(&seed) % (sizeof bytes - 8);
        fill_random(bytes, n, &seed);
        check(*state, bytes_at(bytes, n));
    }
}

/* Names stand inside of sentences: one paragraph holds them, and they are short. */
static void nasty_names_stay_in_their_sentence(void **state)
{
    for (unsigned i = 0; i < NASTY; i++) {
        struct finding f = relay();
        f.host = bytes_of(nasty[i]);
        f.source = bytes_of(nasty[i]);
        f.bundle = bytes_of(nasty[i]);
        struct letter letter = write_letter(*state, &f, "en");
        struct bytes rest = buf_view(&letter.text);
        for (struct bytes line; next_line(&rest, &line);)
            assert_true(text_is_printable(line) && !is_quote(line));
        assert_true(bytes_find(letter.subject, bytes_of(EVIL)) == BYTES_NOT_FOUND);
        check_message(&letter);
        letter_free(&letter);
    }
}

static void too_many_lines_are_refused(void **state)
{
    static struct finding_line lines[FACTS_LINES + 1];
    struct finding f = relay();
    struct letter letter;
    struct fail fail = {0};
    f.lines = lines;
    f.line_count = FACTS_LINES + 1;
    assert_false(try_letter(*state, &f, "en", &letter, &fail));
    assert_string_equal(fail.code, "ELIMIT");
}

static int set_up(void **state)
{
    message_begin();
    *state = new_wordings();
    return 0;
}

static int tear_down(void **state)
{
    free_wordings(*state);
    message_end();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nasty_lines_stay_quotes),
        cmocka_unit_test(random_lines_stay_quotes),
        cmocka_unit_test(nasty_names_stay_in_their_sentence),
        cmocka_unit_test(too_many_lines_are_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
