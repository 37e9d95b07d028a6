/*
 * append: files added to a sealed bundle beside what is signed: all or nothing.
 *
 * The bundle is copied, entry by entry, through tar_gate; the new files and the end are written behind, and only
 * when all of that is on the disk does the copy take the bundle's place. Whatever happens before, the bundle is as
 * it was. Two programs do not add to one bundle at a time.
 */
#pragma once

#include "evidence/bag.h"

struct append;

/* Takes hold of the bundle ("EBUSY" when somebody else has); what is read of it until append_end is what will be
 * added to. The fail names the path. */
struct append *append_begin(const char *path, struct fail *fail);
enum { APPEND_HELD = 40 };
/* A path by which the held file is read, whatever lies under its name by now. */
const char *append_held(const struct append *a, char out[APPEND_HELD]);
/* Writes the new bundle in the place of the old one; once. Names are below the top directory. */
bool append_files(struct append *a, const struct bag_file *files, size_t n, struct fail *fail);
void append_end(struct append *a);
