/* The message behind DATA: see smtp_command.h. */
#include "proto/smtp_command.h"

/* Length of the line at the head of b without its end, and how long that end is (CRLF, CR or LF).
 */
static size_t any_line(struct bytes b, size_t *end)
{
    size_t n = 0;
    while (n < b.n && b.p[n] != '\r' && b.p[n] != '\n')
        n++;
    bool both = n + 1 < b.n && b.p[n] == '\r' && b.p[n + 1] == '\n';
    *end = n == b.n ? 0 : both ? 2 : 1;
    return n;
}

bool smtp_data_put(struct buf *out, struct bytes message)
{
    size_t before = out->n;
    bool ok = true;
    for (size_t at = 0; ok && at < message.n;) {
        size_t end = 0;
        struct bytes rest = bytes_slice(message, at, message.n);
        struct bytes line = bytes_slice(rest, 0, any_line(rest, &end));
        bool dotted = line.n > 0 && line.p[0] == '.';
        ok = (!dotted || buf_put_byte(out, '.')) && buf_put(out, line) && buf_put_text(out, "\r\n");
        at += line.n + end;
    }
    ok = ok && buf_put_text(out, ".\r\n");
    if (!ok)
        out->n = before;
    return ok;
}

/* The line at `from`, without its CRLF. A CR or an LF alone is a byte like others. */
static bool crlf_line(struct bytes in, size_t from, struct bytes *line)
{
    static const unsigned char crlf[] = {'\r', '\n'};
    struct bytes rest = bytes_slice(in, from, in.n);
    size_t n = bytes_find(rest, bytes_at(crlf, sizeof crlf));
    *line = bytes_slice(rest, 0, n);
    return n != BYTES_NOT_FOUND;
}

static struct bytes undotted(struct bytes line)
{
    return line.n > 0 && line.p[0] == '.' ? bytes_slice(line, 1, line.n) : line;
}

/* Measures the message: PARSE_OK when its final dot has come, *used bytes with it, *size without
 * the doubled dots. PARSE_BAD as soon as more than `most` bytes of it are there. */
static enum parse measure(struct bytes in, size_t most, size_t *used, size_t *size)
{
    struct bytes line;
    size_t at = 0;
    *size = 0;
    while (crlf_line(in, at, &line)) {
        at += line.n + 2;
        if (line.n == 1 && line.p[0] == '.') {
            *used = at;
            return PARSE_OK;
        }
        *size += undotted(line).n + 2;
        if (*size > most)
            return PARSE_BAD;
    }
    size_t pending = bytes_equal_text(line, ".\r") ? 0 : undotted(line).n;
    return pending > most - *size ? PARSE_BAD : PARSE_MORE;
}

static void put_what_fits(struct buf *out, struct bytes b)
{
    buf_put(out, bytes_slice(b, 0, out->limit - out->n));
}

void smtp_data_begin(struct bytes in, struct buf *out)
{
    struct bytes line;
    bool ends = true;
    for (size_t at = 0; ends && at < in.n; at += line.n + 2) {
        ends = crlf_line(in, at, &line);
        put_what_fits(out, undotted(line));
        if (ends)
            put_what_fits(out, bytes_of("\r\n"));
    }
}

enum parse smtp_data_parse(struct bytes in, struct buf *out, size_t *used, const char **why)
{
    struct bytes line;
    size_t total = 0;
    size_t size = 0;
    enum parse state = measure(in, out->limit - out->n, &total, &size);
    if (state == PARSE_BAD)
        *why = "the message is too long";
    if (state != PARSE_OK)
        return state;
    if (size > 0 && !buf_reserve(out, size)) {
        *why = "no memory for the message";
        return PARSE_BAD;
    }
    for (size_t at = 0; at + 3 < total && crlf_line(in, at, &line); at += line.n + 2) {
        buf_put(out, undotted(line));
        buf_put_text(out, "\r\n");
    }
    *used = total;
    return PARSE_OK;
}
