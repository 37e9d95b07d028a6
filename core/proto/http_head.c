#include "proto/http_head.h"

#include <string.h>

/* What the fields say about the body. */
struct framing {
    bool has_length;
    unsigned long length;
    bool has_coding;
    bool chunked;
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

/* RFC 9110, section 5.6.2. */
static bool is_token(struct bytes b)
{
    static const char marks[] = "!#$%&'*+-.^_`|~";
    for (size_t i = 0; i < b.n; i++) {
        unsigned char c = b.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (c == 0 || !strchr(marks, c)))
            return false;
    }
    return b.n > 0;
}

/* Without blanks and control characters, and not empty. */
static bool is_word(struct bytes b)
{
    for (size_t i = 0; i < b.n; i++)
        if (b.p[i] <= ' ' || b.p[i] == 0x7f)
            return false;
    return b.n > 0;
}

/* Takes the line at *at without its end (CRLF or LF) and moves *at behind it. */
static enum parse take_line(struct bytes in, size_t *at, struct bytes *line, const char **why)
{
    struct bytes seen = bytes_slice(in, 0, HTTP_HEAD_LIMIT);
    size_t end = bytes_index(seen, '\n', *at);
    *line = bytes_slice(seen, *at, end);
    size_t cr = bytes_index(*line, '\r', 0);
    if (cr != BYTES_NOT_FOUND && cr + 1 < line->n)
        return bad(why, "a bare CR in the head");
    if (bytes_index(*line, 0, 0) != BYTES_NOT_FOUND)
        return bad(why, "a NUL in the head");
    if (end == BYTES_NOT_FOUND)
        return in.n >= HTTP_HEAD_LIMIT ? bad(why, "the head is too long") : PARSE_MORE;
    if (cr != BYTES_NOT_FOUND)
        line->n--;
    *at = end + 1;
    return PARSE_OK;
}

/* Splits "Name: value"; false when it is no field line (RFC 9112, section 5). */
static bool split_field(struct bytes line, struct bytes *name, struct bytes *value)
{
    size_t colon = bytes_index(line, ':', 0);
    *name = bytes_slice(line, 0, colon);
    if (colon == BYTES_NOT_FOUND || !is_token(*name))
        return false;
    *value = bytes_trim(bytes_slice(line, colon + 1, line.n));
    return true;
}

static bool note_length(struct framing *f, struct bytes value, const char **why)
{
    unsigned long length = 0;
    *why = "a Content-Length that is no number";
    if (!bytes_number(value, ~0ul, &length))
        return false;
    *why = "two Content-Lengths that disagree";
    if (f->has_length && f->length != length)
        return false;
    f->has_length = true;
    f->length = length;
    return true;
}

/* The coding applied last is the one that ends the body: only "chunked" can. */
static void note_coding(struct framing *f, struct bytes value)
{
    size_t from = 0;
    for (size_t i = 0; i < value.n; i++)
        if (value.p[i] == ',')
            from = i + 1;
    f->has_coding = true;
    f->chunked = bytes_equal_nocase(bytes_trim(bytes_slice(value, from, value.n)), "chunked");
}

static bool note_field(struct framing *f, struct bytes line, const char **why)
{
    struct bytes name;
    struct bytes value;
    *why = "a line that is no field";
    if (is_blank(line.p[0]) || !split_field(line, &name, &value))
        return false;
    if (bytes_equal_nocase(name, "Content-Length"))
        return note_length(f, value, why);
    if (bytes_equal_nocase(name, "Transfer-Encoding"))
        note_coding(f, value);
    return true;
}

/* Reads the fields from *at to the empty line. */
static enum parse take_fields(struct bytes in, size_t *at, struct bytes *fields, struct framing *f,
                              const char **why)
{
    size_t from = *at;
    struct bytes line;
    for (unsigned count = 0;; count++) {
        size_t here = *at;
        enum parse state = take_line(in, at, &line, why);
        if (state != PARSE_OK)
            return state;
        if (line.n == 0) {
            *fields = bytes_slice(in, from, here);
            return PARSE_OK;
        }
        if (count == HTTP_FIELDS_LIMIT)
            return bad(why, "too many fields");
        if (!note_field(f, line, why))
            return PARSE_BAD;
    }
}

/* Transfer-Encoding wins over Content-Length (RFC 9112, section 6.3). */
static void settle(struct framing *f)
{
    if (!f->has_coding)
        return;
    f->has_length = false;
    f->length = 0;
}

