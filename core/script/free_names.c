#include "script/free_names.h"

#include "script/lua_token.h"

#include <stdlib.h>

enum { BLOCKS_MOST = 400, LOCALS_MOST = 4000, TOKENS_FIRST = 1024 };

/* What a block was begun by: those that end with "end", and brackets. */
enum block { BLOCK_PLAIN, BLOCK_LOOP_HEAD, BLOCK_REPEAT, BLOCK_BRACE, BLOCK_BRACKET };

struct local {
    struct bytes name;
    size_t height; /* of the blocks where it was declared */
    bool active;   /* "local x = x": the second x is not yet the first */
};

struct scan {
    struct lua_token *tokens;
    size_t count;
    size_t at;
    enum block blocks[BLOCKS_MOST];
    size_t marks[BLOCKS_MOST]; /* how many locals there were when it began */
    size_t height;
    struct local locals[LOCALS_MOST];
    size_t local_count;
    bool lost; /* too much of something */
    free_name_found found;
    void *arg;
};

static const struct lua_token nothing = {.kind = LUA_TOKEN_SIGN};

static const struct lua_token *token(const struct scan *s, size_t at)
{
    return at < s->count ? &s->tokens[at] : &nothing;
}

static const struct lua_token *before(const struct scan *s)
{
    return s->at > 0 ? &s->tokens[s->at - 1] : &nothing;
}

static bool is_name(const struct lua_token *t)
{
    return t->kind == LUA_TOKEN_NAME;
}

static enum block top(const struct scan *s)
{
    return s->height > 0 ? s->blocks[s->height - 1] : BLOCK_PLAIN;
}

static void begin(struct scan *s, enum block block)
{
    if (s->height == BLOCKS_MOST) {
        s->lost = true;
        return;
    }
    s->marks[s->height] = s->local_count;
    s->blocks[s->height++] = block;
}

static void end(struct scan *s)
{
    if (s->height > 0)
        s->local_count = s->marks[--s->height];
}

static void declare(struct scan *s, struct bytes name, bool active)
{
    if (s->local_count == LOCALS_MOST)
        s->lost = true;
    else
        s->locals[s->local_count++] = (struct local){name, s->height, active};
}

static bool is_local(const struct scan *s, struct bytes name)
{
    for (size_t i = s->local_count; i > 0; i--)
        if (s->locals[i - 1].active && bytes_equal(s->locals[i - 1].name, name))
            return true;
    return false;
}

/* ---- where a statement ends ---- */

static bool is_one_of(const struct lua_token *t, const char *const *texts)
{
    for (; *texts; texts++)
        if (lua_token_is(t, *texts))
            return true;
    return false;
}

/* Can an expression end with this token? */
static bool ends_operand(const struct lua_token *t)
{
    static const char *const ends[] = {")", "]", "}", "...", "end", "nil", "true", "false", NULL};
    return t->kind <= LUA_TOKEN_NUMBER && t->kind != LUA_TOKEN_KEYWORD ? true : is_one_of(t, ends);
}

/* Can only a new statement, or the end of a block, begin with this one, where an operand stands before it? */
static bool begins_statement(const struct lua_token *t)
{
    static const char *const goes_on[] = {"and", "or", NULL};
    static const char *const begins[] = {";", "::", NULL};
    if (t->kind == LUA_TOKEN_KEYWORD)
        return !is_one_of(t, goes_on);
    return is_name(t) || is_one_of(t, begins);
}

/* The locals of this height whose statement is over are there from now on. */
static void activate(struct scan *s)
{
    for (size_t i = s->local_count; i > 0 && s->locals[i - 1].height >= s->height; i--)
        s->locals[i - 1].active = true;
}

/* ---- what declares ---- */

/* "a, b" from here on; leaves s->at on the last token of it. */
static void take_names(struct scan *s, bool active)
{
    for (; is_name(token(s, s->at)); s->at += 2) {
        declare(s, token(s, s->at)->text, active);
        if (!lua_token_is(token(s, s->at + 1), ","))
            return;
    }
}

static void take_local(struct scan *s)
{
    if (lua_token_is(token(s, s->at + 1), "function"))
        return; /* that has its turn next, and looks back */
    s->at++;
    size_t first = s->local_count;
    take_names(s, false);
    if (!lua_token_is(token(s, s->at + 1), "="))
        for (size_t i = first; i < s->local_count; i++)
            s->locals[i].active = true;
}

static void tell(struct scan *s, bool written);

/* "function a.b:c(x, y)" up to its ")". */
static void take_function(struct scan *s)
{
    bool method = false;
    bool local = lua_token_is(before(s), "local");
    s->at++;
    if (local && is_name(token(s, s->at)))
        declare(s, token(s, s->at)->text, true);
    else if (is_name(token(s, s->at)) && !is_local(s, token(s, s->at)->text))
        tell(s, !lua_token_is(token(s, s->at + 1), ".") && !lua_token_is(token(s, s->at + 1), ":"));
    for (; s->at < s->count && !lua_token_is(token(s, s->at), "("); s->at++)
        method |= lua_token_is(token(s, s->at), ":");
    begin(s, BLOCK_PLAIN);
    if (method)
        declare(s, bytes_of("self"), true);
    s->at++;
    take_names(s, true);
    while (s->at < s->count && !lua_token_is(token(s, s->at), ")"))
        s->at++;
}

