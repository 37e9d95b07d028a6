/*
 * late: cases whose probes are over and whose token may still come, kept back until it does or the run ends.
 *
 * The target said yes, and nothing came back within --wait (`suspect`, but where the probe says that a later token would
 * tell nothing); or a test message went out whole, and the probe
 * came to another end than that: refused behind it, cut off, returned to its sender. Mail may lie in a queue all the
 * same, so such a case is not reported yet: a late arrival, as long as the run lasts, makes it `open`. It holds no worker,
 * no slot and no host; only memory, which is bounded by the number of cases and of bytes: who has waited longest goes
 * first. (Targets that never got a message, which are nearly all, are not among them.)
 */
#pragma once

#include "run/jobs.h"

enum { LATE_MOST = 10000, LATE_BYTES = 64 * 1024 * 1024, LATE_REASON = 80 };

struct late_case {
    unsigned char number[TOKEN_JOB]; /* of the job that it was */
    struct run_item item;
    struct run_result result; /* all that it lends is this record's */
    struct run_receipt *receipts;
    unsigned receipt_count;
    size_t size;
    struct late_case *next;
    unsigned char held[]; /* the reason, the steps, the tape */
};

struct late;

/* At most so many cases, which take at most so many bytes. NULL: no memory. */
struct late *late_new(unsigned most, size_t bytes);
void late_free(struct late *late);
/* Keeps the result of a job whose item and receipts move in. False, and nothing has moved: no memory. */
bool late_hold(struct late *late, struct sup_job *job, const struct run_result *result);
/* The case of the job with this number, or NULL. */
struct late_case *late_find(struct late *late, const unsigned char number[TOKEN_JOB]);
/* Adds a receipt to those of the case; false when there is no room or memory. */
bool late_add_receipt(struct late *late, struct late_case *c, const struct receipt *receipt,
                      struct bytes raw);
/* Takes the case out: the caller frees it. */
void late_take(struct late *late, struct late_case *c);
/* Takes out the one that has waited longest; NULL when there is none. */
struct late_case *late_take_oldest(struct late *late);
void late_case_free(struct late_case *c);
unsigned late_count(const struct late *late);
/* Is it more than may be held? */
bool late_is_full(const struct late *late);

/* Why a case is open after all: "token returned 12 s after the test had ended". */
void late_reason(char out[LATE_REASON], instant started, span elapsed, instant came);
