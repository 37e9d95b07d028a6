#include "run/task_ipc.h"

void task_put(struct buf *out, const struct task *t)
{
    ipc_begin(out, IPC_TASK);
    ipc_put_u64(out, t->number);
    ipc_put_u32(out, t->probe);
    ipc_put_addr(out, &t->target);
    ipc_put_bytes(out, t->name);
    ipc_put_bytes(out, t->source);
}

struct task task_read(struct ipc_reader *r)
{
    struct task t = {.number = ipc_u64(r)};
    t.probe = ipc_u32(r);
    t.target = ipc_addr(r);
    t.name = ipc_bytes(r);
    t.source = ipc_bytes(r);
    return t;
}

void task_put_done(struct buf *out, const struct run_result *result)
{
    ipc_begin(out, IPC_TASK_DONE);
    ipc_put_u64(out, result->item->number);
    ipc_put_u8(out, result->refused != RUN_NOT_REFUSED);
    ipc_put_u8(out, (uint8_t)result->verdict);
    ipc_put_bytes(out, bytes_of(result->id));
    ipc_put_bytes(out, bytes_of(result->reason));
    ipc_put_u64(out, (uint64_t)result->started);
    ipc_put_u64(out, (uint64_t)result->elapsed);
    ipc_put_bytes(out, result->line);
}

struct task_done task_read_done(struct ipc_reader *r)
{
    struct task_done d = {.number = ipc_u64(r)};
    d.refused = ipc_u8(r) != 0;
    uint8_t verdict = ipc_u8(r);
    r->bad |= verdict > VERDICT_ERROR;
    d.verdict = (enum verdict)verdict;
    d.id = ipc_bytes(r);
    d.reason = ipc_bytes(r);
    d.started = (instant)ipc_u64(r);
    d.elapsed = (span)ipc_u64(r);
    d.line = ipc_bytes(r);
    return d;
}
