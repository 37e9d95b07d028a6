/*
 * hidden: what stands on a tape for a record that was redacted (doc/evidence.md, "Extracts").
 */
#pragma once

#include "base/bytes.h"

/* The line, without its end, is {"hidden":"…"} with a hash of 64 hexadecimal digits. */
bool tape_is_hidden(struct bytes line);
