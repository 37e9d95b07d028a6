/*
 * embedded: the files under data/, scripts/ and lang/, built into the program.
 */
#pragma once

#include "base/bytes.h"

struct embedded {
    const char *path; /* "scripts/relay/third-party.lua" */
    struct bytes content;
};

/* All of them, sorted by path. Returns how many. */
size_t embedded_list(const struct embedded **out);
/* The one with this path, or NULL. */
const struct embedded *embedded_find(const char *path);
