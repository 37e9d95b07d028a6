#include "run/sent_whole.h"

#include "run/case_files.h"
#include "tape/record.h"

#include <string.h>

enum { CONNECTIONS = 65536 };

struct sending {
    const char *token;
    struct buf hold;
    unsigned char posts[CONNECTIONS / 8]; /* connections on which a POST was sent */
};

static bool is_post(const struct sending *s, unsigned c)
{
    return c < CONNECTIONS && (s->posts[c / 8] >> c % 8 & 1);
}

static bool ends_mail(struct bytes data)
{
    static const char end[] = "\r\n.\r\n";
    size_t n = strlen(end);
    return data.n >= n && memcmp(data.p + data.n - n, end, n) == 0;
}

/* Quotes within strings are escaped on a tape, so that this stands nowhere but in its place. */
static bool sends_message(struct sending *s, struct bytes line)
{
    struct fail fail;
    struct record r;
    if (bytes_find(line, bytes_of("\"op\":\"send\"")) == BYTES_NOT_FOUND ||
        !record_get(line, &r, &s->hold, &fail) || r.op != RECORD_SEND)
        return false;
    if (bytes_starts_nocase(r.data, "POST ") && r.c < CONNECTIONS)
        s->posts[r.c / 8] |= (unsigned char)(1u << r.c % 8);
    return case_file_holds(r.data, s->token) && (ends_mail(r.data) || is_post(s, r.c));
}

bool sent_whole(struct bytes tape, const char *token)
{
    struct sending s = {.token = token, .hold = buf_new(2 * RECORD_LINE_LIMIT)};
    bool found = false;
    while (!found && tape.n > 0) {
        size_t end = bytes_index(tape, '\n', 0);
        size_t n = end == BYTES_NOT_FOUND ? tape.n : end;
        found = sends_message(&s, bytes_slice(tape, 0, n));
        tape = bytes_slice(tape, n + 1, tape.n);
    }
    buf_free(&s.hold);
    return found;
}
