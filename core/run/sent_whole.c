#include "run/sent_whole.h"

#include "run/case_files.h"
#include "tape/tape_walk.h"

#include <string.h>

enum { CONNECTIONS = 65536 };

struct sending {
    const char *token;
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

static bool sends_message(struct sending *s, const struct record *r)
{
    if (bytes_starts_nocase(r->data, "POST ") && r->c < CONNECTIONS)
        s->posts[r->c / 8] |= (unsigned char)(1u << r->c % 8);
    return case_file_holds(r->data, s->token) && (ends_mail(r->data) || is_post(s, r->c));
}

bool sent_whole(struct bytes tape, const char *token, span *when)
{
    struct record r;
    struct sending s = {.token = token};
    struct tape_walk walk = tape_walk_begin(tape, RECORD_SEND);
    bool found = false;
    while (!found && tape_walk_next(&walk, &r))
        found = sends_message(&s, &r);
    if (found)
        *when = r.t;
    tape_walk_end(&walk);
    return found;
}
