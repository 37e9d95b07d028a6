#include "proto/smtp_reply.h"

#include <string.h>

enum { CODE_LENGTH = 3 };

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static enum parse bad(const char **why, const char *reason)
{
    *why = reason;
    return PARSE_BAD;
}

/* Looks at the first four bytes of a line, as far as they have come, so that a server of another
 * protocol is known by its first byte and not by a timeout. */
static bool head_is_good(struct bytes line, const char **why)
{
    *why = "no reply code at the start of a line";
    if (line.n > 0 && (line.p[0] < '2' || line.p[0] > '5'))
        return false;
    for (size_t i = 1; i < CODE_LENGTH && i < line.n; i++)
        if (!is_digit(line.p[i]))
            return false;
    *why = "neither a blank nor a hyphen behind the reply code";
    if (line.n <= CODE_LENGTH)
        return true;
    unsigned char next = line.p[CODE_LENGTH];
    if (next == '\r')
        return line.n == CODE_LENGTH + 1 || line.p[CODE_LENGTH + 1] == '\n';
    return next == ' ' || next == '-' || next == '\n';
}

/* The line at `from`, with its line end. PARSE_MORE: its head is good and its end has not come. */
static enum parse next_line(struct bytes in, size_t from, struct bytes *line, const char **why)
{
    size_t end = bytes_index(in, '\n', from);
    *line = bytes_slice(in, from, end == BYTES_NOT_FOUND ? in.n : end + 1);
    if (!head_is_good(*line, why))
        return PARSE_BAD;
    if (line->n > SMTP_REPLY_LINE_LIMIT)
        return bad(why, "a reply line is too long");
    if (from + line->n > SMTP_REPLY_LIMIT)
        return bad(why, "the reply is too long");
    if (end != BYTES_NOT_FOUND)
        return line->n > CODE_LENGTH ? PARSE_OK : bad(why, "a line ends within the reply code");
    if (line->n == SMTP_REPLY_LINE_LIMIT || from + line->n == SMTP_REPLY_LIMIT)
        return bad(why, "the reply is too long");
    return PARSE_MORE;
}

static struct bytes without_end(struct bytes line)
{
    if (line.n > 0 && line.p[line.n - 1] == '\n')
        line.n--;
    if (line.n > 0 && line.p[line.n - 1] == '\r')
        line.n--;
    return line;
}

static unsigned code_of(struct bytes line)
{
    return (unsigned)(line.p[0] - '0') * 100 + (unsigned)(line.p[1] - '0') * 10 +
           (unsigned)(line.p[2] - '0');
}

/* One number of an enhanced code: one to three digits, no leading zero (RFC 3463, section 2). */
static size_t take_number(struct bytes text, unsigned *out)
{
    size_t n = 0;
    *out = 0;
    while (n < text.n && n < 3 && is_digit(text.p[n]))
        *out = *out * 10 + (unsigned)(text.p[n++] - '0');
    return n > 1 && text.p[0] == '0' ? 0 : n;
}

/* How long the "5.7.1" is at the beginning of a text; 0: there is none. */
static size_t enhanced_length(struct bytes text, unsigned class)
{
    unsigned out[3];
    size_t at = 0;
    for (int i = 0; i < 3; i++) {
        if (i > 0 && (at >= text.n || text.p[at++] != '.'))
            return 0;
        size_t n = take_number(bytes_slice(text, at, text.n), &out[i]);
        if (n == 0)
            return 0;
        at += n;
    }
    bool ends = at == text.n || text.p[at] == ' ' || text.p[at] == '\t';
    bool fits = out[0] == class && (class == 2 || class == 4 || class == 5);
    return ends && fits ? at : 0;
}

void smtp_reply_part(unsigned code, struct bytes said, struct bytes *enhanced, struct bytes *text)
{
    size_t n = enhanced_length(said, code / 100);
    *enhanced = bytes_slice(said, 0, n);
    *text = bytes_slice(said, n > 0 && n < said.n ? n + 1 : n, said.n);
}

enum parse smtp_reply_parse(struct bytes in, struct smtp_reply *out, size_t *used, const char **why)
{
    struct smtp_reply r = {0};
    struct bytes line;
    size_t at = 0;
    do {
        enum parse state = next_line(in, at, &line, why);
        if (r.lines > 0 && memcmp(line.p, in.p, line.n < CODE_LENGTH ? line.n : CODE_LENGTH) != 0)
            return bad(why, "the lines of one reply have different codes");
        if (state != PARSE_OK)
            return state;
        r.lines++;
        at += line.n;
    } while (line.p[CODE_LENGTH] == '-');
    r.code = code_of(line);
    r.raw = bytes_slice(in, 0, at);
    r.said = bytes_slice(without_end(line), CODE_LENGTH + 1, line.n);
    *out = r;
    *used = at;
    return PARSE_OK;
}

bool smtp_reply_line(const struct smtp_reply *reply, unsigned index, struct bytes *text)
{
    size_t from = 0;
    for (unsigned i = 0; from < reply->raw.n; i++) {
        size_t end = bytes_index(reply->raw, '\n', from);
        size_t next = end == BYTES_NOT_FOUND ? reply->raw.n : end + 1;
        if (i == index) {
            struct bytes line = without_end(bytes_slice(reply->raw, from, next));
            *text = bytes_slice(line, CODE_LENGTH + 1, line.n);
            return true;
        }
        from = next;
    }
    return false;
}
