/*
 * tar_read: a bundle's tar file, read once from front to back.
 *
 * Every byte passes tar_gate, which lets only the plainest form through: what it sees is what every tar program sees (the
 * fuzz target holds it against libarchive). Names are checked (evidence/name.h), and all entries lie in one top
 * directory, which has at most one entry of its own. Memory is bounded whatever the file claims. The end is only reached
 * when nothing follows it.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

#include <stdint.h>

struct tar_read;

struct tar_entry {
    const char *name; /* below the top directory, or "" for that itself; lent until the next call */
    bool directory;
    uint64_t size;
    uint64_t place; /* where its header stands in the file */
};

enum tar_step { TAR_FAIL, TAR_ENTRY, TAR_END };

/* What is no regular file is refused at once. */
struct tar_read *tar_read_open(const char *path, struct fail *fail);
void tar_read_close(struct tar_read *t);
/* Goes to a place that an entry had, or to the beginning (0): that entry is the next one. */
bool tar_read_seek(struct tar_read *t, uint64_t place, struct fail *fail);
/* Goes to the next entry; what was not read of this one is skipped. */
enum tar_step tar_read_next(struct tar_read *t, struct tar_entry *out, struct fail *fail);
/* The next piece of the entry's content, lent until the next call; empty at its end. */
bool tar_read_piece(struct tar_read *t, struct bytes *out, struct fail *fail);
/* Appends the entry's whole content; more than `out` may hold is refused. */
bool tar_read_all(struct tar_read *t, const struct tar_entry *entry, struct buf *out,
                  struct fail *fail);
/* The top directory's name; "" before the first entry. */
const char *tar_read_top(const struct tar_read *t);
