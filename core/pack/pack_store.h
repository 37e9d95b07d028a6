/*
 * pack_store: the folder of installed packs: their files by digest, and packs.json (lock.h), which says which are used.
 *
 * A change is one step: the files are there and on the disk before packs.json names them, and that is replaced whole.
 * Who reads finds what was before or what is after. Two who change it queue.
 */
#pragma once

#include "pack/lock.h"
#include "pack/pack.h"

struct pack_store {
    char *folder;
    int fd; /* of the file that who changes it holds; -1: it is only read */
    struct lock lock;
};

/* Reads it; a folder that is not there holds none. */
bool pack_store_open(struct pack_store *s, const char *folder, struct fail *fail);
/* The same to change it; makes the folder. Waits for others who do. */
bool pack_store_open_to_change(struct pack_store *s, const char *folder, struct fail *fail);
void pack_store_close(struct pack_store *s);

/* Puts the files of a pack there, signature.n 0: it has none. */
bool pack_store_put(const struct pack_store *s, const struct pack *p, struct bytes signature,
                    struct fail *fail);
/* The pack of an entry of s->lock, as it was put there: ECHANGED where the file is another one by now, or of another name
 * or version than packs.json says. Appends the signature, where it has one. */
struct pack *pack_store_get(const struct pack_store *s, const struct lock_entry *e,
                            struct buf *signature, struct fail *fail);
/* May the pack of this name be of this version (NULL: be gone), by what the other ones that are installed require? Fails:
 * ENEEDED. One whose file can't be read requires nothing: it can't be used either. */
bool pack_store_allows(const struct pack_store *s, const char *name, const struct version *version,
                       struct fail *fail);
/* Makes what the lock says be so, and removes files that it does not name any more. */
bool pack_store_commit(const struct pack_store *s, struct fail *fail);
