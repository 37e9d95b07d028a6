/*
 * run_words: a bundle's data/run.json for a person: who tested, when and by which clock, on what authority, from where,
 * with what.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

/* Appends a row for each thing that it says; what it does not say (a bundle of an older ajar) has none. What stands
 * there may be anybody's: it is escaped and cut. Fails when it is no JSON object. Fuzzed. */
bool run_words_put(struct buf *out, struct bytes run_json, struct fail *fail);
