#include "cli/delivery.h"

#include "base/hash.h"
#include "cli/early_stop.h"
#include "net/loop.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { REFUSED_MOST = 10, IDLE_SECONDS = 20, CONNECT_SECONDS_LEAST = 5 };

struct delivery {
    const struct delivery_order *order;
    struct delivery_counts *counts;
    struct turns *turns;
    struct postman *postman; /* NULL: no connection */
    struct buf letter;       /* its file */
    struct buf message;      /* what of it is sent */
    instant now;             /* when the pass began */
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

static bool stopped(struct fail *fail)
{
    return early_stop_asked() &&
           !fail_set(fail, "ESTOPPED", "stopped; what was not sent is waiting");
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

static void hang_up(struct delivery *d)
{
    postman_close(d->postman);
    d->postman = NULL;
}

static void print(const struct delivery *d, const struct entry *e)
{
    struct buf out = buf_new(ENTRY_LIMIT);
    if (d->order->json)
        entry_put(&out, e);
    else
        buf_printf(&out, "%-9s  %s  %s  %s\n", entry_state_name(e->state), e->name, e->to, e->said);
    fwrite(out.p, 1, out.n, stdout);
    fflush(stdout);
    buf_free(&out);
}

static bool note(struct delivery *d, struct entry *e, const struct submit_outcome *outcome)
{
    entry_conclude(e, outcome, loop_now(), &d->order->patience);
    d->counts->sent += e->state == ENTRY_SENT;
    d->counts->failed += e->state == ENTRY_FAILED;
    d->counts->uncertain += e->state == ENTRY_UNCERTAIN;
    if (!queue_put(d->order->queue, e, d->fail))
        return false;
    print(d, e);
    return d->counts->sent > 0 || d->counts->failed < REFUSED_MOST ||
           fail_set(
               d->fail, "EBARRED",
               "the smarthost has refused the first %d letters; the last reply: %s; no more is "
               "tried (see doc/delivery.md, --again)",
               REFUSED_MOST, e->said);
}

static bool connect_now(struct delivery *d)
{
    struct fail why;
    if (d->postman && !postman_serves(d->postman, &why))
        hang_up(d);
    if (!d->postman)
        d->postman = smarthost_connect(d->order->smarthost, d->fail);
    return d->postman != NULL;
}

/* On the disk before the letter's end is said: from here on nobody sends it again without being told to. */
static bool note_sending(struct delivery *d, const struct entry *e)
{
    struct entry sending = *e;
    instant now = loop_now();
    sending.state = ENTRY_SENDING;
    sending.tries++;
    sending.first = sending.first ? sending.first : now;
    sending.last = now;
    sending.next = 0;
    sending.said[0] = '\0';
    return queue_put(d->order->queue, &sending, d->fail);
}

/* The connection was over before the letter began: what is said of it is what is said of the letter. */
static void note_broken(const struct delivery *d, struct submit_outcome *outcome)
{
    struct fail why;
    if (outcome->result != SUBMIT_NONE)
        return;
    outcome->result = SUBMIT_LATER;
    if (!postman_serves(d->postman, &why))
        snprintf(outcome->said, sizeof outcome->said, "%s", why.text);
}

/* Does it, and says in *again that the connection was over before the letter's end, so that nothing is known against the
 * letter. False: no letter can be sent. */
static bool try(struct delivery *d, struct entry *e, bool last, bool *again)
{
    struct submit_outcome outcome = {.result = SUBMIT_NONE};
    struct submit_letter letter = {e->from, e->to, e->name, buf_view(&d->message)};
    *again = false;
    if (!connect_now(d))
        return false;
    if (postman_offer(d->postman, &letter, &outcome)) {
        if (!note_sending(d, e)) {
            hang_up(d);
            return false;
        }
        postman_release(d->postman, &outcome);
    } else if (outcome.result == SUBMIT_BARRED)
        return postman_serves(d->postman, d->fail) ||
               fail_prefix(d->fail, "%s", d->order->smarthost->shown);
    else if (outcome.result == SUBMIT_NONE || (outcome.result == SUBMIT_LATER && !outcome.code)) {
        note_broken(d, &outcome);
        hang_up(d);
        *again = !last;
        if (*again)
            return true;
    }
    return note(d, e, &outcome);
}

/* What it is by now: another program may have changed the folder. */
static bool load(struct delivery *d, const char *name, struct entry *e, bool *sends)
{
    struct queue_letter l;
    struct envelope envelope;
    struct fail why;
    unsigned char digest[SHA256_SIZE];
    char sender[TICKET_ADDRESS];
    *sends = false;
    if (!queue_get(d->order->queue, name, &l, &why, d->fail))
        return strcmp(d->fail->code, "ENOENT") == 0;
    buf_clear(&d->letter);
    buf_clear(&d->message);
    if (l.wrong || l.e.state != ENTRY_WAITING)
        return true;
    if (!queue_read(d->order->queue, name, &d->letter, d->fail))
        return false;
    if (!envelope_read(buf_view(&d->letter), &envelope, &why))
        return true;
    if (!envelope_strip(buf_view(&d->letter), &d->message))
        return fail_set(d->fail, "ENOMEM", "no memory for a letter");
    *e = l.e;
    if (!delivery_sender(d->order, e, sender, d->fail))
        return false;
    sha256_of(buf_view(&d->letter), digest);
    hash_hex(digest, sizeof digest, e->digest);
    memcpy(e->to, envelope.to, sizeof e->to);
    memcpy(e->id, envelope.id, sizeof e->id);
    snprintf(e->from, sizeof e->from, "%s", sender);
    snprintf(e->host, sizeof e->host, "%s", d->order->smarthost->shown);
    *sends = true;
    return true;
}

static bool deliver(struct delivery *d, const char *name)
{
    enum { ATTEMPTS = 2 };
    struct entry e;
    bool again = false;
    if (!load(d, name, &e, &again))
        return false;
    for (unsigned i = 1; again && i <= ATTEMPTS; i++)
        if (!try(d, &e, i == ATTEMPTS, &again))
            return false;
    return true;
}

static bool take_turn(struct delivery *d)
{
    instant at = 0;
    const char *name = turns_next(d->turns, loop_now(), &at);
    if (at - loop_now() > IDLE_SECONDS * SPAN_SECOND)
        hang_up(d);
    return sleep_until(at) ? deliver(d, name) : !stopped(d->fail);
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
    while (ok && turns_left(d->turns) > 0)
        ok = take_turn(d);
    hang_up(d);
    turns_free(d->turns);
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
    return sleep_until(d->counts->next > soon ? d->counts->next : soon) || !stopped(d->fail);
}

bool delivery_run(const struct delivery_order *order, struct delivery_counts *counts,
                  struct fail *fail)
{
    struct delivery d = {.order = order,
                         .counts = counts,
                         .letter = buf_new(SUBMIT_LETTER),
                         .message = buf_new(SUBMIT_LETTER),
                         .fail = fail};
    bool ok = pass(&d);
    bool on = count_all(&d) && order->until_done;
    while (on && counts->waiting > 0 && (ok || !is_final(fail))) {
        on = wait_on(&d, ok);
        ok = on && pass(&d);
        count_all(&d);
    }
    buf_free(&d.letter);
    buf_free(&d.message);
    return ok;
}
