#include "cli/scripts.h"

#include "base/embedded.h"
#include "base/file.h"
#include "cli/choice.h"
#include "cli/near.h"
#include "cli/scripts_packs.h"
#include "run/inspect.h"
#include "script/forms.h"

#include <stdlib.h>
#include <string.h>

static bool is_builtin_probe(const char *path)
{
    return strncmp(path, "scripts/relay/", 14) == 0 || strncmp(path, "scripts/proxy/", 14) == 0;
}

static bool add(struct scripts *s, const struct script_source *source, struct fail *fail)
{
    if (s->count == SCRIPTS_MOST)
        return fail_set(fail, "ELIMIT", "at most %d scripts at once", SCRIPTS_MOST);
    s->sources[s->count++] = *source;
    return true;
}

/* What a view lends, for its owner to free. */
static void *owned(struct bytes b)
{
    void *p;
    memcpy(&p, &b.p, sizeof p);
    return p;
}

static bool add_file(struct scripts *s, const char *path, struct fail *fail)
{
    struct buf text = buf_new(vm_limits_default().source);
    struct script_source source = {.name = path, .pack = "local"};
    bool ok = file_read(path, &text, fail);
    source.text = buf_view(&text);
    if (!ok || !add(s, &source, fail)) {
        buf_free(&text);
        return false;
    }
    s->files[s->count - 1] = text.p; /* scripts_free gives it back */
    return true;
}

/* The choice that was probably meant, or NULL: words, ids, and ids by what stands behind their slash. */
static const char *nearest(const struct scripts *s, const char *typed)
{
    static const char *const words[] = {"relay", "proxy", "safe", "thorough", "intrusive"};
    const char *found = NULL;
    struct near near = near_to(typed);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        near_try(&near, words[i]);
    for (size_t i = 0; i < s->count; i++)
        near_try(&near, s->infos[i].id);
    if (near.best)
        return near.best;
    for (size_t i = 0; i < s->count; i++) {
        const char *before = near.best;
        near_try(&near, strchr(s->infos[i].id, '/') + 1);
        found = near.best != before ? s->infos[i].id : found;
    }
    return found;
}

static bool refuse(const struct scripts *s, const char *choice, struct fail *fail)
{
    const char *meant = nearest(s, choice);
    if (strchr(choice, ','))
        return fail_set(fail, "EUSAGE",
                        "there is no probe \"%s\": several are named one by one, without commas "
                        "(--probe A --probe B)",
                        choice);
    if (meant)
        return fail_set(fail, "EUSAGE", "there is no probe \"%s\"; did you mean \"%s\"?", choice,
                        meant);
    return fail_set(fail, "EUSAGE", "there is no probe \"%s\"; `ajar probes` lists them", choice);
}

static bool is_meant(const struct scripts *s, size_t i, const char *choice)
{
    return scripts_is_of(s, i, choice) ||
           (!choice_is_pack(choice) && choice_means(choice, &s->infos[i]));
}

static bool choose(struct scripts *s, const char *choice, struct fail *fail)
{
    const char *rest;
    bool out = choice_leaves_out(choice, &rest);
    bool found = false;
    for (size_t i = 0; i < s->count; i++)
        if (is_meant(s, i, rest))
            (out ? s->left_out : s->chosen)[i] = found = true;
    s->any_chosen |= found && !out;
    return found || refuse(s, rest, fail);
}

bool scripts_meant(const struct scripts *s, size_t i)
{
    bool safe = (s->infos[i].categories & 1U << PROBE_SAFE) != 0;
    return (s->any_chosen ? s->chosen[i] : safe) && !s->left_out[i];
}

static struct run_pack as_run(const struct scripts_pack *p)
{
    return (struct run_pack){.pack = p->pack,
                             .label = p->label,
                             .signature = buf_view(&p->signature),
                             .signer = p->signer[0] ? p->signer : NULL,
                             .path = p->path,
                             .in_worker = p->in_worker};
}

void scripts_to_run(struct scripts *s, struct script_source *out)
{
    for (size_t i = 0; i < s->count; i++) {
        out[i] = s->sources[i];
        if (!s->files[i])
            continue;
        pack_files_local_name(s->run_names[i], s->sources[i].name, out, i);
        out[i].name = s->run_names[i];
    }
    s->run_pack_count = 0;
    for (size_t i = 0; i < s->pack_count; i++)
        if (!s->packs[i].idle)
            s->run_packs[s->run_pack_count++] = as_run(&s->packs[i]);
}

