/*
 * pulse: one page that a worker shares with its supervisor: which job runs in Lua at this moment, and
 * whether the worker still goes round. So the supervisor knows whom to blame when a worker dies, and
 * that one which turns in circles must be ended. A broken worker can lie here; that costs a retry. A cell has one too. They
 * have no stderr: why one stops of its own accord, it says here.
 */
#pragma once

#include "base/fail.h"
#include "run/window.h"

#include <stdatomic.h>
#include <stdint.h>

enum { PULSE_WORDS = 200 };

struct pulse {
    _Atomic uint64_t job;    /* 0: none */
    _Atomic uint64_t rounds; /* of the worker's loop */
    _Atomic uint64_t wakes;  /* dialogues that had something to go on with */
    char words[PULSE_WORDS]; /* why it stops; empty: it has not said */
};

/* One more. The worker alone counts here: the others look on, so that no cache line need be locked. */
static inline void pulse_count(_Atomic uint64_t *what)
{
    uint64_t now = atomic_load_explicit(what, memory_order_relaxed);
    atomic_store_explicit(what, now + 1, memory_order_relaxed);
}

/* A memory file for one page; -1 with fail. */
int pulse_open(struct fail *fail);
/* Maps it; NULL with fail. */
struct pulse *pulse_map(int fd, struct fail *fail);
/* Leaves word of why this process stops. */
void pulse_say(struct pulse *pulse, const char *why);
/* What the process, which has ended, left: ": why", one printable line; empty: nothing. pulse may be NULL. */
void pulse_words(const struct pulse *pulse, char out[PULSE_WORDS + 2]);
void pulse_unmap(struct pulse *pulse);
struct window_work pulse_work(const struct pulse *pulse);
