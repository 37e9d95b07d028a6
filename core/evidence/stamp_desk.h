/*
 * stamp_desk: time-stamps put into a sealed bundle.
 */
#pragma once

#include "base/bytes.h"
#include "base/fail.h"

struct stamp_desk;

/* Takes hold of the bundle, which must verify. */
struct stamp_desk *stamp_desk_open(const char *path, struct fail *fail);
/* What is to be stamped: tagmanifest-sha256.txt.minisig. Lent until the desk is closed. */
struct bytes stamp_desk_signature(const struct stamp_desk *d);
/* One more, as stamp_take gives it; copied. ELIMIT: there are BESIDE_STAMPS. */
bool stamp_desk_add(struct stamp_desk *d, struct bytes stamp, struct fail *fail);
/* Writes those that were added, all or none (append.h). */
bool stamp_desk_write(struct stamp_desk *d, struct fail *fail);
void stamp_desk_close(struct stamp_desk *d);
