#include "run/coverage_ipc.h"

void ipc_put_coverage(struct buf *out, const struct coverage *c)
{
    for (size_t i = 0; i < c->count; i++) {
        ipc_put_bytes(out, bytes_at(c->scripts[i].code, c->scripts[i].size));
        ipc_put_bytes(out, bytes_at(c->scripts[i].ran, c->scripts[i].size));
    }
}

static void add(struct ipc_reader *r, unsigned char *to, size_t size)
{
    struct bytes bits = ipc_bytes(r);
    r->bad |= bits.n != size;
    for (size_t i = 0; !r->bad && i < size; i++)
        to[i] |= bits.p[i];
}

void ipc_coverage(struct ipc_reader *r, struct coverage *c)
{
    for (size_t i = 0; i < c->count; i++) {
        add(r, c->scripts[i].code, c->scripts[i].size);
        add(r, c->scripts[i].ran, c->scripts[i].size);
    }
}
