/*
 * cell_ipc: the fields of the messages between a cell and its worker (run/process.h): calls of a far world, their answers,
 * and what a probe has concluded, which the worker tells the supervisor in the same way.
 */
#pragma once

#include "run/ipc.h"
#include "script/probes.h"
#include "world/far.h"

/* Behind ipc_begin and the job's id. */
void ipc_put_call(struct buf *out, const struct far_call *call);
void ipc_put_answer(struct buf *out, const struct far_answer *answer);

void ipc_put_conclusion(struct buf *out, const struct conclusion *c);

/* Views of the frame. */
struct far_call ipc_call(struct ipc_reader *r);
struct far_answer ipc_answer(struct ipc_reader *r);
struct conclusion ipc_conclusion(struct ipc_reader *r);
