#include "run/case_test.h"

#include "proto/token.h"

#include <stdio.h>

/* Quotes within strings are escaped on a tape, so that this stands nowhere but in its place. */
static bool first_token(struct bytes tape, struct token *out)
{
    struct bytes before = bytes_of("\"op\":\"token\",\"data\":\"");
    size_t at = bytes_find(tape, before);
    return at != BYTES_NOT_FOUND &&
           token_parse(bytes_slice(tape, at + before.n, at + before.n + TOKEN_TEXT - 1), out);
}

bool case_test_is_its_own(struct digests *seen, struct bytes tape, struct difference *out)
{
    struct token token;
    char text[TOKEN_TEXT];
    if (!first_token(tape, &token) ||
        digests_add(seen, bytes_at(token.b, TOKEN_JOB)) != DIGESTS_KNOWN)
        return true;
    out->line = 0;
    snprintf(out->expected, sizeof out->expected, "a test of its own");
    snprintf(out->got, sizeof out->got, "that of another case, whose tokens it has: %s",
             token_text(&token, text));
    return false;
}
