/*
 * version: the versions of packs, by Semantic Versioning 2.0.0, and ranges of them.
 *
 * Build metadata ("+…") is refused: two files could then have versions of which neither is the later.
 */
#pragma once

#include "base/fail.h"

enum { VERSION_TEXT = 64, VERSION_BOUNDS = 4 };

struct version {
    unsigned long major;
    unsigned long minor;
    unsigned long patch;
    char pre[24]; /* "rc.1"; "" for a release */
};

/* "1.4.0", "2.0.0-rc.1". Fails: EFORMAT, with a sentence about the text. Fuzzed. */
bool version_parse(struct bytes text, struct version *out, struct fail *fail);
/* Less than, equal to or greater than 0, by SemVer's section 11: a pre-release comes before its release. */
int version_compare(const struct version *a, const struct version *b);
const char *version_text(const struct version *v, char out[VERSION_TEXT]);

enum version_bound { VERSION_EQUAL, VERSION_LESS, VERSION_AT_MOST, VERSION_MORE, VERSION_AT_LEAST };

/* All bounds hold at once. */
struct version_range {
    unsigned count; /* at least 1 */
    enum version_bound bounds[VERSION_BOUNDS];
    struct version versions[VERSION_BOUNDS];
};

/* ">=1.2.0 <2.0.0": bounds (= < <= > >=) with a blank between them; "1.2.0" alone is "=1.2.0". Fuzzed. */
bool version_range_parse(struct bytes text, struct version_range *out, struct fail *fail);
/* A pre-release is within only where a bound names one of the same numbers: nobody gets one unasked. */
bool version_is_within(const struct version *v, const struct version_range *range);
