/*
 * Frames of each type, as the other process's readers take them. Whatever comes: views within the frame,
 * values that can be, and for a frame that was taken whole, the same bytes when it is written again.
 */
#include "claim.h"
#include "run/cell_ipc.h"
#include "run/session_ipc.h"
#include "run/task_ipc.h"

/* Writes what was read, field by field. */
struct echo {
    struct bytes frame;
    struct ipc_reader r;
    struct buf out;
};

static uint8_t u8(struct echo *e)
{
    uint8_t value = ipc_u8(&e->r);
    ipc_put_u8(&e->out, value);
    return value;
}

static void u32(struct echo *e)
{
    ipc_put_u32(&e->out, ipc_u32(&e->r));
}

static void u64(struct echo *e)
{
    ipc_put_u64(&e->out, ipc_u64(&e->r));
}

static void bytes(struct echo *e)
{
    struct bytes value = ipc_bytes(&e->r);
    claim_within(value, e->frame);
    ipc_put_bytes(&e->out, value);
}

static void address(struct echo *e)
{
    struct addr a = ipc_addr(&e->r);
    require(e->r.bad || a.family == ADDR_IPV4 || a.family == ADDR_IPV6 || a.family == ADDR_NONE);
    ipc_put_addr(&e->out, &a);
}

static void receipt(struct echo *e)
{
    struct receipt r = ipc_receipt(&e->r);
    require(receipt_kind_name(r.kind));
    require(strlen(r.digest) < sizeof r.digest && strlen(r.answer) < sizeof r.answer);
    ipc_put_receipt(&e->out, &r);
}

static void copy(struct echo *e, size_t n)
{
    unsigned char block[64];
    require(n <= sizeof block);
    ipc_copy(&e->r, block, n);
    buf_put(&e->out, bytes_at(block, n));
}

/* Not written again: the reader makes of a fail what is fit to be shown. */
static bool fail(struct echo *e)
{
    struct fail f = ipc_fail(&e->r);
    require(f.code && strlen(f.text) < sizeof f.text && !strpbrk(f.text, "\r\n\x1b"));
    return true;
}

static void call(struct echo *e)
{
    struct far_call c = ipc_call(&e->r);
    require(e->r.bad || (c.op >= FAR_OPEN && c.op < FAR_OPS && c.way <= WORLD_VISIT));
    claim_within(c.data, e->frame);
    ipc_put_call(&e->out, &c);
}

/* Not written again: a fail in it is made fit to be shown. */
static bool answer(struct echo *e)
{
    struct far_answer a = ipc_answer(&e->r);
    require(a.state == WORLD_READY || a.state == WORLD_FAILED);
    require(a.state == WORLD_READY || a.fail.code);
    claim_within(a.data, e->frame);
    return true;
}

static void conclusion(struct echo *e)
{
    struct conclusion c = ipc_conclusion(&e->r);
    require(verdict_name(c.verdict) && c.late <= LATE_TOKEN_NOTHING);
    claim_within(c.reason, e->frame);
    claim_within(c.steps, e->frame);
    claim_within(c.reach, e->frame);
    ipc_put_conclusion(&e->out, &c);
}

static void line(struct echo *e)
{
    struct ipc_line l = ipc_line(&e->r);
    require(l.what < SESSION_LINES);
    claim_within(l.text, e->frame);
    ipc_put_line(&e->out, &l);
}

static void said(struct echo *e)
{
    struct ipc_said s = ipc_said(&e->r);
    require(s.what < TYPED_SAIDS && (e->r.bad || s.text.n <= TYPED_SAID));
    claim_within(s.text, e->frame);
    ipc_put_said(&e->out, &s);
}

static void task(struct echo *e)
{
    struct task t = task_read(&e->r);
    task_put(&e->out, &t);
}

/* The fields of a type, in the order in which core/run reads them. True: not all could be written again. */
static bool fields(struct echo *e, enum ipc_type type)
{
    switch (type) {
    case IPC_READY:
        bytes(e);
        return false;
    case IPC_JOB:
        u64(e), u32(e), address(e), bytes(e), u8(e), copy(e, TOKEN_JOB), copy(e, TOKEN_KEY);
        return false;
    case IPC_DIAL:
        u64(e), u32(e), address(e), u8(e);
        return false;
    case IPC_DIALLED:
        u64(e), u32(e), u32(e);
        return fail(e);
    case IPC_RESOLVED:
        u64(e), u32(e);
        return fail(e);
    case IPC_CLOSED:
        u64(e), u32(e), u8(e);
        return false;
    case IPC_MESSAGE:
        u64(e), u8(e);
        return false;
    case IPC_VISITING:
        u64(e), u32(e);
        return false;
    case IPC_RESOLVER:
        u64(e), u32(e), u32(e), u8(e);
        return false;
    case IPC_VISIT:
        address(e);
        return false;
    case IPC_RECEIPT:
        receipt(e), bytes(e);
        return false;
    case IPC_DONE:
        u64(e), conclusion(e), u64(e), u64(e), bytes(e);
        return true; /* any byte but 1 says that there is no proof */
    case IPC_TRACE:
        u64(e), u32(e), u32(e), u64(e), u32(e), u8(e), u8(e), bytes(e);
        return false;
    case IPC_FULL:
    case IPC_BREAK:
        u64(e);
        return false;
    case IPC_STOPS:
        bytes(e);
        return false;
    case IPC_LINE:
        line(e);
        return false;
    case IPC_SAID:
        said(e);
        return false;
    case IPC_CELL:
        u32(e), u32(e), u64(e), bytes(e);
        return false;
    case IPC_CELL_LOST:
        u32(e), u32(e), u8(e), bytes(e), u64(e);
        return false;
    case IPC_LOST:
        u64(e), u8(e);
        return false;
    case IPC_CALL:
        u64(e), call(e);
        return false;
    case IPC_ANSWER:
        u64(e);
        return answer(e);
    case IPC_END:
        u64(e), conclusion(e);
        return true;
    case IPC_FORGET:
        u64(e);
        return false;
    case IPC_TASK:
        task(e);
        return false;
    case IPC_TASK_DONE:
        task_read_done(&e->r);
        return true;
    default:
        return false;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum ipc_type type;
    struct echo e = {.frame = bytes_at(data, size), .out = buf_new(size + 4096)};
    e.r = ipc_read(e.frame, &type);
    ipc_begin(&e.out, type);
    bool other = fields(&e, type);
    if (ipc_end(&e.r) && !other)
        require(bytes_equal(buf_view(&e.out), e.frame));
    require(!e.r.bad || !ipc_end(&e.r));
    buf_free(&e.out);
    return 0;
}
