/*
 * overtime: a call from a signal handler after each few milliseconds of processor time that this process has spent.
 *
 * So a script that runs on and on is noticed without a look at each of its instructions. What it did before the first call
 * is not counted: a loop that is only a little over its budget may end unseen, as that is counted once the timer has found
 * the entry at work (script/vm.c). Costs nothing while the process waits, and some microseconds a second while it works. The timer is the kernel's (timer_create, CLOCK_PROCESS_CPUTIME_ID)
 * and hands the pointer back to the handler (SIGVTALRM): there is no global state, and one process may have several.
 */
#pragma once

#include <stdbool.h>

struct overtime;

/* `fn` may do only what a signal handler may. NULL: the system gives no such timer. Wants sigaction, timer_create and
 * timer_settime, so it comes before confinement. */
struct overtime *overtime_new(void (*fn)(void *arg), void *arg);
void overtime_free(struct overtime *o);
