/*
 * partial: what can be read of a bundle that was never sealed, because its run was cut off.
 *
 * The file is read from its front up to the first byte that is not as a run writes it. What lies behind is not
 * searched for more: it may be the content of a message, and a message can hold what looks like a case.
 *
 * Nobody has signed what is found here. That a case is whole is said by its own case.json (case_whole.h), and its tree.txt is
 * that of its parts: with another no bundle that it is sealed in would verify.
 */
#pragma once

#include "evidence/bag.h"

struct partial {
    char top[128]; /* the name of the bundle that it was to become; "" when nothing could be read */
    bool at_work;  /* a run still writes to it */
    bool sealed;   /* no part at all: it ends as a sealed bundle does */
    bool signature;        /* a seal's signature stands in it, whatever came to stand behind it */
    bool has_run;          /* data/run.json is there */
    unsigned long cases;   /* whole ones */
    unsigned long broken;  /* those that are not */
    unsigned long damaged; /* of them, other than one at the end that was being written */
    char first_broken[64]; /* the first of them */
    struct fail why;       /* what is wrong with that one */
    struct fail end;       /* why reading ended where it did */
    uint64_t good;         /* bytes up to the end of the last whole file or case */
    uint64_t size;         /* bytes of the file */
};

/* Called for each file that belongs to no case, and for all files of a whole case together, in the order of the
 * file: as bag_add wants them. Lent for the call. Return false to stop, with the fail set. */
typedef bool (*partial_fn)(void *arg, const struct bag_file *files, size_t n, struct fail *fail);

/* fn may be NULL. Fails when the file can't be opened, or when fn does. */
bool partial_read(const char *path, partial_fn fn, void *arg, struct partial *out,
                  struct fail *fail);
