/* Reading header fields: see mail.h. */
#include "proto/mail.h"

/* The line at `from` without its end (CRLF or LF); *next is where the following one begins. */
static struct bytes line_at(struct bytes message, size_t from, size_t *next)
{
    size_t end = bytes_index(message, '\n', from);
    struct bytes line = bytes_slice(message, from, end);
    *next = end == BYTES_NOT_FOUND ? message.n : end + 1;
    if (line.n > 0 && line.p[line.n - 1] == '\r')
        line.n--;
    return line;
}

static bool is_folded(struct bytes message, size_t from)
{
    return from < message.n && (message.p[from] == ' ' || message.p[from] == '\t');
}

/* Where the field that begins at `from` ends: behind its last continuation line. A line of nothing
 * but blanks continues a field too (RFC 5322, section 4.2). */
static size_t field_end(struct bytes message, size_t from)
{
    size_t next = from;
    do
        line_at(message, next, &next);
    while (is_folded(message, next));
    return next;
}

bool mail_header(struct bytes message, const char *name, unsigned nth, struct bytes *value)
{
    size_t next = 0;
    for (size_t at = 0; at < message.n; at = field_end(message, at)) {
        struct bytes line = line_at(message, at, &next);
        size_t colon = bytes_index(line, ':', 0);
        if (line.n == 0)
            return false;
        if (colon == BYTES_NOT_FOUND || is_folded(message, at) ||
            !bytes_equal_nocase(bytes_trim(bytes_slice(line, 0, colon)), name) || nth-- > 0)
            continue;
        *value = bytes_trim(bytes_slice(message, at + colon + 1, field_end(message, at)));
        return true;
    }
    return false;
}

struct bytes mail_body(struct bytes message)
{
    size_t next = 0;
    for (size_t at = 0; at < message.n; at = next)
        if (line_at(message, at, &next).n == 0)
            return bytes_slice(message, next, message.n);
    return bytes_slice(message, message.n, message.n);
}
