/* What a letter quotes of a tape. */
#include "cli/dialogue.h"

#include "tape/record.h"
#include "tape/tape_head.h"
#include "tape/tape_reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void put_on(struct buf *tape, unsigned c, enum record_op op, struct bytes data)
{
    struct record r = {.op = op, .c = c, .data = data};
    assert_true(record_put(tape, &r));
}

static void put(struct buf *tape, enum record_op op, struct bytes data)
{
    put_on(tape, 1, op, data);
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

static void finish_chosen(struct buf *tape, struct dialogue *d, struct bytes mark,
                          const struct decisive *choice)
{
    struct record verdict = {
        .op = RECORD_VERDICT, .data = bytes_of("open"), .more = {bytes_of("token returned")}};
    struct fail fail = {0};
    assert_true(record_put(tape, &verdict));
    if (!dialogue_read(d, buf_view(tape), mark, choice, &fail))
        fail_msg("%s", fail.text);
    buf_free(tape);
}

static void finish_with(struct buf *tape, struct dialogue *d, struct bytes mark)
{
    finish_chosen(tape, d, mark, NULL);
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
    assert_false(dialogue_read(&d, bytes_of("{}\n"), bytes_of(""), NULL, &fail));
    assert_non_null(fail.code);
}

/* Steps that point at these lines of the tape, and a relay's proof or a proxy's. */
static struct decisive choice_of(const struct buf *tape, const char *steps, const char *mark,
                                 bool relay)
{
    struct fail fail = {0};
    struct decisive d;
    struct tape_reader reader;
    struct tape_head head;
    struct record record;
    json_t *list = json_loads(steps, 0, NULL);
    assert_non_null(list);
    decisive_begin(&d, list, bytes_of(mark), relay);
    struct buf whole = buf_new(TAPE_LIMIT);
    struct record verdict = {.op = RECORD_VERDICT, .data = bytes_of("open")};
    assert_true(buf_put(&whole, buf_view(tape)) && record_put(&whole, &verdict));
    assert_true(tape_reader_open(&reader, buf_view(&whole), &head, &fail));
    while (tape_reader_next(&reader, &record, &fail) == TAPE_RECORD)
        decisive_take(&d, &record, reader.line);
    tape_reader_close(&reader);
    decisive_choose(&d);
    buf_free(&whole);
    json_decref(list);
    return d;
}

static void receipt(struct buf *tape, const char *token)
{
    struct record r = {.op = RECORD_RECEIPT,
                       .data = bytes_of(token),
                       .more = {bytes_of("mail"), bytes_of("192.0.2.1:40112"),
                                bytes_of("2026-11-24T02:10:17.000000Z")}};
    assert_true(record_put(tape, &r));
}

/* Lines 4 to 6: how the connection began. */
static void greet(struct buf *tape, unsigned c)
{
    put_on(tape, c, RECORD_RECV, bytes_of("220 mail.example.org\r\n"));
    put_on(tape, c, RECORD_SEND, bytes_of("EHLO probe\r\n"));
    put_on(tape, c, RECORD_RECV,
           bytes_of("250-mail.example.org\r\n250-PIPELINING\r\n250 HELP\r\n"));
}

/* Four lines: a sender and a recipient, and what is answered. */
static void envelope(struct buf *tape, unsigned c, const char *recipient, const char *reply)
{
    put_on(tape, c, RECORD_SEND, bytes_of("MAIL FROM:<>\r\n"));
    put_on(tape, c, RECORD_RECV, bytes_of("250 sender ok\r\n"));
    put_on(tape, c, RECORD_SEND, bytes_of(recipient));
    put_on(tape, c, RECORD_RECV, bytes_of(reply));
}

/* And four more. */
static void message(struct buf *tape, unsigned c, const char *text)
{
    put_on(tape, c, RECORD_SEND, bytes_of("DATA\r\n"));
    put_on(tape, c, RECORD_RECV, bytes_of("354 go on\r\n"));
    put_on(tape, c, RECORD_SEND, bytes_of(text));
    put_on(tape, c, RECORD_RECV, bytes_of("250 queued\r\n"));
}

static void assert_lines(const struct dialogue *d, const char *wanted)
{
    char text[2000] = "";
    size_t n = 0;
    for (size_t i = 0; i < d->count; i++) {
        const struct finding_line *line = &d->lines[i];
        n +=
            (size_t)snprintf(text + n, sizeof text - n, "%c%c %.*s", line->decisive ? '*' : ' ',
                             line->ours ? 'C' : 'S', (int)line->text.n, (const char *)line->text.p);
        n += (size_t)snprintf(text + n, sizeof text - n, line->more ? " (%u)\n" : "\n", line->more);
    }
    assert_string_equal(text, wanted);
}

/* Of a relay: the greeting, and of the envelopes the one by which the token came back. */
static void the_steps_choose_the_message_that_came_back(void **state)
{
    (void)state;
    struct buf tape = new_tape();
    struct dialogue d;
    greet(&tape, 1);
    envelope(&tape, 1, "RCPT TO:<other@example.net>\r\n", "554 no\r\n");
    envelope(&tape, 1, "RCPT TO:<token@example.net>\r\n", "250 recipient ok\r\n");
    message(&tape, 1, "Message-ID: <token>\r\n\r\nText\r\n.\r\n");
    receipt(&tape, "token");
    envelope(&tape, 1, "RCPT TO:<second@example.net>\r\n", "250 recipient ok\r\n");
    struct decisive choice =
        choice_of(&tape, "[{\"line\":10},{\"line\":14},{\"line\":18},{\"line\":19},{\"line\":23}]",
                  "token", true);
    finish_chosen(&tape, &d, bytes_of("token"), &choice);
    assert_lines(&d, " S 220 mail.example.org\n"
                     " C EHLO probe\n"
                     " S 250-mail.example.org (6)\n"
                     " C MAIL FROM:<>\n"
                     " S 250 sender ok\n"
                     " C RCPT TO:<token@example.net>\n"
                     "*S 250 recipient ok\n"
                     " C DATA\n"
                     " S 354 go on\n"
                     " C Message-ID: <token>\n"
                     " C Text\n"
                     " C .\n"
                     "*S 250 queued (4)\n");
    dialogue_free(&d);
}

static void without_a_proof_the_first_envelope_that_a_step_speaks_of_is_told(void **state)
{
    (void)state;
    struct buf tape = new_tape();
    struct dialogue d;
    greet(&tape, 1);
    envelope(&tape, 1, "RCPT TO:<a@example.net>\r\n", "554 no\r\n");
    envelope(&tape, 1, "RCPT TO:<b@example.net>\r\n", "554 no, no\r\n");
    struct decisive choice = choice_of(&tape, "[{\"line\":14},{\"line\":10}]", "", true);
    finish_chosen(&tape, &d, bytes_of(""), &choice);
    assert_lines(&d, " S 220 mail.example.org\n"
                     " C EHLO probe\n"
                     " S 250-mail.example.org (2)\n"
                     " C MAIL FROM:<>\n"
                     " S 250 sender ok\n"
                     " C RCPT TO:<a@example.net>\n"
                     "*S 554 no (4)\n");
    dialogue_free(&d);
}

static void a_proxy_is_told_of_by_the_connection_that_led_to_us(void **state)
{
    (void)state;
    struct buf tape = new_tape();
    struct dialogue d;
    put_text(&tape, RECORD_SEND, "CONNECT 203.0.113.9:25 HTTP/1.1\r\n\r\n");
    put_text(&tape, RECORD_RECV, "HTTP/1.1 403 Forbidden\r\n\r\n");
    put_on(&tape, 2, RECORD_SEND, bytes_of("CONNECT 203.0.113.9:443 HTTP/1.1\r\nHost: a\r\n\r\n"));
    put_on(&tape, 2, RECORD_RECV, bytes_of("HTTP/1.1 200 OK\r\nVia: b\r\n\r\n"));
    put_on(&tape, 2, RECORD_SEND, bytes_of("AJAR token\r\n"));
    put_on(&tape, 2, RECORD_RECV, bytes_of("250 AJAR token\r\n"));
    receipt(&tape, "token");
    put_on(&tape, 3, RECORD_SEND, bytes_of("CONNECT 203.0.113.9:9 HTTP/1.1\r\n\r\n"));
    put_on(&tape, 3, RECORD_RECV, bytes_of("HTTP/1.1 502 Bad Gateway\r\n\r\n"));
    struct decisive choice =
        choice_of(&tape, "[{\"line\":5},{\"line\":7},{\"line\":9},{\"line\":12}]", "token", false);
    finish_chosen(&tape, &d, bytes_of("token"), &choice);
    assert_int_equal(d.before, 2);
    assert_lines(&d, " C CONNECT 203.0.113.9:443 HTTP/1.1\n"
                     " C Host: a\n"
                     "*S HTTP/1.1 200 OK\n"
                     " S Via: b\n"
                     " C AJAR token\n"
                     "*S 250 AJAR token (2)\n");
    dialogue_free(&d);
}

/* In a long answer the token may stand far down, and a decisive reply may come in pieces, behind another one. */
static void what_decides_is_quoted_wherever_it_stands_in_its_turn(void **state)
{
    (void)state;
    struct buf tape = new_tape();
    struct dialogue d;
    put_text(&tape, RECORD_SEND, "GET http://203.0.113.9/token HTTP/1.1\r\n\r\n");
    put_text(&tape, RECORD_RECV, "HTTP/1.1 100 Continue\r\n");
    put_text(&tape, RECORD_RECV, "HTTP/1.1 20");
    put_text(&tape, RECORD_RECV, "0 OK\r\na: 1\r\nb: 2\r\nc: 3\r\nd: 4\r\n\r\nAJAR token\r\n");
    struct decisive choice = choice_of(&tape, "[{\"line\":7}]", "token", false);
    finish_chosen(&tape, &d, bytes_of("token"), &choice);
    assert_lines(&d, " C GET http://203.0.113.9/token HTTP/1.1\n"
                     " S HTTP/1.1 100 Continue\n"
                     "*S HTTP/1.1 200 OK\n"
                     " S a: 1\n"
                     " S b: 2 (2)\n"
                     "*S AJAR token\n");
    dialogue_free(&d);
}

static void steps_that_point_at_nothing_that_was_said_choose_nothing(void **state)
{
    (void)state;
    static const char *const steps[] = {"[]", "[{\"line\":1},{\"line\":2},{\"line\":99999}]",
                                        "[{\"line\":-4},{\"line\":\"4\"},7,{}]"};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        struct buf tape = new_tape();
        struct dialogue d;
        greet(&tape, 1);
        struct decisive choice = choice_of(&tape, steps[i], "", true);
        assert_int_equal(choice.count, 0);
        finish_chosen(&tape, &d, bytes_of(""), &choice);
        assert_int_equal(d.count, 5);
        dialogue_free(&d);
    }
}

