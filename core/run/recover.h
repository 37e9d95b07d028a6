/*
 * recover: sealing what a run that was cut off has left (evidence/partial.h).
 */
#pragma once

#include "base/time.h"
#include "evidence/partial.h"

/* Writes the new bundle `to` of all whole cases in `from`, with data/recovery.json and a line of bag-info.txt that say
 * so, sealed with the key in the next place of the chain (or NULL: in none), and verifies it; `from` stays as it is. `now`: the time that is written down. On failure
 * there is no new file. *found tells what was there. */
bool recover_bundle(const char *from, const char *to, const struct secret_key *key,
                    struct chain_file *chain, instant now, struct partial *found,
                    struct fail *fail);
