/*
 * case_frame: what case.json says around the verdict, against the tape's head and its last record: which case, which test of
 * whom, when and for how long, and of which tape.
 */
#pragma once

#include "run/case_files.h"
#include "tape/tape_head.h"
#include "world/difference.h"

#include "tape/object.h"

struct frame_claim {
    json_t *said; /* case.json */
    const struct case_files *files;
    const struct tape_head *head;
    const struct record *verdict; /* the tape's last record */
    unsigned line;                /* on which that stands */
};

/* False: *out says what differs, "expected" what case.json says; its line is 0 where that is not about the tape's text. */
bool case_frame_agrees(const struct frame_claim *claim, struct difference *out);
/* Which case, and of which tape: all that can be asked of a tape that is not read. */
bool case_frame_is_its_own(json_t *said, const struct case_files *files, struct difference *out);
