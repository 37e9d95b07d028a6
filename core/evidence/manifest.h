/*
 * manifest: what a manifest lists against what was found.
 */
#pragma once

#include "base/fail.h"

#include <stdint.h>

/* Names in messages: "data/x is not listed in MANIFEST". */
struct manifest {
    const char *name;
    struct bytes listed;      /* its text, as it lies in the bundle */
    struct bytes found;       /* the lines that the files there would have */
    uint64_t count;           /* of the lines found */
    struct bytes directories; /* names of directories in the archive, each ended by LF */
    bool same;                /* listed and found are the same bytes */
};

/* Each name once in both, with the same digest; no name below another; no directory without files.
 * When the lists are the same bytes and there are no directories, nothing is sorted. Fails with a
 * sentence of its own for a file that was changed, is missing, was added, was renamed or is there
 * twice. */
bool manifest_compare(const struct manifest *m, struct fail *fail);
