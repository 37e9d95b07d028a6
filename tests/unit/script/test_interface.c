/*
 * What C offers to the scripts of a bundle is what tests/tapes/interface lists: a bundle of the year before last must
 * find all that its scripts call.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "script/bind.h"
#include "script/probes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIST "tests/tapes/interface"
#define RULE "see doc/architecture.md, section 6"

enum { NAMES = 400, NAME = 60 };

struct names {
    size_t count;
    char text[NAMES][NAME];
};

static struct names listed;
static unsigned newest;
static struct names offered;

static void add(struct names *to, const char *prefix, const char *name)
{
    assert_true(to->count < NAMES);
    snprintf(to->text[to->count++], NAME, "%s%s", prefix, name);
}

static bool has(const struct names *in, const char *name)
{
    for (size_t i = 0; i < in->count; i++)
        if (strcmp(in->text[i], name) == 0)
            return true;
    return false;
}

/* "1 raw.open", "2 - a reply may have more lines", "# remark" */
static int read_list(void **state)
{
    (void)state;
    char line[200];
    FILE *f = fopen(LIST, "r");
    if (!f)
        return -1;
    while (fgets(line, sizeof line, f)) {
        unsigned version = 0;
        char name[NAME];
        if (line[0] == '#')
            continue;
        if (sscanf(line, "%u %59s", &version, name) != 2 || version < newest)
            fail_msg(LIST ": a line that is none, or not in the order of versions: %s", line);
        newest = version;
        if (strcmp(name, "-") != 0)
            add(&listed, "", name);
    }
    return fclose(f);
}

/* The names in the table on top; tables in it are gone through as well. [-1] */
static void collect(lua_State *L, const char *prefix, bool deeper)
{
    char below[NAME];
    for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
        const char *name = lua_tostring(L, -2);
        if (!lua_istable(L, -1)) {
            add(&offered, prefix, name);
            continue;
        }
        assert_true(deeper);
        snprintf(below, sizeof below, "%s.", name);
        if (lua_getmetatable(L, -1)) { /* a frozen table: what can be read of it */
            lua_getfield(L, -1, "__index");
            lua_remove(L, -2);
            collect(L, below, false);
        } else {
            lua_pushvalue(L, -1);
            collect(L, below, false);
        }
    }
    lua_pop(L, 1);
}

static int collect_all(lua_State *L)
{
    lua_getfield(L, LUA_REGISTRYINDEX, "ajar.globals");
    collect(L, "", true);
    bind_push(L);
    collect(L, "raw.", false);
    return 0;
}

static void what_is_offered_is_listed(void **state)
{
    (void)state;
    for (size_t i = 0; i < offered.count; i++)
        if (!has(&listed, offered.text[i]))
            fail_msg("%s is new: add it to " LIST " with a version of its own, which "
                     "PROBES_INTERFACE is then raised to (" RULE ")",
                     offered.text[i]);
}

static void what_was_ever_offered_is_still_there(void **state)
{
    (void)state;
    for (size_t i = 0; i < listed.count; i++)
        if (!has(&offered, listed.text[i]))
            fail_msg("%s is gone: scripts in bundles call it; keep it (" RULE ")", listed.text[i]);
}

static void the_newest_version_is_this_programs(void **state)
{
    (void)state;
    assert_int_equal(newest, PROBES_INTERFACE);
    assert_in_range(PROBES_INTERFACE_OLDEST, 1, PROBES_INTERFACE);
}

/* Who claims an older interface for these scripts is told that they need this one (run/needs.h): so they differ from those of
 * each older one. */
static void the_api_names_it(void **state)
{
    (void)state;
    char named[60];
    struct fail fail;
    struct script_source api[PROBES_API];
    assert_true(probes_api(api, &fail));
    snprintf(named, sizeof named, "of interface %d (PROBES_INTERFACE)", PROBES_INTERFACE);
    if (bytes_find(api[0].text, bytes_of(named)) == BYTES_NOT_FOUND)
        fail_msg("%s does not say \"%s\" (" RULE ")", api[0].name, named);
}

static int set_up(void **state)
{
    struct fail fail;
    struct vm_limits limits = vm_limits_default();
    struct vm *vm = vm_new(&limits, &fail);
    bool ok = vm && read_list(state) == 0 && vm_protected(vm, collect_all, NULL, &fail);
    vm_free(vm);
    return ok ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_offered_is_listed),
        cmocka_unit_test(what_was_ever_offered_is_still_there),
        cmocka_unit_test(the_newest_version_is_this_programs),
        cmocka_unit_test(the_api_names_it),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
