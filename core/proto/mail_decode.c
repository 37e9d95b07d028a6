#include "proto/mail_decode.h"

#include "base/base64.h"
#include "proto/mail.h"

#include <string.h>

enum { DEPTH = 4 /* of multiparts in one another */, PARTS = 64 /* of one */ };

static int digit(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The bytes that a soft line break has at `at`: "=", blanks, a line end (RFC 2045, section 6.7); or 0. */
static size_t soft_break(struct bytes in, size_t at)
{
    size_t i = at + 1;
    while (i < in.n && (in.p[i] == ' ' || in.p[i] == '\t' || in.p[i] == '\r'))
        i++;
    return i < in.n && in.p[i] == '\n' ? i + 1 - at : 0;
}

static size_t put_quoted_byte(struct buf *out, struct bytes in, size_t at)
{
    int high = at + 2 < in.n ? digit(in.p[at + 1]) : -1;
    int low = high >= 0 ? digit(in.p[at + 2]) : -1;
    size_t used = soft_break(in, at);
    if (low < 0 && used > 0)
        return used;
    buf_put_byte(out, low < 0 ? in.p[at] : (unsigned char)(high * 16 + low));
    return low < 0 ? 1 : 3;
}

/* `in_header`: "_" is a blank (RFC 2047, section 4.2). */
static void put_quoted(struct buf *out, struct bytes in, bool in_header)
{
    for (size_t i = 0; i < in.n;) {
        if (in.p[i] == '=') {
            i += put_quoted_byte(out, in, i);
            continue;
        }
        buf_put_byte(out, in_header && in.p[i] == '_' ? ' ' : in.p[i]);
        i++;
    }
}

static bool field_starts(struct bytes part, const char *name, const char *word)
{
    struct bytes value;
    return mail_header(part, name, 0, &value) && bytes_starts_nocase(value, word);
}

static void put_body(struct buf *out, struct bytes part)
{
    static const char encoding[] = "Content-Transfer-Encoding";
    struct bytes body = mail_body(part);
    if (field_starts(part, encoding, "base64"))
        base64_take(out, body);
    else if (field_starts(part, encoding, "quoted-printable"))
        put_quoted(out, body, false);
    else
        buf_put(out, body);
}

/* The value of the parameter "boundary", with or without quotes. */
static bool boundary_of(struct bytes type, struct bytes *out)
{
    static const char name[] = "boundary=";
    size_t at = 0;
    while (at < type.n && !bytes_starts_nocase(bytes_slice(type, at, type.n), name))
        at++;
    struct bytes value = bytes_slice(type, at + strlen(name), type.n);
    bool quoted = value.n > 0 && value.p[0] == '"';
    if (quoted)
        value = bytes_slice(value, 1, value.n);
    size_t end = 0;
    while (end < value.n && !strchr(quoted ? "\"\r\n" : "; \t\r\n", value.p[end]))
        end++;
    *out = bytes_slice(value, 0, end);
    return end > 0;
}

/* The line at the beginning of `rest`, with its end. */
static struct bytes first_line(struct bytes rest)
{
    size_t end = bytes_index(rest, '\n', 0);
    return bytes_slice(rest, 0, end == BYTES_NOT_FOUND ? rest.n : end + 1);
}

static bool is_delimiter(struct bytes line, struct bytes boundary, bool *is_last)
{
    struct bytes begin = bytes_slice(line, 2, 2 + boundary.n);
    struct bytes rest = bytes_trim(bytes_slice(line, 2 + boundary.n, line.n));
    *is_last = bytes_equal_text(rest, "--");
    return bytes_starts_nocase(line, "--") && bytes_equal(begin, boundary) &&
           (rest.n == 0 || *is_last);
}

/* Takes all up to the next delimiter, or to the end; behind the last one there is nothing. */
static struct bytes take_part(struct bytes *rest, struct bytes boundary)
{
    struct bytes all = *rest;
    bool is_last;
    while (rest->n > 0) {
        struct bytes line = first_line(*rest);
        size_t before = all.n - rest->n;
        *rest = bytes_slice(*rest, line.n, rest->n);
        if (!is_delimiter(line, boundary, &is_last))
            continue;
        *rest = is_last ? bytes_slice(*rest, rest->n, rest->n) : *rest;
        return bytes_slice(all, 0, before);
    }
    return all;
}

static void put_text(struct buf *out, struct bytes part, unsigned depth);

static void put_parts(struct buf *out, struct bytes body, struct bytes boundary, unsigned depth)
{
    take_part(&body, boundary); /* what stands before the first is for nobody */
    for (unsigned i = 0; i < PARTS && body.n > 0; i++) {
        if (i > 0)
            buf_put_text(out, "\r\n");
        put_text(out, take_part(&body, boundary), depth);
    }
}

static void put_text(struct buf *out, struct bytes part, unsigned depth)
{
    struct bytes type;
    struct bytes boundary;
    if (!mail_header(part, "Content-Type", 0, &type))
        put_body(out, part);
    else if (depth < DEPTH && bytes_starts_nocase(type, "multipart/") &&
             boundary_of(type, &boundary))
        put_parts(out, mail_body(part), boundary, depth + 1);
    else if (!bytes_starts_nocase(type, "message/"))
        put_body(out, part);
}

bool mail_text_put(struct buf *out, struct bytes message)
{
    put_text(out, message, 0);
    return !out->overflow;
}

/* "=?CHARSET?B?TEXT?=" at the beginning of `in`: how long it is, or 0. */
static size_t encoded_word(struct bytes in, char *encoding, struct bytes *text)
{
    size_t kind = bytes_starts_nocase(in, "=?") ? bytes_index(in, '?', 2) : BYTES_NOT_FOUND;
    size_t from = kind == BYTES_NOT_FOUND ? kind : bytes_index(in, '?', kind + 1);
    size_t end = from == BYTES_NOT_FOUND ? from : bytes_index(in, '?', from + 1);
    if (end == BYTES_NOT_FOUND || from != kind + 2 || end + 1 >= in.n || in.p[end + 1] != '=')
        return 0;
    *encoding = (char)in.p[kind + 1];
    *text = bytes_slice(in, from + 1, end);
    return end + 2;
}

bool mail_words_put(struct buf *out, struct bytes value)
{
    char encoding;
    struct bytes text;
    for (size_t i = 0; i < value.n;) {
        size_t used = encoded_word(bytes_slice(value, i, value.n), &encoding, &text);
        if (used > 0 && (encoding == 'b' || encoding == 'B'))
            base64_take(out, text);
        else if (used > 0)
            put_quoted(out, text, true);
        else
            buf_put_byte(out, value.p[i]);
        i += used > 0 ? used : 1;
    }
    return !out->overflow;
}
