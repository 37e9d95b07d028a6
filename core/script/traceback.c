#include "script/traceback.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdbool.h>

enum { CALLS = 20 };

/* Pushes the line of one call; false for a call that has no name outside this process. */
static bool push_call(lua_State *L, const lua_Debug *call)
{
    bool named = call->name && *call->namewhat;
    if (*call->what == 'C' && !named)
        return false;
    if (*call->what == 'C')
        lua_pushfstring(L, "\n\t[C]: in function '%s'", call->name);
    else if (*call->what == 'm')
        lua_pushfstring(L, "\n\t%s:%d: in main chunk", call->short_src, call->currentline);
    else if (named)
        lua_pushfstring(L, "\n\t%s:%d: in function '%s'", call->short_src, call->currentline,
                        call->name);
    else
        lua_pushfstring(L, "\n\t%s:%d: in function <%s:%d>", call->short_src, call->currentline,
                        call->short_src, call->linedefined);
    return true;
}

void traceback_push(lua_State *L, lua_State *from, const char *text, int level)
{
    lua_Debug call;
    int pieces = 2;
    luaL_checkstack(L, CALLS + 4, "traceback");
    lua_pushstring(L, text);
    lua_pushliteral(L, "\nstack traceback:");
    for (; pieces < CALLS + 2 && lua_getstack(from, level, &call); level++) {
        lua_getinfo(from, "nSl", &call);
        pieces += push_call(L, &call);
    }
    lua_concat(L, pieces);
}
