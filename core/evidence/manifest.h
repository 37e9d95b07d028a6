/*
 * manifest: what a manifest lists against what was found.
 */
#pragma once

#include "base/fail.h"

#include <stdint.h>

struct manifest {
    const char *name;         /* for messages: "data/x was added: NAME does not list it" */
    struct bytes listed;      /* its text, as it lies in the bundle */
    struct bytes found;       /* the lines that the files there would have, checked (listing.h) */
    struct bytes directories; /* names of directories in the archive, each ended by LF */
};

/* Each name once in both, with the same digest; no name below another; no directory without files, or
 * twice.
 * Sorts both lists. Fails with a sentence of its own for a file that was changed, is missing, was
 * added, was renamed or is there twice. */
bool manifest_compare(const struct manifest *m, struct fail *fail);
