#include "tape/print.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HEAD(name)                                                                                 \
    "{\"tape\":1,\"probe\":\"relay/p\",\"pack\":\"builtin@1\","                                    \
    "\"target\":{\"address\":\"127.0.0.1\",\"port\":25,\"name\":" name "},"                        \
    "\"started\":\"2026-11-24T02:10:16.000000Z\","                                                 \
    "\"run\":{\"sink\":null,\"mail_domain\":\"\",\"helo\":\"\",\"authority\":\"\","                \
    "\"contact\":\"\",\"info\":\"\",\"wait_us\":0},\"args\":{}}\n"
#define RECV(d) "{\"t\":80999,\"op\":\"recv\",\"c\":1,\"data\":\"" d "\"}\n"
#define SEND(d) "{\"t\":80999,\"op\":\"send\",\"c\":1,\"data\":\"" d "\"}\n"
#define NOTE(d) "{\"t\":81000,\"op\":\"note\",\"data\":\"" d "\"}\n"
#define VERDICT                                                                                    \
    "{\"t\":90000,\"op\":\"verdict\",\"verdict\":\"closed\",\"reason\":\"\",\"steps\":[]}\n"

/* The transcript of a tape that is in order, in memory that the caller frees. */
static char *printed(const char *tape, struct print_options options)
{
    struct buf out = buf_new(1024 * 1024);
    struct fail fail = {0};
    if (!print_tape(&out, bytes_of(tape), &options, &fail))
        fail_msg("%s", fail.text);
    char *text = strdup(buf_text(&out));
    buf_free(&out);
    return text;
}

static void assert_printed(const char *tape, struct print_options options, const char *text)
{
    char *got = printed(tape, options);
    assert_string_equal(got, text);
    free(got);
}

static void title_dialogue_and_verdict(void **state)
{
    (void)state;
    assert_printed(HEAD("\"mx.example\"") RECV("220 hi\\r\\n")
                       SEND("QUIT\\r\\n") "{\"t\":1090000,\"op\":\"verdict\",\"verdict\":"
                                          "\"closed\",\"reason\":\"refused\","
                                          "\"steps\":[{\"line\":2,\"say\":\"it spoke\"}]}\n",
                   (struct print_options){0},
                   "relay/p of builtin@1 on 127.0.0.1:25 (mx.example)\n"
                   "begun 2026-11-24 02:10:16 UTC\n"
                   "\n"
                   "    2    0.080 ← 220 hi\n"
                   "    3    0.080 → QUIT\n"
                   "\n"
                   "Verdict: closed: refused\n"
                   "    2  it spoke\n");
}

static void steps_stand_in_the_order_of_the_tape(void **state)
{
    (void)state;
    char *text =
        printed(HEAD("null") RECV("220 hi\\r\\n")
                    SEND("QUIT\\r\\n") "{\"t\":90000,\"op\":\"verdict\",\"verdict\":\"closed\","
                                       "\"reason\":\"\",\"steps\":["
                                       "{\"line\":3,\"say\":\"c\"},{\"line\":2,\"say\":\"a\"},"
                                       "{\"line\":3,\"say\":\"d\"},{\"line\":2,\"say\":\"b\"}]}\n",
                (struct print_options){0});
    assert_non_null(strstr(text, "    2  a\n    2  b\n    3  c\n    3  d\n"));
    free(text);
}

static void a_verdict_from_elsewhere_says_what_is_hidden(void **state)
{
    (void)state;
    struct buf out = buf_new(1000);
    struct print_options options = {0};
    assert_true(print_has_verdict(bytes_of(HEAD("null") VERDICT)));
    assert_false(print_has_verdict(bytes_of(HEAD("null") NOTE("a"))));
    print_verdict(&out, &(struct print_verdict){.verdict = bytes_of("open")}, &options);
    print_verdict(&out,
                  &(struct print_verdict){bytes_of("open"), bytes_of("it came"),
                                          bytes_of("[{\"line\":7,\"say\":\"x\"}]")},
                  &options);
    assert_string_equal(buf_text(&out), "\nVerdict: open: (hidden)\n       (its steps are hidden)\n"
                                        "\nVerdict: open: it came\n    7  x\n");
    buf_free(&out);
}

