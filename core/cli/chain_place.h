/*
 * chain_place: the file in which the chain of a key's runs is kept.
 */
#pragma once

#include "evidence/chain_file.h"

/* `given`: the file, "none" for no chain (*out is then NULL), or NULL: beside the secret key at `key_path` (NULL: the
 * operator's own), "ajar.chain" for "ajar.key". */
bool chain_place_open(const char *given, const char *key_path, const struct secret_key *key,
                      struct chain_file **out, struct fail *fail);
