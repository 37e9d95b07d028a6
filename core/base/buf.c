#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAP = 128, STEP = 128, FEW = 1024, SMALL = 64 * 1024 };

struct buf buf_new(size_t limit)
{
    return (struct buf){.limit = limit};
}

void buf_free(struct buf *b)
{
    free(b->p);
    *b = buf_new(b->limit);
}

void buf_clear(struct buf *b)
{
    b->n = 0;
    b->overflow = false;
}

/* Thousands of probes hold a tape of some KiB each: a buffer of that size grows by an eighth, so that little stands empty;
 * smaller and larger ones by half, so that little is copied; none beyond its limit. */
static size_t roomier(const struct buf *b, size_t need)
{
    size_t cap = FIRST_CAP;
    size_t share = need > FEW && need <= SMALL ? 8 : 2;
    while (cap < need && cap < STEP)
        cap *= 2;
    if (need > SIZE_MAX / 2)
        cap = need;
    else if (need > STEP)
        cap = (need + need / share + STEP - 1) / STEP * STEP;
    return cap > b->limit && need <= b->limit ? b->limit : cap;
}

static bool grow(struct buf *b, size_t need)
{
    size_t cap = roomier(b, need);
    unsigned char *p = realloc(b->p, cap);
    if (!p)
        return false;
    b->p = p;
    b->cap = cap;
    return true;
}

/* Room for n bytes that count and for `more` that do not. */
static unsigned char *room(struct buf *b, size_t n, size_t more)
{
    size_t need = b->n + n + more;
    if (n > b->limit - b->n || need < n || ((need > b->cap || !b->p) && !grow(b, need))) {
        b->overflow = true;
        return NULL;
    }
    return b->p + b->n;
}

unsigned char *buf_reserve(struct buf *b, size_t n)
{
    return room(b, n, 0);
}

void buf_commit(struct buf *b, size_t n)
{
    b->n += n;
}

bool buf_put_growing(struct buf *b, struct bytes what)
{
    if (what.n == 0)
        return true;
    unsigned char *to = buf_reserve(b, what.n);
    if (!to)
        return false;
    memcpy(to, what.p, what.n);
    b->n += what.n;
    return true;
}

static size_t digits_of(uint64_t value)
{
    size_t n = 1;
    for (uint64_t next = 10; n < BUF_NUMBER && value >= next; next *= 10)
        n++;
    return n;
}

unsigned char *buf_write_number(unsigned char *to, uint64_t value)
{
    static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                                "25262728293031323334353637383940414243444546474849"
                                "50515253545556575859606162636465666768697071727374"
                                "75767778798081828384858687888990919293949596979899";
    unsigned char *end = to + digits_of(value);
    unsigned char *at = end;
    for (; value >= 10; value /= 100) {
        at -= 2;
        memcpy(at, pairs + value % 100 * 2, 2);
    }
    if (at > to)
        at[-1] = (unsigned char)('0' + value);
    return end;
}

bool buf_put_number(struct buf *b, uint64_t value)
{
    unsigned char digits[BUF_NUMBER];
    return buf_put(b, bytes_at(digits, (size_t)(buf_write_number(digits, value) - digits)));
}

bool buf_vprintf(struct buf *b, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, again);
    va_end(again);
    unsigned char *to = n < 0 ? NULL : room(b, (size_t)n, 1);
    if (!to) {
        b->overflow = true;
        return false;
    }
    vsnprintf((char *)to, (size_t)n + 1, format, args);
    b->n += (size_t)n;
    return true;
}

bool buf_printf(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    bool ok = buf_vprintf(b, format, args);
    va_end(args);
    return ok;
}

bool buf_put_u16(struct buf *b, uint16_t value)
{
    unsigned char wire[2] = {(unsigned char)(value >> 8), (unsigned char)value};
    return buf_put(b, bytes_at(wire, sizeof wire));
}

bool buf_put_u32(struct buf *b, uint32_t value)
{
    unsigned char wire[4];
    for (int i = 0; i < 4; i++)
        wire[i] = (unsigned char)(value >> (24 - 8 * i));
    return buf_put(b, bytes_at(wire, sizeof wire));
}

bool buf_put_u64(struct buf *b, uint64_t value)
{
    unsigned char wire[8];
    for (int i = 0; i < 8; i++)
        wire[i] = (unsigned char)(value >> (56 - 8 * i));
    return buf_put(b, bytes_at(wire, sizeof wire));
}

void buf_drop(struct buf *b, size_t n)
{
    if (n >= b->n) {
        b->n = 0;
        return;
    }
    memmove(b->p, b->p + n, b->n - n);
    b->n -= n;
}

struct bytes buf_view(const struct buf *b)
{
    return bytes_at(b->p, b->n);
}

const char *buf_text(struct buf *b)
{
    if (b->n + 1 > b->cap && !grow(b, b->n + 1))
        return NULL;
    b->p[b->n] = '\0';
    return (const char *)b->p;
}