/* As many as a letter holds, whatever a stranger's steps point at. */
static void very_many_steps_make_no_longer_letter(void **state)
{
    (void)state;
    struct buf tape = new_tape();
    struct dialogue d;
    struct buf steps = buf_new(TAPE_LIMIT);
    buf_put_text(&steps, "[{\"line\":6}");
    greet(&tape, 1);
    for (unsigned i = 0; i < 300; i++) {
        put_text(&tape, RECORD_SEND, "RCPT TO:<a@example.net>\r\n");
        put_text(&tape, RECORD_RECV, "554 no\r\n");
        buf_printf(&steps, ",{\"line\":%u}", 8 + 2 * i);
    }
    buf_put_text(&steps, "]");
    buf_put_byte(&steps, 0);
    struct decisive choice = choice_of(&tape, (const char *)steps.p, "", true);
    finish_chosen(&tape, &d, bytes_of(""), &choice);
    assert_int_equal(d.count, FACTS_LINES);
    unsigned told = 0;
    for (size_t i = 0; i < d.count; i++)
        told += 1 + d.lines[i].more;
    assert_int_equal(told, 5 + 600);
    buf_free(&steps);
    dialogue_free(&d);
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
        cmocka_unit_test(the_steps_choose_the_message_that_came_back),
        cmocka_unit_test(without_a_proof_the_first_envelope_that_a_step_speaks_of_is_told),
        cmocka_unit_test(a_proxy_is_told_of_by_the_connection_that_led_to_us),
        cmocka_unit_test(what_decides_is_quoted_wherever_it_stands_in_its_turn),
        cmocka_unit_test(steps_that_point_at_nothing_that_was_said_choose_nothing),
        cmocka_unit_test(very_many_steps_make_no_longer_letter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
