/*
 * manifest: what a pack says of itself, in its file pack.json. doc/packs.md is the specification.
 *
 * It is data: no code of a pack runs before it is known what the pack may do. A member that is not known is refused,
 * and so is one that stands twice: what a person was shown is all that there is.
 */
#pragma once

#include "base/capability.h"
#include "base/limits.h"
#include "pack/version.h"

#define MANIFEST_FILE "pack.json"

enum {
    MANIFEST_FORMAT = 1, /* the member "pack" */
    MANIFEST_API = 1,    /* ajar.api: the newest that its scripts may have been written for */
    MANIFEST_LIMIT = 64 * 1024,
    MANIFEST_NAME = 66, /* "org/pack", with its NUL */
    MANIFEST_LINE = 204,
    MANIFEST_PATH = 60, /* as long a name as Lua's messages show whole */
    MANIFEST_LICENSE = 100,
    MANIFEST_MAINTAINERS = 8,
    MANIFEST_PROBES = 64,
    MANIFEST_LETTERS = 64,
    MANIFEST_REQUIRES = 16,
};

struct manifest_need {
    char name[MANIFEST_NAME];
    struct version_range range;
    char range_text[VERSION_TEXT * VERSION_BOUNDS];
};

struct manifest {
    char name[MANIFEST_NAME];
    struct version version;
    unsigned api; /* from 1 to MANIFEST_API */
    char summary[MANIFEST_LINE];
    char license[MANIFEST_LICENSE]; /* an SPDX expression */
    char maintainers[MANIFEST_MAINTAINERS][MANIFEST_LINE];
    unsigned maintainer_count;
    unsigned capabilities; /* bits: 1 << enum capability */
    struct limits limits;
    char probes[MANIFEST_PROBES][MANIFEST_PATH];
    unsigned probe_count;
    char letters[MANIFEST_LETTERS][MANIFEST_PATH];
    unsigned letter_count;
    struct manifest_need needs[MANIFEST_REQUIRES]; /* other packs */
    unsigned need_count;
};

/* One thing that is wrong: where ("limits.seconds", "probes[2]", "" for the whole; see base/json_place.h), and what. */
typedef void manifest_fault(void *arg, const char *path, const struct fail *why);

/* Reads the text of a pack.json. Fails (EFORMAT, EVERSION, ELIMIT) with a sentence that begins with the member that is wrong:
 * "capabilities: …". Fuzzed. */
bool manifest_parse(struct bytes text, struct manifest *out, struct fail *fail);
/* The same; tells of all that is wrong, and out holds what could be read beside it. */
bool manifest_read(struct bytes text, struct manifest *out, manifest_fault *fault, void *arg);
/* Where in the text that stands, from 1 on. */
void manifest_where(struct bytes text, const char *path, const struct fail *why, unsigned *line,
                    unsigned *column);
/* "org/pack": each part of a-z, 0-9 and "-", at most 32, a letter or digit in front. */
bool manifest_is_name(struct bytes name);
/* Behind the slash: "pack". */
const char *manifest_short_name(const struct manifest *m);
