/*
 * steps: how a verdict was reached: words, each pointing at a line of the tape.
 *
 * A step may also say what was found, as data: the form of the test that came through, and the
 * misconfiguration that this shows, by its name in scripts/notice/cause.lua and lang/.
 *
 * Packed while a probe runs and between processes (u32 line; words, form and cause, each with its length in a
 * u16); JSON on the tape and in results: [{"line":7,"say":"recipient accepted"},
 * {"line":9,"say":"S4 came back","form":"S4","cause":"null-sender"}].
 */
#pragma once

#include "base/buf.h"

enum { STEP_SAY = 300, STEP_NAME = 40, STEPS_LIMIT = 16 * 1024 };

/* Both empty: the step found nothing. */
struct step_finding {
    struct bytes form;  /* "S4" */
    struct bytes cause; /* "null-sender" */
};

/* Is it fit for a form or a cause: letters, digits and hyphens, 1 to STEP_NAME of them? */
bool step_name_is(struct bytes name);
/* Adds a step, words cut at STEP_SAY bytes. When `packed` has no room left it stays as it is. */
void steps_put(struct buf *packed, unsigned line, struct bytes say, struct step_finding finding);
/* Appends the JSON array. Packed steps from another process may be broken: it then ends early. */
bool steps_json(struct bytes packed, struct buf *out);
/* Takes the next step, {"line":…}, off a list as steps_json wrote it; empty at its end. */
struct bytes steps_next(struct bytes *json);
