#include "script/rules.h"

#include "script/lua_json.h"
#include "script/vm.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdlib.h>

enum { MEMORY = 8 * 1024 * 1024, SOURCE = 256 * 1024 };

struct rules {
    struct vm *vm;
    int script;
};

struct asking {
    struct rules *rules;
    json_t *target; /* NULL: it is only looked whether there is such a function */
    json_t *given;  /* an array of what it gives */
};

/* The function `next` on top of the stack. */
static void push_next(lua_State *L, int script)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, script);
    if (!lua_istable(L, -1))
        luaL_error(L, "the rules give no table");
    lua_pushliteral(L, "next");
    lua_rawget(L, -2);
    if (!lua_isfunction(L, -1))
        luaL_error(L, "the rules have no function 'next'");
}

static int ask(lua_State *L)
{
    const struct asking *a = lua_touserdata(L, 1);
    push_next(L, a->rules->script);
    if (!a->target)
        return 0;
    lua_json_push(L, a->target);
    lua_call(L, 1, 1);
    if (!lua_istable(L, -1))
        return luaL_error(L, "rules.next gave no table, but %s", luaL_typename(L, -1));
    lua_json_keep(L, a->given);
    return 0;
}

struct rules *rules_new(struct bytes text, const char *name, struct fail *fail)
{
    struct vm_limits limits = vm_limits_default();
    struct rules *r = calloc(1, sizeof *r);
    struct asking whether = {.rules = r};
    limits.memory = MEMORY;
    limits.source = SOURCE;
    if (!r) {
        fail_set(fail, "ENOMEM", "no memory for the rules");
        return NULL;
    }
    r->vm = vm_new(&limits, fail);
    if (r->vm && vm_load(r->vm, text, name, &r->script, fail)) {
        if (vm_protected(r->vm, ask, &whether, fail))
            return r;
        fail_prefix(fail, "%s", name);
    }
    rules_free(r);
    return NULL;
}

void rules_free(struct rules *r)
{
    if (r)
        vm_free(r->vm);
    free(r);
}

json_t *rules_next(struct rules *r, json_t *target, struct fail *fail)
{
    json_t *action = NULL;
    struct asking a = {.rules = r, .target = target, .given = json_array()};
    if (!a.given)
        fail_set(fail, "ENOMEM", "no memory for what the rules give");
    else if (vm_protected(r->vm, ask, &a, fail))
        action = json_incref(json_array_get(a.given, 0));
    json_decref(a.given);
    return action;
}
