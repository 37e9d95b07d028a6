#include "net/loop.h"

#include "net/alarm.h"
#include "net/inbox.h"
#include "net/outbox.h"

#include <event2/event.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

/* One signal that the loop listens to. */
struct listening {
    struct listening *next;
    struct event *event;
    void (*fn)(void *arg);
    void *arg;
};

struct loop {
    struct event_base *base;
    struct event *tick; /* goes off when the first alarm is due */
    instant tick_at;    /* 0 = not armed */
    struct alarms alarms;
    struct listening *signals;
    void (*after)(void *arg);
    void *after_arg;
    bool stopping;
    bool keeps_moments;
    bool in_round;
    volatile sig_atomic_t moment_over;
    instant moment; /* 0: not read yet in this round */
    unsigned char *scratch;
    struct inbox *inbox;
    struct outbox *outbox;
};

struct timer {
    struct loop *loop;
    struct alarm alarm;
};

static instant read_clock(clockid_t clock)
{
    struct timespec ts;
    clock_gettime(clock, &ts);
    return (instant)ts.tv_sec * SPAN_SECOND + ts.tv_nsec / 1000;
}

instant loop_now(void)
{
    return read_clock(CLOCK_REALTIME);
}

instant loop_monotonic(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

instant loop_moment(struct loop *loop)
{
    if (!loop->keeps_moments || !loop->in_round)
        return loop_monotonic();
    if (loop->moment == 0 || loop->moment_over) {
        loop->moment_over = 0; /* before the clock is read, as a signal may come between */
        loop->moment = loop_monotonic();
    }
    return loop->moment;
}

void loop_keep_moments(struct loop *loop)
{
    loop->keeps_moments = true;
}

void loop_moment_over(struct loop *loop)
{
    loop->moment_over = 1;
}

/* libevent's clock is coarse (it may go off some milliseconds early) and its precise one costs a
 * system call a round: so the tick is only a reason to look, and our own clock decides. */
static void arm_tick(struct loop *loop)
{
    instant first = alarms_first(&loop->alarms);
    if (first == 0 || (loop->tick_at != 0 && loop->tick_at <= first))
        return;
    span left = first - loop_monotonic();
    if (left < 0)
        left = 0;
    struct timeval tv = {.tv_sec = left / SPAN_SECOND, .tv_usec = left % SPAN_SECOND};
    loop->tick_at = first;
    event_add(loop->tick, &tv);
}

static void on_tick(evutil_socket_t fd, short events, void *arg)
{
    (void)fd, (void)events;
    struct loop *loop = arg;
    loop_moment_over(loop); /* whoever is woken finds that it is time */
    instant now = loop_moment(loop);
    struct alarm *due;
    while ((due = alarms_take(&loop->alarms, now)))
        due->fn(due->arg);
    loop->tick_at = 0;
    arm_tick(loop);
}

/* The list of changes spares a call to the kernel for each connection: closing it takes it off epoll by itself. (It
 * must not be used with duplicates of a descriptor; ours have one owner at a time.) */
static struct event_base *new_base(void)
{
    struct event_config *config = event_config_new();
    struct event_base *base = NULL;
    if (config && event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK) == 0 &&
        event_config_set_flag(config, EVENT_BASE_FLAG_EPOLL_USE_CHANGELIST) == 0 &&
        event_config_set_flag(config, EVENT_BASE_FLAG_IGNORE_ENV) == 0 &&
        event_config_set_flag(config, EVENT_BASE_FLAG_NO_CACHE_TIME) == 0)
        base = event_base_new_with_config(config);
    if (config)
        event_config_free(config);
    return base;
}

struct loop *loop_new(struct fail *fail)
{
    struct loop *loop = calloc(1, sizeof *loop);
    if (loop && (loop->base = new_base()) &&
        (loop->tick = event_new(loop->base, -1, 0, on_tick, loop)) &&
        (loop->scratch = malloc(LOOP_SCRATCH)) && (loop->inbox = inbox_new()) &&
        (loop->outbox = outbox_new())) {
        signal(SIGPIPE, SIG_IGN);
        return loop;
    }
    loop_free(loop);
    fail_set(fail, "ENOMEM", "the event loop can't start: no memory or no file descriptors left");
    return NULL;
}