/* "HTTP/1.x": true, also for what can still become it. */
static bool version_is_good(struct bytes b)
{
    static const char version[] = "HTTP/1.";
    size_t n = b.n < strlen(version) ? b.n : strlen(version);
    if (n > 0 && memcmp(b.p, version, n) != 0)
        return false;
    return b.n <= strlen(version) || (b.p[strlen(version)] >= '0' && b.p[strlen(version)] <= '9');
}

enum { VERSION_LENGTH = 8, CODE_END = 12 };

/* "HTTP/1.1 200 OK"; the blank before an empty reason may be missing. */
static bool read_status_line(struct bytes line, struct http_response *r)
{
    unsigned long code = 0;
    if (line.n < CODE_END || line.p[VERSION_LENGTH] != ' ' ||
        !bytes_number(bytes_slice(line, VERSION_LENGTH + 1, CODE_END), 599, &code) || code < 100)
        return false;
    if (line.n > CODE_END && line.p[CODE_END] != ' ')
        return false;
    r->minor = line.p[VERSION_LENGTH - 1] - '0';
    r->code = (unsigned)code;
    r->reason = bytes_slice(line, CODE_END + 1, line.n);
    return true;
}

enum parse http_response_parse(struct bytes in, struct http_response *out, size_t *used,
                               const char **why)
{
    struct http_response r = {0};
    struct framing f = {0};
    struct bytes line;
    size_t at = 0;
    if (!version_is_good(in))
        return bad(why, "not an HTTP/1 response");
    enum parse state = take_line(in, &at, &line, why);
    if (state == PARSE_OK && !read_status_line(line, &r))
        return bad(why, "a status line that is none");
    if (state == PARSE_OK)
        state = take_fields(in, &at, &r.fields, &f, why);
    if (state != PARSE_OK)
        return state;
    settle(&f);
    r.has_length = f.has_length;
    r.length = f.length;
    r.chunked = f.chunked;
    *out = r;
    *used = at;
    return PARSE_OK;
}

/* "METHOD TARGET HTTP/1.1", one blank between each. */
static bool read_request_line(struct bytes line, struct http_request *r)
{
    size_t first = bytes_index(line, ' ', 0);
    size_t second = first == BYTES_NOT_FOUND ? first : bytes_index(line, ' ', first + 1);
    if (second == BYTES_NOT_FOUND)
        return false;
    struct bytes version = bytes_slice(line, second + 1, line.n);
    r->method = bytes_slice(line, 0, first);
    r->target = bytes_slice(line, first + 1, second);
    if (version.n != VERSION_LENGTH || !version_is_good(version))
        return false;
    r->minor = version.p[VERSION_LENGTH - 1] - '0';
    return is_token(r->method) && is_word(r->target);
}

enum parse http_request_parse(struct bytes in, struct http_request *out, size_t *used,
                              const char **why)
{
    struct http_request r = {0};
    struct framing f = {0};
    struct bytes line;
    size_t at = 0;
    enum parse state = take_line(in, &at, &line, why);
    if (state == PARSE_OK && !read_request_line(line, &r))
        return bad(why, "a request line that is none");
    if (state == PARSE_OK)
        state = take_fields(in, &at, &r.fields, &f, why);
    if (state != PARSE_OK)
        return state;
    if (f.has_coding && !f.chunked)
        return bad(why, "a request whose transfer coding does not end in chunked");
    settle(&f);
    r.has_length = f.has_length;
    r.length = f.length;
    r.chunked = f.chunked;
    *out = r;
    *used = at;
    return PARSE_OK;
}

enum http_body http_body_of(const struct http_response *response, struct bytes method)
{
    unsigned code = response->code;
    bool tunnel = code / 100 == 2 && bytes_equal_text(method, "CONNECT");
    if (bytes_equal_text(method, "HEAD") || tunnel || code / 100 == 1 || code == 204 || code == 304)
        return HTTP_BODY_NONE;
    if (response->chunked)
        return HTTP_BODY_CHUNKED;
    return response->has_length ? HTTP_BODY_LENGTH : HTTP_BODY_TO_END;
}

bool http_field(struct bytes fields, const char *name, unsigned nth, struct bytes *value)
{
    for (size_t at = 0; at < fields.n;) {
        struct bytes found;
        struct bytes content;
        size_t end = bytes_index(fields, '\n', at);
        struct bytes line = bytes_slice(fields, at, end);
        if (split_field(line, &found, &content) && bytes_equal_nocase(found, name) && nth-- == 0) {
            *value = content;
            return true;
        }
        at += line.n + 1;
    }
    return false;
}
