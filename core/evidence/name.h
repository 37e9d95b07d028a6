/*
 * name: the names that files in a bundle may have.
 *
 * Letters, digits, ".", "_", "-" and "/": nothing that a shell, sha256sum, tar or another file system
 * reads in another way. No part is empty, ".", ".." or begins with "-".
 */
#pragma once

#include "base/fail.h"

enum { NAME_LIMIT = 256 }; /* ustar: prefix 155, "/", name 100; the NUL is within */

/* Fails with a sentence that says what is wrong with the name. */
bool name_check(const char *name, struct fail *fail);
/* The top directory's name: one part. */
bool name_check_top(const char *top, struct fail *fail);
/* True when "TOP/NAME" can be split as ustar wants it. */
bool name_fits_ustar(const char *top, const char *name);
/* The case that a file belongs to ("data/cases/ID/..."), or nothing; *rest is what follows ID/. */
struct bytes name_case(const char *name, const char **rest);
