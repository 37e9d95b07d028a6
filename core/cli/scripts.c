#include "cli/scripts.h"

#include "base/embedded.h"
#include "base/file.h"
#include "cli/choice.h"
#include "cli/near.h"
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

static bool add_probes(struct scripts *s, const struct scripts_pack *held, struct fail *fail)
{
    const struct manifest *m = &held->pack->manifest;
    for (unsigned i = 0; i < m->probe_count; i++) {
        struct script_source source = {.name = m->probes[i],
                                       .pack = held->label,
                                       .text = pack_find(held->pack, m->probes[i])->content,
                                       .withheld = pack_withheld(m)};
        if (!add(s, &source, fail))
            return false;
        s->of[s->count - 1] = held;
    }
    return true;
}

static bool add_pack(struct scripts *s, const char *path, struct fail *fail)
{
    struct scripts_pack *held = &s->packs[s->pack_count];
    if (s->pack_count == SCRIPTS_PACKS)
        return fail_set(fail, "ELIMIT", "at most %d packs at once", SCRIPTS_PACKS);
    if (!(held->pack = pack_read(path, fail)))
        return false;
    held->path = path;
    pack_label(&held->pack->manifest, held->label);
    for (size_t i = 0; i < s->pack_count; i++)
        if (strcmp(s->packs[i].pack->manifest.name, held->pack->manifest.name) == 0) {
            pack_free(held->pack);
            return fail_set(fail, "EUSAGE", "%s: the pack %s is here already, from %s", path,
                            s->packs[i].label, s->packs[i].path);
        }
    s->pack_count++;
    return add_probes(s, held, fail);
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
    if (choice_is_pack(choice))
        return s->of[i] && strcmp(s->of[i]->path, choice) == 0;
    return choice_means(choice, &s->infos[i]);
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

void scripts_to_run(struct scripts *s, struct script_source *out)
{
    for (size_t i = 0; i < s->count; i++) {
        out[i] = s->sources[i];
        if (!s->files[i])
            continue;
        pack_files_local_name(s->run_names[i], s->sources[i].name, out, i);
        out[i].name = s->run_names[i];
    }
    for (size_t i = 0; i < s->pack_count; i++)
        s->run_packs[i] = (struct run_pack){
            .pack = s->packs[i].pack, .label = s->packs[i].label, .path = s->packs[i].path};
}

static bool any_left(const struct scripts *s, struct fail *fail)
{
    for (size_t i = 0; i < s->count; i++)
        if (scripts_meant(s, i))
            return true;
    return fail_set(fail, "EUSAGE", "no probe is left: all that --probe chooses are left out");
}

bool scripts_load(struct scripts *s, const char *const *choices, struct fail *fail)
{
    static const char pack[] = "builtin@" AJAR_VERSION;
    const struct embedded *list = NULL;
    size_t n = embedded_list(&list);
    bool ok = true;
    memset(s, 0, sizeof *s);
    for (size_t i = 0; ok && i < n; i++)
        if (is_builtin_probe(list[i].path))
            ok = add(s, &(struct script_source){list[i].path, pack, list[i].content, 0}, fail);
    for (const char *const *c = choices; ok && *c; c++)
        if (choice_is_path(*c))
            ok = (choice_is_pack(*c) ? add_pack : add_file)(s, *c, fail);
    for (size_t i = 0; i < s->count; i++)
        s->forms[i] = buf_new(FORMS_LIMIT + 1);
    ok = ok && inspect_scripts(s->sources, s->count, s->infos, s->forms, fail);
    for (const char *const *c = choices; ok && *c; c++)
        ok = choose(s, *c, fail);
    return ok && any_left(s, fail);
}

void scripts_free(struct scripts *s)
{
    for (size_t i = 0; i < SCRIPTS_MOST; i++)
        free(s->files[i]), free(owned(s->args[i])), buf_free(&s->forms[i]);
    for (size_t i = 0; i < s->pack_count; i++)
        pack_free(s->packs[i].pack), buf_free(&s->packs[i].signature);
}
