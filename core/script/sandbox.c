#include "script/sandbox.h"

#include "base/embedded.h"
#include "script/vm.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <string.h>

enum {
    REPEAT_LIMIT = 1024 * 1024, /* bytes that string.rep may make */
    SUBJECT_LIMIT = 65536,      /* bytes that a pattern may be matched against */
    PATTERN_LIMIT = 128,        /* bytes of a pattern */
    PATTERN_REPEATS = 8,        /* its quantifiers: each multiplies the time of a bad match */
};

static const char globals_key[] = "ajar.globals";
static const char xpcall_key[] = "ajar.xpcall";
static const char lua_part[] = "scripts/lib/sandbox.lua";

static const char *const base_names[] = {"assert",   "error",    "ipairs", "pcall",  "select",
                                         "tonumber", "tostring", "type",   "unpack", NULL};
static const char *const string_names[] = {"byte", "char",  "find",    "format", "gmatch",
                                           "gsub", "len",   "lower",   "match",  "rep",
                                           "sub",  "upper", "reverse", NULL};
static const char *const table_names[] = {"concat", "insert", "maxn", "remove", "sort", NULL};
static const char *const math_names[] = {"abs", "ceil", "floor", "fmod", "huge", "max",
                                         "min", "modf", "pow",   "sqrt", NULL};
static const char *const bit_names[] = {"band",   "bor",   "bxor",  "bnot", "lshift",
                                        "rshift", "tobit", "tohex", NULL};

/* Copies the named fields of the table at `from` into the table on top. */
static void copy_fields(lua_State *L, int from, const char *const *names)
{
    for (; *names; names++) {
        lua_getfield(L, from, *names);
        lua_setfield(L, -2, *names);
    }
}

/* Calls the library's opener; leaves the table it registers under `name`. [-0, +1, m] */
static void open_library(lua_State *L, lua_CFunction open, const char *name)
{
    lua_pushcfunction(L, open);
    lua_pushstring(L, name);
    lua_call(L, 1, 0);
    lua_getglobal(L, *name ? name : "_G");
}

/* globals.NAME = the chosen fields of a library. Globals on top. */
static void add_library(lua_State *L, lua_CFunction open, const char *name,
                        const char *const *names)
{
    open_library(L, open, name);
    lua_newtable(L);
    copy_fields(L, lua_gettop(L) - 1, names);
    lua_setfield(L, -3, name);
    lua_pop(L, 1);
}

static int bounded_rep(lua_State *L)
{
    size_t n = 0;
    size_t between = 0;
    luaL_checklstring(L, 1, &n);
    lua_Integer times = luaL_checkinteger(L, 2);
    luaL_optlstring(L, 3, "", &between);
    n += between;
    if (times > 0 && n > 0 && (size_t)times > REPEAT_LIMIT / n)
        return luaL_error(L, "string.rep: the result would have over %d bytes", REPEAT_LIMIT);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, 1);
    return 1;
}

static unsigned repeats_in(const char *pattern, size_t n)
{
    unsigned repeats = 0;
    for (size_t i = 0; i < n; i++) {
        char c = pattern[i];
        repeats += c == '*' || c == '+' || c == '-' || c == '?';
    }
    return repeats;
}

/* find, match, gmatch and gsub, with bounds on what one call can cost (no hook fires inside). */
static int bounded_match(lua_State *L)
{
    size_t subject = 0;
    size_t n = 0;
    vm_check_depth(L);
    luaL_checklstring(L, 1, &subject);
    const char *pattern = luaL_checklstring(L, 2, &n);
    unsigned repeats = repeats_in(pattern, n);
    if (subject > SUBJECT_LIMIT || n > PATTERN_LIMIT || repeats > PATTERN_REPEATS)
        return luaL_error(L,
                          "pattern matching is bounded: %d bytes of text, %d of pattern, %d "
                          "repetitions in it",
                          SUBJECT_LIMIT, PATTERN_LIMIT, PATTERN_REPEATS);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    return lua_gettop(L);
}

/* Wraps the field of the table on top. */
static void wrap(lua_State *L, const char *name, lua_CFunction with)
{
    lua_getfield(L, -1, name);
    lua_pushcclosure(L, with, 1);
    lua_setfield(L, -2, name);
}

