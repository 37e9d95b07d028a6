/* What a letter quotes of a tape. */
#include "cli/dialogue.h"

#include "tape/record.h"
#include "tape/tape_head.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void put(struct buf *tape, enum record_op op, struct bytes data)
{
    struct record r = {.op = op, .c = 1, .data = data};
    assert_true(record_put(tape, &r));
}

static void put_text(struct buf *tape, enum record_op op, const char *text)
{
    put(tape, op, bytes_of(text));
}

static struct buf new_tape(void)
{
    struct buf tape = buf_new(TAPE_LIMIT);
    struct tape_head head = {.probe = bytes_of("relay/x"), .pack = bytes_of("builtin@1.0.0")};
    assert_true(addr_parse(bytes_of("192.0.2.1:25"), &head.target));
    assert_true(tape_head_put(&tape, &head));
    put_text(&tape, RECORD_OPEN, "192.0.2.1:25");
    put_text(&tape, RECORD_OPENED, "203.0.113.7:41000");
    return tape;
}

static void finish_with(struct buf *tape, struct dialogue *d, struct bytes mark)
{
    struct record verdict = {
        .op = RECORD_VERDICT, .data = bytes_of("open"), .more = {bytes_of("token returned")}};
    struct fail fail = {0};
    assert_true(record_put(tape, &verdict));
    if (!dialogue_read(d, buf_view(tape), mark, &fail))
        fail_msg("%s", fail.text);
    buf_free(tape);
}

static void finish(struct buf *tape, struct dialogue *d)
{
    finish_with(tape, d, bytes_of(""));
}

static void assert_line(const struct dialogue *d, size_t i, bool ours, const char *text,
                        unsigned more)
{
    assert_true(i < d->count);
    assert_int_equal(d->lines[i].ours, ours);
    assert_int_equal(d->lines[i].text.n, strlen(text));
    assert_memory_equal(d->lines[i].text.p, text, strlen(text));
    assert_int_equal(d->lines[i].more, more);
}

static void lines_are_whole_however_they_came(void **state)
{
    (void)state;
    struct buf tape = new_tape();
    struct dialogue d;
    put_text(&tape, RECORD_RECV, "220 mail.exa");
    put_text(&tape, RECORD_RECV, "mple.org\r");
    put_text(&tape, RECORD_RECV, "\n");
    put_text(&tape, RECORD_SEND, "MAIL FROM:<>\r\nRCPT TO:<a@b>\r\n");
    put_text(&tape, RECORD_RECV, "250 ok\r\n");
    put_text(&tape, RECORD_RECV, "250 ok too\r\n");
    finish(&tape, &d);
    assert_int_equal(d.count, 5);
    assert_line(&d, 0, false, "220 mail.example.org", 0);
    assert_line(&d, 1, true, "MAIL FROM:<>", 0);
    assert_line(&d, 2, true, "RCPT TO:<a@b>", 0);
    assert_line(&d, 3, false, "250 ok", 0);
    assert_line(&d, 4, false, "250 ok too", 0);
    dialogue_free(&d);
}

static void a_long_turn_is_cut_and_counted(void **state)
{
    (void)state;
    struct buf tape = new_tape();
    struct dialogue d;
    put_text(&tape, RECORD_RECV, "250-a\r\n250-b\r\n250-c\r\n250-d\r\n250-e\r\n250 f\r\n");
    finish(&tape, &d);
    assert_int_equal(d.count, 4);
    assert_line(&d, 2, false, "250-c", 0);
    assert_line(&d, 3, false, "250-d", 2);
    dialogue_free(&d);
}

