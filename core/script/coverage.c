#include "script/coverage.h"

#include "script/vm.h"

#include <lauxlib.h>
#include <lua.h>
#include <luajit.h>
#include <lualib.h>
#include <stdlib.h>

struct coverage *coverage_new(void)
{
    return calloc(1, sizeof(struct coverage));
}

void coverage_free(struct coverage *c)
{
    for (size_t i = 0; c && i < c->count; i++) {
        free(c->scripts[i].code);
        free(c->scripts[i].ran);
    }
    free(c);
}

static unsigned count_lines(struct bytes text)
{
    unsigned lines = 1;
    for (size_t at = 0; (at = bytes_index(text, '\n', at)) != BYTES_NOT_FOUND; at++)
        lines++;
    return lines;
}

bool coverage_add(struct coverage *c, const char *name, struct bytes text)
{
    if (c->count == COVERAGE_SCRIPTS)
        return false;
    struct covered *s = &c->scripts[c->count];
    *s = (struct covered){.name = name, .text = text, .lines = count_lines(text)};
    s->size = s->lines / 8 + 1;
    s->code = calloc(s->size, 1);
    s->ran = calloc(s->size, 1);
    if (s->code && s->ran) {
        c->count++;
        return true;
    }
    free(s->code);
    free(s->ran);
    return false;
}

bool coverage_has(const unsigned char *bits, unsigned line)
{
    return bits[line / 8] >> (line % 8) & 1;
}

static void mark(const struct covered *s, unsigned char *bits, int line)
{
    if (line > 0 && (unsigned)line <= s->lines)
        bits[line / 8] |= (unsigned char)(1U << (line % 8));
}

static bool is_of(const struct covered *s, const char *chunk)
{
    return chunk[0] == '@' && strcmp(chunk + 1, s->name) == 0;
}

void coverage_note(struct coverage *c, const char *chunk, int line)
{
    if (c->count == 0)
        return;
    for (size_t i = 0; i < c->count && !is_of(&c->scripts[c->last], chunk); i++)
        c->last = (c->last + 1) % c->count;
    if (is_of(&c->scripts[c->last], chunk))
        mark(&c->scripts[c->last], c->scripts[c->last].ran, line);
}

/* ---- what could run ---- */

enum { UTIL = 2, NESTED_MOST = 250 };

/* jit.util.NAME of the function or prototype at `what`, and a number; leaves one result. */
static void ask(lua_State *L, const char *name, int what, int number)
{
    lua_getfield(L, UTIL, name);
    lua_pushvalue(L, what);
    lua_pushinteger(L, number);
    lua_call(L, 2, 1);
}

static int field(lua_State *L, const char *name)
{
    lua_getfield(L, -1, name);
    int n = (int)lua_tointeger(L, -1);
    lua_pop(L, 2);
    return n;
}

/* The function or prototype on top, and those within it: a prototype of which no function was made is known to nobody but
 * jit.util, so lua_getinfo can't be asked. The first instruction is no line's. */
static void walk(lua_State *L, struct covered *s, unsigned depth)
{
    int what = lua_gettop(L);
    luaL_checkstack(L, 8, "functions nested too deeply");
    ask(L, "funcinfo", what, 0);
    int n = field(L, "bytecodes");
    for (int pc = 1; pc < n; pc++) {
        ask(L, "funcinfo", what, pc);
        mark(s, s->code, field(L, "currentline"));
    }
    for (int k = -1; depth < NESTED_MOST; k--) {
        ask(L, "funck", what, k);
        if (lua_isnoneornil(L, -1))
            break;
        if (strcmp(luaL_typename(L, -1), "proto") == 0)
            walk(L, s, depth + 1);
        lua_settop(L, what);
    }
    lua_settop(L, what - 1);
}

/* "end", "end)", "end,": where all ways through a block have returned before, that can't be reached. */
static bool only_closes(struct bytes line)
{
    static const char closers[] = " ),;}";
    line = bytes_trim(line);
    if (line.n < 3 || memcmp(line.p, "end", 3) != 0)
        return false;
    for (size_t i = 3; i < line.n; i++)
        if (!line.p[i] || !strchr(closers, line.p[i]))
            return false;
    return true;
}

static void drop_closing(struct covered *s)
{
    size_t from = 0;
    for (unsigned line = 1; line <= s->lines; line++) {
        size_t end = bytes_index(s->text, '\n', from);
        if (only_closes(bytes_slice(s->text, from, end)))
            s->code[line / 8] &= (unsigned char)~(1U << (line % 8));
        from = end + 1;
    }
}

static int measure(lua_State *L)
{
    struct coverage *c = lua_touserdata(L, 1);
    lua_pushcfunction(L, luaopen_jit);
    lua_pushliteral(L, LUA_JITLIBNAME);
    lua_call(L, 1, 0);
    luaJIT_setmode(L, 0, LUAJIT_MODE_ENGINE | LUAJIT_MODE_OFF);
    lua_getfield(L, LUA_REGISTRYINDEX, "_PRELOAD");
    lua_getfield(L, -1, LUA_JITLIBNAME ".util");
    lua_call(L, 0, 1);
    lua_replace(L, UTIL);
    lua_settop(L, UTIL);
    for (size_t i = 0; i < c->count; i++) {
        struct covered *s = &c->scripts[i];
        if (luaL_loadbufferx(L, (const char *)s->text.p, s->text.n, s->name, "t") != 0)
            return lua_error(L);
        walk(L, s, 0);
        drop_closing(s);
    }
    return 0;
}

bool coverage_measure(struct coverage *c, struct fail *fail)
{
    struct vm_limits limits = vm_limits_default();
    struct vm *vm = vm_new(&limits, fail);
    bool ok = vm && vm_protected(vm, measure, c, fail);
    vm_free(vm);
    return ok;
}
