/*
 * case_find: the case of a bundle that is meant by the beginning of its name.
 */
#pragma once

#include "base/fail.h"

enum { CASE_FIND_ID = 128 };

/* `wanted`: the beginning of a case's name, with or without its "c-". ENOENT: there is none; EAMBIGUOUS: it could be
 * any of several. Reads the whole bundle, and verifies nothing. */
bool case_find(const char *bundle, const char *wanted, char out[CASE_FIND_ID], struct fail *fail);
