/*
 * pack_files: the scripts that ran, as files of a bundle (data/packs/), and what run.json says of their packs.
 */
#pragma once

#include "evidence/bag.h"
#include "script/probes.h"

enum { PACK_FILE_NAME = 128 };

/* The API's scripts and the probes'; lent. */
struct pack_files {
    const struct script_source *api; /* PROBES_API of them */
    const struct script_source *scripts;
    size_t count;
};

/* Adds each script, byte for byte. */
bool pack_files_add(struct bag *bag, const struct pack_files *files, struct fail *fail);
/* Appends the member "packs": for each pack its name and version, the digest of its files, how many there are, and who
 * signed it (null: nobody). */
bool pack_files_put(struct buf *out, const struct pack_files *files, struct fail *fail);
