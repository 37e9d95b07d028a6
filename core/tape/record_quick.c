#include "tape/record_shape.h"

#include "tape/scan.h"
#include "tape/steps.h"

#include <string.h>

static bool step(struct scan *s)
{
    uint64_t line = 0;
    struct bytes say;
    struct bytes form;
    struct bytes cause;
    if (!scan_text(s, "{\"line\":") || !scan_number(s, 1, TAPE_LIMIT, &line) ||
        !scan_text(s, ",\"say\":") || !scan_plain_string(s, &say))
        return false;
    if (scan_text(s, "}"))
        return true;
    return scan_text(s, ",\"form\":") && scan_plain_string(s, &form) && step_name_is(form) &&
           scan_text(s, ",\"cause\":") && scan_plain_string(s, &cause) && step_name_is(cause) &&
           scan_text(s, "}");
}

/* A list that is kept as its text, because it would be written as it stands. */
static bool list(struct scan *s, enum record_kind kind, struct buf *hold, struct bytes *out)
{
    const unsigned char *begin = s->p;
    if (!scan_text(s, "["))
        return false;
    while (kind == RECORD_KIND_STEPS && s->p < s->end && *s->p != ']')
        if (!step(s) || (!scan_text(s, ",") && (s->p == s->end || *s->p != ']')))
            return false;
    if (s->p[-1] == ',' || !scan_text(s, "]"))
        return false;
    size_t n = (size_t)(s->p - begin);
    memcpy(hold->p + hold->n, begin, n);
    *out = bytes_at(hold->p + hold->n, n);
    hold->n += n;
    return true;
}

/* Its digits; it may be left out. */
static bool count(struct scan *s, const struct record_field *f, struct buf *hold, struct bytes *out)
{
    uint64_t value = 0;
    if (!scan_bytes(s, f->head))
        return true;
    const unsigned char *begin = s->p;
    if (!scan_number(s, f->kind == RECORD_KIND_PORT, RECORD_NUMBER_MOST, &value))
        return false;
    *out = bytes_at(hold->p + hold->n, (size_t)(s->p - begin));
    return buf_put(hold, bytes_at(begin, out->n));
}

static bool field(struct scan *s, const struct record_field *f, struct buf *hold, struct bytes *out)
{
    if (record_kind_is_number(f->kind))
        return count(s, f, hold, out);
    if (!scan_bytes(s, f->head))
        return false;
    return f->kind == RECORD_KIND_BYTES ? scan_string(s, hold, out) : list(s, f->kind, hold, out);
}

/* Behind `,"op":"` stands the name. */
enum { NAME_AT = 7 };

static const struct record_shape *op(struct scan *s, enum record_op *out)
{
    for (unsigned i = 0; i < RECORD_OPS; i++) {
        const struct record_shape *shape = record_shape_of((enum record_op)i);
        struct scan after = *s;
        if (s->end - s->p <= NAME_AT || s->p[NAME_AT] != shape->head.p[NAME_AT])
            continue; /* most begin with another letter */
        if (scan_bytes(&after, shape->head)) {
            *s = after;
            *out = (enum record_op)i;
            return shape;
        }
    }
    return NULL;
}

bool record_quick(struct bytes line, struct record *out, struct buf *hold)
{
    struct scan s = scan_begin(line);
    struct record r = {0};
    uint64_t t = 0;
    uint64_t c = 0;
    buf_clear(hold);
    /* No field is longer than it stands on the line: nothing in hold moves from here on. */
    if (line.n > RECORD_LINE_LIMIT || !buf_reserve(hold, line.n + 1))
        return false;
    if (!scan_text(&s, "{\"t\":") || !scan_number(&s, 0, INT64_MAX, &t))
        return false;
    const struct record_shape *shape = op(&s, &r.op);
    if (!shape || (shape->has_c && (!scan_text(&s, ",\"c\":") ||
                                    !scan_number(&s, !shape->zero_c, RECORD_CONNECTION_MOST, &c))))
        return false;
    const struct record_field *f = shape->fields;
    for (unsigned i = 0; f[i].name; i++)
        if (!field(&s, &f[i], hold, record_slot(&r, i)))
            return false;
    if (!scan_text(&s, "}") || !scan_is_over(&s))
        return false;
    r.t = (span)t;
    r.c = (unsigned)c;
    *out = r;
    return true;
}
