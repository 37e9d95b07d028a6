#include "proto/smtp_command.h"

#include <string.h>

static const struct {
    const char *word;
    enum smtp_verb verb;
} verbs[] = {
    {"HELO", SMTP_HELO}, {"EHLO", SMTP_EHLO}, {"MAIL", SMTP_MAIL}, {"RCPT", SMTP_RCPT},
    {"DATA", SMTP_DATA}, {"RSET", SMTP_RSET}, {"NOOP", SMTP_NOOP}, {"QUIT", SMTP_QUIT},
    {"VRFY", SMTP_VRFY}, {"EXPN", SMTP_EXPN}, {"HELP", SMTP_HELP}, {"STARTTLS", SMTP_STARTTLS},
    {"AUTH", SMTP_AUTH},
};

static enum parse bad(const char **why, const char *reason)
{
    *why = reason;
    return PARSE_BAD;
}

static bool is_blank(unsigned char c)
{
    return c == ' ' || c == '\t';
}

static size_t word_length(struct bytes b)
{
    size_t n = 0;
    while (n < b.n && !is_blank(b.p[n]))
        n++;
    return n;
}

static enum smtp_verb verb_of(struct bytes word)
{
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        if (bytes_equal_nocase(word, verbs[i].word))
            return verbs[i].verb;
    return SMTP_UNKNOWN;
}

/* Length of what stands between '<' and its '>'; a '>' in a quoted local part does not count
 * (RFC 5321, section 4.1.2). BYTES_NOT_FOUND when there is no end. */
static size_t bracketed_length(struct bytes b)
{
    bool quoted = false;
    for (size_t i = 0; i < b.n; i++) {
        if (b.p[i] == '>' && !quoted)
            return i;
        if (b.p[i] == '"')
            quoted = !quoted;
        else if (b.p[i] == '\\' && quoted)
            i++;
    }
    return BYTES_NOT_FOUND;
}

/* Finds the path in "FROM:<path> parameters". */
static bool take_path(struct bytes argument, const char *label, struct bytes *path)
{
    if (!bytes_starts_nocase(argument, label))
        return false;
    struct bytes rest = bytes_trim(bytes_slice(argument, strlen(label), argument.n));
    if (rest.n == 0 || rest.p[0] != '<') {
        *path = bytes_slice(rest, 0, word_length(rest));
        return true;
    }
    rest = bytes_slice(rest, 1, rest.n);
    size_t n = bracketed_length(rest);
    if (n == BYTES_NOT_FOUND)
        return false;
    *path = bytes_slice(rest, 0, n);
    return true;
}

static struct smtp_command command_of(struct bytes line)
{
    struct smtp_command c = {0};
    size_t n = word_length(line);
    c.word = bytes_slice(line, 0, n);
    c.argument = bytes_trim(bytes_slice(line, n, line.n));
    c.verb = verb_of(c.word);
    if (c.verb == SMTP_MAIL && !take_path(c.argument, "FROM:", &c.path))
        c.verb = SMTP_UNKNOWN;
    if (c.verb == SMTP_RCPT && !take_path(c.argument, "TO:", &c.path))
        c.verb = SMTP_UNKNOWN;
    return c;
}

/* A CR may only be the last byte: others see a line end there, and so a second command. */
static bool is_one_line(struct bytes line)
{
    size_t cr = bytes_index(line, '\r', 0);
    return bytes_index(line, '\0', 0) == BYTES_NOT_FOUND &&
           (cr == BYTES_NOT_FOUND || cr + 1 == line.n);
}

enum parse smtp_command_parse(struct bytes in, struct smtp_command *out, size_t *used,
                              const char **why)
{
    size_t end = bytes_index(bytes_slice(in, 0, SMTP_COMMAND_LIMIT), '\n', 0);
    struct bytes line = bytes_slice(in, 0, end);
    if (end == BYTES_NOT_FOUND && in.n >= SMTP_COMMAND_LIMIT)
        return bad(why, "the command line is too long");
    if (!is_one_line(line))
        return bad(why, "a NUL or a bare CR in a command line");
    if (end == BYTES_NOT_FOUND)
        return PARSE_MORE;
    if (line.n > 0 && line.p[line.n - 1] == '\r')
        line.n--;
    *out = command_of(line);
    *used = end + 1;
    return PARSE_OK;
}

bool smtp_command_put(struct buf *out, struct bytes line)
{
    if (line.n > SMTP_COMMAND_LIMIT - 2 || bytes_index(line, '\r', 0) != BYTES_NOT_FOUND ||
        bytes_index(line, '\n', 0) != BYTES_NOT_FOUND ||
        bytes_index(line, '\0', 0) != BYTES_NOT_FOUND)
        return false;
    return buf_reserve(out, line.n + 2) && buf_put(out, line) && buf_put_text(out, "\r\n");
}
