#include "cli/follow.h"

#include "cli/complain.h"
#include "guard/scope.h"

#include <stdlib.h>
#include <string.h>

/* A test that was asked for and has not come by then: the rules look at it again. */
#define OVERDUE (24 * 3600 * SPAN_SECOND)

bool follow_move(struct follow *f, struct follow_target *t, enum store_state to, span after,
                 const char *detail, struct fail *fail)
{
    const struct store_move move = {.target = t->id,
                                    .from = t->state,
                                    .to = to,
                                    .now = f->now,
                                    .next = after ? f->now + after : 0,
                                    .detail = bytes_of(detail)};
    if (f->dry_run)
        return true;
    if (store_move(f->store, &move, fail)) {
        t->state = to;
        return true;
    }
    return strcmp(fail->code, "ECONFLICT") == 0;
}

/* The next look is set first: were it set last, it could hide that the test is over. */
bool follow_recheck(struct follow *f, struct follow_target *t, span after, const char *why,
                    struct fail *fail)
{
    f->rechecked++;
    return f->dry_run || (follow_move(f, t, t->state, after + OVERDUE, why, fail) &&
                          store_again(f->store, t->id, f->now + after, STORE_PRIORITY, fail) &&
                          store_event(f->store, t->id, f->now, "recheck", bytes_of(why), fail));
}

struct follow_letter follow_letter(const struct follow_target *t)
{
    if (t->planned)
        return t->plan;
    return (struct follow_letter){.kind = t->ruling.letter, .about = t->ground};
}

/* ---- what the rules say ---- */

static bool may_be_written(const struct follow_target *t, struct fail *fail)
{
    char address[ADDR_TEXT];
    bool all_clear = t->ruling.letter == RULING_ALL_CLEAR;
    bool open = t->found == FOLLOW_OPEN || t->found == FOLLOW_SUSPECT;
    if (all_clear ? t->found == FOLLOW_CLOSED : open)
        return true;
    return fail_set(fail, "ESCRIPT", "the rules want a letter '%s' to %s, which is not found %s",
                    ruling_letter_name(t->ruling.letter), addr_text(&t->addr, address),
                    all_clear ? "closed" : "open or suspect");
}

/* So that its dates are those of the others. */
static bool withhold(struct follow *f, struct follow_target *t, struct fail *fail)
{
    const struct store_letter letter = {.id = bytes_of(t->ground.id),
                                        .target = t->id,
                                        .case_id = bytes_of(t->ground.id),
                                        .kind = bytes_of(ruling_letter_name(t->ruling.letter)),
                                        .state = bytes_of("withheld"),
                                        .made = f->now};
    f->withheld++;
    return f->dry_run || (store_letter_put(f->store, &letter, fail) &&
                          follow_move(f, t, t->state, t->ruling.after, "", fail));
}

/* *write: a letter is to be written to it. One test is the ground for one letter. */
static bool notify(struct follow *f, struct follow_target *t, bool *write, struct fail *fail)
{
    if (!may_be_written(t, fail))
        return false;
    if (t->ground_is_told)
        return follow_recheck(f, t, 0, "there is a letter about the last test", fail);
    if (t->holdout)
        return withhold(f, t, fail);
    *write = true;
    return true;
}

static bool obey(struct follow *f, struct follow_target *t, bool *write, struct fail *fail)
{
    const struct ruling *r = &t->ruling;
    switch (r->what) {
    case RULING_WAIT:
        return follow_move(f, t, t->state, r->after, r->why, fail);
    case RULING_RECHECK:
        return follow_recheck(f, t, r->after, r->why, fail);
    case RULING_STOP:
        f->stopped++;
        return follow_move(f, t, t->state == STORE_CLOSED ? STORE_CLOSED : STORE_STOPPED, 0, r->why,
                           fail);
    default:
        return notify(f, t, write, fail);
    }
}

/* ---- a page ---- */

struct page {
    struct follow_target targets[FOLLOW_PAGE];
    size_t count;
    struct follow_target *asked[FOLLOW_PAGE]; /* about these */
    size_t asked_count;
    struct follow_target *writes[FOLLOW_PAGE];
    size_t write_count;
    struct ruling rulings[FOLLOW_PAGE];
};

static void take_target(void *arg, const struct store_target *t)
{
    struct page *p = arg;
    follow_facts_begin(&p->targets[p->count++], t);
}

/* What is known moves it, whatever the rules say. *ask: they are asked. */
static bool settle_state(struct follow *f, struct follow_target *t, bool *ask, struct fail *fail)
{
    *ask = false;
    if (t->state == STORE_OBJECTED)
        return follow_move(f, t, STORE_OBJECTED, 0, "", fail);
    if (f->optouts && scope_ask(f->optouts, &t->addr) == SCOPE_OPTED_OUT) {
        f->objected++;
        return follow_move(f, t, STORE_OBJECTED, 0, "it is among the opt-outs", fail);
    }
    if (!follow_facts_read(f->store, t, fail))
        return false;
    enum store_state is = follow_facts_state(t);
    *ask = true;
    if (is == t->state)
        return true;
    if (!follow_move(f, t, is, t->next > f->now ? t->next - f->now : 1, "", fail))
        return false;
    t->since = f->now;
    return true;
}

static bool read_page(struct follow *f, struct page *p, struct fail *fail)
{
    p->asked_count = p->write_count = 0;
    for (size_t i = 0; i < p->count; i++) {
        bool ask;
        struct follow_target *t = &p->targets[i];
        if (!settle_state(f, t, &ask, fail))
            return false;
        if (ask && t->planned)
            p->writes[p->write_count++] = t;
        else if (ask)
            p->asked[p->asked_count++] = t;
    }
    f->looked_at += p->count;
    return true;
}

static bool ask_rules(struct follow *f, struct page *p, struct fail *fail)
{
    size_t at = 0;
    char address[ADDR_TEXT];
    json_t *list = json_array();
    for (size_t i = 0; i < p->asked_count; i++)
        json_array_append_new(list, follow_facts_json(p->asked[i], f->now));
    bool whole = json_array_size(list) == p->asked_count;
    bool ok = whole ? rulings_ask(f->rulings, list, p->rulings, &at, fail)
                    : fail_set(fail, "ENOMEM", "no memory for what the rules are told");
    json_decref(list);
    if (!ok && whole && at < p->asked_count)
        fail_prefix(fail, "%s", addr_text(&p->asked[at]->addr, address));
    for (size_t i = 0; ok && i < p->asked_count; i++)
        p->asked[i]->ruling = p->rulings[i];
    return ok;
}

static bool do_page(struct follow *f, struct page *p, struct fail *fail)
{
    if (!read_page(f, p, fail) || !ask_rules(f, p, fail))
        return false;
    for (size_t i = 0; i < p->asked_count; i++) {
        bool write = false;
        if (!obey(f, p->asked[i], &write, fail))
            return false;
        if (write)
            p->writes[p->write_count++] = p->asked[i];
    }
    f->to_write += p->write_count;
    return !f->write || p->write_count == 0 || f->write(f->arg, p->writes, p->write_count, fail);
}

bool follow_run(struct follow *f, struct fail *fail)
{
    struct store_due from = {0};
    struct page *p = malloc(sizeof *p);
    bool ok = p ? store_now(f->store, &f->now, fail)
                : fail_set(fail, "ENOMEM", "no memory for the targets that are due");
    while (ok) {
        p->count = 0;
        ok = store_for_rules(f->store, f->now, &from, FOLLOW_PAGE, take_target, p, fail);
        if (!ok || p->count == 0)
            break;
        ok = do_page(f, p, fail);
    }
    free(p);
    return ok;
}
