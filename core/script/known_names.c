#include "script/known_names.h"

#include "script/bind.h"
#include "script/sandbox.h"

#include <stdlib.h>

struct known_names {
    struct probes *probes; /* one of the two */
    struct scenarios *scenarios;
};

static struct known_names *keep(struct probes *probes, struct scenarios *scenarios,
                                struct fail *fail)
{
    struct known_names *k = probes || scenarios ? calloc(1, sizeof *k) : NULL;
    if (k) {
        *k = (struct known_names){probes, scenarios};
        return k;
    }
    if (probes || scenarios)
        fail_set(fail, "ENOMEM", "out of memory for the API's names");
    probes_free(probes);
    scenarios_free(scenarios);
    return NULL;
}

struct known_names *known_names_of_probes(struct fail *fail)
{
    struct vm_limits limits = vm_limits_default();
    return keep(probes_new(NULL, 0, &limits, fail), NULL, fail);
}

struct known_names *known_names_of_scenarios(const struct sim_hooks *hooks, struct fail *fail)
{
    return keep(NULL, scenarios_new(NULL, 0, hooks, fail), fail);
}

void known_names_free(struct known_names *k)
{
    if (k) {
        probes_free(k->probes);
        scenarios_free(k->scenarios);
    }
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
    struct vm *vm = k->probes ? probes_vm(k->probes) : scenarios_vm(k->scenarios);
    return vm_protected(vm, count_parts, &a, &ignored) ? a.parts : name->count;
}
