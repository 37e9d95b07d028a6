#include "base/json.h"

#include "base/text.h"

/* Characters below 0x80 that stand for themselves in a JSON string. */
static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

static bool put_escape(struct buf *out, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    char text[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    char letter = c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : (char)c;
    if (letter != (char)c || c == '"' || c == '\\') {
        text[1] = letter;
        return buf_put(out, bytes_at(text, 2));
    }
    return buf_put(out, bytes_at(text, sizeof text));
}

/* \uXXXX; above U+FFFF as two halves (RFC 8259, section 7). */
static bool put_escaped_character(struct buf *out, uint32_t c)
{
    if (c < 0x10000)
        return buf_printf(out, "\\u%04x", c);
    c -= 0x10000;
    return buf_printf(out, "\\u%04x\\u%04x", 0xd800 | c >> 10, 0xdc00 | (c & 0x3ff));
}

/* The run of plain characters at the head of b. */
static size_t plain_run(struct bytes b)
{
    size_t n = 0;
    while (n < b.n && is_plain(b.p[n]))
        n++;
    return n;
}

static bool put_character(struct buf *out, struct bytes rest, size_t *step)
{
    *step = 1;
    if (rest.p[0] < 0x80)
        return put_escape(out, rest.p[0]);
    uint32_t c = 0;
    size_t n = text_decode(rest, &c);
    if (n == 0)
        return buf_put_text(out, "\xef\xbf\xbd");
    *step = n;
    if (text_printable_length(rest) == 0)
        return put_escaped_character(out, c);
    return buf_put(out, bytes_at(rest.p, n));
}

bool json_put_string(struct buf *out, struct bytes text)
{
    buf_put_byte(out, '"');
    for (size_t i = 0; i < text.n && !out->overflow;) {
        struct bytes rest = bytes_slice(text, i, text.n);
        size_t step = plain_run(rest);
        if (step > 0)
            buf_put(out, bytes_at(rest.p, step));
        else
            put_character(out, rest, &step);
        i += step;
    }
    return buf_put_byte(out, '"') && !out->overflow;
}

bool json_put_bytes(struct buf *out, struct bytes data)
{
    buf_put_byte(out, '"');
    for (size_t i = 0; i < data.n && !out->overflow;) {
        struct bytes rest = bytes_slice(data, i, data.n);
        size_t step = plain_run(rest);
        if (step > 0)
            buf_put(out, bytes_at(rest.p, step));
        else
            put_escape(out, rest.p[0]);
        i += step ? step : 1;
    }
    return buf_put_byte(out, '"') && !out->overflow;
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
