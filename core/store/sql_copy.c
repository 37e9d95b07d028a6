#include "store/sql_copy.h"

enum { NUMBER_BYTES = 8 };

static void put_value(struct buf *out, const struct sql_value *v)
{
    switch (v->kind) {
    case SQL_NULL:
        buf_put_u32(out, UINT32_MAX);
        break;
    case SQL_NUMBER:
        buf_put_u32(out, NUMBER_BYTES);
        buf_put_u64(out, (uint64_t)v->number);
        break;
    default:
        buf_put_u32(out, (uint32_t)v->bytes.n);
        buf_put(out, v->bytes);
    }
}

bool sql_copy_put(struct buf *out, const struct sql_value *values, unsigned width, size_t count)
{
    static const char signature[] = "PGCOPY\n\377\r\n"; /* its NUL belongs to it */
    buf_put(out, bytes_at(signature, sizeof signature));
    buf_put_u32(out, 0); /* flags: none */
    buf_put_u32(out, 0); /* the header goes no further */
    for (size_t row = 0; row < count; row++) {
        buf_put_u16(out, (uint16_t)width);
        for (unsigned i = 0; i < width; i++)
            put_value(out, &values[row * width + i]);
    }
    return buf_put_u16(out, UINT16_MAX) && !out->overflow;
}
