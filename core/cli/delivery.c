#include "cli/delivery.h"

#include "cli/delivery_batch.h"
#include "cli/early_stop.h"
#include "net/loop.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { IDLE_SECONDS = 20 };

struct delivery {
    const struct delivery_order *order;
    struct delivery_counts *counts;
    struct turns *turns;
    const char *turn; /* whose it is next, NULL: not asked yet; */
    instant turn_at;  /* and when */
    struct batch batch;
    instant now; /* when the pass began */
    struct fail *fail;
};

/* "bounces+c-1@example.org" without the ticket that has no mark. */
static void plain_base(const char *address, char out[TICKET_ADDRESS])
{
    const char *at = strrchr(address, '@');
    const char *plus = strchr(address, '+');
    int local = (int)(plus && plus < at ? plus - address : at - address);
    snprintf(out, TICKET_ADDRESS, "%.*s%s", local, address, at);
}

bool delivery_sender(const struct delivery_order *order, const struct entry *e,
                     char out[TICKET_ADDRESS], struct fail *fail)
{
    char base[TICKET_ADDRESS];
    const char *own = e->bounces[0] ? e->bounces : e->from;
    if (!order->tickets || (!order->bounces && !e->bounces[0])) {
        snprintf(out, TICKET_ADDRESS, "%s", own);
        return true;
    }
    plain_base(order->bounces ? order->bounces : own, base);
    return ticket_address(order->tickets, TICKET_BOUNCE, base, e->name, out, fail);
}

/* False: a signal came before. */
static bool sleep_until(instant when)
{
    for (instant left; (left = when - loop_now()) > 0;) {
        instant now = left > SPAN_SECOND ? SPAN_SECOND : left;
        struct timespec t = {.tv_sec = now / SPAN_SECOND, .tv_nsec = now % SPAN_SECOND * 1000};
        if (early_stop_asked())
            return false;
        nanosleep(&t, NULL);
    }
    return !early_stop_asked();
}

/* The next letter's turn is known, if there is one. */
static bool ask_turn(struct delivery *d)
{
    if (!d->turn)
        d->turn = turns_next(d->turns, loop_now(), &d->turn_at);
    return d->turn != NULL;
}

/* Waits for the first letter's turn, and takes all that have theirs by then. */
static bool gather(struct delivery *d)
{
    struct batch *b = &d->batch;
    if (!ask_turn(d))
        return true;
    if (d->turn_at - loop_now() > IDLE_SECONDS * SPAN_SECOND)
        batch_hang_up(b);
    if (!sleep_until(d->turn_at))
        return !batch_stopped(d->fail);
    while (!batch_is_full(b) && ask_turn(d) && d->turn_at <= loop_now()) {
        if (!batch_add(b, d->turn))
            return false;
        d->turn = NULL;
    }
    return true;
}

static bool send_due(struct delivery *d)
{
    bool ok = true;
    while (ok && ask_turn(d))
        ok = gather(d) && batch_send(&d->batch);
    batch_hang_up(&d->batch);
    struct fail second;
    return queue_settle(d->order->queue, ok ? d->fail : &second) && ok;
}

static bool plan(void *arg, const struct queue_letter *l)
{
    struct delivery *d = arg;
    if (l->e.state != ENTRY_WAITING)
        return true;
    if (l->wrong) {
        fprintf(stderr, "ajar deliver: %s: not sent: %s\n", l->e.name, l->wrong->text);
        return true;
    }
    return l->e.next > d->now || turns_add(d->turns, l->e.name, l->e.to) ||
           fail_set(d->fail, "ENOMEM", "no memory for the letters' turns");
}

static bool count(void *arg, const struct queue_letter *l)
{
    struct delivery_counts *c = ((struct delivery *)arg)->counts;
    if (l->e.state != ENTRY_WAITING)
        return true;
    if (l->wrong) {
        c->kept++;
        return true;
    }
    if (c->waiting++ == 0 || l->e.next < c->next)
        c->next = l->e.next;
    return true;
}

static void announce(const struct delivery *d)
{
    char words[400];
    size_t letters = turns_left(d->turns);
    size_t domains = turns_domains(d->turns);
    if (letters > 0)
        fprintf(stderr, "ajar deliver: %zu %s to %zu %s by %s\n", letters,
                letters == 1 ? "letter" : "letters", domains, domains == 1 ? "domain" : "domains",
                smarthost_words(d->order->smarthost, words));
}

/* Each letter that is due, once. */
static bool pass(struct delivery *d)
{
    struct fail fail = {0};
    d->now = loop_now();
    d->fail->code = NULL;
    d->turns = turns_new(&d->order->rates);
    if (!d->turns)
        fail_set(&fail, "ENOMEM", "no memory for the letters' turns");
    bool ok = d->turns && queue_each(d->order->queue, plan, d, &fail);
    if (ok)
        announce(d);
    else if (!d->fail->code)
        *d->fail = fail;
    ok = ok && send_due(d);
    turns_free(d->turns);
    d->turn = NULL;
    return ok;
}

static bool count_all(struct delivery *d)
{
    struct fail fail;
    d->counts->waiting = d->counts->kept = 0;
    d->counts->next = 0;
    return queue_each(d->order->queue, count, d, &fail);
}

/* Will be no other in a while. */
static bool is_final(const struct fail *fail)
{
    static const char *const passing[] = {"EAGAIN",    "ECONNREFUSED", "ECONNRESET",
                                          "ETIMEDOUT", "ENETUNREACH",  "EHOSTUNREACH",
                                          "EPIPE",     "ESERVFAIL",    "EWORKER"};
    for (size_t i = 0; i < sizeof passing / sizeof passing[0]; i++)
        if (fail->code && strcmp(fail->code, passing[i]) == 0)
            return false;
    return true;
}

/* With --until-done: until the next one is due, or the smarthost may be back. */
static bool wait_on(struct delivery *d, bool passed)
{
    instant soon = loop_now() + (passed ? 0 : d->order->patience.first);
    if (!passed)
        fprintf(stderr, "ajar deliver: %s; tried again later\n", d->fail->text);
    return sleep_until(d->counts->next > soon ? d->counts->next : soon) || !batch_stopped(d->fail);
}

bool delivery_run(const struct delivery_order *order, struct delivery_counts *counts,
                  struct fail *fail)
{
    struct delivery d = {.order = order,
                         .counts = counts,
                         .batch = {.order = order, .counts = counts, .fail = fail},
                         .fail = fail};
    bool ok = batch_begin(&d.batch) && pass(&d);
    bool on = count_all(&d) && order->until_done;
    while (on && counts->waiting > 0 && (ok || !is_final(fail))) {
        on = wait_on(&d, ok);
        ok = on && pass(&d);
        count_all(&d);
    }
    batch_end(&d.batch);
    return ok;
}
