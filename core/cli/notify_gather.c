#include "cli/notify_gather.h"

#include "evidence/case_places.h"
#include "tape/tape_reader.h"

struct gathering {
    struct notify_selection *selection;
    struct notify_desk *desk;
    struct case_places *places;
    struct notify_groups *groups;
};

static bool no_memory(struct fail *fail)
{
    return fail_set(fail, "ENOMEM", "no memory for letters about several findings");
}

static bool read_target(const struct bundle_case *c, struct addr *out, struct fail *fail)
{
    struct tape_reader reader;
    struct tape_head head;
    bool ok = tape_reader_open(&reader, c->tape, &head, fail);
    if (ok)
        *out = head.target;
    tape_reader_close(&reader);
    return ok || fail_prefix(fail, "case %s", c->id);
}

/* Whose letter could it be about? What no letter can be about, of which parts are hidden too, is read for
 * what may be wrong with it, and counted. */
static bool note(void *arg, uint64_t place, const struct bundle_case *c, struct fail *fail)
{
    struct gathering *g = arg;
    struct addr target;
    if (c->hidden > 0 || !notify_selection_may_be(g->selection, c->case_json)) {
        bool told;
        struct notify_case read;
        return notify_selection_read(g->selection, c, &read, &told, fail);
    }
    if (!read_target(c, &target, fail))
        return false;
    struct notify_key key = notify_key_of(g->selection->recipients, &target);
    return notify_groups_add(g->groups, &key, place, fail);
}

/* The case at the place; told: it is in *read, and is to be in a letter. */
static bool read_case(struct gathering *g, uint64_t place, struct notify_case *read, bool *told,
                      struct fail *fail)
{
    struct bundle_case c;
    return case_places_read(g->places, place, &c, fail) &&
           notify_selection_read(g->selection, &c, read, told, fail);
}

static struct notify_group *begin_group(struct gathering *g, const struct notify_group_cases *cases,
                                        struct fail *fail)
{
    char ticket[NOTIFY_TICKET];
    const struct notify_desk *d = g->desk;
    const struct notify_group_ground ground = {
        .where = &d->where, .machine = d->machine, .from_address = notify_desk_from(d)};
    notify_ticket(&cases->key, d->where.digest, cases->part, ticket);
    struct notify_group *group = notify_group_new(&ground, ticket);
    if (!group) {
        no_memory(fail);
        return NULL;
    }
    if (notify_group_begin(group, &notify_desk_place(g->desk)->read.finding, fail))
        return group;
    notify_group_free(group);
    return NULL;
}

static bool read_others(struct gathering *g, const struct notify_group_cases *cases, size_t next,
                        struct notify_group *group, struct fail *fail)
{
    for (; next < cases->count; next++) {
        bool told;
        if (!read_case(g, cases->places[next], notify_group_place(group), &told, fail) ||
            (told && !notify_group_take(group, fail)))
            return false;
    }
    return true;
}

/* What the first case, which lies at the desk, has the others with it, is a letter about all of them. */
static bool write_about(struct gathering *g, const struct notify_group_cases *cases, size_t next,
                        struct fail *fail)
{
    if (!notify_desk_own(g->desk, fail))
        return false;
    if (next == cases->count)
        return notify_desk_take(g->desk, NULL, fail);
    struct notify_group *group = begin_group(g, cases, fail);
    if (!group || !read_others(g, cases, next, group, fail)) {
        notify_group_free(group);
        notify_case_free(&notify_desk_place(g->desk)->read);
        return false;
    }
    if (group_findings(notify_group_about(group)) > 1)
        return notify_desk_take(g->desk, group, fail);
    notify_group_free(group); /* nothing is to be told of the others */
    return notify_desk_take(g->desk, NULL, fail);
}

static bool write_letter(struct gathering *g, const struct notify_group_cases *cases,
                         struct fail *fail)
{
    bool told = false;
    size_t next = 0;
    while (next < cases->count && !told)
        if (!read_case(g, cases->places[next++], &notify_desk_place(g->desk)->read, &told, fail))
            return false;
    return !told || notify_desk_holds_back(g->desk) || write_about(g, cases, next, fail);
}

static bool note_earlier(void *arg, const struct addr *target, struct fail *fail)
{
    struct gathering *g = arg;
    struct notify_key key = notify_key_of(g->selection->recipients, target);
    return notify_groups_add(g->desk->before, &key, 0, fail);
}

/* Which letters about the bundle before were about several findings. */
static bool read_before(struct gathering *g, struct fail *fail)
{
    if (!g->selection->since)
        return true;
    g->desk->before = notify_groups_new(fail);
    return g->desk->before &&
           since_each(g->selection->since, g->selection->include_suspect, note_earlier, g, fail) &&
           notify_groups_close(g->desk->before, GROUP_MOST, fail);
}

static bool gather(struct gathering *g, struct fail *fail)
{
    struct notify_group_cases cases;
    if (!read_before(g, fail) || !case_places_each(g->places, note, g, fail))
        return false;
    if (!notify_groups_close(g->groups, GROUP_MOST, fail))
        return false;
    while (notify_groups_next(g->groups, &cases, fail)) {
        if (cases.count == 0)
            return true;
        if (!write_letter(g, &cases, fail))
            return false;
    }
    return false;
}

bool notify_gather(const char *bundle, struct notify_selection *s, struct notify_desk *d,
                   struct fail *fail)
{
    struct gathering g = {.selection = s, .desk = d, .places = case_places_open(bundle, fail)};
    if (g.places)
        g.groups = notify_groups_new(fail);
    bool ok = g.groups && gather(&g, fail);
    notify_groups_free(g.groups);
    case_places_close(g.places);
    return ok;
}
