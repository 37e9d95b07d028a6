#include "script/bind.h"
#include "script/declaration.h"

/* check_probe(fields): raises an error that says what is wrong with what a probe says of itself. */
static int l_check_probe(lua_State *L)
{
    struct probe_info info = {0};
    declaration_read(L, 1, &info);
    return 0;
}

const luaL_Reg bind_probe[] = {{"check_probe", l_check_probe}, {NULL, NULL}};
