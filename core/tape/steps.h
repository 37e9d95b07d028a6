/*
 * steps: how a verdict was reached: words, each pointing at a line of the tape.
 *
 * Packed (u32 line, u16 length, words) while a probe runs and between processes; JSON on the tape and
 * in results: [{"line":7,"say":"recipient accepted"}].
 */
#pragma once

#include "base/buf.h"

enum { STEP_SAY = 300, STEPS_LIMIT = 16 * 1024 };

/* Adds a step, words cut at STEP_SAY bytes. When `packed` has no room left it stays as it is. */
void steps_put(struct buf *packed, unsigned line, struct bytes say);
/* Appends the JSON array. Packed steps from another process may be broken: it then ends early. */
bool steps_json(struct bytes packed, struct buf *out);
