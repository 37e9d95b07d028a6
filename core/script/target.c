#include "script/target.h"

#include "script/bind.h"
#include "script/sandbox.h"

#include <string.h>

static int target_tostring(lua_State *L)
{
    char text[ADDR_TEXT];
    lua_pushstring(L, addr_text(&task_facts(task_of(L))->target, text));
    return 1;
}

/* The address literal is made when it is asked for: thousands of targets wait, and few are asked. */
static int target_index(lua_State *L)
{
    char text[ADDR_TEXT];
    bool literal =
        lua_type(L, 2) == LUA_TSTRING && strcmp(lua_tostring(L, 2), "address_literal") == 0;
    lua_pushstring(L, literal ? addr_literal(&task_facts(task_of(L))->target, text) : NULL);
    return 1;
}

void target_push(struct lua_State *L, const struct task_facts *facts)
{
    char text[ADDR_TEXT];
    const struct addr *a = &facts->target;
    lua_createtable(L, 0, facts->target_name.n > 0 ? 5 : 4); /* with its args */
    bind_field(L, "address", bytes_of(addr_ip_text(a, text)));
    bind_number_field(L, "port", a->port);
    bind_number_field(L, "family", a->family);
    if (facts->target_name.n > 0)
        bind_field(L, "name", facts->target_name);
    if (luaL_newmetatable(L, "ajar.target")) {
        lua_pushcfunction(L, target_tostring);
        lua_setfield(L, -2, "__tostring");
        lua_pushcfunction(L, target_index);
        lua_setfield(L, -2, "__index");
        lua_pushboolean(L, 0);
        lua_setfield(L, -2, "__metatable");
    }
    lua_setmetatable(L, -2);
}

void target_push_args(struct lua_State *L, const struct arguments *declared, struct bytes json)
{
    struct argument_value values[ARGUMENTS_MOST];
    struct fail fail;
    if (!arguments_values(declared, json, values, &fail))
        luaL_error(L, "%s", fail.text);
    lua_createtable(L, 0, (int)declared->count);
    for (unsigned i = 0; i < declared->count; i++) {
        const struct argument *a = &declared->list[i];
        if (a->type == ARGUMENT_BOOLEAN)
            lua_pushboolean(L, values[i].truth);
        else if (a->type == ARGUMENT_STRING)
            lua_pushstring(L, values[i].text);
        else
            lua_pushnumber(L, values[i].number);
        lua_setfield(L, -2, a->name);
    }
    sandbox_freeze_table(L);
}
