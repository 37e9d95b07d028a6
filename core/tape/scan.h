/*
 * scan: JSON that stands as ajar writes it, read from left to right without a library.
 *
 * For the readers of lines of which there are many (record_quick, tape_head_quick). Each function takes what it expects, or
 * gives false, after which the scan is of no use any more: the line may be good all the same, and is left to the JSON library.
 */
#pragma once

#include "base/buf.h"

#include <stdint.h>

struct scan {
    const unsigned char *p;
    const unsigned char *end;
};

static inline struct scan scan_begin(struct bytes text)
{
    return (struct scan){text.p, text.p + text.n};
}

/* Was all of it taken? */
static inline bool scan_is_over(const struct scan *s)
{
    return s->p == s->end;
}

static inline bool scan_bytes(struct scan *s, struct bytes text)
{
    if ((size_t)(s->end - s->p) < text.n || memcmp(s->p, text.p, text.n) != 0)
        return false;
    s->p += text.n;
    return true;
}

/* This very text; else nothing is taken, and something else may be tried. */
static inline bool scan_text(struct scan *s, const char *text)
{
    return scan_bytes(s, bytes_of(text));
}

/* Digits without a zero ahead of others, few enough not to overflow. */
bool scan_number(struct scan *s, uint64_t least, uint64_t most, uint64_t *out);
/* A string, whose bytes are put behind the others in hold, which has room for them: it is no longer than it stands there. */
bool scan_string(struct scan *s, struct buf *hold, struct bytes *out);
/* A string that would be written again as it stands: printable ASCII without escapes. *out is a view of it. */
bool scan_plain_string(struct scan *s, struct bytes *out);
