/*
 * operator_file: small texts of the operator's own, below his home directory.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

/* Appends the file's text; one that is not there is empty. */
bool operator_file_read(const char *path, struct buf *out, struct fail *fail);
/* Puts the text in its place in one step; makes the folders above it. */
bool operator_file_write(const char *path, struct bytes text, struct fail *fail);
