/*
 * new_tar: a tar file that is written whole or not at all, for what is made out of a bundle.
 */
#pragma once

#include "evidence/name.h"
#include "evidence/tar_write.h"

struct new_tar {
    const char *path; /* lent */
    int fd;
    char top[NAME_LIMIT]; /* the path's base name without ".tar" */
    struct tar_write *tar;
};

/* Creates the file: EEXIST when it is there. To be closed only when it succeeds. */
bool new_tar_open(struct new_tar *t, const char *path, struct fail *fail);
bool new_tar_add(struct new_tar *t, const char *name, struct bytes content, struct fail *fail);
/* `ok`: ends the archive, on the disk. Otherwise, or when that fails, the file is taken away; false then. */
bool new_tar_close(struct new_tar *t, bool ok, struct fail *fail);
