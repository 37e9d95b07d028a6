/*
 * pack_files: the scripts that ran, as files of a bundle (data/packs/), and what run.json says of their packs.
 */
#pragma once

#include "evidence/bag.h"
#include "evidence/name.h"
#include "run/run.h"
#include "script/probes.h"

/* A name of PACK_LOCAL_NAME is as long as Lua's messages show whole. */
enum { PACK_FILE_NAME = NAME_LIMIT, PACK_LOCAL_NAME = 60 };

/* The API's scripts and the probes', and the packs that those are of; lent. */
struct pack_files {
    const struct script_source *api; /* PROBES_API of them */
    const struct script_source *scripts;
    size_t count;
    const struct run_pack *packs;
    size_t pack_count;
};

/* The name by which a script of the operator's own runs, and which its errors and tracebacks say: "mine.lua", without
 * its directories, in letters that a bag's name can hold, and with a number before it ("2-mine.lua") where one of the
 * `n` sources before has it already. It is the file's name in the bundle, so a replay runs the script under the same. */
void pack_files_local_name(char out[PACK_LOCAL_NAME], const char *path,
                           const struct script_source *before, size_t n);
/* The name in the bundle: "data/packs/builtin/scripts/relay/third-party.lua", "data/packs/local/mine.lua". Not for the
 * scripts of a pack's file, which is there as a whole. */
void pack_files_name(char out[PACK_FILE_NAME], const struct script_source *script);
/* Of that: "data/packs/acme/envelopes/envelopes-1.0.0.tar". */
void pack_files_archive(char out[PACK_FILE_NAME], const struct manifest *m);
/* Is it one of the operator's own? */
bool pack_files_is_local(const struct script_source *script);
/* Is it of the pack that is built into the program? */
bool pack_files_is_builtin(const struct script_source *script);
/* Adds each script of those two, and each pack's file with its signature, byte for byte. */
bool pack_files_add(struct bag *bag, const struct pack_files *files, struct fail *fail);
/* Appends the member "packs": for each pack its name and version, the digest of its files, how many there are, and who
 * signed it (null: nobody whose key the operator trusted for it). */
bool pack_files_put(struct buf *out, const struct pack_files *files, struct fail *fail);
