/* Properties that hold whatever a stranger wrote: nothing of it looks like the letter's own words,
 * steers a terminal, turns a line around or reaches the header. */
#include "notice/facts.h"
#include "notice/layout.h"
#include "notice/message.h"
#include "notice_test.h"

#include <stdio.h>

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
    "a list”. Pay now, “a list",
    "a list». Pay now, «a list",
    "a list\". Pay now, \"a list",
    "a list“. Pay now, „a list",
    "mail.example.org. Pay now, c-1",
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

/* Marked as one on which the verdict rests. */
static bool is_decisive(struct bytes line)
{
    return bytes_starts_nocase(line, " *> C: ") || bytes_starts_nocase(line, " *> S: ");
}

static bool is_quote(struct bytes line)
{
    return is_decisive(line) || bytes_starts_nocase(line, "  > C: ") ||
           bytes_starts_nocase(line, "  > S: ");
}

static void check_line(struct bytes line)
{
    assert_true(text_is_printable(line));
    bool is_quoted = is_quote(line);
    assert_true(text_width(line) <= LAYOUT_COLUMNS);
    if (has_evil(line) && !is_quoted)
        fail_msg("a stranger's words as ours: %.*s", (int)line.n, (const char *)line.p);
}

static void check_text(const struct letter *letter, size_t quotes, size_t decisive)
{
    struct bytes rest = buf_view(&letter->text);
    struct bytes line;
    size_t found = 0;
    size_t marked = 0;
    while (next_line(&rest, &line)) {
        check_line(line);
        found += is_quote(line);
        marked += is_decisive(line);
    }
    assert_int_equal(found, quotes);
    assert_int_equal(marked, decisive);
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
    const struct finding_line lines[] = {
        {false, said, 0, false}, {true, said, 2, true}, {false, said, 0, true}};
    struct finding f = relay();
    f.said = said;
    f.lines = lines;
    f.line_count = 3;
    struct letter letter = write_letter(c, &f, "nb");
    check_text(&letter, 6,
               4); /* in both languages: three lines, of which two decide, whatever they say */
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

/* Isolates are ours, and each is closed on its line; without them the line is as any other. */
static struct buf without_isolates(struct bytes line)
{
    static const char open[] = "\xe2\x81\xa6", close[] = "\xe2\x81\xa9";
    struct buf out = buf_new(LETTER_LIMIT);
    bool is_open = false;
    for (size_t i = 0; i < line.n; i++) {
        struct bytes rest = bytes_slice(line, i, line.n);
        bool opens = bytes_starts_nocase(rest, open), closes = bytes_starts_nocase(rest, close);
        if (!opens && !closes) {
            buf_put_byte(&out, line.p[i]);
            continue;
        }
        assert_true(opens ? !is_open : is_open);
        is_open = opens;
        i += sizeof open - 2;
    }
    assert_false(is_open);
    return out;
}

/* The quotation marks of a language, as its file has them around the name of a list. */
struct marks {
    struct bytes open;
    struct bytes close;
};

static struct marks marks_of(struct bytes language)
{
    static const char key[] = "source_name = \"", name[] = "{name}";
    size_t from = bytes_find(language, lit(key)) + sizeof key - 1;
    struct bytes rest = bytes_slice(language, from, language.n);
    size_t at = bytes_find(rest, lit(name));
    struct bytes behind = bytes_slice(rest, at + sizeof name - 1, rest.n);
    return (struct marks){bytes_slice(rest, 0, at),
                          bytes_slice(behind, 0, bytes_index(behind, '"', 0))};
}

static bool starts_with(struct bytes text, struct bytes what)
{
    return text.n >= what.n && bytes_equal(bytes_slice(text, 0, what.n), what);
}

/* Do the words "Pay now" stand in quotation marks wherever they are? A paragraph begins with none. */
static void check_marks(struct bytes text, struct marks marks)
{
    bool is_in = false;
    for (size_t i = 0; i < text.n; i++) {
        struct bytes rest = bytes_slice(text, i, text.n);
        struct bytes behind = bytes_slice(rest, sizeof EVIL - 1, rest.n);
        if (bytes_starts_nocase(rest, "\n\n"))
            is_in = false;
        else if (starts_with(rest, is_in ? marks.close : marks.open))
            is_in = !is_in;
        else if (bytes_starts_nocase(rest, EVIL) && !is_in &&
                 (bytes_starts_nocase(behind, " now") || bytes_starts_nocase(behind, "\nnow")))
            fail_msg("as ours: %.*s", (int)(rest.n < 80 ? rest.n : 80), (const char *)rest.p);
    }
}

/* A name may stand in a sentence in quotation marks, and as one word without. What it says is never said by us: in no language do
 * its words stand outside of quotation marks. */
static void check_sentences(const struct letter *letter, const char *code, struct marks marks)
{
    struct bytes whole = buf_view(&letter->text);
    struct bytes rest = whole;
    size_t found = 0;
    for (struct bytes line; next_line(&rest, &line);) {
        struct buf plain = without_isolates(line);
        assert_true(text_is_printable(buf_view(&plain)));
        found += is_quote(buf_view(&plain));
        buf_free(&plain);
    }
    size_t second = bytes_find(whole, lit("=== English ="));
    assert_int_equal(found, strcmp(code, "en") == 0 ? 1 : 2);
    check_marks(bytes_slice(whole, 0, second), marks);
    if (second != BYTES_NOT_FOUND)
        check_marks(bytes_slice(whole, second, whole.n), (struct marks){lit("“"), lit("”")});
}

static void check_names(const struct wordings *w, const char *language, const char *tone,
                        const char *name, struct marks marks)
{
    const struct finding_line line = {false, bytes_of("250 ok"), 0, false};
    bool clear = strcmp(tone, "all-clear") == 0;
    struct finding f = relay();
    f.open = !clear;
    f.closed = clear;
    f.host = bytes_of(name);
    f.source = bytes_of(name);
    f.earlier_case = bytes_of(name);
    f.case_id = bytes_of(name);
    f.written = f.started;
    f.token = bytes_of(clear ? "" : name);
    f.said = bytes_of(name);
    f.lines = &line;
    f.line_count = 1;
    struct letter letter = write_toned(w, &f, language, tone);
    check_sentences(&letter, language, marks);
    assert_true(bytes_find(letter.subject, bytes_of(EVIL)) == BYTES_NOT_FOUND);
    check_message(&letter);
    letter_free(&letter);
}

static void nasty_names_stay_in_their_sentence(void **state)
{
    static const char *const tones[] = {"first", "reminder", "provider", "all-clear"};
    const struct embedded *list = NULL;
    size_t n = embedded_list(&list);
    for (size_t i = 0; i < n; i++) {
        char code[16] = "";
        if (sscanf(list[i].path, "lang/%15[a-z].lua", code) != 1 || strchr(list[i].path + 5, '/'))
            continue;
        for (unsigned tone = 0; tone < 4; tone++)
            for (unsigned name = 0; name < NASTY; name++)
                check_names(*state, code, tones[tone], nasty[name], marks_of(list[i].content));
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
