/*
 * hash_file: the SHA-256 of a whole file, in memory that does not grow with it.
 */
#pragma once

#include "base/fail.h"
#include "base/hash.h"

/* In lower-case hexadecimal. The fail names the file. */
bool sha256_file(const char *path, char hex[SHA256_HEX], struct fail *fail);
