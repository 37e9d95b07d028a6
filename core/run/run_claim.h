/*
 * run_claim: does data/run.json say of the run what a tape says?
 *
 * Each head repeats on whose authority the run was, whom to ask, where the sink was and how long it was waited for. So who
 * seals another run.json contradicts every tape. The run began before its tests, where it was to connect from an address it
 * did, and the script was of one of its packs.
 */
#pragma once

#include "run/case_files.h"
#include "tape/object.h"
#include "tape/tape_head.h"
#include "world/difference.h"

/* The bundle's data/run.json, to be given back (json_decref); NULL: it can't be read as an object. */
json_t *run_claim_read(const char *bundle);
/* Without `files->run` nothing is looked at. What it does not have is not compared. False: *out says what
 * differs, on line 1 of the tape. */
bool run_claim_agrees(const struct case_files *files, const struct tape_head *head,
                      struct difference *out);
/* Was there no scope file, so that no network was the prober's own? */
bool run_claim_has_no_scope(const json_t *run);
