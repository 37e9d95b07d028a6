#include "cli/scripts_packs.h"

#include "cli/choice.h"
#include "cli/held_pack.h"
#include "cli/pack_place.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct scripts_pack *find(const struct scripts *s, const char *name)
{
    for (size_t i = 0; i < s->pack_count; i++)
        if (strcmp(s->packs[i].pack->manifest.name, name) == 0)
            return &s->packs[i];
    return NULL;
}

static bool add_probes(struct scripts *s, const struct scripts_pack *held, struct fail *fail)
{
    const struct manifest *m = &held->pack->manifest;
    for (unsigned i = 0; i < m->probe_count; i++) {
        struct script_source source = {.name = m->probes[i],
                                       .pack = held->label,
                                       .text = pack_find(held->pack, m->probes[i])->content,
                                       .withheld = pack_withheld(m),
                                       .limits = m->limits};
        if (s->count == SCRIPTS_MOST)
            return fail_set(fail, "ELIMIT", "at most %d scripts at once", SCRIPTS_MOST);
        s->of[s->count] = held;
        s->sources[s->count++] = source;
    }
    return true;
}

/* The next of them. */
static struct scripts_pack *next(struct scripts *s, struct fail *fail)
{
    if (s->pack_count == SCRIPTS_PACKS) {
        fail_set(fail, "ELIMIT", "at most %d packs at once", SCRIPTS_PACKS);
        return NULL;
    }
    return &s->packs[s->pack_count];
}

bool scripts_add_pack(struct scripts *s, const char *path, struct fail *fail)
{
    struct scripts_pack *held = next(s, fail);
    if (!held || !held_pack_read(held, path, fail))
        return false;
    const struct scripts_pack *same = find(s, held->pack->manifest.name);
    s->pack_count++;
    if (same)
        return fail_set(fail, "EUSAGE", "%s: the pack %s is here already, from %s", path,
                        same->label, same->path);
    return add_probes(s, held, fail);
}

static void note_unusable(struct scripts *s, const struct lock_entry *e, const struct fail *why)
{
    if (s->unusable_name[0])
        return;
    snprintf(s->unusable_name, sizeof s->unusable_name, "%s", e->name);
    s->unusable = *why;
}

static bool add_entry(struct scripts *s, const struct pack_store *store, const struct lock_entry *e,
                      const struct signers *signers, struct fail *fail)
{
    struct scripts_pack *held = next(s, fail);
    if (!held)
        return false;
    if (!held_pack_take(held, store, e, signers, fail)) {
        note_unusable(s, e, fail);
        return true;
    }
    s->pack_count++;
    return add_probes(s, held, fail);
}

bool scripts_add_installed(struct scripts *s, struct fail *fail)
{
    struct pack_store *store = pack_place_open(false, fail);
    struct signers *signers = store && store->lock.count > 0 ? pack_place_load_signers(fail) : NULL;
    bool ok = store && (signers || store->lock.count == 0);
    for (unsigned i = 0; ok && i < store->lock.count; i++)
        if (!find(s, store->lock.entries[i].name))
            ok = add_entry(s, store, &store->lock.entries[i], signers, fail);
    free(signers);
    pack_place_close(store);
    return ok;
}

bool scripts_is_of(const struct scripts *s, size_t i, const char *choice)
{
    const struct scripts_pack *held = s->of[i];
    if (!held)
        return false;
    if (choice_is_pack(choice))
        return held->path && strcmp(held->path, choice) == 0;
    return strchr(choice, '/') && fnmatch(choice, held->pack->manifest.name, 0) == 0;
}

static bool is_idle(const struct scripts *s, const struct scripts_pack *held)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->of[i] == held && scripts_meant(s, i))
            return false;
    return true;
}

static void move(struct scripts *s, size_t to, size_t from)
{
    s->sources[to] = s->sources[from];
    s->infos[to] = s->infos[from];
    s->of[to] = s->of[from];
    s->chosen[to] = s->chosen[from];
    s->left_out[to] = s->left_out[from];
    struct buf forms = s->forms[to];
    s->forms[to] = s->forms[from];
    s->forms[from] = forms;
}

static void drop(struct scripts *s, bool (*goes)(const struct scripts *s, size_t i))
{
    size_t kept = 0;
    for (size_t i = 0; i < s->count; i++) {
        if (goes(s, i))
            continue;
        if (kept != i)
            move(s, kept, i);
        kept++;
    }
    s->count = kept;
}

static bool is_of_idle(const struct scripts *s, size_t i)
{
    return s->of[i] && s->of[i]->idle;
}

void scripts_drop_idle(struct scripts *s)
{
    for (size_t p = 0; p < s->pack_count; p++)
        s->packs[p].idle = !s->packs[p].path && is_idle(s, &s->packs[p]);
    drop(s, is_of_idle);
}

static bool is_installed(const struct scripts *s, size_t i)
{
    return s->of[i] && !s->of[i]->path;
}

static bool is_by_path(const struct scripts *s, size_t i)
{
    return s->files[i] || (s->of[i] && s->of[i]->path);
}

/* Those by a path stand before those that are installed. */
static bool is_displaced(const struct scripts *s, size_t i)
{
    for (size_t j = 0; is_installed(s, i) && j < i; j++)
        if (is_by_path(s, j) && strcmp(s->infos[i].id, s->infos[j].id) == 0)
            return true;
    return false;
}

void scripts_drop_displaced(struct scripts *s)
{
    drop(s, is_displaced);
}
