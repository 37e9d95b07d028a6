#include "net_test.h"

#include <signal.h>

struct counts {
    struct loop *loop;
    struct timer *timer;
    unsigned fired;
    unsigned rounds;
    instant at;
};

static void count(void *arg)
{
    struct counts *c = arg;
    c->fired++;
    c->at = loop_monotonic();
    loop_stop(c->loop);
}

static void count_and_go_on(void *arg)
{
    struct counts *c = arg;
    if (++c->fired == 5)
        loop_stop(c->loop);
    else
        timer_start(c->timer, 0);
}

static void count_round(void *arg)
{
    ((struct counts *)arg)->rounds++;
}

static void a_timer_fires_once_and_never_early(void **state)
{
    (void)state;
    struct counts c = {.loop = new_loop()};
    struct timer *timer = timer_new(c.loop, count, &c);
    instant due = loop_monotonic() + 30000;
    timer_start(timer, 30000);
    run_loop(c.loop);
    assert_true(c.at >= due);
    assert_true(c.at < due + SPAN_SECOND);
    run_for(c.loop, 50000);
    assert_int_equal(c.fired, 1);
    timer_free(timer);
    loop_free(c.loop);
}

static void a_timer_stopped_or_freed_does_not_fire(void **state)
{
    (void)state;
    struct counts c = {.loop = new_loop()};
    struct timer *stopped = timer_new(c.loop, count, &c);
    struct timer *freed = timer_new(c.loop, count, &c);
    timer_start(stopped, 1000);
    timer_start(freed, 1000);
    timer_stop(stopped);
    timer_free(freed);
    run_for(c.loop, 20000);
    assert_int_equal(c.fired, 0);
    timer_free(stopped);
    loop_free(c.loop);
}

static void a_timer_can_start_itself_again(void **state)
{
    (void)state;
    struct counts c = {.loop = new_loop()};
    c.timer = timer_new(c.loop, count_and_go_on, &c);
    timer_start(c.timer, 0);
    run_loop(c.loop);
    assert_int_equal(c.fired, 5);
    timer_free(c.timer);
    loop_free(c.loop);
}

static void a_restart_moves_the_timer(void **state)
{
    (void)state;
    struct counts c = {.loop = new_loop()};
    struct timer *timer = timer_new(c.loop, count, &c);
    instant due = loop_monotonic() + 40000;
    timer_start(timer, 1000);
    timer_start(timer, 40000);
    run_loop(c.loop);
    assert_true(c.at >= due);
    timer_free(timer);
    loop_free(c.loop);
}

static void the_flush_runs_before_the_first_wait_and_after_each_round(void **state)
{
    (void)state;
    struct counts c = {.loop = new_loop()};
    loop_after_round(c.loop, count_round, &c);
    run_for(c.loop, 1000);
    assert_true(c.rounds >= 2);
    loop_free(c.loop);
}

static void a_loop_without_anything_to_wait_for_returns(void **state)
{
    (void)state;
    struct loop *loop = new_loop();
    loop_run(loop);
    loop_free(loop);
}

static void a_signal_calls_from_the_loop(void **state)
{
    (void)state;
    struct counts c = {.loop = new_loop()};
    assert_true(loop_on_signal(c.loop, SIGUSR1, count, &c));
    raise(SIGUSR1);
    assert_int_equal(c.fired, 0);
    run_loop(c.loop);
    assert_int_equal(c.fired, 1);
    loop_free(c.loop);
}

static void nothing_stays_open(void **state)
{
    (void)state;
    int before = open_fds();
    struct counts c = {.loop = new_loop()};
    assert_true(loop_on_signal(c.loop, SIGUSR1, count, &c));
    loop_free(c.loop);
    assert_int_equal(open_fds(), before);
}

/* Two looks at the clock in one round, with something between them. */
struct looks {
    struct loop *loop;
    void (*between)(struct loop *loop);
    instant first, second, fresh;
};

static void work(struct loop *loop)
{
    (void)loop;
    usleep(3000);
}

static void work_beyond_the_moment(struct loop *loop)
{
    work(loop);
    loop_moment_over(loop);
}

static void look_twice(void *arg)
{
    struct looks *l = arg;
    l->first = loop_moment(l->loop);
    l->between(l->loop);
    l->second = loop_moment(l->loop);
    l->fresh = loop_monotonic();
    loop_stop(l->loop);
}

static void look(struct looks *l, void (*between)(struct loop *loop))
{
    l->between = between;
    struct timer *timer = timer_new(l->loop, look_twice, l);
    timer_start(timer, 0);
    run_loop(l->loop);
    timer_free(timer);
}

static void a_round_has_one_moment_where_moments_are_kept(void **state)
{
    (void)state;
    struct looks l = {.loop = new_loop()};
    loop_keep_moments(l.loop);
    instant before = loop_monotonic();
    look(&l, work);
    assert_true(l.first >= before && l.second == l.first && l.fresh >= l.first + 3000);
    instant between = l.fresh;
    look(&l, work);
    assert_true(l.first >= between);
    loop_free(l.loop);
}

static void a_moment_that_is_over_makes_room_for_the_next(void **state)
{
    (void)state;
    struct looks l = {.loop = new_loop()};
    loop_keep_moments(l.loop);
    look(&l, work_beyond_the_moment);
    assert_true(l.second >= l.first + 3000);
    loop_free(l.loop);
}

static void the_clock_is_read_each_time_where_they_are_not_kept_and_between_rounds(void **state)
{
    (void)state;
    struct looks l = {.loop = new_loop()};
    look(&l, work);
    assert_true(l.second >= l.first + 3000);
    loop_keep_moments(l.loop);
    look(&l, work);
    instant before = loop_monotonic();
    assert_true(loop_moment(l.loop) >= before);
    loop_free(l.loop);
}

/* By its moment it is never too early for who is woken. */
static void an_alarm_begins_a_moment(void **state)
{
    (void)state;
    struct looks first = {.loop = new_loop(), .between = work};
    struct looks second = {.loop = first.loop, .between = work};
    struct timer *one = timer_new(first.loop, look_twice, &first);
    struct timer *other = timer_new(first.loop, look_twice, &second);
    loop_keep_moments(first.loop);
    instant due = loop_monotonic() + 20000;
    timer_start(one, 1000);
    timer_start(other, 20000);
    run_loop(first.loop);
    run_loop(first.loop);
    assert_true(second.first >= due);
    timer_free(one);
    timer_free(other);
    loop_free(first.loop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_timer_fires_once_and_never_early),
        cmocka_unit_test(a_timer_stopped_or_freed_does_not_fire),
        cmocka_unit_test(a_timer_can_start_itself_again),
        cmocka_unit_test(a_restart_moves_the_timer),
        cmocka_unit_test(the_flush_runs_before_the_first_wait_and_after_each_round),
        cmocka_unit_test(a_loop_without_anything_to_wait_for_returns),
        cmocka_unit_test(a_signal_calls_from_the_loop),
        cmocka_unit_test(nothing_stays_open),
        cmocka_unit_test(a_round_has_one_moment_where_moments_are_kept),
        cmocka_unit_test(a_moment_that_is_over_makes_room_for_the_next),
        cmocka_unit_test(the_clock_is_read_each_time_where_they_are_not_kept_and_between_rounds),
        cmocka_unit_test(an_alarm_begins_a_moment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
