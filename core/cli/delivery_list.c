#include "cli/delivery_list.h"

#include "base/json.h"
#include "net/loop.h"

#include <stdio.h>
#include <string.h>

#define UNADDRESSED "unaddressed"

struct listing {
    const char *state;
    bool json;
    const struct delivery_order *order; /* of a plan */
    struct fail *fail;
    unsigned long uncertain;
};

static const char *state_of(const struct queue_letter *l)
{
    bool lacks = l->e.state == ENTRY_WAITING && l->wrong && strcmp(l->wrong->code, "ENODATA") == 0;
    return l->sends ? "sending" : lacks ? UNADDRESSED : entry_state_name(l->e.state);
}

bool delivery_list_knows(const char *state)
{
    static const char *const known[] = {"waiting", "sent", "failed", "uncertain", UNADDRESSED};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(state, known[i]) == 0)
            return true;
    return false;
}

/* The entry's object, with the state that is shown, and what is wrong with the letter. */
static void put_json(struct buf *out, const struct queue_letter *l)
{
    struct buf entry = buf_new(ENTRY_LIMIT);
    entry_put(&entry, &l->e);
    buf_put(out, bytes_slice(buf_view(&entry), 0, entry.n - strlen("}\n")));
    json_put_member_text(out, "shown", state_of(l));
    if (l->wrong)
        json_put_member_text(out, "wrong", l->wrong->text);
    buf_put_text(out, "}\n");
    buf_free(&entry);
}

static void put_row(struct buf *out, const struct queue_letter *l)
{
    char when[TIME_TEXT];
    const struct entry *e = &l->e;
    buf_printf(out, "%-11s  %s", state_of(l), e->name);
    if (e->to[0])
        buf_printf(out, "  %s", e->to);
    if (e->tries > 0)
        buf_printf(out, "  %u %s, %s", e->tries, e->tries == 1 ? "try" : "tries",
                   time_reader_text(e->last, when));
    if (e->next > 0)
        buf_printf(out, ", next %s", time_reader_text(e->next, when));
    if (e->said[0])
        buf_printf(out, "  %s", e->said);
    if (l->wrong)
        buf_printf(out, "  (%s)", l->wrong->text);
    buf_put_byte(out, '\n');
    if (e->state == ENTRY_UNCERTAIN && !l->sends)
        buf_printf(out,
                   "             look for Message-ID %s in the log of %s; then --mark-sent %s, or "
                   "--again %s\n",
                   e->id, e->host, e->name, e->name);
}

static bool list_one(void *arg, const struct queue_letter *l)
{
    struct listing *listing = arg;
    struct buf out = buf_new(4 * ENTRY_LIMIT);
    if (listing->state && strcmp(listing->state, state_of(l)) != 0)
        return true;
    if (listing->json)
        put_json(&out, l);
    else
        put_row(&out, l);
    fwrite(out.p, 1, out.n, stdout);
    buf_free(&out);
    return true;
}

bool delivery_list(struct queue *q, const char *state, bool json, struct fail *fail)
{
    struct listing listing = {.state = state, .json = json};
    return queue_each(q, list_one, &listing, fail);
}

static bool plan_one(void *arg, const struct queue_letter *l)
{
    struct listing *p = arg;
    char sender[TICKET_ADDRESS];
    if (l->e.state != ENTRY_WAITING)
        return true;
    if (l->wrong) {
        fprintf(stderr, "ajar deliver: %s: would not be sent: %s\n", l->e.name, l->wrong->text);
        return true;
    }
    if (!delivery_sender(p->order, &l->e, sender, p->fail))
        return false;
    struct buf out = buf_new(4096);
    if (p->json) {
        buf_put_byte(&out, '{');
        json_put_member_text(&out, "letter", l->e.name);
        json_put_member_text(&out, "to", l->e.to);
        json_put_member_text(&out, "sender", sender);
        buf_put_text(&out, "}\n");
    } else
        buf_printf(&out, "%s  to %s  bounces to %s%s\n", l->e.name, l->e.to, sender,
                   l->e.next > loop_now() ? "  (not yet)" : "");
    fwrite(out.p, 1, out.n, stdout);
    buf_free(&out);
    return true;
}

bool delivery_list_plan(const struct delivery_order *order, struct fail *fail)
{
    struct fail inner = {0};
    struct listing p = {.json = order->json, .order = order, .fail = &inner};
    if (queue_each(order->queue, plan_one, &p, fail))
        return true;
    if (inner.code)
        *fail = inner;
    return false;
}

bool delivery_list_settle(struct queue *q, const char *name, bool sent, struct fail *fail)
{
    struct queue_letter l;
    struct fail why;
    if (!queue_get(q, name, &l, &why, fail))
        return strcmp(fail->code, "ENOENT") == 0
                   ? fail_set(fail, "EUSAGE", "there is no letter '%s' in that folder", name)
                   : false;
    bool uncertain = l.e.state == ENTRY_UNCERTAIN;
    if (!uncertain && (sent || l.e.state != ENTRY_FAILED))
        return fail_set(fail, "EUSAGE", "%s is %s: %s", name, state_of(&l),
                        sent ? "only an uncertain one can be marked as sent"
                             : "only one that failed or is uncertain can be sent again");
    snprintf(l.e.said, sizeof l.e.said, "%s",
             sent ? "marked as sent by the operator" : "to be sent again, as the operator said");
    l.e.state = sent ? ENTRY_SENT : ENTRY_WAITING;
    l.e.next = 0;
    if (!sent)
        l.e.first = 0; /* its time begins anew */
    return queue_put(q, &l.e, fail);
}