static void take_for(struct scan *s)
{
    begin(s, BLOCK_LOOP_HEAD);
    s->at++;
    take_names(s, true);
}

static void take_do(struct scan *s)
{
    if (top(s) == BLOCK_LOOP_HEAD && s->height > 0)
        s->blocks[s->height - 1] = BLOCK_PLAIN;
    else
        begin(s, BLOCK_PLAIN);
}

/* The condition behind it sees the loop's locals: they stay. */
static void take_until(struct scan *s)
{
    if (s->height == 0)
        return;
    s->height--;
    for (size_t i = s->marks[s->height]; i < s->local_count; i++)
        if (s->locals[i].height > s->height)
            s->locals[i].height = s->height;
}

/* ---- names ---- */

static void tell(struct scan *s, bool written)
{
    struct free_name n = {
        .written = written, .line = token(s, s->at)->line, .column = token(s, s->at)->column};
    n.parts[n.count++] = token(s, s->at)->text;
    while (n.count < FREE_NAME_PARTS && lua_token_is(token(s, s->at + 1), ".") &&
           is_name(token(s, s->at + 2))) {
        s->at += 2;
        n.parts[n.count++] = token(s, s->at)->text;
    }
    s->found(s->arg, &n);
}

/* "goto next" is a name to the lexer. */
static bool is_goto(const struct scan *s)
{
    return bytes_equal_text(token(s, s->at)->text, "goto") && is_name(token(s, s->at + 1));
}

static bool is_field(const struct scan *s)
{
    const struct lua_token *t = before(s);
    bool key = top(s) == BLOCK_BRACE && lua_token_is(token(s, s->at + 1), "=") &&
               (lua_token_is(t, "{") || lua_token_is(t, ",") || lua_token_is(t, ";"));
    return key || lua_token_is(t, ".") || lua_token_is(t, ":");
}

static bool is_label(const struct scan *s)
{
    return lua_token_is(before(s), "::") && lua_token_is(token(s, s->at + 1), "::");
}

static void take_name(struct scan *s)
{
    if (is_goto(s))
        s->at++;
    else if (!is_field(s) && !is_label(s) && !is_local(s, token(s, s->at)->text))
        tell(s, lua_token_is(token(s, s->at + 1), "="));
}

/* ---- the walk ---- */

static void take_sign(struct scan *s, const struct lua_token *t)
{
    static const char *const closing[] = {"}", ")", "]", NULL};
    if (lua_token_is(t, "{"))
        begin(s, BLOCK_BRACE);
    else if (lua_token_is(t, "(") || lua_token_is(t, "["))
        begin(s, BLOCK_BRACKET);
    else if (is_one_of(t, closing))
        end(s);
}

static void take_keyword(struct scan *s, const struct lua_token *t)
{
    if (lua_token_is(t, "local")) {
        take_local(s);
    } else if (lua_token_is(t, "function")) {
        take_function(s);
    } else if (lua_token_is(t, "for")) {
        take_for(s);
    } else if (lua_token_is(t, "while")) {
        begin(s, BLOCK_LOOP_HEAD);
    } else if (lua_token_is(t, "do")) {
        take_do(s);
    } else if (lua_token_is(t, "then")) {
        begin(s, BLOCK_PLAIN);
    } else if (lua_token_is(t, "else")) {
        end(s);
        begin(s, BLOCK_PLAIN);
    } else if (lua_token_is(t, "elseif") || lua_token_is(t, "end")) {
        end(s);
    } else if (lua_token_is(t, "repeat")) {
        begin(s, BLOCK_REPEAT);
    } else if (lua_token_is(t, "until")) {
        take_until(s);
    }
}

static bool walk(struct scan *s)
{
    for (s->at = 0; s->at < s->count && !s->lost; s->at++) {
        const struct lua_token *t = token(s, s->at);
        if (ends_operand(before(s)) && begins_statement(t))
            activate(s);
        if (is_name(t))
            take_name(s);
        else if (t->kind == LUA_TOKEN_KEYWORD)
            take_keyword(s, t);
        else if (t->kind == LUA_TOKEN_SIGN)
            take_sign(s, t);
    }
    return !s->lost;
}

static bool tokenise(struct scan *s, struct bytes source)
{
    struct lua_tokens t = lua_tokens_of(source);
    struct lua_token next;
    size_t room = 0;
    while (lua_tokens_next(&t, &next)) {
        if (s->count == room) {
            room = room ? room * 2 : TOKENS_FIRST;
            struct lua_token *more = realloc(s->tokens, room * sizeof *more);
            if (!more)
                return false;
            s->tokens = more;
        }
        s->tokens[s->count++] = next;
    }
    return true;
}

bool free_names_each(struct bytes source, free_name_found found, void *arg)
{
    struct scan *s = calloc(1, sizeof *s);
    if (!s)
        return false;
    s->found = found;
    s->arg = arg;
    bool ok = tokenise(s, source) && walk(s);
    free(s->tokens);
    free(s);
    return ok;
}
