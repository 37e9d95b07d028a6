/*
 * room: places on the disk kept free for what must still be written to a file.
 */
#pragma once

#include "base/fail.h"

#include <stdint.h>

struct room {
    int fd;         /* borrowed */
    uint64_t limit; /* the process's limit on a file's size (RLIMIT_FSIZE) */
    uint64_t until; /* kept free up to this offset */
};

struct room room_new(int fd);
/* Keeps the file's bytes up to offset `to` free: writing there does then not fail for want of space.
 * Never sends SIGXFSZ. Fails: ENOSPC, EDQUOT, EFBIG. */
bool room_reserve(struct room *r, uint64_t to, struct fail *fail);
/* Cuts the file at `size` and gives the rest back. */
bool room_cut(struct room *r, uint64_t size, struct fail *fail);
