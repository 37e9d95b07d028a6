#include "tape/packed.h"

#include "base/check.h"

_Static_assert(RECORD_OPS <= 32, "an op has five bits");

_Static_assert(RECORD_FIELDS <= 7, "their count has three bits");

static size_t number_size(uint64_t value)
{
    size_t n = 1;
    for (; value > 0x7f; value >>= 7)
        n++;
    return n;
}

static unsigned char *write_number(unsigned char *to, uint64_t value)
{
    for (; value > 0x7f; value >>= 7)
        *to++ = (unsigned char)(value | 0x80);
    *to++ = (unsigned char)value;
    return to;
}

/* The time as it is kept. */
static uint64_t time_of(const struct record *r)
{
    return r->t < 0 ? 0 : (uint64_t)r->t;
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

size_t packed_size(const struct record *r)
{
    size_t size = 1 + number_size(time_of(r)) + number_size(r->c);
    for (unsigned i = field_count(r); i-- > 0;)
        size += number_size(field(r, i).n) + field(r, i).n;
    return size;
}

unsigned char *packed_write(unsigned char *to, const struct record *r)
{
    unsigned n = field_count(r);
    *to++ = (unsigned char)((unsigned)r->op << 3 | n);
    to = write_number(write_number(to, time_of(r)), r->c);
    for (unsigned i = 0; i < n; i++) {
        struct bytes f = field(r, i);
        to = write_number(to, f.n);
        if (f.n > 0)
            memcpy(to, f.p, f.n);
        to += f.n;
    }
    return to;
}

bool packed_put(struct buf *out, const struct record *r)
{
    size_t size = packed_size(r);
    unsigned char *to = buf_reserve(out, size);
    out->overflow = false;
    if (!to)
        return false;
    packed_write(to, r);
    buf_commit(out, size);
    return true;
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