/* Each pack in a process of its own: what one does when it is loaded, the others don't see. */
static bool inspect_all(struct scripts *s, struct fail *fail)
{
    for (size_t begin = 0, end; begin < s->count; begin = end) {
        for (end = begin + 1; end < s->count; end++)
            if (strcmp(s->sources[end].pack, s->sources[begin].pack) != 0)
                break;
        if (!inspect_scripts(s->sources + begin, end - begin, s->infos + begin, s->forms + begin,
                             fail))
            return false;
    }
    return true;
}

/* No two of different packs have one id; of one pack inspect_scripts has refused them. */
static bool are_all_others(const struct scripts *s, struct fail *fail)
{
    for (size_t i = 0; i < s->count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(s->infos[i].id, s->infos[j].id) == 0)
                return fail_set(fail, "EEXIST",
                                "%s of the pack %s: the probe %s is already defined by %s of %s",
                                s->infos[i].source_name, s->infos[i].pack, s->infos[i].id,
                                s->infos[j].source_name, s->infos[j].pack);
    return true;
}

static bool any_left(const struct scripts *s, struct fail *fail)
{
    for (size_t i = 0; i < s->count; i++)
        if (scripts_meant(s, i))
            return true;
    return fail_set(fail, "EUSAGE", "no probe is left: all that --probe chooses are left out");
}

static bool add_builtin(struct scripts *s, struct fail *fail)
{
    static const char pack[] = "builtin@" AJAR_VERSION;
    const struct embedded *list = NULL;
    size_t n = embedded_list(&list);
    bool ok = true;
    for (size_t i = 0; i < SCRIPTS_MOST; i++)
        s->forms[i] = buf_new(FORMS_LIMIT + 1);
    for (size_t i = 0; ok && i < n; i++)
        if (is_builtin_probe(list[i].path))
            ok = add(s, &(struct script_source){list[i].path, pack, list[i].content, 0, {0}}, fail);
    return ok;
}

/* Can only the probe itself be meant, or a file? */
static bool is_plain(const struct scripts *s, const char *choice)
{
    bool found = choice_is_path(choice);
    for (size_t i = 0; i < s->count && !found; i++)
        found = strcmp(s->infos[i].id, choice) == 0;
    return found;
}

static bool may_mean_unusable(const struct scripts *s, const char *const *choices)
{
    bool any = s->unusable_name[0] != '\0' && !choices[0];
    for (const char *const *c = choices; s->unusable_name[0] && *c; c++)
        any |= !is_plain(s, *c);
    return any;
}

bool scripts_load(struct scripts *s, const char *const *choices, struct fail *fail)
{
    bool ok = add_builtin(s, fail);
    for (const char *const *c = choices; ok && *c; c++)
        if (choice_is_path(*c))
            ok = (choice_is_pack(*c) ? scripts_add_pack : add_file)(s, *c, fail);
    ok = ok && scripts_add_installed(s, fail) && inspect_all(s, fail);
    if (ok)
        scripts_drop_displaced(s);
    ok = ok && are_all_others(s, fail);
    if (ok && may_mean_unusable(s, choices)) {
        *fail = s->unusable;
        return false;
    }
    for (const char *const *c = choices; ok && *c; c++)
        ok = choose(s, *c, fail);
    return ok && any_left(s, fail);
}

bool scripts_load_builtin(struct scripts *s, struct fail *fail)
{
    return add_builtin(s, fail) && inspect_all(s, fail);
}

bool scripts_load_usable(struct scripts *s, struct fail *fail)
{
    return add_builtin(s, fail) && scripts_add_installed(s, fail) && inspect_all(s, fail) &&
           are_all_others(s, fail);
}

void scripts_free(struct scripts *s)
{
    for (size_t i = 0; i < SCRIPTS_MOST; i++)
        free(s->files[i]), free(owned(s->args[i])), buf_free(&s->forms[i]);
    for (size_t i = 0; i < s->pack_count; i++)
        pack_free(s->packs[i].pack), buf_free(&s->packs[i].signature);
}
