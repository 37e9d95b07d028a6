/*
 * The reference has all that a script can reach, with its parameters, and nothing that there is not; each function has an
 * example, which tests/script/examples.sh runs. It is walked through from within: see reference.lua.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pack/manifest.h"
#include "script/bind.h"
#include "script/powers.h"
#include "script/sandbox.h"
#include "script/scenarios.h"

#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COMPARE "tests/unit/script/reference.lua"

static const struct sim_hooks no_hooks;

static int l_capability_of(lua_State *L)
{
    enum capability c;
    if (!powers_capability(bytes_of(luaL_checkstring(L, 1)), &c))
        return 0;
    lua_pushstring(L, capability_name(c));
    return 1;
}

/* The test has the libraries that scripts have not. */
static int compare(lua_State *L)
{
    static const lua_CFunction openers[] = {luaopen_base, luaopen_table, luaopen_string, luaopen_io,
                                            luaopen_debug};
    const char *root = lua_touserdata(L, 1);
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++) {
        lua_pushcfunction(L, openers[i]);
        lua_call(L, 0, 0);
    }
    if (luaL_loadfile(L, COMPARE) != 0)
        return lua_error(L);
    sandbox_push_globals(L);
    lua_pushstring(L, root);
    lua_pushcfunction(L, l_capability_of);
    lua_call(L, 3, 1);
    if (lua_isstring(L, -1))
        return lua_error(L);
    return 0;
}

static void assert_documented(struct vm *vm, const char *root)
{
    struct fail fail;
    char name[8];
    snprintf(name, sizeof name, "%s", root);
    if (!vm_protected(vm, compare, name, &fail))
        fail_msg("%s", fail.text);
}

static void what_probes_find_is_in_the_reference(void **state)
{
    struct fail fail;
    struct vm_limits limits = vm_limits_default();
    struct probes *p = probes_new(NULL, 0, &limits, &fail);
    (void)state;
    assert_non_null(p);
    assert_documented(probes_vm(p), "ajar");
    probes_free(p);
}

static void what_scenarios_find_is_in_the_reference(void **state)
{
    struct fail fail;
    struct scenarios *s = scenarios_new(NULL, 0, &no_hooks, &fail);
    (void)state;
    assert_non_null(s);
    assert_documented(scenarios_vm(s), "sim");
    scenarios_free(s);
}

static int read_api(lua_State *L)
{
    lua_Integer *version = lua_touserdata(L, 1);
    sandbox_push_globals(L);
    lua_getfield(L, -1, "ajar");
    lua_getfield(L, -1, "api");
    *version = lua_tointeger(L, -1);
    return 0;
}

static void packs_are_held_to_the_version_that_scripts_find(void **state)
{
    struct fail fail;
    struct vm_limits limits = vm_limits_default();
    struct probes *p = probes_new(NULL, 0, &limits, &fail);
    lua_Integer version = 0;
    (void)state;
    assert_non_null(p);
    assert_true(vm_protected(probes_vm(p), read_api, &version, &fail));
    assert_int_equal(version, MANIFEST_API);
    probes_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_probes_find_is_in_the_reference),
        cmocka_unit_test(what_scenarios_find_is_in_the_reference),
        cmocka_unit_test(packs_are_held_to_the_version_that_scripts_find),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
