/*
 * verify_report: what a verification found, in words.
 */
#pragma once

#include "evidence/bundle.h"

/* A line for each signature: by which key, whose that is, when. */
void verify_report_signatures(const struct bundle_report *r);
/* All that was found of a bundle that verifies, below its first line. `trust` is what it was asked for. */
void verify_report_print(const struct bundle_trust *trust, const struct bundle_report *r);
/* What is left to do when bundles verify, but by a key that nobody gave. On stderr. */
void verify_report_hint(void);
