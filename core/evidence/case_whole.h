/*
 * case_whole: whether a case that no manifest lists is all that was written of it.
 */
#pragma once

#include "evidence/bundle.h"

/* case.json is one object for this case; the tape is the one whose SHA-256 it names (where it names none: one
 * that ends in a verdict); the receipts are those that it lists, with their SHA-256, and no others. The fail says what is
 * not so. */
bool case_whole(const struct bundle_case *c, struct fail *fail);