static void a_reply_of_several_lines_takes_a_row_for_each(void **state)
{
    (void)state;
    assert_printed(HEAD("null") RECV("250-a\\r\\n250-b\\r\\n\\r\\n250 c") VERDICT,
                   (struct print_options){.bare = true},
                   "    2    0.080 ← 250-a\n"
                   "               ← 250-b\n"
                   "               ←\n"
                   "               ← 250 c\n");
}

static void no_control_character_reaches_the_reader(void **state)
{
    (void)state;
    char *got = printed(HEAD("\"a\\u001b]0;x\\u0007\"")
                            RECV("\\u001b[2J\\u0000\\u009b\\u00e2\\u0080\\u00ae\\n\\r")
                                NOTE("\\u001b") VERDICT,
                        (struct print_options){0});
    for (const char *p = got; *p; p++)
        assert_true(*p == '\n' || (unsigned char)*p >= 0x20);
    assert_null(strstr(got, "\xe2\x80\xae"));
    assert_non_null(strstr(got, "← \\x1b[2J\\x00\\x9b\\xe2\\x80\\xae\\n"));
    free(got);
}

static void a_line_end_that_is_not_cr_lf_is_shown(void **state)
{
    (void)state;
    assert_printed(HEAD("null") RECV("250 a\\n250 b\\r\\r\\n") VERDICT,
                   (struct print_options){.bare = true},
                   "    2    0.080 ← 250 a\\n\n"
                   "               ← 250 b\\r\n");
}

static void binary_data_stays_in_one_row(void **state)
{
    (void)state;
    assert_printed(HEAD("null") RECV("\\u0000Z\\r\\n\\n\\u0000") VERDICT,
                   (struct print_options){.bare = true}, "    2    0.080 ← \\x00Z\\r\\n\\n\\x00\n");
}

static void long_rows_are_broken_below_their_words(void **state)
{
    (void)state;
    assert_printed(HEAD("null") RECV("250 abcdefghijklmnop\\u0001qr stuvw\\r\\n") VERDICT,
                   (struct print_options){.bare = true, .width = 40},
                   "    2    0.080 ← 250 abcdefghijklmnop\n"
                   "                 \\x01qr stuvw\n");
}

static void wide_characters_count_two_columns(void **state)
{
    (void)state;
    assert_printed(
        HEAD("null") RECV("12345678901234567890\\u00e4\\u00b8\\u00ad\\u00e4\\u00b8\\u00ad") VERDICT,
        (struct print_options){.bare = true, .width = 40},
        "    2    0.080 ← 12345678901234567890\xe4\xb8\xad\n"
        "                 \xe4\xb8\xad\n");
}

static void remarks_stand_on_rows_of_their_own(void **state)
{
    (void)state;
    assert_printed(HEAD("null") RECV("220 hi\\r\\n") SEND("RCPT TO:<a@b>\\r\\n")
                       RECV("550 no\\r\\n") VERDICT,
                   (struct print_options){.bare = true, .from = 4},
                   "    4    0.080 ← 550 no\n"
                   "               = the server refuses the recipient\n");
}

static void several_connections_are_told_apart(void **state)
{
    (void)state;
    assert_printed(HEAD("null") "{\"t\":1,\"op\":\"open\",\"c\":1,\"to\":\"127.0.0.1:25\"}\n"
                                "{\"t\":2,\"op\":\"close\",\"c\":12}\n" NOTE("x") VERDICT,
                   (struct print_options){.bare = true},
                   "    2    0.000  1 · connects to 127.0.0.1:25\n"
                   "    3    0.000 12 · closes\n"
                   "    4    0.081    · note: x\n");
}

