/*
 * case_times: could a case have happened at the times that it names?
 *
 * All are of the machine that tested, but for the seal's, which may be another's: so they may be apart by what two clocks are
 * apart (BUNDLE_CLOCKS). The clock that was read (`now`) is the one of the tape's times; a receipt comes when its test has
 * begun, before the script is told of it, and before the bundle is sealed.
 */
#pragma once

#include "run/case_files.h"
#include "tape/tape_head.h"
#include "world/difference.h"

/* False: *out says which time can't be, "expected" what stands there. `said` is case.json. */
bool case_times_agree(json_t *said, const struct case_files *files, const struct tape_head *head,
                      struct difference *out);
