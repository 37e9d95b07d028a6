#include "tape/awaited.h"

#include <stdio.h>

enum { MEMBERS = 128 };

/* A receipt that is no bounce: it came while the probe ran, and the probe has judged it. */
static bool has_come(struct bytes tape, const char *token)
{
    char members[MEMBERS];
    struct bytes rest = tape;
    snprintf(members, sizeof members, "\"op\":\"receipt\",\"token\":\"%.64s\",\"kind\":\"", token);
    struct bytes wanted = bytes_of(members);
    for (size_t at; (at = bytes_find(rest, wanted)) != BYTES_NOT_FOUND;) {
        rest = bytes_slice(rest, at + wanted.n, rest.n);
        if (!bytes_starts_nocase(rest, "bounce\""))
            return true;
    }
    return false;
}

bool awaited_token(struct bytes tape, const char *token)
{
    char members[MEMBERS];
    snprintf(members, sizeof members, "\"op\":\"token\",\"data\":\"%.64s\"", token);
    return bytes_find(tape, bytes_of(members)) != BYTES_NOT_FOUND && !has_come(tape, token);
}
