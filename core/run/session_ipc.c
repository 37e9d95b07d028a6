#include "run/session_ipc.h"

static void put(struct buf *out, enum ipc_type type, uint64_t job, unsigned what, struct bytes text)
{
    ipc_begin(out, type);
    ipc_put_u64(out, job);
    ipc_put_u8(out, (uint8_t)what);
    ipc_put_bytes(out, text);
}

void ipc_put_line(struct buf *out, const struct ipc_line *line)
{
    put(out, IPC_LINE, line->job, line->what, line->text);
}

void ipc_put_said(struct buf *out, const struct ipc_said *said)
{
    put(out, IPC_SAID, said->job, said->what, said->text);
}

struct ipc_line ipc_line(struct ipc_reader *r)
{
    struct ipc_line line = {.job = ipc_u64(r)};
    unsigned what = ipc_u8(r);
    line.text = ipc_bytes(r);
    r->bad |= what >= SESSION_LINES;
    line.what = r->bad ? SESSION_LINE : (enum session_line)what;
    return line;
}

struct ipc_said ipc_said(struct ipc_reader *r)
{
    struct ipc_said said = {.job = ipc_u64(r)};
    unsigned what = ipc_u8(r);
    said.text = ipc_bytes(r);
    r->bad |= what >= TYPED_SAIDS || said.text.n > TYPED_SAID;
    said.what = r->bad ? TYPED_READY : (enum typed_said)what;
    return said;
}
