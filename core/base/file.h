/*
 * file: whole files that are read or written. Errors name the file.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

/* Appends the file's content to `out`, which has a limit; one that would pass it is an error (ELIMIT). */
bool file_read(const char *path, struct buf *out, struct fail *fail);
/* The same of a regular file alone: a pipe would be waited for, maybe for ever. */
bool file_read_regular(const char *path, struct buf *out, struct fail *fail);
/* Creates the file with this content, mode 0644; EEXIST: one is there already, and stays as it is. There is all of it or
 * none, whoever looks and whenever the process is killed (which leaves "PATH.new-PID"). */
bool file_create(const char *path, struct bytes content, struct fail *fail);
/* Makes the directories above the file `path` that are not there, with this mode. */
bool file_directories_above(const char *path, unsigned mode, struct fail *fail);
/* Makes the directory, unless it is there. */
bool file_directory(const char *path, struct fail *fail);
