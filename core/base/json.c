#include "base/json.h"

#include "base/text.h"

#include <endian.h>
#include <string.h>

/* Characters below 0x80 that stand for themselves in a JSON string. */
static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

/* How many of these eight are plain before the first that is not: tapes are made of JSON strings, and most of their bytes
 * are. A byte's top bit is set where it is below a blank, above a tilde, a quote or a backslash; what is set behind the
 * first one may be a carry's doing. */
static unsigned plain_of_eight(const unsigned char *eight)
{
    const uint64_t ones = UINT64_MAX / 0xff, tops = ones * 0x80;
    uint64_t w;
    memcpy(&w, eight, sizeof w);
    w = le64toh(w);
    uint64_t quote = w ^ ones * '"', backslash = w ^ ones * '\\';
    uint64_t below = (w - ones * 0x20) & ~w, above = (w + ones) | w;
    uint64_t other = ((quote - ones) & ~quote) | ((backslash - ones) & ~backslash);
    uint64_t found = (below | above | other) & tops;
    return found ? (unsigned)__builtin_ctzll(found) / 8 : 8;
}

/* Writes at `to` (JSON_ESCAPE bytes of room) and returns how many bytes it took. */
static size_t write_escape(unsigned char *to, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char letters[256] = {
        ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't', ['"'] = '"', ['\\'] = '\\'};
    to[0] = '\\';
    to[1] = (unsigned char)letters[c];
    if (to[1] != '\0')
        return 2;
    const char text[JSON_ESCAPE - 1] = {'u', '0', '0', hex[c >> 4], hex[c & 15]};
    memcpy(to + 1, text, sizeof text);
    return JSON_ESCAPE;
}

static bool put_escape(struct buf *out, unsigned char c)
{
    unsigned char text[JSON_ESCAPE];
    return buf_put(out, bytes_at(text, write_escape(text, c)));
}

/* \uXXXX; above U+FFFF as two halves (RFC 8259, section 7). */
static bool put_escaped_character(struct buf *out, uint32_t c)
{
    if (c < 0x10000)
        return buf_printf(out, "\\u%04x", c);
    c -= 0x10000;
    return buf_printf(out, "\\u%04x\\u%04x", 0xd800 | c >> 10, 0xdc00 | (c & 0x3ff));
}

size_t json_plain_run(struct bytes b)
{
    size_t n = 0;
    while (b.n - n >= 8) {
        unsigned plain = plain_of_eight(b.p + n);
        n += plain;
        if (plain < 8)
            return n;
    }
    if (n > 0 && n < b.n) { /* what is left, with bytes before it that are known to be plain */
        unsigned back = 8 - (unsigned)(b.n - n);
        return n - back + plain_of_eight(b.p + n - back);
    }
    while (n < b.n && is_plain(b.p[n]))
        n++;
    return n;
}

static bool put_character(struct buf *out, struct bytes text, size_t at, size_t *step)
{
    struct bytes rest = bytes_slice(text, at, text.n);
    *step = 1;
    if (rest.p[0] < 0x80)
        return put_escape(out, rest.p[0]);
    uint32_t c = 0;
    size_t n = text_decode(rest, &c);
    if (n == 0)
        return buf_put_text(out, "\xef\xbf\xbd");
    *step = n;
    if (text_printable_at(text, at) == 0)
        return put_escaped_character(out, c);
    return buf_put(out, bytes_at(rest.p, n));
}

bool json_put_string(struct buf *out, struct bytes text)
{
    buf_put_byte(out, '"');
    for (size_t i = 0; i < text.n && !out->overflow;) {
        struct bytes rest = bytes_slice(text, i, text.n);
        size_t step = json_plain_run(rest);
        if (step > 0)
            buf_put(out, bytes_at(rest.p, step));
        else
            put_character(out, text, i, &step);
        i += step;
    }
    return buf_put_byte(out, '"') && !out->overflow;
}

bool json_put_json(struct buf *out, struct bytes json)
{
    for (size_t i = 0; i < json.n && !out->overflow;) {
        size_t step = json_plain_run(bytes_slice(json, i, json.n));
        if (step > 0)
            buf_put(out, bytes_slice(json, i, i + step));
        else if (json.p[i] < 0x7f) /* a blank, a quote or a backslash */
            buf_put_byte(out, json.p[i] < 0x20 ? ' ' : json.p[i]);
        else
            put_character(out, json, i, &step);
        i += step ? step : 1;
    }
    return !out->overflow;
}

unsigned char *json_write_bytes(unsigned char *to, struct bytes data)
{
    *to++ = '"';
    while (data.n > 0) {
        size_t run = json_plain_run(data);
        memcpy(to, data.p, run);
        to += run;
        while (run < data.n && !is_plain(data.p[run])) /* as behind CR comes LF */
            to += write_escape(to, data.p[run++]);
        data = bytes_at(data.p + run, data.n - run);
    }
    *to++ = '"';
    return to;
}

static bool put_bytes(struct buf *out, struct bytes data)
{
    buf_put_byte(out, '"');
    while (data.n > 0 && !out->overflow) {
        size_t run = json_plain_run(data);
        buf_put(out, bytes_at(data.p, run));
        if (run < data.n)
            put_escape(out, data.p[run++]);
        data = bytes_at(data.p + run, data.n - run);
    }
    return buf_put_byte(out, '"') && !out->overflow;
}

bool json_put_bytes(struct buf *out, struct bytes data)
{
    size_t room = out->cap < out->limit ? out->cap : out->limit;
    if (out->overflow || room - out->n < 2 || data.n > (room - out->n - 2) / JSON_ESCAPE)
        return put_bytes(out, data);
    out->n = (size_t)(json_write_bytes(out->p + out->n, data) - out->p);
    return true;
}

bool json_put_name(struct buf *out, const char *name)
{
    if (out->n > 0 && out->p[out->n - 1] != '{')
        buf_put_byte(out, ',');
    buf_put_byte(out, '"');
    buf_put_text(out, name);
    return buf_put_text(out, "\":");
}

bool json_put_member(struct buf *out, const char *name, struct bytes text)
{
    return json_put_name(out, name) && json_put_string(out, text);
}

bool json_put_member_text(struct buf *out, const char *name, const char *text)
{
    return json_put_member(out, name, bytes_of(text));
}

bool json_put_member_number(struct buf *out, const char *name, uint64_t value)
{
    return json_put_name(out, name) && buf_put_number(out, value);
}