/* tostring without addresses: a table's place in memory is no business of a script. */
static int safe_tostring(lua_State *L)
{
    vm_check_depth(L);
    luaL_checkany(L, 1);
    int type = lua_type(L, 1);
    if (type == LUA_TSTRING) {
        lua_settop(L, 1);
        return 1;
    }
    if (luaL_getmetafield(L, 1, "__tostring")) {
        lua_pushvalue(L, 1);
        lua_call(L, 1, 1);
    } else if (type == LUA_TTABLE || type == LUA_TFUNCTION || type == LUA_TUSERDATA ||
               type == LUA_TTHREAD || type == LUA_TLIGHTUSERDATA) {
        lua_pushstring(L, luaL_typename(L, 1));
    } else {
        lua_pushvalue(L, lua_upvalueindex(1));
        lua_pushvalue(L, 1);
        lua_call(L, 1, 1);
    }
    return 1;
}

static int refuse_write(lua_State *L)
{
    return luaL_error(L, "this table is the same for all scripts and can't be changed");
}

/* The functions that write past __newindex: into a table whose metatable is protected and has one they must not. */
static void check_writable(lua_State *L)
{
    if (!lua_istable(L, 1) || !lua_getmetatable(L, 1))
        return;
    lua_pushliteral(L, "__newindex");
    lua_rawget(L, -2);
    lua_pushliteral(L, "__metatable");
    lua_rawget(L, -3);
    if (!lua_isnil(L, -1) && !lua_isnil(L, -2))
        refuse_write(L);
    lua_pop(L, 3);
}

/* Calls the library's own function: in this frame where it is one of C, so that its errors name what was called. */
static int call_wrapped(lua_State *L)
{
    lua_CFunction own = lua_tocfunction(L, lua_upvalueindex(1));
    if (own)
        return own(L);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    return lua_gettop(L);
}

static int checked_insert(lua_State *L)
{
    check_writable(L);
    return call_wrapped(L);
}

static int checked_remove(lua_State *L)
{
    check_writable(L);
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_optinteger(L, 2, 0);
    return call_wrapped(L);
}

/* table.sort calls back. */
static int checked_sort(lua_State *L)
{
    vm_check_depth(L);
    check_writable(L);
    return call_wrapped(L);
}

/* Is there a conversion that shows where a value stands in memory? */
static bool shows_address(const char *format, size_t n)
{
    for (size_t at = 0; at < n; at++) {
        if (format[at] != '%')
            continue;
        at += 1 + strspn(format + at + 1, "-+ #0123456789.");
        if (format[at] == 'p')
            return true;
    }
    return false;
}

/* string.format without addresses: what is no text and no number goes through tostring first. */
static int safe_format(lua_State *L)
{
    int n = lua_gettop(L);
    size_t size = 0;
    vm_check_depth(L);
    const char *format = luaL_checklstring(L, 1, &size);
    luaL_argcheck(L, !shows_address(format, size), 1, "%p is not offered");
    for (int i = 2; i <= n; i++) {
        int type = lua_type(L, i);
        if (type < LUA_TTABLE && type != LUA_TLIGHTUSERDATA)
            continue;
        lua_getfield(L, LUA_REGISTRYINDEX, globals_key);
        lua_getfield(L, -1, "tostring");
        lua_pushvalue(L, i);
        lua_call(L, 1, 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            return luaL_error(L, "__tostring must return a string");
        lua_replace(L, i);
        lua_settop(L, n);
    }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, n, 1);
    return 1;
}

/* Only tables, and only those whose metatable does not forbid it. */
static int safe_setmetatable(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argcheck(L, lua_isnil(L, 2) || lua_istable(L, 2), 2, "a table or nil is expected");
    if (luaL_getmetafield(L, 1, "__metatable"))
        return luaL_error(L, "this metatable is protected");
    if (lua_istable(L, 2)) {
        lua_pushvalue(L, lua_upvalueindex(1));
        lua_rawget(L, 2);
        luaL_argcheck(L, lua_isnil(L, -1), 2, "__gc is not offered");
        lua_pop(L, 1);
    }
    lua_settop(L, 2);
    lua_setmetatable(L, 1);
    return 1;
}

static void protect_string_metatable(lua_State *L)
{
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_getfield(L, LUA_REGISTRYINDEX, globals_key);
    lua_getfield(L, -1, "string");
    lua_setfield(L, -3, "__index");
    lua_pop(L, 3);
}

