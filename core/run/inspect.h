/*
 * inspect: what scripts say of themselves, learnt in a confined child.
 *
 * To know a probe's id and ports its script must be loaded, and what it does at its top level is run by that.
 */
#pragma once

#include "script/scenarios.h"

/* Fills `out`, one for each source, in their order, and so `forms` (may be NULL) with what they try: JSON arrays, see
 * script/forms.h; the buffers are begun and freed by who asks. Errors name script and line, as probes_new's do;
 * code "ESYNTAX": a script is no Lua, and did not run. */
bool inspect_scripts(const struct script_source *sources, size_t n, struct probe_info *out,
                     struct buf *forms, struct fail *fail);

/* The ids of a script's scenarios, one behind the other with a NUL at the end of each. Errors as above. The buffer is begun
 * and freed by who asks. */
enum { INSPECT_IDS = 64 * 1024 };
bool inspect_scenarios(const struct script_source *source, const struct sim_hooks *hooks,
                       struct buf *ids, struct fail *fail);
