/*
 * packs_told: are the files of each pack in a bundle those that data/run.json says?
 *
 * It names each pack that scripts in the bundle are of, with the digest of its files. Old bundles don't say it, and may not.
 */
#pragma once

#include "tape/object.h"

/* Room for the lines of all files of a bundle that belong to no case. */
enum { PACKS_TOLD_LIMIT = 8 * 1024 * 1024 };

/* `lines` is what the manifest has of the bundle's files below data/packs/, in any order; lines of others may be among them.
 * False: the fail says which pack is not what it is said to be (ECHANGED, EEXTRA, EMISSING), or that nothing is said where
 * something should (EMISSING, EFORMAT). */
bool packs_told_hold(const json_t *run, struct bytes lines, struct fail *fail);
