/*
 * license: is a manifest's "license" an SPDX licence expression (SPDX 2.3, Annex D), of licences that there are?
 *
 * Which identifiers SPDX has, data/spdx.json says: a copy, as lists of them come out every few months. So reading a manifest does not
 * ask: a pack that names a newer licence than this program knows is none the worse. `ajar pack check` does.
 */
#pragma once

#include "base/bytes.h"
#include "base/fail.h"

/* "MIT OR (Apache-2.0 WITH LLVM-exception)". A licence of one's own is "LicenseRef-NAME". Fails: EFORMAT, ELICENSE (an
 * identifier that is not known, or written in other letters), EDEPRECATED (one that SPDX wants no more). Fuzzed. */
bool license_check(struct bytes expression, struct fail *fail);
