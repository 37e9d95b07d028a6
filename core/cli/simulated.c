#include "cli/simulated.h"

#include "base/embedded.h"
#include "base/file.h"
#include "cli/choice.h"
#include "cli/near.h"
#include "sim/sim.h"

#include <fnmatch.h>
#include <string.h>

enum { SCRIPTS = 100 };

static const char *const kinds[] = {"relay", "proxy", "*"};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static struct scenarios *load(char *const *operands, struct fail *fail)
{
    struct script_source sources[SCRIPTS];
    const struct embedded *list = NULL;
    size_t n = embedded_list(&list);
    size_t count = 0;
    for (size_t i = 0; i < n && count < SCRIPTS; i++)
        if (strncmp(list[i].path, "scripts/sim/", 12) == 0)
            sources[count++] = (struct script_source){list[i].path, "builtin", list[i].content, 0};
    struct buf texts[SCRIPTS];
    size_t first = count;
    bool ok = true;
    for (; ok && *operands; operands++) {
        if (!choice_is_path(*operands) || count == SCRIPTS)
            continue;
        texts[count] = buf_new(vm_limits_default().source);
        ok = file_read(*operands, &texts[count], fail);
        sources[count] = (struct script_source){*operands, "own", buf_view(&texts[count]), 0};
        count++;
    }
    struct scenarios *s = ok ? scenarios_new(sources, count, sim_hooks(), fail) : NULL;
    for (size_t i = first; i < count; i++)
        buf_free(&texts[i]);
    return s;
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

bool simulated_load(struct simulated *s, char *const *operands, const struct scripts *probes,
                    struct fail *fail)
{
    bool ok = (s->scenarios = load(operands, fail)) != NULL;
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
}
