#include "script/powers.h"

#include "script/bind.h"
#include "script/sandbox.h"

static const struct {
    const char *member;
    enum capability capability;
} powers[] = {
    {"smtp", CAPABILITY_SMTP},
    {"message", CAPABILITY_SMTP},
    {"relay", CAPABILITY_SMTP},
    {"http", CAPABILITY_HTTP},
    {"h2", CAPABILITY_HTTP},
    {"http_udp", CAPABILITY_HTTP},
    {"web_form", CAPABILITY_HTTP},
    {"web_proxy", CAPABILITY_HTTP},
    {"local_service", CAPABILITY_HTTP},
    {"socks", CAPABILITY_SOCKS},
    {"gateway", CAPABILITY_TCP},
    {"turn", CAPABILITY_UDP},
    {"dns", CAPABILITY_DNS},
};

bool powers_capability(struct bytes member, enum capability *out)
{
    for (size_t i = 0; i < sizeof powers / sizeof powers[0]; i++)
        if (bytes_equal_text(member, powers[i].member)) {
            *out = powers[i].capability;
            return true;
        }
    return false;
}

static bool is_withheld(const char *member, unsigned withheld)
{
    enum capability c;
    return powers_capability(bytes_of(member), &c) && (withheld & 1U << c);
}

/* A copy of the table on top without these members; what stands in it is read-only already. */
static void copy_without(lua_State *L, unsigned withheld)
{
    int from = lua_gettop(L);
    lua_newtable(L);
    for (lua_pushnil(L); lua_next(L, from) != 0;) {
        if (lua_type(L, -2) != LUA_TSTRING || !is_withheld(lua_tostring(L, -2), withheld)) {
            lua_pushvalue(L, -2);
            lua_pushvalue(L, -2);
            lua_rawset(L, from + 1);
        }
        lua_pop(L, 1);
    }
}

/* Puts the table on top between the globals of the script whose environment is at `env` and those of all, under this
 * name: whatever the script does to its own, behind that it finds no other. [-1, +0, m] */
static void put_between(lua_State *L, int env, const char *name)
{
    int table = lua_gettop(L);
    lua_getmetatable(L, env);
    lua_newtable(L);
    lua_pushvalue(L, table);
    lua_setfield(L, -2, name);
    lua_newtable(L);
    lua_getfield(L, table + 1, "__index");
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_setfield(L, -2, "__index");
    lua_settop(L, table - 1);
}

void powers_withhold(struct lua_State *L, void *withheld)
{
    const unsigned *bits = withheld;
    int top = lua_gettop(L);
    if (*bits == 0)
        return;
    lua_getfenv(L, top);
    lua_getfield(L, -1, "ajar");
    if (lua_istable(L, -1)) { /* a bundle's own API can be anything */
        sandbox_push_frozen(L);
        copy_without(L, *bits);
        sandbox_freeze_table(L);
        put_between(L, top + 1, "ajar");
    }
    lua_settop(L, top);
}
