/*
 * tar_write: a ustar archive written into a file from front to back.
 *
 * The same files give the same bytes (see tar_header.h). A failed write is remembered, not acted upon: whoever writes
 * asks tar_write_flush, and on failure goes back to where the last good group ended.
 */
#pragma once

#include "base/fail.h"

#include <stdint.h>

struct tar_write;

/* Writes to fd (borrowed); all files go below the directory `top`. */
struct tar_write *tar_write_new(int fd, const char *top, struct fail *fail);
void tar_write_free(struct tar_write *t);

/* One whole file. */
bool tar_write_file(struct tar_write *t, const char *name, struct bytes content, struct fail *fail);
/* A file in pieces: after this, exactly `size` bytes by tar_write_more. */
bool tar_write_begin(struct tar_write *t, const char *name, uint64_t size, struct fail *fail);
bool tar_write_more(struct tar_write *t, struct bytes piece, struct fail *fail);
/* The marks at the end of the archive. */
void tar_write_end(struct tar_write *t);

/* Puts all into the file; fails if that, or any write before it, has failed. */
bool tar_write_flush(struct tar_write *t, struct fail *fail);
/* Where the next file begins. */
uint64_t tar_write_offset(const struct tar_write *t);
/* Goes back to an offset that tar_write_offset gave, and forgets a failure. */
void tar_write_back(struct tar_write *t, uint64_t offset);
/* Bytes that a file of this size takes in the archive. */
uint64_t tar_file_room(uint64_t size);
