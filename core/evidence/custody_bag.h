/*
 * custody_bag: the files of a bag of custody: a BagIt bag in a tar file, small enough to be held in memory.
 */
#pragma once

#include "evidence/bag.h"
#include "evidence/name.h"

enum {
    CUSTODY_RECORDS = 9999,
    CUSTODY_FILE_LIMIT = 16 * 1024,
    CUSTODY_BAG_LIMIT = 32 * 1024 * 1024 /* of the records and signatures together */
};

struct custody_file {
    char name[NAME_LIMIT]; /* "data/record-0001.txt", "data/record-0001.txt.minisig" */
    struct buf content;
};

struct custody_bag {
    struct custody_file *files; /* in the order of their names; only what lies below data/ */
    size_t count;
    size_t size; /* of their contents together */
};

/* Reads it: each file as its manifest says, none missing, none added, nothing else in the tar. To be freed either way;
 * begin with a zeroed bag. The fail does not name the path. Fuzzed. */
bool custody_bag_read(struct custody_bag *bag, const char *path, struct fail *fail);
void custody_bag_free(struct custody_bag *bag);
/* Adds a file whose name is behind all others. */
bool custody_bag_add(struct custody_bag *bag, const char *name, struct bytes content,
                     struct fail *fail);
/* Writes the bag in the place of whatever is at `path`; `top` is the directory in it. */
bool custody_bag_write(const struct custody_bag *bag, const char *path, const char *top,
                       struct fail *fail);
