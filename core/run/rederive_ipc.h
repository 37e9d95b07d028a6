/*
 * rederive_ipc: a case, as the confined child is given it, and what came of it, as that child says it.
 *
 * A child that was taken over can say that a case comes to another end than it does, and nothing that is unfit to be shown.
 */
#pragma once

#include "run/ipc.h"
#include "run/rederive.h"

void ipc_put_case_files(struct buf *out, const struct case_files *files);
/* Views of the frame; what is no case's file (`run`, `interface`, …) is left empty. */
struct case_files ipc_case_files(struct ipc_reader *r);
void ipc_put_rederived(struct buf *out, const struct rederived *r);
/* The child's answer (IPC_DONE): what came of so many cases and, where that is asked for, which lines have run. False: the scripts
 * could not be loaded, or (EPROTO) it is no such answer. Fuzzed. */
bool rederive_answer(struct bytes frame, struct rederived *out, size_t n, struct coverage *coverage,
                     struct fail *fail);
