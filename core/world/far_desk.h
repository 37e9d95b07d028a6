/*
 * far_desk: the other side of a far world: does its calls in a live one, and answers.
 *
 * Who calls may be an enemy (a pack's script that broke out of its sandbox): a call that a far world would not make is
 * refused, and then its process is to be ended.
 */
#pragma once

#include "base/capability.h"
#include "world/far.h"
#include "world/live.h"

enum far_step {
    FAR_DONE,   /* done; nothing is to be said */
    FAR_WAITS,  /* the live world will wake its owner, who calls far_desk_wake */
    FAR_ANSWER, /* the answer is there, its views lent until the next call */
    FAR_BROKEN, /* no such call can come */
};

/* Zeroed but for the first three: nothing was called yet. */
struct far_desk {
    struct live *live;
    unsigned
        withheld; /* bits, 1 << enum capability: what is done with none of those that need it is refused */
    struct addr control;   /* where nobody listens, of the run's ways */
    struct far_call waits; /* op 0: for nothing */
    enum far_op failed;    /* the wait that is to say that the call before it has failed; 0: none */
    struct fail *why;      /* how; owned */
    unsigned calls;        /* since the last answer */
    const char
        *flaw; /* of what was broken: what the caller did, in words that fit behind its name */
};

enum far_step far_desk_call(struct far_desk *desk, const struct far_call *call,
                            struct far_answer *answer);
enum far_step far_desk_wake(struct far_desk *desk, struct far_answer *answer);
void far_desk_free(struct far_desk *desk);
