/*
 * loop: the event loop of one process, its timers and signals. Only this house sees libevent.
 */
#pragma once

#include "base/fail.h"
#include "base/time.h"

struct loop;
struct event_base;

struct loop *loop_new(struct fail *fail);
void loop_free(struct loop *loop);
/* Runs until loop_stop (the round that called it still ends), or until nothing is left that could
 * ever happen. Callbacks run one after the other, never inside one another. */
void loop_run(struct loop *loop);
void loop_stop(struct loop *loop);
/* Called once before the first round and after each round of callbacks: where a process flushes what
 * it batched. There is one: a second call replaces the first. */
void loop_after_round(struct loop *loop, void (*fn)(void *arg), void *arg);

/* The wall clock, and a clock that never jumps (its zero is arbitrary). Microseconds. */
instant loop_now(void);
instant loop_monotonic(void);

/* loop_monotonic as a round of the loop knows it. A dialogue asks for the time some thirty times; once loop_keep_moments
 * was called, the clock is read when a round first asks, and again when an alarm has gone off and after
 * loop_moment_over. Without that, and outside of rounds, it is read each time. */
instant loop_moment(struct loop *loop);
void loop_keep_moments(struct loop *loop);
/* The round has lasted, or waited, for a while: the clock is read anew. May be called from a signal handler. */
void loop_moment_over(struct loop *loop);

/* A timer that fires once for each start. The owner frees it; freeing stops it. */
struct timer;
struct timer *timer_new(struct loop *loop, void (*fn)(void *arg), void *arg);
void timer_free(struct timer *timer);
void timer_start(struct timer *timer, span after);
void timer_stop(struct timer *timer);

/* Calls fn from the loop for each signal `signo`, until the loop is freed. */
bool loop_on_signal(struct loop *loop, int signo, void (*fn)(void *arg), void *arg);

/* For the files of this house: libevent's base; LOOP_SCRATCH bytes for whoever reads now; the alarms
 * (see alarm.h), each joined once before it is set and left once before it is freed; inbox and outbox (see inbox.h, outbox.h). */
enum { LOOP_SCRATCH = 64 * 1024 };
struct alarm;
struct inbox;
struct outbox;
struct inbox *loop_inbox(struct loop *loop);
struct outbox *loop_outbox(struct loop *loop);
struct event_base *loop_base(struct loop *loop);
unsigned char *loop_scratch(struct loop *loop);
bool loop_alarm_join(struct loop *loop);
void loop_alarm_leave(struct loop *loop, struct alarm *alarm);
void loop_alarm_set(struct loop *loop, struct alarm *alarm, instant at);
instant loop_alarm_when(const struct loop *loop, const struct alarm *alarm);
