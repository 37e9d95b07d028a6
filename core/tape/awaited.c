#include "tape/awaited.h"

#include <stdio.h>

enum { MEMBERS = 128 };

/* A mail of others' making, of one of these kinds (proto/receipt.h), is not what was sent. */
static bool is_of_others(struct bytes kind)
{
    static const char *const kinds[] = {"bounce\"", "delay\"", "answer\"", "report\"", "other\""};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (bytes_starts_nocase(kind, kinds[i]))
            return true;
    return false;
}

/* It came while the probe ran, and the probe has judged it. */
static bool has_come(struct bytes tape, const char *token)
{
    char members[MEMBERS];
    struct bytes rest = tape;
    snprintf(members, sizeof members, "\"op\":\"receipt\",\"token\":\"%.64s\",\"kind\":\"", token);
    struct bytes wanted = bytes_of(members);
    for (size_t at; (at = bytes_find(rest, wanted)) != BYTES_NOT_FOUND;) {
        rest = bytes_slice(rest, at + wanted.n, rest.n);
        if (!is_of_others(rest))
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
