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
    /* What is left, with bytes before it that are known to be safe. */
    if (i > 0 && i < n && i + 8 > n && unsafe_of_eight(line.p + n - 8) == 0)
        return n;
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
        size_t room = COLUMNS - q->column;
        size_t n = run.n < room ? run.n : room; /* nearly always all of it */
        memcpy(q->to, run.p, n);
        q->to += n;
        q->column += (unsigned)n;
        run = bytes_at(run.p + n, run.n - n);
    }
}

/* One line, without its end. */
static void put_quoted_line(struct quoting *q, struct bytes line)
{
    while (line.n > 0) {
        size_t run = safe_run(line);
        put_as_it_is(q, bytes_at(line.p, run));
        if (run < line.n) {
            make_room(q, ESCAPED);
            put_escaped(q, line.p[run++]);
        }
        line = bytes_at(line.p + run, line.n - run);
    }
    *q->to++ = '\r';
    *q->to++ = '\n';
}

bool mime_put_quoted(struct buf *out, struct bytes text)
{
    while (text.n > 0) {
        const unsigned char *end = memchr(text.p, '\n', text.n);
        struct bytes line = bytes_at(text.p, end ? (size_t)(end - text.p) : text.n);
        /* three bytes for each, and three more for each 23 of these: soft line breaks */
        unsigned char *to = buf_reserve(out, PER_BYTE * line.n + 2);
        if (!to)
            return false;
        struct quoting q = {.to = to};
        put_quoted_line(&q, line);
        buf_commit(out, (size_t)(q.to - to));
        size_t done = line.n + (end ? 1 : 0);
        text = bytes_at(text.p + done, text.n - done);
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

/* A byte's top bit is set, and no other, where it is a line's end. */
static uint64_t ends_of_eight(const unsigned char *eight)
{
    const uint64_t ones = UINT64_MAX / 0xff, lows = ones * 0x7f;
    uint64_t w;
    memcpy(&w, eight, sizeof w);
    return ~((((w ^ ones * '\n') & lows) + lows) | w) & ones * 0x80;
}

/* For how many of eight bytes quoted-printable takes two more; for a line's end it takes none. */
static unsigned costly_of_eight(const unsigned char *eight)
{
    uint64_t unsafe = unsafe_of_eight(eight);
    return unsafe ? count_tops(unsafe & ~ends_of_eight(eight)) : 0;
}

bool mime_is_better_quoted(struct bytes text)
{
    size_t more =
        0; /* bytes beyond its own that quoted-printable takes, soft line breaks left out */
    size_t i = 0;
    for (; i + 8 <= text.n; i += 8)
        more += 2 * (size_t)costly_of_eight(text.p + i);
    for (; i < text.n; i++)
        more += text.p[i] == '\n' || (is_safe(text.p[i]) && text.p[i] != '\t') ? 0 : 2;
    return text.n + more <= (text.n + 2) / 3 * 4;
}
