#include "script/lua_place.h"

#include "script/lua_token.h"

#include <string.h>

struct search {
    const char *path;
    struct bytes names[LUA_PLACE_DEPTH]; /* whose table each open brace is; empty: it has no name */
    unsigned depth;                      /* open braces, also those beyond the names */
    struct lua_token last[3];            /* the tokens before this one, the latest first */
    struct bytes key;                    /* what the next brace opens */
    size_t best;                         /* bytes of the path that were found */
    unsigned line;
    unsigned column;
};

/* The key of a member, as it stands before "=": a name, or a text in brackets. */
static bool key_before(const struct search *s, const struct lua_token **key, struct bytes *name)
{
    *key = &s->last[0];
    *name = s->last[0].text;
    if (s->last[0].kind == LUA_TOKEN_NAME)
        return true;
    *key = &s->last[1];
    *name = s->last[1].text;
    if (!lua_token_is(&s->last[0], "]") || s->last[1].kind != LUA_TOKEN_STRING ||
        !lua_token_is(&s->last[2], "[") || name->n < 2)
        return false;
    *name = bytes_slice(*name, 1, name->n - 1);
    return true;
}

/* How many bytes of the rest of the path the name is, with the point behind it; 0: it is not the next part. */
static size_t takes(const char *rest, struct bytes name)
{
    size_t n = strcspn(rest, ".");
    if (n == 0 || name.n != n || memcmp(name.p, rest, n) != 0)
        return 0;
    return n + (rest[n] == '.');
}

static void try_key(struct search *s, const struct lua_token *token, struct bytes name)
{
    size_t at = 0;
    unsigned i = 0;
    while (i < s->depth && i < LUA_PLACE_DEPTH && s->names[i].n == 0)
        i++;
    for (; i < s->depth; i++) {
        size_t step = i < LUA_PLACE_DEPTH ? takes(s->path + at, s->names[i]) : 0;
        if (step == 0)
            return;
        at += step;
    }
    size_t step = takes(s->path + at, name);
    if (step == 0 || at + step <= s->best)
        return;
    s->best = at + step;
    s->line = token->line;
    s->column = token->column;
}

static void take(struct search *s, const struct lua_token *t)
{
    const struct lua_token *key;
    struct bytes name;
    if (lua_token_is(t, "=") && key_before(s, &key, &name)) {
        try_key(s, key, name);
        s->key = name;
        return;
    }
    if (lua_token_is(t, "{")) {
        if (s->depth < LUA_PLACE_DEPTH)
            s->names[s->depth] = s->key;
        s->depth++;
    } else if (lua_token_is(t, "}")) {
        s->depth -= s->depth > 0;
    } else if (lua_token_is(t, "return") && s->depth == 0 && s->best == 0) {
        s->line = t->line;
        s->column = t->column;
    }
    s->key = bytes_at(NULL, 0);
}

void lua_place_find(struct bytes source, const char *path, unsigned *line, unsigned *column)
{
    struct search s = {.path = path, .line = 1, .column = 1};
    struct lua_tokens tokens = lua_tokens_of(source);
    struct lua_token t;
    while (lua_tokens_next(&tokens, &t)) {
        take(&s, &t);
        memmove(&s.last[1], &s.last[0], 2 * sizeof s.last[0]);
        s.last[0] = t;
    }
    *line = s.line;
    *column = s.column;
}