static void empty_lines_and_stray_bytes_change_nothing(void **state)
{
    (void)state;
    struct buf tape = new_tape();
    struct dialogue d;
    put_text(&tape, RECORD_SEND, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    put_text(&tape, RECORD_RECV, "HTTP/1.1 200 OK\r\nX: \x1b[2J\r\n\r\n\r\nbody");
    finish(&tape, &d);
    assert_int_equal(d.count, 5);
    assert_line(&d, 3, false, "X: \x1b[2J", 0);
    assert_line(&d, 4, false, "body", 0);
    dialogue_free(&d);
}

static void what_is_no_text_is_one_line(void **state)
{
    (void)state;
    struct buf tape = new_tape();
    struct dialogue d;
    put(&tape, RECORD_SEND, bytes_at("\x05\x01\x00\n\n", 5));
    put(&tape, RECORD_RECV, bytes_at("\x05\x00", 2));
    finish(&tape, &d);
    assert_int_equal(d.count, 2);
    assert_int_equal(d.lines[0].text.n, 5);
    assert_int_equal(d.lines[1].text.n, 2);
    dialogue_free(&d);
}

/* The turns that the letter speaks of: the proof's own. */
static void a_long_dialogue_keeps_the_turns_of_the_mark(void **state)
{
    (void)state;
    struct buf tape = new_tape();
    struct dialogue d;
    for (int i = 0; i < 100; i++) {
        char line[32];
        snprintf(line, sizeof line, i == 51 ? "RCPT TO:<abcd@x>\r\n" : "%d\r\n", i);
        put_text(&tape, i % 2 ? RECORD_SEND : RECORD_RECV, line);
    }
    finish_with(&tape, &d, bytes_of("abcd"));
    assert_int_equal(d.count, FACTS_LINES);
    assert_line(&d, 7, true, "7", 38);
    assert_line(&d, 8, false, "46", 0);
    assert_line(&d, 13, true, "RCPT TO:<abcd@x>", 0);
    assert_line(&d, 39, true, "77", 22);
    dialogue_free(&d);
}

static void a_short_dialogue_stays_whole_wherever_the_mark_is(void **state)
{
    (void)state;
    struct buf tape = new_tape();
    struct dialogue d;
    put_text(&tape, RECORD_SEND, "RCPT TO:<abcd@x>\r\n");
    for (int i = 1; i < FACTS_LINES; i++)
        put_text(&tape, i % 2 ? RECORD_RECV : RECORD_SEND, "x\r\n");
    finish_with(&tape, &d, bytes_of("abcd"));
    assert_int_equal(d.count, FACTS_LINES);
    assert_line(&d, FACTS_LINES - 1, false, "x", 0);
    dialogue_free(&d);
}

static void a_long_dialogue_keeps_its_beginning_and_its_end(void **state)
{
    (void)state;
    struct buf tape = new_tape();
    struct dialogue d;
    for (int i = 0; i < 50; i++) {
        char line[32];
        snprintf(line, sizeof line, "%d\r\n", i);
        put_text(&tape, i % 2 ? RECORD_SEND : RECORD_RECV, line);
    }
    finish(&tape, &d);
    assert_int_equal(d.count, FACTS_LINES);
    assert_line(&d, 0, false, "0", 0);
    assert_line(&d, 7, true, "7", 10);
    assert_line(&d, 8, false, "18", 0);
    assert_line(&d, 39, true, "49", 0);
    dialogue_free(&d);
}

static void our_own_end_and_what_was_said_are_kept(void **state)
{
    (void)state;
    struct buf tape = new_tape();
    struct dialogue d;
    struct addr from;
    put_text(&tape, RECORD_RECV, "220 Postfix\r\n");
    put_text(&tape, RECORD_SEND, "QUIT\r\n");
    put_text(&tape, RECORD_RECV, "221 bye\r\n");
    finish(&tape, &d);
    assert_true(addr_parse(bytes_of("203.0.113.7:41000"), &from) && addr_equal(&d.from, &from));
    assert_true(bytes_equal_text(d.said, "220 Postfix\r\n221 bye\r\n"));
    dialogue_free(&d);
}

static void a_flood_fits(void **state)
{
    (void)state;
    struct buf tape = new_tape();
    struct dialogue d;
    static unsigned char flood[60000];
    for (size_t i = 0; i < sizeof flood; i++)
        flood[i] = i % 2 ? '\n' : 'a';
    for (int i = 0; i < 8; i++)
        put(&tape, i % 2 ? RECORD_SEND : RECORD_RECV, bytes_at(flood, sizeof flood));
    finish(&tape, &d);
    assert_int_equal(d.count, 32);
    assert_line(&d, 3, false, "a", 29996);
    assert_int_equal(d.said.n, FACTS_SAID);
    dialogue_free(&d);
}

static void a_broken_tape_is_refused(void **state)
{
    (void)state;
    struct dialogue d;
    struct fail fail = {0};
    assert_false(dialogue_read(&d, bytes_of("{}\n"), bytes_of(""), &fail));
    assert_non_null(fail.code);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_whole_however_they_came),
        cmocka_unit_test(a_long_turn_is_cut_and_counted),
        cmocka_unit_test(empty_lines_and_stray_bytes_change_nothing),
        cmocka_unit_test(what_is_no_text_is_one_line),
        cmocka_unit_test(a_long_dialogue_keeps_its_beginning_and_its_end),
        cmocka_unit_test(a_long_dialogue_keeps_the_turns_of_the_mark),
        cmocka_unit_test(a_short_dialogue_stays_whole_wherever_the_mark_is),
        cmocka_unit_test(our_own_end_and_what_was_said_are_kept),
        cmocka_unit_test(a_flood_fits),
        cmocka_unit_test(a_broken_tape_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
