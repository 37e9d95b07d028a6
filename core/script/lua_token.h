/*
 * lua_token: the text of a Lua script in tokens: names, keywords, strings, numbers, signs. Blanks and comments are none.
 *
 * It is for saying things about scripts that load: of what does not, it gives tokens as long as it can tell them. Fuzzed.
 */
#pragma once

#include "base/bytes.h"

enum lua_token_kind {
    LUA_TOKEN_NAME,
    LUA_TOKEN_KEYWORD,
    LUA_TOKEN_STRING, /* with its quotes or long brackets */
    LUA_TOKEN_NUMBER,
    LUA_TOKEN_SIGN, /* "==", "..", "(" */
};

struct lua_token {
    enum lua_token_kind kind;
    struct bytes text; /* in the script's own */
    unsigned line;     /* from 1 on */
    unsigned column;   /* in bytes, from 1 on */
};

struct lua_tokens {
    struct bytes source;
    size_t at;
    size_t line_begin;
    unsigned line;
};

struct lua_tokens lua_tokens_of(struct bytes source);
/* The next one; false: there is no more, or a string or comment has no end. */
bool lua_tokens_next(struct lua_tokens *t, struct lua_token *out);
/* Is it this keyword, or this sign? */
bool lua_token_is(const struct lua_token *t, const char *text);
