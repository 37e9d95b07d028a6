/*
 * inspect_ipc: what scripts say of themselves, as the confined child that has loaded them says it.
 *
 * A child that was taken over can say of its own scripts what it likes, but nothing that a script could not have said
 * (script/declaration.h).
 */
#pragma once

#include "run/ipc.h"
#include "script/probes.h"

void ipc_put_probe_info(struct buf *out, const struct probe_info *info);
/* The child's answer (IPC_READY): of each source, in their order, what it says of itself and its forms. As inspect_scripts
 * gives it; EPROTO: it is no such answer. Fuzzed. */
bool inspect_answer(struct bytes frame, const struct script_source *sources, size_t n,
                    struct probe_info *out, struct buf *forms, struct fail *fail);
