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

/* The name in the bundle of the script at `index` among those of the probes: "data/packs/local/47-mine.lua". */
void pack_files_name(char out[PACK_FILE_NAME], const struct script_source *script, size_t index);
/* Is it one of the operator's own? */
bool pack_files_is_local(const struct script_source *script);
/* Adds each script, byte for byte. */
bool pack_files_add(struct bag *bag, const struct pack_files *files, struct fail *fail);
/* Appends the member "packs": for each pack its name and version, the digest of its files, how many there are, and who
 * signed it (null: nobody). */
bool pack_files_put(struct buf *out, const struct pack_files *files, struct fail *fail);
