/*
 * replay: the world answered from a tape: no network, no clock, nothing random.
 *
 * Each call takes the tape's next record and must agree with it: the same operation on the same
 * connection and, for what is sent, the same bytes. The first that does not is the divergence: the
 * call fails with "EDIVERGED" and a sentence that names the line, what stood there and what came, and
 * all later calls fail the same way.
 */
#pragma once

#include "tape/tape_head.h"
#include "world/difference.h"
#include "world/world.h"

struct replay;

/* The tape is borrowed. Fails when its head can't be read. */
struct replay *replay_new(struct bytes tape, struct fail *fail);
void replay_free(struct replay *r);
struct world *replay_world(struct replay *r);
/* The head: all that the probe was given. Lives as long as r. */
const struct tape_head *replay_head(const struct replay *r);

/* Why the replay can't go on, or NULL: the first difference ("EDIVERGED"), or what is wrong with the tape. */
const struct fail *replay_diverged(const struct replay *r);
/* The first difference, or NULL: a tape that can't be read has none. */
const struct difference *replay_difference(const struct replay *r);
/* At the end: the next record must be the verdict, agree with what was reached now (steps: JSON), and be the last.
 * False, with the first difference, when it does not. */
bool replay_verdict(struct replay *r, struct bytes verdict, struct bytes reason, struct bytes steps,
                    struct fail *fail);
/* Goes to the verdict, past all that stands before it, which nobody does again; or to where the tape can't be read. */
void replay_pass(struct replay *r);
/* Is the next record a verdict of this name? */
bool replay_expects(const struct replay *r, struct bytes verdict);
/* The verdict that stands on the tape, and its line: once replay_verdict was true, or replay_expects is. */
const struct record *replay_end(const struct replay *r, unsigned *line);
