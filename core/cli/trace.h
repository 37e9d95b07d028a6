/*
 * trace: dialogues on stderr while they go on, below the lines of the scripts that hold them (--trace).
 *
 *     127.0.0.1:2525 relay/mine
 *     mine.lua:12      local reply = smtp:mail(mailbox.bounce)
 *         9    0.080 → MAIL FROM:<bounce-k7…@t.example>
 *        10    0.093 ← 250 2.1.0 Ok
 *
 * Of several targets at once the rows are mixed; before the rows of another stands which it is.
 */
#pragma once

#include "run/run.h"

struct trace;

/* The scripts as they run, and their probes; both lent. Without scripts (NULL) no lines of them are shown. NULL: no
 * memory. */
struct trace *trace_new(const struct script_source *scripts,
                        const struct probe_info *const *probes);
void trace_free(struct trace *t);
void trace_row(struct trace *t, const struct run_trace *row);
/* What stands before a row's text: an arrow for what was sent or came. */
const char *trace_mark(enum print_ink ink, bool further);
