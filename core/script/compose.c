#include "script/compose.h"

#include "base/embedded.h"
#include "script/vm.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdlib.h>
#include <string.h>

enum { MEMORY = 32 * 1024 * 1024, DEPTH = 8, SOURCE = 256 * 1024 };

struct compose {
    struct vm *vm;
    int letter;    /* what letter.lua returned */
    int remedies;  /* what remedy.lua returned */
    int causes;    /* what cause.lua returned */
    int languages; /* code = what lang/CODE.lua returned */
    int profile;
};

/* --- JSON to Lua ------------------------------------------------------------------------------- */

static void push_json(lua_State *L, json_t *value, int depth);

static void push_object(lua_State *L, json_t *object, int depth)
{
    const char *key = NULL;
    json_t *value = NULL;
    lua_newtable(L);
    json_object_foreach(object, key, value)
    {
        push_json(L, value, depth + 1);
        lua_setfield(L, -2, key);
    }
}

static void push_array(lua_State *L, json_t *array, int depth)
{
    lua_createtable(L, (int)json_array_size(array), 0);
    for (size_t i = 0; i < json_array_size(array); i++) {
        push_json(L, json_array_get(array, i), depth + 1);
        lua_rawseti(L, -2, (int)i + 1);
    }
}

/* [-0, +1, em] */
static void push_json(lua_State *L, json_t *value, int depth)
{
    if (depth > DEPTH)
        luaL_error(L, "facts nested deeper than %d", DEPTH);
    luaL_checkstack(L, 4, "facts");
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

/* --- Loading and calling ----------------------------------------------------------------------- */

struct call {
    struct compose *c;
    const char *function; /* "check", "speaks" or "write" */
    const char *name;     /* the profile's name, or the language asked for */
    json_t *facts;        /* for "write" */
    json_t *result;       /* array; the letter is its only element */
};

static void set_ref(lua_State *L, const char *name, int ref)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, ref);
    lua_setfield(L, -2, name);
}

/* Calls a function of letter.lua with one table of all it needs. */
static int call_letter(lua_State *L)
{
    struct call *call = lua_touserdata(L, 1);
    struct compose *c = call->c;
    lua_rawgeti(L, LUA_REGISTRYINDEX, c->letter);
    lua_getfield(L, -1, call->function);
    lua_newtable(L);
    set_ref(L, "profile", c->profile);
    set_ref(L, "languages", c->languages);
    set_ref(L, "remedies", c->remedies);
    set_ref(L, "causes", c->causes);
    lua_pushstring(L, call->name);
    lua_setfield(L, -2, "name");
    if (call->facts)
        push_json(L, call->facts, 0);
    else
        lua_pushnil(L);
    lua_setfield(L, -2, "facts");
    lua_call(L, 1, 1);
    if (call->facts)
        keep_value(L, call->result, NULL, 0);
    return 0;
}

static int new_languages(lua_State *L)
{
    struct compose *c = lua_touserdata(L, 1);
    lua_newtable(L);
    c->languages = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

struct language {
    struct compose *c;
    const char *code;
    int ref;
};

static int add_language(lua_State *L)
{
    struct language *l = lua_touserdata(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, l->c->languages);
    set_ref(L, l->code, l->ref);
    return 0;
}

/* "nb" of "lang/nb.lua"; false for what is no language. */
static bool language_code(const char *path, char out[16])
{
    size_t n = strlen(path);
    if (strncmp(path, "lang/", 5) != 0 || n < 5 + 2 + 4 || strchr(path + 5, '/'))
        return false;
    n -= 5 + 4;
    if (n >= 16)
        return false;
    memcpy(out, path + 5, n);
    out[n] = '\0';
    return true;
}

static bool load_languages(struct compose *c, struct fail *fail)
{
    const struct embedded *list = NULL;
    size_t n = embedded_list(&list);
    if (!vm_protected(c->vm, new_languages, c, fail))
        return false;
    for (size_t i = 0; i < n; i++) {
        char code[16];
        struct language l = {.c = c, .code = code};
        if (!language_code(list[i].path, code))
            continue;
        if (!vm_load(c->vm, list[i].content, list[i].path, &l.ref, fail) ||
            !vm_protected(c->vm, add_language, &l, fail))
            return false;
        vm_release(c->vm, l.ref);
    }
    return true;
}

static bool load_embedded(struct compose *c, const char *path, int *ref, struct fail *fail)
{
    const struct embedded *e = embedded_find(path);
    if (!e)
        return fail_set(fail, "ENOENT", "%s is not built into this program", path);
    return vm_load(c->vm, e->content, path, ref, fail);
}

static bool load_all(struct compose *c, struct bytes profile, const char *name, struct fail *fail)
{
    struct call check = {.c = c, .function = "check", .name = name};
    return load_embedded(c, "scripts/notice/letter.lua", &c->letter, fail) &&
           load_embedded(c, "scripts/notice/remedy.lua", &c->remedies, fail) &&
           load_embedded(c, "scripts/notice/cause.lua", &c->causes, fail) &&
           load_languages(c, fail) && vm_load(c->vm, profile, name, &c->profile, fail) &&
           vm_protected(c->vm, call_letter, &check, fail);
}

struct compose *compose_new(struct bytes profile, const char *name, struct fail *fail)
{
    struct compose *c = calloc(1, sizeof *c);
    struct vm_limits limits = vm_limits_default();
    limits.memory = MEMORY;
    limits.source = SOURCE;
    if (!c) {
        fail_set(fail, "ENOMEM", "no memory for the letters' wording");
        return NULL;
    }
    c->vm = vm_new(&limits, fail);
    if (!c->vm || !load_all(c, profile, name, fail)) {
        compose_free(c);
        return NULL;
    }
    return c;
}

void compose_free(struct compose *c)
{
    if (!c)
        return;
    vm_free(c->vm);
    free(c);
}

bool compose_speaks(struct compose *c, const char *language, struct fail *fail)
{
    struct call call = {.c = c, .function = "speaks", .name = language};
    return vm_protected(c->vm, call_letter, &call, fail);
}

json_t *compose_letter(struct compose *c, json_t *facts, const char *language, struct fail *fail)
{
    struct call call = {
        .c = c, .function = "write", .name = language, .facts = facts, .result = json_array()};
    if (!call.result) {
        fail_set(fail, "ENOMEM", "no memory for a letter");
        return NULL;
    }
    json_t *letter = NULL;
    if (vm_protected(c->vm, call_letter, &call, fail))
        letter = json_incref(json_array_get(call.result, 0));
    json_decref(call.result);
    return letter;
}
