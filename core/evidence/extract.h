/*
 * extract: one case of a bundle in a file of its own, with the proof that it was sealed among the others
 * (doc/evidence.md, "Extracts").
 *
 * What is read is not verified here: the caller does that before, and verifies what was written.
 */
#pragma once

#include "evidence/bag.h"

/* Writes `to`, which must not be there yet, of the case `id` in the bundle or extract `from`. Of the case's files those
 * among `instead` (with their whole names) are taken from there. On failure there is no file. */
bool extract_write(const char *from, const char *id, const char *to, const struct bag_file *instead,
                   size_t n, struct fail *fail);