static void a_receipt_names_who_brought_the_token_back(void **state)
{
    (void)state;
    assert_printed(HEAD("null") "{\"t\":1,\"op\":\"receipt\",\"token\":\"k7\",\"kind\":\"mail\","
                                "\"peer\":\"127.0.0.1:4\",\"at\":\"then\",\"digest\":\"9f\","
                                "\"answer\":\"\"}\n" VERDICT,
                   (struct print_options){.bare = true},
                   "    2    0.000 · the sink got the token k7\n"
                   "               · when: then\n"
                   "               · how: mail\n"
                   "               · SHA-256: 9f\n"
                   "               = the token came back from 127.0.0.1:4\n");
}

static void only_the_lines_asked_for(void **state)
{
    (void)state;
    assert_printed(HEAD("null") NOTE("a") NOTE("b") NOTE("c") VERDICT,
                   (struct print_options){.bare = true, .from = 3, .to = 3},
                   "    3    0.081 · note: b\n");
}

static void a_flood_is_cut_and_counted(void **state)
{
    (void)state;
    assert_printed(HEAD("null") RECV("12345\\r\\n67890") VERDICT,
                   (struct print_options){.bare = true, .most = 9},
                   "    2    0.080 ← 12345\n"
                   "               ← 67\n"
                   "               … 3 bytes more\n");
}

static void colours_only_when_asked_for(void **state)
{
    (void)state;
    const char *tape = HEAD("null") RECV("220 hi\\r\\n") VERDICT;
    char *with = printed(tape, (struct print_options){.colour = true});
    char *without = printed(tape, (struct print_options){0});
    assert_non_null(strchr(with, '\x1b'));
    assert_null(strchr(without, '\x1b'));
    free(with);
    free(without);
}

static void what_came_before_a_bad_line_is_printed(void **state)
{
    (void)state;
    struct buf out = buf_new(1024);
    struct fail fail = {0};
    struct print_options options = (struct print_options){.bare = true};
    assert_false(print_tape(&out, bytes_of(HEAD("null") NOTE("a") "{}\n"), &options, &fail));
    assert_string_equal(buf_text(&out), "    2    0.081 · note: a\n");
    assert_non_null(strstr(fail.text, "line 3"));
    buf_free(&out);
}

static void a_transcript_without_room_fails(void **state)
{
    (void)state;
    struct buf out = buf_new(20);
    struct fail fail = {0};
    struct print_options options = (struct print_options){.bare = true, .width = 80};
    assert_false(print_tape(&out, bytes_of(HEAD("null") NOTE("abc") VERDICT), &options, &fail));
    assert_string_equal(fail.code, "ELIMIT");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(title_dialogue_and_verdict),
        cmocka_unit_test(steps_stand_in_the_order_of_the_tape),
        cmocka_unit_test(a_verdict_from_elsewhere_says_what_is_hidden),
        cmocka_unit_test(a_reply_of_several_lines_takes_a_row_for_each),
        cmocka_unit_test(no_control_character_reaches_the_reader),
        cmocka_unit_test(a_line_end_that_is_not_cr_lf_is_shown),
        cmocka_unit_test(binary_data_stays_in_one_row),
        cmocka_unit_test(long_rows_are_broken_below_their_words),
        cmocka_unit_test(wide_characters_count_two_columns),
        cmocka_unit_test(remarks_stand_on_rows_of_their_own),
        cmocka_unit_test(several_connections_are_told_apart),
        cmocka_unit_test(a_receipt_names_who_brought_the_token_back),
        cmocka_unit_test(only_the_lines_asked_for),
        cmocka_unit_test(a_flood_is_cut_and_counted),
        cmocka_unit_test(colours_only_when_asked_for),
        cmocka_unit_test(what_came_before_a_bad_line_is_printed),
        cmocka_unit_test(a_transcript_without_room_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
