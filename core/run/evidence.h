/*
 * evidence: a run as files in a bag. doc/evidence.md is the specification.
 */
#pragma once

#include "run/run.h"

/* The result as one line of JSON, without its line end: what `ajar probe --json` prints and what stands
 * in case.json. */
bool result_json(struct buf *out, const struct run_result *result);

/* data/run.json and data/packs/…: who, when, on what authority, with which scripts. */
bool evidence_run(struct bag *bag, const struct run_options *options, instant started,
                  struct fail *fail);
/* What bag-info.txt says of the run. `contact` is a URL. */
bool evidence_info(struct bag *bag, const char *authority, const char *contact, struct fail *fail);
enum { CASE_JSON_LIMIT = 256 * 1024 };
/* data/cases/ID/: case.json, tape.jsonl, contacts.jsonl, receipts/. Leaves what case.json holds in `json`, an empty buffer of at most
 * CASE_JSON_LIMIT. */
bool evidence_case(struct bag *bag, const struct run_result *result, struct buf *json,
                   struct fail *fail);
