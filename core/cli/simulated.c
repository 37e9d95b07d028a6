#include "cli/simulated.h"

#include "base/embedded.h"
#include "base/file.h"
#include "cli/choice.h"
#include "cli/near.h"
#include "run/inspect.h"
#include "sim/sim.h"

#include <fnmatch.h>
#include <string.h>

static const char *const kinds[] = {"relay", "proxy", "*"};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static void add_builtin(struct simulated *s)
{
    const struct embedded *list = NULL;
    size_t n = embedded_list(&list);
    for (size_t i = 0; i < n && s->source_count < SIMULATED_SCRIPTS; i++)
        if (strncmp(list[i].path, "scripts/sim/", 12) == 0)
            s->sources[s->source_count++] =
                (struct script_source){list[i].path, "builtin", list[i].content, 0, {0}};
    s->builtin_count = s->source_count;
}

static bool add_own(struct simulated *s, const char *path, struct fail *fail)
{
    size_t at = s->source_count;
    if (at == SIMULATED_SCRIPTS)
        return fail_set(fail, "ELIMIT", "at most %zu scripts of scenarios at once",
                        SIMULATED_SCRIPTS - s->builtin_count);
    s->texts[at] = buf_new(vm_limits_default().source);
    s->source_count++;
    if (!file_read(path, &s->texts[at], fail))
        return false;
    s->sources[at] = (struct script_source){path, "own", buf_view(&s->texts[at]), 0, {0}};
    return true;
}

bool simulated_read(struct simulated *s, char *const *operands, struct fail *fail)
{
    add_builtin(s);
    for (; *operands; operands++)
        if (choice_is_path(*operands) && !add_own(s, *operands, fail))
            return false;
    return true;
}

bool simulated_try(const struct simulated *s, simulated_fault *fault)
{
    bool ok = true;
    for (size_t i = s->builtin_count; i < s->source_count; i++) {
        struct fail fail;
        struct buf ids = buf_new(INSPECT_IDS);
        bool loads = inspect_scenarios(&s->sources[i], sim_hooks(), &ids, &fail);
        if (!loads)
            fault(s->sources[i].name, fail.text);
        ok = ok && loads;
        buf_free(&ids);
    }
    return ok;
}

static bool is_known(const struct scripts *probes, const char *id)
{
    for (size_t i = 0; i < KINDS; i++)
        if (strcmp(id, kinds[i]) == 0)
            return true;
    for (size_t i = 0; i < probes->count; i++)
        if (strcmp(id, probes->infos[i].id) == 0)
            return true;
    return false;
}

static bool refuse_expected(const struct scenario_info *info, const char *id,
                            const struct scripts *probes, struct fail *fail)
{
    struct near near = near_to(id);
    for (size_t i = 0; i < KINDS; i++)
        near_try(&near, kinds[i]);
    for (size_t i = 0; i < probes->count; i++)
        near_try(&near, probes->infos[i].id);
    if (near.best)
        return fail_set(fail, "EFORMAT",
                        "%s: %s expects something of \"%s\", and there is no such probe; did you "
                        "mean \"%s\"?",
                        info->source_name, info->id, id, near.best);
    return fail_set(fail, "EFORMAT",
                    "%s: %s expects something of \"%s\", and there is no such probe; one of your "
                    "own is given by --probe FILE.lua",
                    info->source_name, info->id, id);
}

static bool check_expected(const struct scenario_info *info, const struct scripts *probes,
                           struct fail *fail)
{
    for (unsigned i = 0; i < info->expect_count; i++)
        if (!is_known(probes, info->expects[i].probe))
            return refuse_expected(info, info->expects[i].probe, probes, fail);
    return true;
}

bool simulated_load(struct simulated *s, const struct scripts *probes, struct fail *fail)
{
    bool ok =
        (s->scenarios = scenarios_new(s->sources, s->source_count, sim_hooks(), fail)) != NULL;
    for (size_t i = 0; ok && i < scenarios_count(s->scenarios); i++)
        ok = check_expected(scenarios_at(s->scenarios, i), probes, fail);
    return ok;
}

static bool means(const char *choice, const struct scenario_info *info)
{
    if (choice_is_path(choice))
        return info->own && strcmp(choice, info->source_name) == 0;
    return fnmatch(choice, info->id, 0) == 0;
}

static bool is_chosen(const struct simulated *s, size_t scenario)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->chosen[i] == scenario)
            return true;
    return false;
}

/* How many scenarios a choice means. */
static size_t choose(struct simulated *s, const char *choice)
{
    size_t meant = 0;
    for (size_t i = 0; i < scenarios_count(s->scenarios); i++) {
        if (!means(choice, scenarios_at(s->scenarios, i)))
            continue;
        meant++;
        if (!is_chosen(s, i) && s->count < SIMULATED_MOST)
            s->chosen[s->count++] = i;
    }
    return meant;
}

static bool refuse(const struct simulated *s, const char *name, struct fail *fail)
{
    struct near near = near_to(name);
    for (size_t i = 0; i < scenarios_count(s->scenarios); i++)
        near_try(&near, scenarios_at(s->scenarios, i)->id);
    if (strchr(name, ','))
        return fail_set(fail, "EUSAGE",
                        "there is no scenario \"%s\": several are named apart, without commas",
                        name);
    if (near.best)
        return fail_set(fail, "EUSAGE", "there is no scenario \"%s\"; did you mean \"%s\"?", name,
                        near.best);
    return fail_set(fail, "EUSAGE", "there is no scenario \"%s\"; `ajar sim list` names them",
                    name);
}

bool simulated_choose(struct simulated *s, char *const *operands, struct fail *fail)
{
    if (!*operands)
        choose(s, "*");
    for (; *operands; operands++)
        if (choose(s, *operands) == 0)
            return choice_is_path(*operands)
                       ? fail_set(fail, "EFORMAT", "%s: there is no scenario in it", *operands)
                       : refuse(s, *operands, fail);
    return true;
}

void simulated_free(struct simulated *s)
{
    scenarios_free(s->scenarios);
    for (size_t i = s->builtin_count; i < s->source_count; i++)
        buf_free(&s->texts[i]);
}
