/*
 * spool: lines that wait in a temporary file which has no name, so that memory does not grow with
 * their number and nothing is left behind.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

struct spool;

/* In the directory `dir`; NULL: in memory, and once there is much of it in $TMPDIR or /tmp. */
struct spool *spool_new(const char *dir, struct fail *fail);
void spool_free(struct spool *s);
/* Appends; held in memory until spool_write, or until there is much of it. */
bool spool_put(struct spool *s, struct bytes what, struct fail *fail);
/* Puts what is held into the file. On failure nothing of it is in the file, and it is forgotten. */
bool spool_write(struct spool *s, struct fail *fail);
/* What was put so far is complete. It goes into the file once there is enough of it, and can be read at any rate. On
 * failure what was put since the last time is forgotten. */
bool spool_keep(struct spool *s, struct fail *fail);
/* Forgets what was put and is not complete. */
void spool_drop(struct spool *s);
/* Forgets all behind the first `size` bytes. */
bool spool_cut(struct spool *s, uint64_t size, struct fail *fail);
/* Bytes put so far, held ones included. */
uint64_t spool_size(const struct spool *s);
/* Reads up to `size` bytes of what was written or kept, from `offset` on; *got is 0 at the end. */
bool spool_read(const struct spool *s, uint64_t offset, void *out, size_t size, size_t *got,
                struct fail *fail);

/* A walk through what was written, line by line, in bounded memory. Begin with {.spool = s}. */
struct spool_walk {
    const struct spool *spool;
    uint64_t offset; /* of what comes after the buffer */
    size_t at;
    size_t n;
    unsigned char buffer[32 * 1024];
};
/* The next line without its LF, lent until the next call; *more is false at the end. A line longer
 * than the buffer fails. */
bool spool_line(struct spool_walk *w, struct bytes *line, bool *more, struct fail *fail);

/* All that was written, read-only, until spool_free or the next write; empty when there is none. */
bool spool_map(struct spool *s, struct bytes *out, struct fail *fail);
/* Memory that lives in a nameless file unless it is little, zeroed, and is given back by munmap. NULL: see fail. */
void *spool_memory(size_t size, struct fail *fail);
