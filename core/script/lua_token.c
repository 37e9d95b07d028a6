#include "script/lua_token.h"

/* A byte of the source; 0 behind its end. */
static unsigned char peek(const struct lua_tokens *t, size_t ahead)
{
    return t->at + ahead < t->source.n ? t->source.p[t->at + ahead] : 0;
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

/* As LuaJIT has it: whatever is beyond ASCII may stand in a name. */
static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
}

static bool is_blank(unsigned char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void step(struct lua_tokens *t, size_t n)
{
    for (; n > 0 && t->at < t->source.n; n--)
        if (t->source.p[t->at++] == '\n') {
            t->line++;
            t->line_begin = t->at;
        }
}

/* How many bytes the long bracket here opens with ("[[": 2, "[==[": 4); 0: there is none. */
static size_t long_bracket(const struct lua_tokens *t)
{
    size_t n = 1;
    while (peek(t, n) == '=')
        n++;
    return peek(t, 0) == '[' && peek(t, n) == '[' ? n + 1 : 0;
}

static bool closes(const struct lua_tokens *t, size_t size)
{
    for (size_t i = 1; i + 1 < size; i++)
        if (peek(t, i) != '=')
            return false;
    return peek(t, 0) == ']' && peek(t, size - 1) == ']';
}

/* Goes behind the text between long brackets. */
static bool skip_long(struct lua_tokens *t, size_t size)
{
    for (step(t, size); t->at < t->source.n; step(t, 1))
        if (closes(t, size)) {
            step(t, size);
            return true;
        }
    return false;
}

static bool skip_quoted(struct lua_tokens *t)
{
    unsigned char quote = peek(t, 0);
    for (step(t, 1); t->at < t->source.n && peek(t, 0) != quote; step(t, 1))
        if (peek(t, 0) == '\\')
            step(t, 1);
    bool ended = t->at < t->source.n;
    step(t, 1);
    return ended;
}

/* "0x1p-4", "1e+5", "2ULL": what stands together. */
static void skip_number(struct lua_tokens *t)
{
    bool hex = peek(t, 0) == '0' && (peek(t, 1) | 0x20) == 'x';
    for (unsigned char before = 0;; step(t, 1)) {
        unsigned char c = peek(t, 0);
        bool exponent = (before | 0x20) == (hex ? 'p' : 'e');
        if (!is_digit(c) && !is_letter(c) && c != '.' && !(exponent && (c == '+' || c == '-')))
            return;
        before = c;
    }
}

static bool skip_comment(struct lua_tokens *t)
{
    step(t, 2);
    size_t size = long_bracket(t);
    if (size > 0)
        return skip_long(t, size);
    while (t->at < t->source.n && peek(t, 0) != '\n')
        step(t, 1);
    return true;
}

/* Goes behind blanks and comments. */
static bool skip_between(struct lua_tokens *t)
{
    for (;;) {
        if (is_blank(peek(t, 0)))
            step(t, 1);
        else if (peek(t, 0) != '-' || peek(t, 1) != '-')
            return t->at < t->source.n;
        else if (!skip_comment(t))
            return false;
    }
}

static size_t sign_length(const struct lua_tokens *t)
{
    static const char *const signs[] = {"...", "..", "==", "~=", "<=", ">=", "::"};
    struct bytes rest = bytes_slice(t->source, t->at, t->source.n);
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (bytes_equal_text(bytes_slice(rest, 0, strlen(signs[i])), signs[i]))
            return strlen(signs[i]);
    return 1;
}

static bool is_keyword(struct bytes word)
{
    static const char *const words[] = {"and",   "break", "do",       "else",   "elseif", "end",
                                        "false", "for",   "function", "if",     "in",     "local",
                                        "nil",   "not",   "or",       "repeat", "return", "then",
                                        "true",  "until", "while"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (bytes_equal_text(word, words[i]))
            return true;
    return false;
}

static enum lua_token_kind take_word(struct lua_tokens *t)
{
    size_t from = t->at;
    while (is_letter(peek(t, 0)) || is_digit(peek(t, 0)))
        step(t, 1);
    return is_keyword(bytes_slice(t->source, from, t->at)) ? LUA_TOKEN_KEYWORD : LUA_TOKEN_NAME;
}

static bool take(struct lua_tokens *t, enum lua_token_kind *kind)
{
    unsigned char c = peek(t, 0);
    size_t size = long_bracket(t);
    *kind = LUA_TOKEN_STRING;
    if (size > 0)
        return skip_long(t, size);
    if (c == '"' || c == '\'')
        return skip_quoted(t);
    *kind = LUA_TOKEN_NUMBER;
    if (is_digit(c) || (c == '.' && is_digit(peek(t, 1)))) {
        skip_number(t);
    } else if (is_letter(c)) {
        *kind = take_word(t);
    } else {
        *kind = LUA_TOKEN_SIGN;
        step(t, sign_length(t));
    }
    return true;
}

struct lua_tokens lua_tokens_of(struct bytes source)
{
    struct lua_tokens t = {.source = source, .line = 1};
    if (peek(&t, 0) == '#') /* "#!" */
        while (t.at < source.n && peek(&t, 0) != '\n')
            step(&t, 1);
    return t;
}

bool lua_tokens_next(struct lua_tokens *t, struct lua_token *out)
{
    if (!skip_between(t))
        return false;
    size_t from = t->at;
    out->line = t->line;
    out->column = (unsigned)(from - t->line_begin + 1);
    bool ended = take(t, &out->kind);
    out->text = bytes_slice(t->source, from, t->at);
    return ended;
}

bool lua_token_is(const struct lua_token *t, const char *text)
{
    return (t->kind == LUA_TOKEN_KEYWORD || t->kind == LUA_TOKEN_SIGN) &&
           bytes_equal_text(t->text, text);
}
