#include "tape/tape_reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HEAD                                                                                       \
    "{\"tape\":1,\"probe\":\"p\",\"pack\":\"\","                                                   \
    "\"target\":{\"address\":\"::1\",\"port\":25,\"name\":null},"                                  \
    "\"started\":\"1970-01-01T00:00:00.000000Z\","                                                 \
    "\"run\":{\"sink\":null,\"mail_domain\":\"\",\"helo\":\"\",\"authority\":\"\","                \
    "\"contact\":\"\",\"info\":\"\",\"wait_us\":0},\"args\":{}}\n"
#define NOTE  "{\"t\":5,\"op\":\"note\",\"data\":\"hello\"}\n"
#define LATER "{\"t\":6,\"op\":\"paused\"}\n"
#define VERDICT                                                                                    \
    "{\"t\":7,\"op\":\"verdict\",\"verdict\":\"closed\",\"reason\":\"r\",\"steps\":[]}\n"

/* Reads to the end: the number of records, or -1 with the fail. */
static int count(const char *tape, struct fail *fail)
{
    struct tape_reader r;
    struct tape_head head;
    struct record record;
    enum tape_step step = TAPE_BAD;
    int n = 0;
    if (tape_reader_open(&r, bytes_of(tape), &head, fail))
        while ((step = tape_reader_next(&r, &record, fail)) == TAPE_RECORD)
            n++;
    tape_reader_close(&r);
    return step == TAPE_END ? n : -1;
}

static void assert_refused(const char *tape, const char *because)
{
    struct fail fail = {0};
    assert_int_equal(count(tape, &fail), -1);
    if (!strstr(fail.text, because))
        fail_msg("refused because \"%s\", not because \"%s\"", fail.text, because);
}

static void a_whole_tape_is_read_to_its_end(void **state)
{
    (void)state;
    struct fail fail = {0};
    assert_int_equal(count(HEAD NOTE LATER VERDICT, &fail), 3);
}

static void lines_are_counted_from_the_head(void **state)
{
    (void)state;
    struct tape_reader r;
    struct tape_head head;
    struct record record;
    struct fail fail = {0};
    assert_true(tape_reader_open(&r, bytes_of(HEAD NOTE VERDICT), &head, &fail));
    assert_int_equal(r.line, 1);
    assert_int_equal(tape_reader_next(&r, &record, &fail), TAPE_RECORD);
    assert_int_equal(r.line, 2);
    assert_true(bytes_equal_text(record.data, "hello"));
    assert_true(bytes_equal_text(head.probe, "p"));
    tape_reader_close(&r);
}

static void a_tape_cut_off_in_a_line_is_refused(void **state)
{
    (void)state;
    assert_refused("", "line 1: it has no end");
    assert_refused("{\"tape\":1", "line 1: it has no end");
    assert_refused(HEAD "{\"t\":5,", "line 2: it has no end");
}

static void a_tape_without_its_verdict_is_refused(void **state)
{
    (void)state;
    assert_refused(HEAD, "ends at line 1 without a verdict");
    assert_refused(HEAD NOTE, "ends at line 2 without a verdict");
}

static void nothing_may_stand_behind_the_verdict(void **state)
{
    (void)state;
    assert_refused(HEAD VERDICT VERDICT, "line 3: there is something behind the verdict");
    assert_refused(HEAD VERDICT "\n", "line 3");
}

static void time_never_runs_backwards(void **state)
{
    (void)state;
    assert_refused(HEAD LATER NOTE VERDICT, "line 3: its time is before");
}

static void a_bad_line_is_named(void **state)
{
    (void)state;
    assert_refused("{}\n", "line 1: the field \"tape\" is missing");
    assert_refused(HEAD NOTE "\n" VERDICT, "line 3: the line is no JSON");
    assert_refused(HEAD HEAD, "line 2: the field \"t\" is missing");
}

static void a_tape_over_the_limit_is_refused_unread(void **state)
{
    (void)state;
    char *tape = malloc(TAPE_LIMIT + 2);
    memset(tape, '\n', TAPE_LIMIT + 1);
    tape[TAPE_LIMIT + 1] = '\0';
    assert_refused(tape, "more than the");
    free(tape);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_tape_is_read_to_its_end),
        cmocka_unit_test(lines_are_counted_from_the_head),
        cmocka_unit_test(a_tape_cut_off_in_a_line_is_refused),
        cmocka_unit_test(a_tape_without_its_verdict_is_refused),
        cmocka_unit_test(nothing_may_stand_behind_the_verdict),
        cmocka_unit_test(time_never_runs_backwards),
        cmocka_unit_test(a_bad_line_is_named),
        cmocka_unit_test(a_tape_over_the_limit_is_refused_unread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
