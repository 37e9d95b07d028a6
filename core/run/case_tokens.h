/*
 * case_tokens: the tokens that a test has made, as its tape tells.
 *
 * All are of one job (proto/token.h), and none but these can have come back to it.
 */
#pragma once

#include "base/time.h"
#include "proto/token.h"
#include "world/difference.h"

enum { CASE_TOKENS = 256 /* a job's attempts are numbered by a byte */ };

struct case_tokens {
    struct {
        struct token token;
        span made; /* since the test began */
    } of[CASE_TOKENS];
    unsigned count;
};

/* False: one of them is of another job than the first, or they are more than a job can make; *out says so. */
bool case_tokens_read(struct bytes tape, struct case_tokens *out, struct difference *difference);
/* Its index, or `count`. */
unsigned case_tokens_find(const struct case_tokens *tokens, const struct token *token);
