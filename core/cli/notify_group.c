#include "cli/notify_group.h"

#include "notice/facts.h"

#include <stdio.h>
#include <stdlib.h>

enum { ID = 65, EVENTS_MOST = 2 * 1024 * 1024 };

/* A finding that is kept for the parts; all of it is its own. */
struct member {
    struct notify_case read;
    char id[ID];
    struct buf mail_back;
};

struct notify_group {
    struct notify_group_ground ground;
    char ticket[NOTIFY_TICKET];
    struct group *about;
    struct finding *first;
    struct member members[NOTIFY_GROUP_PARTS]; /* those behind the first; the last is a place */
    size_t count;
    struct buf events;
    size_t event_count;
};

struct notify_group *notify_group_new(const struct notify_group_ground *ground, const char *ticket)
{
    struct notify_group *g = calloc(1, sizeof *g);
    if (!g)
        return NULL;
    g->ground = *ground;
    g->events = buf_new(EVENTS_MOST);
    snprintf(g->ticket, sizeof g->ticket, "%s", ticket);
    g->about = group_new();
    if (g->about)
        return g;
    notify_group_free(g);
    return NULL;
}

void notify_group_free(struct notify_group *g)
{
    if (!g)
        return;
    for (size_t i = 0; i < g->count; i++) {
        notify_case_free(&g->members[i].read);
        buf_free(&g->members[i].mail_back);
    }
    buf_free(&g->events);
    group_free(g->about);
    free(g);
}

static bool add(struct notify_group *g, struct finding *f, struct fail *fail)
{
    notify_where_tell(g->ground.where, f);
    if (machine_of(g->ground.machine, f) == MACHINE_INTELMQ &&
        g->event_count < NOTIFY_GROUP_EVENTS) {
        g->event_count++;
        if (!machine_event(&g->events, f, g->ground.from_address))
            return fail_set(fail, "ELIMIT", "the part for programs would have over %d bytes",
                            EVENTS_MOST);
    }
    return group_add(g->about, f, fail);
}

bool notify_group_begin(struct notify_group *g, struct finding *first, struct fail *fail)
{
    g->first = first;
    return add(g, first, fail);
}

struct notify_case *notify_group_place(struct notify_group *g)
{
    return &g->members[g->count].read;
}

/* Those of which there will be a part are kept. */
static void keep(struct notify_group *g)
{
    struct member *m = &g->members[g->count];
    struct finding *f = &m->read.finding;
    bool has_parts = g->ground.machine == MACHINE_XARF || g->ground.machine == MACHINE_ARF;
    if (!has_parts || g->count + 1 == NOTIFY_GROUP_PARTS) {
        notify_case_free(&m->read);
        return;
    }
    snprintf(m->id, sizeof m->id, "%.*s", (int)f->case_id.n, (const char *)f->case_id.p);
    f->case_id = bytes_of(m->id);
    f->earlier_case = bytes_at(NULL, 0);
    m->mail_back = buf_new(MACHINE_MAIL + 1); /* so that it shows when it was longer */
    buf_put(&m->mail_back, bytes_slice(f->mail_back, 0, MACHINE_MAIL + 1));
    f->mail_back = buf_view(&m->mail_back);
    g->count++;
}

bool notify_group_take(struct notify_group *g, struct fail *fail)
{
    if (!add(g, &notify_group_place(g)->finding, fail)) {
        notify_case_free(notify_group_place(g));
        return false;
    }
    keep(g);
    return true;
}

const char *notify_group_ticket(const struct notify_group *g)
{
    return g->ticket;
}

struct group *notify_group_about(struct notify_group *g)
{
    return g->about;
}

/* That of one finding. */
static bool add_part(const struct notify_group *g, const struct finding *f,
                     const struct letter *letter, struct machine_parts *parts,
                     struct message_envelope *envelope, struct fail *fail)
{
    json_t *facts = facts_of(f, fail);
    bool ok = facts && machine_add(g->ground.machine, f, facts, letter, parts, envelope, fail);
    json_decref(facts);
    return ok;
}

bool notify_group_parts(struct notify_group *g, const struct letter *letter,
                        struct machine_parts *parts, struct message_envelope *envelope,
                        struct fail *fail)
{
    envelope->parts[0] = (struct message_part){.type = "text/csv; charset=utf-8; header=present",
                                               .name = GROUP_FILE,
                                               .content = group_table(g->about)};
    envelope->part_count = 1;
    if (g->events.n > 0)
        envelope->parts[envelope->part_count++] = (struct message_part){
            .type = "application/json", .name = "event.json", .content = buf_view(&g->events)};
    if (g->ground.machine != MACHINE_XARF && g->ground.machine != MACHINE_ARF)
        return true;
    bool ok = add_part(g, g->first, letter, parts, envelope, fail);
    for (size_t i = 0; ok && i < g->count; i++)
        ok = add_part(g, &g->members[i].read.finding, letter, parts, envelope, fail);
    return ok;
}
