/*
 * case_agrees: does case.json, which people read, say what the tape says?
 *
 * The verdict on the tape is the script's, that in case.json the run's: it may be weaker (run/judge.h) and is never
 * stronger. Of what is not weaker the reason is the same, and the steps are in any case.
 */
#pragma once

#include "tape/tape_head.h"
#include "world/difference.h"

/* `verdict` is the tape's last record, on this line. False: *out is the difference, "expected" what case.json says. A
 * case.json that can't be read differs. Fuzzed. */
bool case_agrees(struct bytes case_json, const struct tape_head *head, const struct record *verdict,
                 unsigned line, struct difference *out);
