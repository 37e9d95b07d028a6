#include "run/ipc.h"

#include <string.h>

void ipc_begin(struct buf *out, enum ipc_type type)
{
    buf_clear(out);
    buf_put_byte(out, (unsigned char)type);
}

void ipc_put_u8(struct buf *out, uint8_t value)
{
    buf_put_byte(out, value);
}

void ipc_put_u32(struct buf *out, uint32_t value)
{
    buf_put_u32(out, value);
}

void ipc_put_u64(struct buf *out, uint64_t value)
{
    buf_put_u64(out, value);
}

void ipc_put_bytes(struct buf *out, struct bytes value)
{
    buf_put_u32(out, (uint32_t)value.n);
    buf_put(out, value);
}

size_t ipc_begin_bytes(struct buf *out)
{
    buf_put_u32(out, 0);
    return out->n;
}

void ipc_end_bytes(struct buf *out, size_t begun)
{
    uint32_t n = (uint32_t)(out->n - begun);
    for (unsigned i = 0; !out->overflow && i < 4; i++)
        out->p[begun - 1 - i] = (unsigned char)(n >> (8 * i));
}

void ipc_put_addr(struct buf *out, const struct addr *value)
{
    buf_put_byte(out, value->family);
    buf_put_u16(out, value->port);
    buf_put(out, bytes_at(value->ip, sizeof value->ip));
}

void ipc_put_fail(struct buf *out, const struct fail *value)
{
    ipc_put_bytes(out, bytes_of(value->code));
    ipc_put_bytes(out, bytes_of(value->text));
}

/* 0: not limited; else one more than are left. */
void ipc_put_messages(struct buf *out, const struct world_messages *value)
{
    buf_put_u32(out, value->limited ? value->left + 1 : 0);
}

void ipc_put_receipt(struct buf *out, const struct receipt *value)
{
    buf_put(out, bytes_at(value->token.b, TOKEN_SIZE));
    buf_put_byte(out, (unsigned char)value->kind);
    ipc_put_addr(out, &value->peer);
    buf_put_u16(out, value->port);
    ipc_put_u64(out, (uint64_t)value->at);
    buf_put(out, bytes_at(value->digest, sizeof value->digest - 1));
    buf_put(out, bytes_at(value->answer, sizeof value->answer - 1));
}

void ipc_put_job(struct buf *out, const struct ipc_job *job)
{
    ipc_begin(out, IPC_JOB);
    ipc_put_u64(out, job->id);
    ipc_put_u32(out, job->probe);
    ipc_put_addr(out, &job->target);
    ipc_put_bytes(out, job->name);
    ipc_put_u8(out, job->last);
    buf_put(out, bytes_at(job->seed.job, sizeof job->seed.job));
    buf_put(out, bytes_at(job->seed.key, sizeof job->seed.key));
}

struct ipc_reader ipc_read(struct bytes frame, enum ipc_type *type)
{
    struct ipc_reader r = {.rest = frame};
    *type = (enum ipc_type)ipc_u8(&r);
    return r;
}

void ipc_copy(struct ipc_reader *r, void *out, size_t n)
{
    if (r->bad || r->rest.n < n) {
        r->bad = true;
        memset(out, 0, n);
        return;
    }
    memcpy(out, r->rest.p, n);
    r->rest = bytes_slice(r->rest, n, r->rest.n);
}

static uint64_t big_endian(struct ipc_reader *r, size_t n)
{
    unsigned char wire[8];
    uint64_t value = 0;
    ipc_copy(r, wire, n);
    for (size_t i = 0; i < n; i++)
        value = value << 8 | wire[i];
    return value;
}

uint8_t ipc_u8(struct ipc_reader *r)
{
    return (uint8_t)big_endian(r, 1);
}

uint16_t ipc_u16(struct ipc_reader *r)
{
    return (uint16_t)big_endian(r, 2);
}

uint32_t ipc_u32(struct ipc_reader *r)
{
    return (uint32_t)big_endian(r, 4);
}

uint64_t ipc_u64(struct ipc_reader *r)
{
    return big_endian(r, 8);
}

struct bytes ipc_bytes(struct ipc_reader *r)
{
    size_t n = ipc_u32(r);
    r->bad |= n > r->rest.n;
    if (r->bad)
        return bytes_at(NULL, 0);
    struct bytes value = bytes_slice(r->rest, 0, n);
    r->rest = bytes_slice(r->rest, n, r->rest.n);
    return value;
}

struct addr ipc_addr(struct ipc_reader *r)
{
    struct addr a = {.family = ipc_u8(r)};
    a.port = ipc_u16(r);
    ipc_copy(r, a.ip, sizeof a.ip);
    r->bad |= a.family != ADDR_IPV4 && a.family != ADDR_IPV6 && a.family != ADDR_NONE;
    return a;
}

struct fail ipc_fail(struct ipc_reader *r)
{
    struct fail f;
    const char *code = fail_code(ipc_bytes(r));
    struct bytes text = ipc_bytes(r);
    size_t n = text.n < sizeof f.text ? text.n : sizeof f.text;
    fail_set(&f, code, "%.*s", (int)n, (const char *)text.p);
    return f;
}

struct world_messages ipc_messages(struct ipc_reader *r)
{
    uint32_t value = ipc_u32(r);
    return (struct world_messages){value > 0, value > 0 ? value - 1 : 0};
}

/* `hex` characters and a NUL. */
static void copy_hex(struct ipc_reader *r, char *out, size_t n)
{
    ipc_copy(r, out, n);
    out[n] = '\0';
    for (size_t i = 0; i < n && !r->bad; i++)
        r->bad |= !strchr("0123456789abcdef", out[i]) || out[i] == '\0';
}

struct receipt ipc_receipt(struct ipc_reader *r)
{
    struct receipt receipt = {0};
    ipc_copy(r, receipt.token.b, TOKEN_SIZE);
    unsigned kind = ipc_u8(r);
    r->bad |= kind >= RECEIPT_KINDS;
    receipt.kind = r->bad ? RECEIPT_LINE : (enum receipt_kind)kind;
    receipt.peer = ipc_addr(r);
    receipt.port = ipc_u16(r);
    receipt.at = (instant)ipc_u64(r);
    copy_hex(r, receipt.digest, sizeof receipt.digest - 1);
    copy_hex(r, receipt.answer, sizeof receipt.answer - 1);
    return receipt;
}

struct ipc_job ipc_job(struct ipc_reader *r)
{
    struct ipc_job job = {.id = ipc_u64(r)};
    job.probe = ipc_u32(r);
    job.target = ipc_addr(r);
    job.name = ipc_bytes(r);
    job.last = ipc_u8(r) == 1;
    ipc_copy(r, job.seed.job, sizeof job.seed.job);
    ipc_copy(r, job.seed.key, sizeof job.seed.key);
    return job;
}

bool ipc_end(const struct ipc_reader *r)
{
    return !r->bad && r->rest.n == 0;
}
