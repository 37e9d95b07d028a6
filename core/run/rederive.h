/*
 * rederive: does the verdict follow from the bytes? The scripts of a bundle run again, each against its
 * tape, with no network and no clock, and must come to the same end.
 *
 * Scripts and tapes may be an enemy's: they run in a child that is confined as a worker is, and that is
 * ended when it takes too long.
 */
#pragma once

#include "script/probes.h"

/* In this process: the tape again through these probes. A fail names the first difference, by its line. A
 * tape that holds nothing but the verdict `error` (the probe's worker died) has nothing to differ in. */
bool rederive(struct probes *probes, struct bytes tape, struct fail *fail);

/* What came of one case: fail is NULL when the verdict was reached again. */
typedef void (*rederive_case)(void *arg, const char *id, const struct fail *fail);
/* All cases of a bundle (or `only` one), in a confined child. False: the bundle can't be read or the child
 * could not go on; the bundle's digests are not looked at here. */
bool rederive_bundle(const char *path, const char *only, rederive_case fn, void *arg,
                     struct fail *fail);
