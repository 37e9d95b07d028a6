#include "cli/inbox_campaign.h"

#include "base/hash.h"
#include "cli/follow.h"
#include "store/store_policy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MARK = 200 };

struct inbox_campaign {
    struct follow follow;
    struct inbox_campaign_counts counts;
};

/* The letter that a mail is about, and its target. */
struct about {
    int64_t id;
    struct follow_target target;
    const char *kind; /* of the event */
    char mark[MARK];  /* by which the mail is known */
    bool taken;       /* there is such an event */
};

struct inbox_campaign *inbox_campaign_open(const char *place, struct fail *fail)
{
    struct inbox_campaign *c = calloc(1, sizeof *c);
    if (!c) {
        fail_set(fail, "ENOMEM", "no memory for the campaign");
        return NULL;
    }
    c->follow.command = "inbox";
    c->follow.store = store_open(place, fail);
    if (c->follow.store && store_now(c->follow.store, &c->follow.now, fail))
        return c;
    inbox_campaign_close(c);
    return NULL;
}

void inbox_campaign_close(struct inbox_campaign *c)
{
    if (c)
        store_close(c->follow.store);
    free(c);
}

struct inbox_campaign_counts inbox_campaign_counts(const struct inbox_campaign *c)
{
    return c->counts;
}

/* ---- what it is about ---- */

static void take_letter(void *arg, const struct store_letter *l)
{
    struct about *a = arg;
    a->id = l->target;
}

static void take_target(void *arg, const struct store_target *t)
{
    struct about *a = arg;
    follow_facts_begin(&a->target, t);
}

static void take_event(void *arg, const struct store_event_row *e)
{
    struct about *a = arg;
    a->taken |= bytes_equal_text(e->kind, a->kind) && bytes_equal_text(e->detail, a->mark);
}

static void mark_of(const struct incoming *m, struct bytes mail, char out[MARK])
{
    char hex[SHA256_HEX];
    unsigned char digest[SHA256_SIZE];
    const char *id = incoming_text(m, "id");
    if (id[0] && strlen(id) < MARK - 8) {
        snprintf(out, MARK, "mail %s", id);
        return;
    }
    sha256_of(mail, digest);
    hash_hex(digest, sizeof digest, hex);
    snprintf(out, MARK, "mail %s", hex);
}

/* *found: it is about a letter of this campaign. */
static bool find(struct inbox_campaign *c, const char *ticket, struct about *a, bool *found,
                 struct fail *fail)
{
    struct store *s = c->follow.store;
    return store_letter(s, bytes_of(ticket), take_letter, a, found, fail) &&
           (!*found || (store_target(s, a->id, take_target, a, fail) &&
                        store_events(s, a->id, take_event, a, fail)));
}

/* ---- what is done ---- */

/* No tests from now on: with what all machines ask for every second; and in any case no letters. */
static bool object(struct inbox_campaign *c, struct about *a, bool tests, struct fail *fail)
{
    const struct addr host = a->target.addr;
    struct prefix network = {host, (unsigned)addr_ip_length(&host) * 8};
    network.base.port = 0;
    if (tests &&
        !store_optout_add(c->follow.store, &network, c->follow.now, bytes_of(a->mark), fail))
        return false;
    c->counts.objections++;
    return follow_move(&c->follow, &a->target, STORE_OBJECTED, 0, a->mark, fail);
}

static bool test_again(struct inbox_campaign *c, struct about *a, struct fail *fail)
{
    c->counts.retests++;
    return a->target.state == STORE_OBJECTED ||
           follow_recheck(&c->follow, &a->target, 0, "its owner asked for it", fail);
}

static bool note_letter(struct inbox_campaign *c, const char *ticket, const char *state,
                        struct fail *fail)
{
    return store_letter_state(c->follow.store, bytes_of(ticket), bytes_of(state), c->follow.now,
                              fail);
}

static bool act(struct inbox_campaign *c, const struct sorted *s, struct about *a,
                struct fail *fail)
{
    switch (s->kind) {
    case SORTED_RETEST:
        return note_letter(c, s->ticket, "answered", fail) && test_again(c, a, fail);
    case SORTED_STOP_TESTS:
    case SORTED_OBJECTION:
    case SORTED_STOP_LETTERS:
        return note_letter(c, s->ticket, "answered", fail) &&
               object(c, a, s->kind != SORTED_STOP_LETTERS, fail);
    case SORTED_BOUNCED:
        c->counts.bounces++;
        return note_letter(c, s->ticket, "bounced", fail);
    case SORTED_OTHER:
        c->counts.answers++;
        return note_letter(c, s->ticket, "answered", fail);
    default:
        return true;
    }
}

/* The event comes last: who is cut off before it does the same once more, which comes to the same. */
bool inbox_campaign_take(struct inbox_campaign *c, const struct sorted *s, const struct incoming *m,
                         struct bytes mail, struct fail *fail)
{
    bool found = false;
    struct about a = {.kind = sorting_kind_name(s->kind)};
    if (!sorting_is_certain(s->match) || !s->ticket[0])
        return true;
    mark_of(m, mail, a.mark);
    if (!find(c, s->ticket, &a, &found, fail))
        return false;
    c->counts.others += !found;
    c->counts.before += a.taken;
    if (!found || a.taken)
        return true;
    return act(c, s, &a, fail) &&
           store_event(c->follow.store, a.id, c->follow.now, a.kind, bytes_of(a.mark), fail);
}
