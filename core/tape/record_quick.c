#include "tape/record_shape.h"

#include "tape/steps.h"

#include <string.h>

struct scan {
    const unsigned char *p;
    const unsigned char *end;
};

static bool follows(struct scan *s, struct bytes text)
{
    if ((size_t)(s->end - s->p) < text.n || memcmp(s->p, text.p, text.n) != 0)
        return false;
    s->p += text.n;
    return true;
}

static bool literal(struct scan *s, const char *text)
{
    return follows(s, bytes_of(text));
}

/* Digits without a zero ahead of others, few enough not to overflow. */
static bool number(struct scan *s, uint64_t least, uint64_t most, uint64_t *out)
{
    enum { DIGITS = 18 };
    const unsigned char *begin = s->p;
    uint64_t value = 0;
    while (s->p < s->end && s->p - begin < DIGITS && *s->p >= '0' && *s->p <= '9')
        value = value * 10 + (*s->p++ - '0');
    *out = value;
    return s->p > begin && (*begin != '0' || s->p - begin == 1) && value >= least && value <= most;
}

/* Printable ASCII that stands for itself in a string. */
static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

static const unsigned char *end_of_plain(const struct scan *s)
{
    const unsigned char *p = s->p;
    while (p < s->end && is_plain(*p))
        p++;
    return p;
}

static int hex_digit(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What follows a backslash, up to U+00FF; -1: something else. */
static int escaped(struct scan *s)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char bytes[] = "\"\\/\b\f\n\r\t";
    const char *letter = s->p < s->end && *s->p ? strchr(letters, *s->p) : NULL;
    if (letter) {
        s->p++;
        return (unsigned char)bytes[letter - letters];
    }
    if (!literal(s, "u00") || s->end - s->p < 2)
        return -1;
    int high = hex_digit(s->p[0]);
    int low = hex_digit(s->p[1]);
    s->p += 2;
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

/* A string, whose bytes are put behind the others in hold, which has room for them. */
static bool string(struct scan *s, struct buf *hold, struct bytes *out)
{
    unsigned char *to = hold->p + hold->n;
    unsigned char *begin = to;
    if (!literal(s, "\""))
        return false;
    for (;;) {
        const unsigned char *end = end_of_plain(s);
        memcpy(to, s->p, (size_t)(end - s->p));
        to += end - s->p;
        s->p = end;
        if (s->p == s->end)
            return false;
        if (*s->p == '"')
            break;
        int byte = *s->p++ == '\\' ? escaped(s) : -1;
        if (byte < 0)
            return false;
        *to++ = (unsigned char)byte;
    }
    s->p++;
    *out = bytes_at(begin, (size_t)(to - begin));
    hold->n += out->n;
    return true;
}

/* A string that would be written again as it stands. */
static bool plain_string(struct scan *s, struct bytes *out)
{
    if (!literal(s, "\""))
        return false;
    const unsigned char *end = end_of_plain(s);
    *out = bytes_at(s->p, (size_t)(end - s->p));
    s->p = end;
    return literal(s, "\"");
}

static bool step(struct scan *s)
{
    uint64_t line = 0;
    struct bytes say;
    struct bytes form;
    struct bytes cause;
    if (!literal(s, "{\"line\":") || !number(s, 1, TAPE_LIMIT, &line) || !literal(s, ",\"say\":") ||
        !plain_string(s, &say))
        return false;
    if (literal(s, "}"))
        return true;
    return literal(s, ",\"form\":") && plain_string(s, &form) && step_name_is(form) &&
           literal(s, ",\"cause\":") && plain_string(s, &cause) && step_name_is(cause) &&
           literal(s, "}");
}

/* A list that is kept as its text, because it would be written as it stands. */
static bool list(struct scan *s, enum record_kind kind, struct buf *hold, struct bytes *out)
{
    const unsigned char *begin = s->p;
    if (!literal(s, "["))
        return false;
    while (kind == RECORD_KIND_STEPS && s->p < s->end && *s->p != ']')
        if (!step(s) || (!literal(s, ",") && (s->p == s->end || *s->p != ']')))
            return false;
    if (s->p[-1] == ',' || !literal(s, "]"))
        return false;
    size_t n = (size_t)(s->p - begin);
    memcpy(hold->p + hold->n, begin, n);
    *out = bytes_at(hold->p + hold->n, n);
    hold->n += n;
    return true;
}

/* A port's digits; it may be left out. */
static bool port(struct scan *s, const struct record_field *f, struct buf *hold, struct bytes *out)
{
    uint64_t value = 0;
    if (!follows(s, f->head))
        return true;
    const unsigned char *begin = s->p;
    if (!number(s, 1, RECORD_PORT_MOST, &value))
        return false;
    *out = bytes_at(hold->p + hold->n, (size_t)(s->p - begin));
    return buf_put(hold, bytes_at(begin, out->n));
}

static bool field(struct scan *s, const struct record_field *f, struct buf *hold, struct bytes *out)
{
    if (f->kind == RECORD_KIND_PORT)
        return port(s, f, hold, out);
    if (!literal(s, ",\"") || !literal(s, f->name) || !literal(s, "\":"))
        return false;
    return f->kind == RECORD_KIND_BYTES ? string(s, hold, out) : list(s, f->kind, hold, out);
}

static const struct record_shape *op(struct scan *s, enum record_op *out)
{
    for (unsigned i = 0; i < RECORD_OPS; i++) {
        const struct record_shape *shape = record_shape_of((enum record_op)i);
        struct scan after = *s;
        if (follows(&after, shape->head)) {
            *s = after;
            *out = (enum record_op)i;
            return shape;
        }
    }
    return NULL;
}

bool record_quick(struct bytes line, struct record *out, struct buf *hold)
{
    struct scan s = {line.p, line.p + line.n};
    struct record r = {0};
    uint64_t t = 0;
    uint64_t c = 0;
    buf_clear(hold);
    /* No field is longer than it stands on the line: nothing in hold moves from here on. */
    if (line.n > RECORD_LINE_LIMIT || !buf_reserve(hold, line.n + 1))
        return false;
    if (!literal(&s, "{\"t\":") || !number(&s, 0, INT64_MAX, &t))
        return false;
    const struct record_shape *shape = op(&s, &r.op);
    if (!shape || (shape->has_c && (!literal(&s, ",\"c\":") ||
                                    !number(&s, !shape->zero_c, RECORD_CONNECTION_MOST, &c))))
        return false;
    const struct record_field *f = shape->fields;
    for (unsigned i = 0; f[i].name; i++)
        if (!field(&s, &f[i], hold, record_slot(&r, i)))
            return false;
    if (!literal(&s, "}") || s.p != s.end)
        return false;
    r.t = (span)t;
    r.c = (unsigned)c;
    *out = r;
    return true;
}
