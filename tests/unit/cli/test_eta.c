/* How long a run still takes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/eta.h"

#define START (1000 * SPAN_SECOND)

/* Lets a run of 10,000 go on for `seconds`, looked at five times a second; `done_at` says how many are done by when. */
static void go_on(struct eta *e, unsigned seconds, unsigned long (*done_at)(double second))
{
    eta_begin(e, START);
    for (unsigned tick = 1; tick <= seconds * 5; tick++)
        eta_note(e, START + (instant)tick * SPAN_SECOND / 5, done_at(tick / 5.0));
}

static bool left_at(const struct eta *e, double second, unsigned long done, unsigned long *left)
{
    return eta_left(e, START + (instant)(second * SPAN_SECOND), done, 10000, left);
}

static unsigned long steady(double second)
{
    return (unsigned long)(second * 50);
}

/* A hundred begin together, end together twenty seconds later, and make room for the next hundred. */
static unsigned long in_waves(double second)
{
    return 100 * (unsigned long)(second / 20);
}

static unsigned long slow(double second)
{
    return (unsigned long)(second / 10);
}

static void a_steady_run_is_told_right(void **state)
{
    struct eta e;
    unsigned long left = 0;
    (void)state;
    go_on(&e, 100, steady);
    assert_true(left_at(&e, 100, 5000, &left));
    assert_in_range(left, 98, 102);
    assert_in_range((int)eta_rate(&e, START + 100 * SPAN_SECOND, 5000), 49, 51);
}

static void nothing_is_told_before_there_is_something_to_tell_by(void **state)
{
    struct eta e;
    unsigned long left = 0;
    (void)state;
    go_on(&e, 5, steady);
    assert_false(left_at(&e, 5, 250, &left)); /* five seconds say little */
    go_on(&e, 30, slow);
    assert_false(left_at(&e, 30, 3, &left)); /* and so do three results */
}

/* The rate of the last second would be none at one moment and a hundred at the next. */
static void waves_do_not_make_it_jump(void **state)
{
    (void)state;
    for (unsigned second = 60; second < 400; second++) {
        struct eta e;
        unsigned long left = 0;
        unsigned long done = in_waves(second);
        go_on(&e, second, in_waves);
        assert_true(left_at(&e, second, done, &left));
        unsigned long right = (10000 - done) / 5;
        assert_in_range(left, right / 2, right * 3 / 2);
    }
}

static void a_run_that_grows_slower_is_told_by_its_last_minute(void **state)
{
    struct eta e;
    unsigned long left = 0;
    (void)state;
    eta_begin(&e, START);
    for (unsigned second = 1; second <= 200; second++)
        eta_note(&e, START + second * SPAN_SECOND,
                 second <= 100 ? second * 50 : 5000 + (second - 100) * 5);
    assert_true(left_at(&e, 200, 5500, &left));
    assert_in_range(left, 880, 920); /* 4,500 at five a second */
}

static void a_slow_run_is_told_by_all_of_it(void **state)
{
    struct eta e;
    unsigned long left = 0;
    (void)state;
    go_on(&e, 400, slow);
    assert_true(left_at(&e, 400, 40, &left));
    assert_in_range(left, 99000, 100000);
}

static void without_a_total_or_at_the_end_there_is_nothing_to_tell(void **state)
{
    struct eta e;
    unsigned long left = 0;
    (void)state;
    go_on(&e, 100, steady);
    assert_false(eta_left(&e, START + 100 * SPAN_SECOND, 5000, 0, &left));
    assert_false(eta_left(&e, START + 100 * SPAN_SECOND, 5000, 5000, &left));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_steady_run_is_told_right),
        cmocka_unit_test(nothing_is_told_before_there_is_something_to_tell_by),
        cmocka_unit_test(waves_do_not_make_it_jump),
        cmocka_unit_test(a_run_that_grows_slower_is_told_by_its_last_minute),
        cmocka_unit_test(a_slow_run_is_told_by_all_of_it),
        cmocka_unit_test(without_a_total_or_at_the_end_there_is_nothing_to_tell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
