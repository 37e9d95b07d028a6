#include "run/case_tokens.h"

#include "run/case_differs.h"
#include "tape/tape_walk.h"

#include <string.h>

static bool add(struct case_tokens *tokens, const struct record *r)
{
    struct token token;
    if (tokens->count == CASE_TOKENS || !token_parse(r->data, &token))
        return false;
    tokens->of[tokens->count].token = token;
    tokens->of[tokens->count++].made = r->t;
    return memcmp(token.b, tokens->of[0].token.b, TOKEN_JOB) == 0;
}

bool case_tokens_read(struct bytes tape, struct case_tokens *out, struct difference *difference)
{
    struct record r;
    bool ok = true;
    struct tape_walk walk = tape_walk_begin(tape, RECORD_TOKEN);
    out->count = 0;
    while (ok && tape_walk_next(&walk, &r))
        ok = add(out, &r) || case_differs_words(difference, walk.line, "tokens of one test",
                                                "one of another test, or none at all");
    tape_walk_end(&walk);
    return ok;
}

unsigned case_tokens_find(const struct case_tokens *tokens, const struct token *token)
{
    unsigned i = 0;
    while (i < tokens->count && memcmp(tokens->of[i].token.b, token->b, TOKEN_SIZE) != 0)
        i++;
    return i;
}