static void free_signals(struct loop *loop)
{
    while (loop->signals) {
        struct listening *first = loop->signals;
        loop->signals = first->next;
        event_free(first->event);
        free(first);
    }
}

void loop_free(struct loop *loop)
{
    if (!loop)
        return;
    free_signals(loop);
    if (loop->tick)
        event_free(loop->tick);
    if (loop->base)
        event_base_free(loop->base);
    free(loop->alarms.heap);
    free(loop->scratch);
    inbox_free(loop->inbox);
    outbox_free(loop->outbox);
    free(loop);
}

/* Waits, and calls back; false: nothing is left that could ever happen. */
static bool go_round(struct loop *loop)
{
    outbox_begin(loop->outbox);
    loop->in_round = true;
    loop->moment = 0;
    bool events = event_base_loop(loop->base, EVLOOP_ONCE) == 0;
    inbox_hand_out(loop->inbox);
    outbox_end(loop->outbox);
    loop->in_round = false;
    return events;
}

static void after_round(struct loop *loop)
{
    if (loop->after)
        loop->after(loop->after_arg);
}

void loop_run(struct loop *loop)
{
    bool events = true;
    loop->stopping = false;
    after_round(loop);
    while (!loop->stopping && events) {
        events = go_round(loop);
        after_round(loop);
    }
}

void loop_stop(struct loop *loop)
{
    loop->stopping = true;
}

void loop_after_round(struct loop *loop, void (*fn)(void *arg), void *arg)
{
    loop->after = fn;
    loop->after_arg = arg;
}

static void on_signal(evutil_socket_t signo, short events, void *arg)
{
    (void)signo, (void)events;
    struct listening *listening = arg;
    listening->fn(listening->arg);
}

bool loop_on_signal(struct loop *loop, int signo, void (*fn)(void *arg), void *arg)
{
    struct listening *listening = calloc(1, sizeof *listening);
    if (!listening)
        return false;
    listening->fn = fn;
    listening->arg = arg;
    listening->event = evsignal_new(loop->base, signo, on_signal, listening);
    if (!listening->event || event_add(listening->event, NULL) != 0) {
        if (listening->event)
            event_free(listening->event);
        free(listening);
        return false;
    }
    listening->next = loop->signals;
    loop->signals = listening;
    return true;
}

struct timer *timer_new(struct loop *loop, void (*fn)(void *arg), void *arg)
{
    struct timer *timer = calloc(1, sizeof *timer);
    if (!timer || !loop_alarm_join(loop)) {
        free(timer);
        return NULL;
    }
    timer->loop = loop;
    timer->alarm = (struct alarm){.fn = fn, .arg = arg};
    return timer;
}

void timer_free(struct timer *timer)
{
    if (!timer)
        return;
    loop_alarm_leave(timer->loop, &timer->alarm);
    free(timer);
}

void timer_start(struct timer *timer, span after)
{
    loop_alarm_set(timer->loop, &timer->alarm, loop_monotonic() + after);
}

void timer_stop(struct timer *timer)
{
    alarms_clear(&timer->loop->alarms, &timer->alarm);
}

struct event_base *loop_base(struct loop *loop)
{
    return loop->base;
}

unsigned char *loop_scratch(struct loop *loop)
{
    return loop->scratch;
}

struct inbox *loop_inbox(struct loop *loop)
{
    return loop->inbox;
}

struct outbox *loop_outbox(struct loop *loop)
{
    return loop->outbox;
}

bool loop_alarm_join(struct loop *loop)
{
    return alarms_join(&loop->alarms);
}

void loop_alarm_leave(struct loop *loop, struct alarm *alarm)
{
    alarms_leave(&loop->alarms, alarm);
}

void loop_alarm_set(struct loop *loop, struct alarm *alarm, instant at)
{
    alarms_set(&loop->alarms, alarm, at);
    arm_tick(loop);
}

instant loop_alarm_when(const struct loop *loop, const struct alarm *alarm)
{
    return alarms_when(&loop->alarms, alarm);
}
