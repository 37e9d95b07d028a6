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

/* How the second message begins, as a mail and as a form (proto/mail.c, script/own_form.c). */
static const char *const of_second[] = {"Subject: once more: relay check, server ",
                                        "subject=once%20more%3A%20relay%20check"};

static bool holds(struct bytes line, const char *text)
{
    return bytes_find(line, bytes_of(text)) != BYTES_NOT_FOUND;
}

static bool sends_second(struct bytes line, const char *token)
{
    return holds(line, "\"op\":\"send\"") && holds(line, token) &&
           (holds(line, of_second[0]) || holds(line, of_second[1]));
}

static bool is_second(struct bytes tape, const char *token)
{
    for (size_t at = 0, end; at < tape.n; at = end + 1) {
        end = bytes_index(tape, '\n', at);
        end = end == BYTES_NOT_FOUND ? tape.n : end;
        if (sends_second(bytes_slice(tape, at, end), token))
            return true;
    }
    return false;
}

bool awaited_mail(struct bytes tape, const char *token)
{
    return awaited_token(tape, token) &&
           (!holds(tape, "\",\"kind\":\"mail\"") || is_second(tape, token));
}
