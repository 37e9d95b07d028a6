/*
 * buf: a growing byte buffer with a hard limit.
 *
 * A put that would pass the limit, or finds no memory, changes nothing, returns false and leaves the
 * buffer marked (`overflow`), so that a row of puts can be checked once at its end. A zeroed buf with
 * a limit is ready for use. The buffer owns its memory; buf_free gives it back.
 */
#pragma once

#include "base/bytes.h"

#include <stdarg.h>
#include <stdint.h>

struct buf {
    unsigned char *p;
    size_t n;      /* bytes in use */
    size_t cap;    /* bytes allocated */
    size_t limit;  /* most bytes it may ever hold */
    bool overflow; /* a put was refused since buf_clear */
};

/* An empty buffer that may grow to `limit` bytes. */
struct buf buf_new(size_t limit);
void buf_free(struct buf *b);
/* Forgets the content, keeps the memory. */
void buf_clear(struct buf *b);

/* Makes room for n more bytes and returns where they go; buf_commit counts those written. */
unsigned char *buf_reserve(struct buf *b, size_t n);
void buf_commit(struct buf *b, size_t n);

/* Where there is room already, which is nearly always, a put is a copy in place. */
bool buf_put_growing(struct buf *b, struct bytes what);
static inline bool buf_put(struct buf *b, struct bytes what)
{
    if (what.n == 0 || what.n > b->cap - b->n || what.n > b->limit - b->n)
        return buf_put_growing(b, what);
    memcpy(b->p + b->n, what.p, what.n);
    b->n += what.n;
    return true;
}
static inline bool buf_put_text(struct buf *b, const char *text)
{
    return buf_put(b, bytes_of(text));
}
static inline bool buf_put_byte(struct buf *b, unsigned char byte)
{
    return buf_put(b, bytes_at(&byte, 1));
}
bool buf_put_number(struct buf *b, uint64_t value);
/* The same at `to`, which has room for BUF_NUMBER bytes; gives where it ends. */
enum { BUF_NUMBER = 20 };
unsigned char *buf_write_number(unsigned char *to, uint64_t value);
bool buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool buf_vprintf(struct buf *b, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
/* Big-endian integers, as the wire formats want them. */
bool buf_put_u16(struct buf *b, uint16_t value);
bool buf_put_u32(struct buf *b, uint32_t value);
bool buf_put_u64(struct buf *b, uint64_t value);

/* Removes the first n bytes (at most all). */
void buf_drop(struct buf *b, size_t n);
/* A view of the content: valid until the next put, drop, clear or free. */
struct bytes buf_view(const struct buf *b);
/* The content as a C string: a NUL is kept behind it. NULL when no memory was had. */
const char *buf_text(struct buf *b);
