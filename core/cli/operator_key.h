/*
 * operator_key: the key that a command signs with.
 */
#pragma once

#include "evidence/key.h"

enum { OPERATOR_KEY_PATH = 4096 };

/* Where the operator's own key lies: ~/.config/ajar/ajar.key. Writes into out and returns it. */
const char *operator_key_path(char out[OPERATOR_KEY_PATH]);

/* The key at `path`, or with NULL the operator's own (~/.config/ajar/ajar.key). Asks for its password
 * where it has one (see password.h). NULL with a fail that says how to make a key. */
struct secret_key *operator_key_load(const char *path, struct fail *fail);