/* pairs, next and xpcall of scripts/lib/sandbox.lua. Globals on top, then the library's base. */
static void add_lua_part(lua_State *L, int globals, int base)
{
    static const char *const needs[] = {"next", "pcall", "select", "rawget"};
    static const char *const gives[] = {"xpcall", "next", "pairs"};
    const struct embedded *file = embedded_find(lua_part);
    if (!file ||
        luaL_loadbufferx(L, (const char *)file->content.p, file->content.n, "=sandbox", "t") != 0)
        luaL_error(L, "%s is not built into this program", lua_part);
    for (size_t i = 0; i < sizeof needs / sizeof needs[0]; i++)
        lua_getfield(L, base, needs[i]);
    lua_getfield(L, globals, "table");
    lua_getfield(L, -1, "sort");
    lua_remove(L, -2);
    lua_getfield(L, base, "type");
    lua_getfield(L, base, "error");
    lua_call(L, 7, 3);
    for (size_t i = 0; i < sizeof gives / sizeof gives[0]; i++)
        lua_setfield(L, globals, gives[i]);
}

int sandbox_open(struct lua_State *L)
{
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_setfield(L, LUA_REGISTRYINDEX, globals_key);
    int globals = lua_gettop(L);
    open_library(L, luaopen_base, "");
    int base = lua_gettop(L);
    lua_getfield(L, base, "xpcall");
    lua_setfield(L, LUA_REGISTRYINDEX, xpcall_key);
    lua_pushvalue(L, globals);
    copy_fields(L, base, base_names);
    wrap(L, "tostring", safe_tostring);
    lua_pushliteral(L, "__gc");
    lua_pushcclosure(L, safe_setmetatable, 1);
    lua_setfield(L, -2, "setmetatable");
    add_library(L, luaopen_string, "string", string_names);
    add_library(L, luaopen_table, "table", table_names);
    add_library(L, luaopen_math, "math", math_names);
    add_library(L, luaopen_bit, "bit", bit_names);
    lua_getfield(L, globals, "string");
    wrap(L, "rep", bounded_rep);
    wrap(L, "find", bounded_match);
    wrap(L, "match", bounded_match);
    wrap(L, "gmatch", bounded_match);
    wrap(L, "gsub", bounded_match);
    wrap(L, "format", safe_format);
    lua_getfield(L, globals, "table");
    wrap(L, "sort", checked_sort);
    wrap(L, "insert", checked_insert);
    wrap(L, "remove", checked_remove);
    lua_pop(L, 1);
    add_lua_part(L, globals, base);
    protect_string_metatable(L);
    static const char *const libraries[] = {"string", "table", "math", "bit"};
    for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++)
        sandbox_freeze(L, libraries[i]);
    return 0;
}

void sandbox_push_xpcall(struct lua_State *L)
{
    lua_getfield(L, LUA_REGISTRYINDEX, xpcall_key);
}

void sandbox_environment(struct lua_State *L)
{
    lua_newtable(L);
    lua_newtable(L);
    lua_getfield(L, LUA_REGISTRYINDEX, globals_key);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_setfenv(L, -2);
}

/* Scripts share these. */
void sandbox_freeze_table(struct lua_State *L)
{
    lua_newtable(L);
    lua_newtable(L);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_write);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_remove(L, -2);
}

void sandbox_push_frozen(struct lua_State *L)
{
    lua_getmetatable(L, -1);
    lua_getfield(L, -1, "__index");
    lua_remove(L, -2);
}

/* The same for each table in the table on top. */
static void freeze_fields(lua_State *L)
{
    for (lua_pushnil(L); lua_next(L, -2) != 0;) {
        if (!lua_istable(L, -1)) {
            lua_pop(L, 1);
            continue;
        }
        sandbox_freeze_table(L);
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_settable(L, -4);
    }
}

void sandbox_freeze(struct lua_State *L, const char *name)
{
    lua_getfield(L, LUA_REGISTRYINDEX, globals_key);
    lua_getfield(L, -1, name);
    if (lua_istable(L, -1)) {
        freeze_fields(L);
        sandbox_freeze_table(L);
        lua_setfield(L, -2, name);
    } else {
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

void sandbox_set_global(struct lua_State *L, const char *name)
{
    lua_getfield(L, LUA_REGISTRYINDEX, globals_key);
    lua_insert(L, -2);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

void sandbox_push_globals(struct lua_State *L)
{
    lua_getfield(L, LUA_REGISTRYINDEX, globals_key);
}
