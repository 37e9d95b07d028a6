/*
 * directory: what makes a new name in a directory last.
 */
#pragma once

#include "base/fail.h"

/* The directory that the file `path` lies in ("." for a bare name), to be freed; NULL: no memory. */
char *directory_of(const char *path);
/* Puts the directory's names on the disk. */
bool directory_sync(const char *directory, struct fail *fail);
