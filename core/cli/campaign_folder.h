/*
 * campaign_folder: the files of a campaign on one machine.
 *
 *     scope, optout          the operator's
 *     evidence/DIGEST.tar    a sealed bundle, by its SHA-256
 *     evidence/cut-off/      what was left of bundles that could not be sealed, beside what was recovered of them
 *     run/mN.tar             the bundle that machine N (store_jobs.h) writes
 *     run/mN.lock            it is at work: locked as long as one of its processes is alive
 */
#pragma once

#include "base/bytes.h"
#include "base/fail.h"

#include <stdint.h>

enum { CAMPAIGN_PATH = 4096, CAMPAIGN_FILE = 96 };

/* FOLDER/NAME. */
bool campaign_path(char out[CAMPAIGN_PATH], const char *folder, const char *name,
                   struct fail *fail);
/* Makes the folder, and in it evidence/, evidence/cut-off/ and run/, where they are not there. */
bool campaign_folder_make(const char *folder, struct fail *fail);

/* "mN.tar": the name that cases of its bundle have in the store. */
void campaign_bundle_name(char out[CAMPAIGN_FILE], int64_t machine);
/* FOLDER/run/mN.EXTENSION. */
bool campaign_run_path(char out[CAMPAIGN_PATH], const char *folder, int64_t machine,
                       const char *extension, struct fail *fail);

/* The lock of a machine that begins: a descriptor to be kept open, -1 with fail. */
int campaign_lock(const char *folder, int64_t machine, struct fail *fail);
/* That of one that may be no more: -1 where it is at work, or has none. */
int campaign_lock_left(const char *folder, int64_t machine);
/* Takes the lock away; the descriptor is closed. */
void campaign_unlock(const char *folder, int64_t machine, int lock);
/* The machines that have locks there, up to `most`. */
size_t campaign_locks(const char *folder, int64_t *machines, size_t most);

/* The name that a sealed bundle has in evidence/: that of its digest. */
bool campaign_name_sealed(const char *sealed, char file[CAMPAIGN_FILE], struct fail *fail);
/* Puts it there. */
bool campaign_keep(const char *folder, const char *sealed, const char *file, struct fail *fail);
/* Is it there? */
bool campaign_has(const char *folder, const char *file);
/* What stands in run/ has its name on the disk. */
bool campaign_sync_run(const char *folder, struct fail *fail);
/* Moves what could not be sealed into evidence/cut-off/. */
bool campaign_set_aside(const char *folder, int64_t machine, struct fail *fail);
