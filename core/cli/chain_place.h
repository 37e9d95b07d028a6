/*
 * chain_place: the file in which the chain of a key's runs is kept.
 */
#pragma once

#include "evidence/chain_file.h"

/* What names it. */
struct chain_place {
    const char *command; /* for what is said on stderr: that a chain begins */
    const char *given;   /* the file, "none" for no chain, or NULL: beside the secret key */
    const char *key;     /* its path; NULL: the operator's own. "ajar.chain" for "ajar.key" */
    const char *bundle;  /* that is to be written */
};

/* *out is NULL for no chain. Where the file beside the key is missing or does not know a run of that key's chain that lies in the
 * bundle's directory, it fails (ECHAIN): the next run would fork the chain. */
bool chain_place_open(const struct chain_place *place, const struct secret_key *key,
                      struct chain_file **out, struct fail *fail);
