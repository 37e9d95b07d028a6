#include "script/known_names.h"

#include "script/bind.h"
#include "script/sandbox.h"

#include <stdlib.h>

struct known_names {
    struct probes *probes; /* one of the three */
    struct scenarios *scenarios;
    struct vm *letters;
};

static void free_parts(const struct known_names *k)
{
    probes_free(k->probes);
    scenarios_free(k->scenarios);
    vm_free(k->letters);
}

static struct known_names *keep(struct known_names names, struct fail *fail)
{
    bool any = names.probes || names.scenarios || names.letters;
    struct known_names *k = any ? calloc(1, sizeof *k) : NULL;
    if (k) {
        *k = names;
        return k;
    }
    if (any)
        fail_set(fail, "ENOMEM", "out of memory for the API's names");
    free_parts(&names);
    return NULL;
}

struct known_names *known_names_of_probes(struct fail *fail)
{
    struct vm_limits limits = vm_limits_default();
    return keep((struct known_names){.probes = probes_new(NULL, 0, &limits, fail)}, fail);
}

struct known_names *known_names_of_scenarios(const struct sim_hooks *hooks, struct fail *fail)
{
    return keep((struct known_names){.scenarios = scenarios_new(NULL, 0, hooks, fail)}, fail);
}

struct known_names *known_names_of_letters(struct fail *fail)
{
    struct vm_limits limits = vm_limits_default();
    return keep((struct known_names){.letters = vm_new(&limits, fail)}, fail);
}

void known_names_free(struct known_names *k)
{
    if (k)
        free_parts(k);
    free(k);
}

struct asking {
    const struct free_name *name;
    unsigned parts;
};

static int count_parts(lua_State *L)
{
    struct asking *a = lua_touserdata(L, 1);
    sandbox_push_globals(L);
    for (; a->parts < a->name->count && lua_istable(L, -1); a->parts++) {
        struct bytes part = a->name->parts[a->parts];
        lua_pushlstring(L, (const char *)part.p, part.n);
        lua_gettable(L, -2);
        if (lua_isnil(L, -1))
            return 0;
    }
    a->parts = a->name->count;
    return 0;
}

unsigned known_names_parts(const struct known_names *k, const struct free_name *name)
{
    struct fail ignored;
    struct asking a = {.name = name};
    struct vm *vm = k->probes      ? probes_vm(k->probes)
                    : k->scenarios ? scenarios_vm(k->scenarios)
                                   : k->letters;
    return vm_protected(vm, count_parts, &a, &ignored) ? a.parts : name->count;
}
