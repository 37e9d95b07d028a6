#include "script/lua_json.h"

#include "base/json.h"
#include "base/text.h"

#include <lauxlib.h>
#include <lua.h>
#include <math.h>
#include <stdbool.h>

enum { DEPTH = 8 };

/* --- JSON to Lua ------------------------------------------------------------------------------- */

static void push_value(lua_State *L, json_t *value, int depth);

static void push_object(lua_State *L, json_t *object, int depth)
{
    const char *key = NULL;
    json_t *value = NULL;
    lua_newtable(L);
    json_object_foreach(object, key, value)
    {
        push_value(L, value, depth + 1);
        lua_setfield(L, -2, key);
    }
}

static void push_array(lua_State *L, json_t *array, int depth)
{
    lua_createtable(L, (int)json_array_size(array), 0);
    for (size_t i = 0; i < json_array_size(array); i++) {
        push_value(L, json_array_get(array, i), depth + 1);
        lua_rawseti(L, -2, (int)i + 1);
    }
}

/* [-0, +1, em] */
static void push_value(lua_State *L, json_t *value, int depth)
{
    if (depth > DEPTH)
        luaL_error(L, "JSON nested deeper than %d", DEPTH);
    luaL_checkstack(L, 4, "JSON");
    if (json_is_object(value))
        push_object(L, value, depth);
    else if (json_is_array(value))
        push_array(L, value, depth);
    else if (json_is_string(value))
        lua_pushlstring(L, json_string_value(value), json_string_length(value));
    else if (json_is_number(value))
        lua_pushnumber(L, json_number_value(value));
    else if (json_is_boolean(value))
        lua_pushboolean(L, json_is_true(value));
    else
        lua_pushnil(L);
}

/* --- Lua to JSON ------------------------------------------------------------------------------- */

/* Puts the value into its parent, an array when there is no key. A value that is in its parent
 * before its own parts are read can't be lost when Lua raises. */
static json_t *keep(lua_State *L, json_t *parent, const char *key, json_t *value)
{
    int status =
        key ? json_object_set_new(parent, key, value) : json_array_append_new(parent, value);
    if (status != 0)
        luaL_error(L, "a word of the letter is not UTF-8, or memory is out");
    return value;
}

static void keep_table(lua_State *L, json_t *parent, const char *key, int depth);

/* Takes the value on top of the stack into its parent. [-0, +0, em] */
static void keep_value(lua_State *L, json_t *parent, const char *key, int depth)
{
    size_t n = 0;
    const char *text = NULL;
    switch (lua_type(L, -1)) {
    case LUA_TSTRING:
        text = lua_tolstring(L, -1, &n);
        keep(L, parent, key, json_stringn(text, n));
        break;
    case LUA_TNUMBER:
        keep(L, parent, key, json_real(lua_tonumber(L, -1)));
        break;
    case LUA_TBOOLEAN:
        keep(L, parent, key, json_boolean(lua_toboolean(L, -1)));
        break;
    case LUA_TTABLE:
        keep_table(L, parent, key, depth);
        break;
    default:
        luaL_error(L, "a letter is made of text, not of a %s", luaL_typename(L, -1));
    }
}

static void keep_list(lua_State *L, json_t *array, int depth)
{
    for (int i = 1; i <= (int)lua_objlen(L, -1); i++) {
        lua_rawgeti(L, -1, i);
        keep_value(L, array, NULL, depth);
        lua_pop(L, 1);
    }
}

static void keep_members(lua_State *L, json_t *object, int depth)
{
    for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING)
            luaL_error(L, "a letter's table has names or numbers for keys, not both");
        keep_value(L, object, lua_tostring(L, -2), depth);
    }
}

static void keep_table(lua_State *L, json_t *parent, const char *key, int depth)
{
    if (depth > DEPTH)
        luaL_error(L, "a letter nested deeper than %d", DEPTH);
    luaL_checkstack(L, 4, "letter");
    bool is_list = lua_objlen(L, -1) > 0;
    json_t *table = keep(L, parent, key, is_list ? json_array() : json_object());
    if (is_list)
        keep_list(L, table, depth + 1);
    else
        keep_members(L, table, depth + 1);
}

/* --- Lua to the text of JSON -------------------------------------------------------------------- */

static void put_value(lua_State *L, struct buf *out, int depth);

static void put_string(lua_State *L, int index, struct buf *out)
{
    size_t n = 0;
    const char *text = lua_tolstring(L, index, &n);
    if (!text_is_utf8(bytes_at(text, n)))
        luaL_error(L, "a word of the letter is not UTF-8");
    json_put_string(out, bytes_at(text, n));
}

static void put_number(lua_State *L, struct buf *out)
{
    double number = lua_tonumber(L, -1);
    if (!isfinite(number))
        luaL_error(L, "a number of the letter is none");
    buf_printf(out, "%.17g", number);
}

static void put_list(lua_State *L, struct buf *out, int depth)
{
    buf_put_byte(out, '[');
    for (int i = 1; i <= (int)lua_objlen(L, -1); i++) {
        lua_rawgeti(L, -1, i);
        if (i > 1)
            buf_put_byte(out, ',');
        put_value(L, out, depth);
        lua_pop(L, 1);
    }
    buf_put_byte(out, ']');
}

static void put_members(lua_State *L, struct buf *out, int depth)
{
    bool first = true;
    buf_put_byte(out, '{');
    for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING)
            luaL_error(L, "a letter's table has names or numbers for keys, not both");
        if (!first)
            buf_put_byte(out, ',');
        first = false;
        put_string(L, -2, out);
        buf_put_byte(out, ':');
        put_value(L, out, depth);
    }
    buf_put_byte(out, '}');
}

static void put_table(lua_State *L, struct buf *out, int depth)
{
    if (depth > DEPTH)
        luaL_error(L, "a letter nested deeper than %d", DEPTH);
    luaL_checkstack(L, 4, "letter");
    if (lua_objlen(L, -1) > 0)
        put_list(L, out, depth + 1);
    else
        put_members(L, out, depth + 1);
}

/* The value on top of the stack. [-0, +0, em] */
static void put_value(lua_State *L, struct buf *out, int depth)
{
    switch (lua_type(L, -1)) {
    case LUA_TSTRING:
        put_string(L, -1, out);
        break;
    case LUA_TNUMBER:
        put_number(L, out);
        break;
    case LUA_TBOOLEAN:
        buf_put_text(out, lua_toboolean(L, -1) ? "true" : "false");
        break;
    case LUA_TTABLE:
        put_table(L, out, depth);
        break;
    default:
        luaL_error(L, "a letter is made of text, not of a %s", luaL_typename(L, -1));
    }
}

/* --- For others -------------------------------------------------------------------------------- */

void lua_json_push(lua_State *L, json_t *value)
{
    push_value(L, value, 0);
}

void lua_json_keep(lua_State *L, json_t *array)
{
    keep_value(L, array, NULL, 0);
}

void lua_json_put(lua_State *L, struct buf *out)
{
    put_value(L, out, 0);
}
