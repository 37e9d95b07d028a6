#include "tape/packed.h"

#include "base/check.h"

_Static_assert(RECORD_OPS <= 32, "an op has five bits");

_Static_assert(RECORD_FIELDS <= 7, "their count has three bits");

enum { NUMBER = 10 /* bytes that 64 bits take at most */ };

static size_t number(unsigned char *to, uint64_t value)
{
    size_t n = 0;
    for (; value > 0x7f; value >>= 7)
        to[n++] = (unsigned char)(value | 0x80);
    to[n++] = (unsigned char)value;
    return n;
}

static struct bytes field(const struct record *r, unsigned i)
{
    return i == 0 ? r->data : r->more[i - 1];
}

/* The last ones that are empty are left out. */
static unsigned field_count(const struct record *r)
{
    unsigned n = RECORD_FIELDS;
    while (n > 0 && field(r, n - 1).n == 0)
        n--;
    return n;
}

bool packed_put(struct buf *out, const struct record *r)
{
    size_t before = out->n;
    unsigned char head[3 * NUMBER + 1];
    unsigned n = field_count(r);
    head[0] = (unsigned char)((unsigned)r->op << 3 | n);
    size_t size = 1 + number(head + 1, r->t < 0 ? 0 : (uint64_t)r->t);
    size += number(head + size, r->c);
    for (unsigned i = 0; i < n; i++) {
        struct bytes f = field(r, i);
        size += number(head + size, f.n);
        buf_put(out, bytes_at(head, size));
        buf_put(out, f);
        size = 0;
    }
    if (n == 0)
        buf_put(out, bytes_at(head, size));
    bool ok = !out->overflow;
    if (!ok)
        out->n = before;
    out->overflow = false;
    return ok;
}

static unsigned char take_byte(struct bytes *rest)
{
    require(rest->n > 0);
    unsigned char byte = rest->p[0];
    *rest = bytes_at(rest->p + 1, rest->n - 1);
    return byte;
}

static uint64_t take_number(struct bytes *rest)
{
    uint64_t value = 0;
    unsigned char byte = 0x80;
    if (rest->n > 0 && rest->p[0] < 0x80) /* as nearly all lengths are */
        return take_byte(rest);
    for (unsigned shift = 0; byte & 0x80; shift += 7) {
        require(shift < 64);
        byte = take_byte(rest);
        value |= (uint64_t)(byte & 0x7f) << shift;
    }
    return value;
}

struct record packed_take(struct bytes *rest)
{
    struct record r = {0};
    unsigned char head = take_byte(rest);
    r.op = (enum record_op)(head >> 3);
    r.t = (span)take_number(rest);
    r.c = (unsigned)take_number(rest);
    for (unsigned i = 0; i < (head & 7u); i++) {
        size_t n = (size_t)take_number(rest);
        require(n <= rest->n && i < RECORD_FIELDS && r.op < RECORD_OPS);
        *(i == 0 ? &r.data : &r.more[i - 1]) = bytes_at(rest->p, n);
        *rest = bytes_at(rest->p + n, rest->n - n);
    }
    return r;
}

bool packed_lines(struct bytes records, struct buf *tape)
{
    bool ok = true;
    while (ok && records.n > 0) {
        struct record r = packed_take(&records);
        ok = record_put(tape, &r);
    }
    return ok;
}
