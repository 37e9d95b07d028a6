/* The transfer encodings of mime.h (RFC 2045, 6.7 and 6.8): a letter is encoded line by line, and most lines stand as they are. */
#include "base/base64.h"
#include "notice/mime.h"

#include <stdint.h>
#include <string.h>

/* RFC 2045 allows 76 columns, the last of which a soft line break may take. */
enum { COLUMNS = 75, ESCAPED = 3, BASE64_BYTES = 57, PER_BYTE = 5 };

static bool is_blank(unsigned char c)
{
    return c == ' ' || c == '\t';
}

/* What may stand for itself in quoted-printable; a blank not at the end of a line. */
static bool is_safe(unsigned char c)
{
    return (c >= ' ' && c < 0x7f && c != '=') || c == '\t';
}

/* How many of eight bytes have their top bit set, and no other: each adds itself to the topmost. */
static unsigned count_tops(uint64_t tops)
{
    return (unsigned)((tops >> 7) * (UINT64_MAX / 0xff) >> 56);
}

/* A byte's top bit is set, and no other, where it is a control character, '=', or beyond '~'; exactly so for each of the eight, as no carry
 * leaves a byte. */
static uint64_t unsafe_of_eight(const unsigned char *eight)
{
    const uint64_t ones = UINT64_MAX / 0xff, lows = ones * 0x7f;
    uint64_t w;
    memcpy(&w, eight, sizeof w);
    uint64_t low = w & lows;
    uint64_t below = ~(low + ones * (0x80 - ' '));         /* under a blank */
    uint64_t del = low + ones;                             /* 0x7f */
    uint64_t equals = ~(((w ^ ones * '=') & lows) + lows); /* '=', or that and 0x80 */
    return (below | del | equals | w) & ones * 0x80;
}

/* How many bytes at the head of a line stand as they are. */
static size_t safe_run(struct bytes line)
{
    size_t i = 0;
    size_t n = line.n > 0 && is_blank(line.p[line.n - 1]) ? line.n - 1 : line.n;
    while (i + 8 <= n && unsafe_of_eight(line.p + i) == 0)
        i += 8;
    while (i < n && is_safe(line.p[i]))
        i++;
    return i;
}

/* A line as it is written, with the columns that it has so far. */
struct quoting {
    unsigned char *to;
    unsigned column;
};

static void put_escaped(struct quoting *q, unsigned char c)
{
    static const char hex[] = "0123456789ABCDEF";
    *q->to++ = '=';
    *q->to++ = (unsigned char)hex[c >> 4];
    *q->to++ = (unsigned char)hex[c & 15];
    q->column += ESCAPED;
}

/* A line goes on in the next where there is no room for so many columns. */
static void make_room(struct quoting *q, unsigned columns)
{
    if (q->column + columns <= COLUMNS)
        return;
    memcpy(q->to, "=\r\n", 3);
    q->to += 3;
    q->column = 0;
}

static void put_as_it_is(struct quoting *q, struct bytes run)
{
    while (run.n > 0) {
        make_room(q, 1);
        struct bytes part = bytes_slice(run, 0, COLUMNS - q->column);
        memcpy(q->to, part.p, part.n);
        q->to += part.n;
        q->column += (unsigned)part.n;
        run = bytes_slice(run, part.n, run.n);
    }
}

/* One line, without its end. */
static void put_quoted_line(struct quoting *q, struct bytes line)
{
    while (line.n > 0) {
        size_t run = safe_run(line);
        put_as_it_is(q, bytes_slice(line, 0, run));
        if (run < line.n) {
            make_room(q, ESCAPED);
            put_escaped(q, line.p[run++]);
        }
        line = bytes_slice(line, run, line.n);
    }
    *q->to++ = '\r';
    *q->to++ = '\n';
}

bool mime_put_quoted(struct buf *out, struct bytes text)
{
    while (text.n > 0) {
        size_t end = bytes_index(text, '\n', 0);
        struct bytes line = bytes_slice(text, 0, end);
        /* three bytes for each, and three more for each 23 of these: soft line breaks */
        unsigned char *to = buf_reserve(out, PER_BYTE * line.n + 2);
        if (!to)
            return false;
        struct quoting q = {.to = to};
        put_quoted_line(&q, line);
        buf_commit(out, (size_t)(q.to - to));
        text = bytes_slice(text, end == BYTES_NOT_FOUND ? text.n : end + 1, text.n);
    }
    return true;
}

bool mime_put_base64(struct buf *out, struct bytes content)
{
    do {
        base64_put(out, bytes_slice(content, 0, BASE64_BYTES));
        buf_put_text(out, "\r\n");
        content = bytes_slice(content, BASE64_BYTES, content.n);
    } while (content.n > 0);
    return !out->overflow;
}

bool mime_is_better_quoted(struct bytes text)
{
    size_t more =
        0; /* bytes beyond its own that quoted-printable takes, soft line breaks left out */
    size_t i = 0;
    for (; i + 8 <= text.n; i += 8)
        more += 2 * count_tops(unsafe_of_eight(text.p + i));
    for (; i < text.n; i++)
        more += is_safe(text.p[i]) && text.p[i] != '\t' ? 0 : 2;
    for (struct bytes rest = text; rest.n > 0;) {
        size_t end = bytes_index(rest, '\n', 0);
        more -= end == BYTES_NOT_FOUND ? 0 : 2;
        rest = bytes_slice(rest, end == BYTES_NOT_FOUND ? rest.n : end + 1, rest.n);
    }
    return text.n + more <= (text.n + 2) / 3 * 4;
}
