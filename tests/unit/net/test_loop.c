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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
