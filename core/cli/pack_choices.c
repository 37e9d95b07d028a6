#include "cli/pack_choices.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pack_choices *pack_choices_new(const struct pack_install *how, struct pack_sources *sources,
                                      struct pack_store *store)
{
    struct pack_choices *c = calloc(1, sizeof *c);
    if (c) {
        c->how = how;
        c->sources = sources;
        c->store = store;
    }
    return c;
}

void pack_choices_free(struct pack_choices *c)
{
    for (unsigned i = 0; c && i < CHOICES_MOST; i++) {
        pack_taking_free(&c->all[i].taking);
        free(c->all[i].unreadable);
    }
    free(c);
}

void pack_choices_want(struct pack_choices *c, const char *name, const struct version_range *range)
{
    if (c->wanted_count < CHOICES_WANTED)
        c->wanted[c->wanted_count++] = (struct pack_wanted){name, range};
}

static const struct pack_wanted *wanted(const struct pack_choices *c, const char *name)
{
    for (unsigned i = 0; i < c->wanted_count; i++)
        if (strcmp(c->wanted[i].name, name) == 0)
            return &c->wanted[i];
    return NULL;
}

/* ---- the list of one pack's versions ---- */

/* What it is to be listed by. */
struct listing {
    const char *name;
    const struct lock_entry *installed; /* or NULL */
    const struct pack_wanted *wanted;   /* or NULL */
    const struct pack_source *from;     /* that has it */
    unsigned first, end;                /* in c->all */
};

static bool is_listed(const struct pack_choices *c, const struct listing *l,
                      const struct index_pack *p)
{
    if (strcmp(p->name, l->name) != 0 || p->yanked[0])
        return false;
    if (l->wanted &&
        !(l->wanted->range ? version_is_within(&p->version, l->wanted->range) : !p->version.pre[0]))
        return false;
    int order = l->installed ? version_compare(&p->version, &l->installed->now.version) : 1;
    return order > 0 || (order < 0 && l->wanted && c->how->older);
}

static bool add(struct pack_choices *c, struct listing *l, const struct pack_choice *one)
{
    if (l->end == CHOICES_MOST)
        return false;
    c->all[l->end] = *one;
    c->all[l->end].taking.signature = buf_new(SEAL_LIMIT);
    l->end++;
    return true;
}

/* Those of which `pre` says whether they are pre-releases. */
static bool add_listed(struct pack_choices *c, struct listing *l, bool pre, struct fail *fail)
{
    for (size_t s = 0; s < c->sources->count; s++) {
        const struct pack_source *source = &c->sources->list[s];
        for (size_t i = source->index.count; i-- > 0;) { /* the newest stand last */
            const struct index_pack *p = &source->index.packs[i];
            if ((p->version.pre[0] != '\0') != pre || !is_listed(c, l, p))
                continue;
            if (l->from && l->from != source)
                return fail_set(fail, "EAMBIGUOUS", "%s: both %s and %s have it: install its file",
                                l->name, l->from->name, source->name);
            l->from = source;
            if (!add(c, l, &(struct pack_choice){.source = source, .listed = p}))
                return fail_set(fail, "ELIMIT", "too many versions of packs: name a range");
        }
    }
    return true;
}

static bool add_installed(struct pack_choices *c, struct listing *l, struct fail *fail)
{
    const struct version_range *range = l->wanted ? l->wanted->range : NULL;
    if (!l->installed || (range && !version_is_within(&l->installed->now.version, range)))
        return true;
    return add(c, l, &(struct pack_choice){.installed = l->installed}) ||
           fail_set(fail, "ELIMIT", "too many packs");
}

/* A release before a pre-release, whatever their order is: nobody gets one unasked. */
static bool list_versions(struct pack_choices *c, struct listing *l, struct fail *fail)
{
    if (l->installed && l->installed->pinned)
        return add_installed(c, l, fail);
    return (l->wanted || add_installed(c, l, fail)) && add_listed(c, l, false, fail) &&
           add_listed(c, l, true, fail) && (!l->wanted || add_installed(c, l, fail));
}

/* Where the pack's versions stand: `of` of them; -1 with fail. */
static int find(struct pack_choices *c, const char *name, struct fail *fail)
{
    for (unsigned i = 0; i < c->of_count; i++)
        if (strcmp(c->of[i].name, name) == 0)
            return (int)i;
    unsigned end = c->of_count ? c->of[c->of_count - 1].first + c->of[c->of_count - 1].count : 0;
    struct listing l = {.name = name,
                        .installed = lock_find(&c->store->lock, name),
                        .wanted = wanted(c, name),
                        .first = end,
                        .end = end};
    if (c->of_count == RESOLVE_PACKS && !fail_set(fail, "ELIMIT", "too many packs"))
        return -1;
    if (!list_versions(c, &l, fail))
        return -1;
    snprintf(c->of[c->of_count].name, sizeof c->of[0].name, "%s", name);
    c->of[c->of_count].first = l.first;
    c->of[c->of_count].count = l.end - l.first;
    return (int)c->of_count++;
}

/* ---- what a version says of itself ---- */

/* One that can't be read can't be used either, and requires nothing. */
static bool stand_in(struct pack_choice *one, struct fail *fail)
{
    one->unreadable = calloc(1, sizeof *one->unreadable);
    if (!one->unreadable)
        return fail_set(fail, "ENOMEM", "out of memory");
    snprintf(one->unreadable->name, sizeof one->unreadable->name, "%s", one->installed->name);
    one->unreadable->version = one->installed->now.version;
    return true;
}

static bool load(struct pack_choices *c, struct pack_choice *one, struct fail *fail)
{
    struct pack_taking *t = &one->taking;
    struct fail ignored;
    if (t->pack || one->unreadable)
        return true;
    if (one->installed) {
        t->pack = pack_store_get(c->store, one->installed, &t->signature, &ignored);
        return t->pack || stand_in(one, fail);
    }
    t->how = c->how;
    t->sources = c->sources;
    t->from = one->source->place;
    t->pack = pack_source_fetch(one->source, one->listed, &t->signature, fail);
    if (t->pack && pack_taking_judge(t, fail))
        return true;
    /* A version that can't be had is none that there is not. */
    if (strcmp(fail->code, "ENOENT") == 0)
        fail->code = "EMISSING";
    return false;
}

static bool no_version(struct pack_choices *c, const char *name, struct fail *fail)
{
    const struct pack_source *from;
    if (pack_sources_best(c->sources, name, NULL, &from, fail))
        fail_set(fail, "ENOENT", "%s: no source has a version of it that fits", name);
    return false;
}

const struct manifest *pack_choices_candidate(void *arg, const char *name, unsigned i,
                                              struct fail *fail)
{
    struct pack_choices *c = arg;
    int at = find(c, name, fail);
    if (at < 0 || (c->of[at].count == 0 && !no_version(c, name, fail)) || i >= c->of[at].count)
        return NULL;
    struct pack_choice *one = &c->all[c->of[at].first + i];
    if (!load(c, one, fail))
        return NULL;
    return one->unreadable ? one->unreadable : &one->taking.pack->manifest;
}

struct pack_choice *pack_choices_of(struct pack_choices *c, const struct resolve_pick *pick)
{
    for (unsigned i = 0; i < c->of_count; i++)
        if (strcmp(c->of[i].name, pick->name) == 0)
            return &c->all[c->of[i].first + pick->candidate];
    return NULL;
}
