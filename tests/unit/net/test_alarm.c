#include "net_test.h"

#include "net/alarm.h"

#include <stdlib.h>

enum { MANY = 2000 };

static void join_all(struct alarms *all, struct alarm *alarms, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        alarms[i] = (struct alarm){0};
        assert_true(alarms_join(all));
    }
}

static void the_earliest_is_taken_first(void **state)
{
    (void)state;
    static struct alarm alarms[MANY];
    struct alarms all = {0};
    join_all(&all, alarms, MANY);
    for (size_t i = 0; i < MANY; i++)
        alarms_set(&all, &alarms[i], (instant)(i * 7919 % 10007 + 1));
    instant last = 0;
    for (size_t i = 0; i < MANY; i++) {
        instant first = alarms_first(&all);
        assert_true(first >= last);
        assert_non_null(alarms_take(&all, first));
        last = first;
    }
    assert_int_equal(alarms_first(&all), 0);
    free(all.heap);
}

static void none_is_taken_before_its_time(void **state)
{
    (void)state;
    struct alarm alarm = {0};
    struct alarms all = {0};
    join_all(&all, &alarm, 1);
    alarms_set(&all, &alarm, 100);
    assert_null(alarms_take(&all, 99));
    assert_ptr_equal(alarms_take(&all, 100), &alarm);
    assert_int_equal(alarms_when(&all, &alarm), 0);
    free(all.heap);
}

static void an_alarm_can_be_moved_both_ways(void **state)
{
    (void)state;
    struct alarm alarms[3];
    struct alarms all = {0};
    join_all(&all, alarms, 3);
    for (size_t i = 0; i < 3; i++)
        alarms_set(&all, &alarms[i], (instant)(10 * (i + 1)));
    alarms_set(&all, &alarms[0], 40);
    alarms_set(&all, &alarms[2], 5);
    assert_ptr_equal(alarms_take(&all, 50), &alarms[2]);
    assert_ptr_equal(alarms_take(&all, 50), &alarms[1]);
    assert_ptr_equal(alarms_take(&all, 50), &alarms[0]);
    free(all.heap);
}

/* Removing from the middle must keep the order of the rest, whichever way the hole is filled. */
static void cleared_ones_never_come(void **state)
{
    (void)state;
    static struct alarm alarms[MANY];
    struct alarms all = {0};
    join_all(&all, alarms, MANY);
    for (size_t i = 0; i < MANY; i++)
        alarms_set(&all, &alarms[i], (instant)(i * 31 % 1009 + 1));
    for (size_t i = 0; i < MANY; i += 3)
        alarms_clear(&all, &alarms[i]);
    instant last = 0;
    size_t taken = 0;
    for (struct alarm *a; (a = alarms_take(&all, 2000)); taken++) {
        size_t i = (size_t)(a - alarms);
        instant at = (instant)(i * 31 % 1009 + 1);
        assert_true(i % 3 != 0);
        assert_true(at >= last);
        last = at;
    }
    assert_int_equal(taken, MANY - (MANY + 2) / 3);
    free(all.heap);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_earliest_is_taken_first),
        cmocka_unit_test(none_is_taken_before_its_time),
        cmocka_unit_test(an_alarm_can_be_moved_both_ways),
        cmocka_unit_test(cleared_ones_never_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
