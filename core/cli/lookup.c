#include "cli/lookup.h"

#include "base/text.h"
#include "proto/dns.h"

#include <stdio.h>
#include <stdlib.h>

enum { AT_ONCE = 32 /* questions to one list */ };

struct asking;

/* All lists. */
struct lookups {
    const struct lookup *lookup;
    struct loop *loop;
    struct dns *dns;
    size_t busy; /* lists that are not done */
};

/* One list under way. */
struct asking {
    struct lookups *all;
    const struct zone *zone;
    struct timer *timer;
    size_t next; /* address to ask for */
    unsigned in_flight;
    unsigned owed;         /* questions asked out of turn: turns that are left out for them */
    struct fail untrusted; /* code NULL: it has shown that it lives */
};

/* One address in one list. */
struct question {
    struct asking *asking;
    struct lookup_result result;
};

const char *lookup_state_name(enum lookup_state state)
{
    static const char *const names[] = {[LOOKUP_LISTED] = "listed",
                                        [LOOKUP_CLEAR] = "clear",
                                        [LOOKUP_ERROR] = "error",
                                        [LOOKUP_SKIPPED] = "skipped"};
    return names[state];
}

static bool ask(struct asking *a, const struct addr *address, enum dns_type type, dns_on_message fn,
                void *arg, struct fail *fail)
{
    char name[DNS_NAME_TEXT];
    if (!dns_reversed(address, a->zone->zone, name))
        return fail_set(fail, "EARGUMENT", "%s is too long", a->zone->zone);
    return dns_ask(a->all->dns, name, type, fn, arg, fail);
}

static void keep_codes(struct lookup_result *r, const struct dns_answer *answer)
{
    for (size_t i = 0; i < answer->count && r->code_count < LOOKUP_CODES; i++)
        if (addr_parse_ip(answer->records[i].text, &r->codes[r->code_count]))
            r->code_count++;
}

/* What the zone's table, or else RFC 5782, says of an answer that is an error. */
static void set_error(struct lookup_result *r, const struct addr *code)
{
    const struct zone_meaning *says[ZONE_SAYS_MOST];
    char text[ADDR_IP_TEXT];
    addr_ip_text(code, text);
    r->state = LOOKUP_ERROR;
    if (zone_classify(code) == ZONE_NONSENSE)
        fail_set(&r->why, "EPROTO", "%s answered %s, which no list may: it is not believed",
                 r->zone->zone, text);
    else
        fail_set(&r->why, "EPROTO", "%s answered %s: %s", r->zone->zone, text,
                 zone_says(r->zone, code, says) ? says[0]->text : "an error, not a listing");
}

/* What the answer to an A question means: listed, clear, or an error. */
static void judge(struct lookup_result *r, struct bytes message, const struct fail *why)
{
    struct dns_answer answer;
    r->asked = loop_now();
    r->state = LOOKUP_ERROR;
    r->code_count = 0;
    if (why) {
        r->why = *why;
        return;
    }
    if (!dns_answer_get(message, DNS_A, &answer, &r->why)) {
        bool none = strcmp(r->why.code, "ENONAME") == 0 || strcmp(r->why.code, "ENODATA") == 0;
        r->state = none ? LOOKUP_CLEAR : LOOKUP_ERROR;
        fail_prefix(&r->why, "%s", r->zone->zone);
        return;
    }
    keep_codes(r, &answer);
    dns_answer_free(&answer);
    r->state = LOOKUP_LISTED;
    for (size_t i = 0; i < r->code_count; i++)
        if (zone_classify(&r->codes[i]) != ZONE_LISTED)
            set_error(r, &r->codes[i]);
}

static void finish(struct question *q)
{
    struct asking *a = q->asking;
    const struct lookup *l = a->all->lookup;
    l->on_result(l->arg, &q->result);
    a->in_flight--;
    free(q);
    if (a->next == l->address_count && a->in_flight == 0 && --a->all->busy == 0)
        loop_stop(a->all->loop);
}

static void on_reason(void *arg, struct bytes message, const struct fail *why)
{
    struct question *q = arg;
    struct dns_answer answer;
    struct fail none;
    if (!why && dns_answer_get(message, DNS_TXT, &answer, &none)) {
        struct bytes text = answer.records[0].text;
        snprintf(q->result.reason, sizeof q->result.reason, "%.*s",
                 (int)(text.n < LOOKUP_REASON ? text.n : LOOKUP_REASON - 1), (const char *)text.p);
        text_make_printable(q->result.reason);
        dns_answer_free(&answer);
    }
    finish(q);
}

static void on_answer(void *arg, struct bytes message, const struct fail *why)
{
    struct question *q = arg;
    struct fail fail;
    judge(&q->result, message, why);
    if (q->result.state == LOOKUP_LISTED &&
        ask(q->asking, &q->result.address, DNS_TXT, on_reason, q, &fail))
        q->asking->owed++;
    else
        finish(q);
}

/* Takes the next address. */
static void ask_next(struct asking *a)
{
    struct question *q = calloc(1, sizeof *q);
    if (!q)
        return; /* at the next turn */
    q->asking = a;
    q->result.address = a->all->lookup->addresses[a->next++];
    q->result.zone = a->zone;
    q->result.why = a->untrusted;
    a->in_flight++;
    if (!zone_takes(a->zone, &q->result.address))
        q->result.state = LOOKUP_SKIPPED;
    else if (a->untrusted.code || !ask(a, &q->result.address, DNS_A, on_answer, q, &q->result.why))
        q->result.state = LOOKUP_ERROR;
    else
        return;
    q->result.asked = loop_now();
    finish(q);
}

static void on_turn(void *arg)
{
    struct asking *a = arg;
    if (a->owed > 0)
        a->owed--;
    else if (a->in_flight < AT_ONCE && a->next < a->all->lookup->address_count)
        ask_next(a);
    if (a->next < a->all->lookup->address_count)
        timer_start(a->timer, a->untrusted.code ? 0 : SPAN_SECOND / a->zone->rate);
}

/* The test entries: RFC 5782, section 5. */
static struct addr test_entry(const struct zone *z, unsigned char last)
{
    struct addr a = {.family = ADDR_IPV4, .ip = {127, 0, 0, last}};
    static const unsigned char mapped[16] = {[10] = 0xff, 0xff, 127};
    if (z->families[0])
        return a;
    a.family = ADDR_IPV6;
    memcpy(a.ip, mapped, sizeof mapped);
    a.ip[15] = last;
    return a;
}

static bool test(struct asking *a, unsigned char last, dns_on_message fn)
{
    struct fail fail;
    struct addr entry = test_entry(a->zone, last);
    return ask(a, &entry, DNS_A, fn, a, &fail);
}

static void tested(struct asking *a, const char *fault, const struct fail *why)
{
    if (fault && why->code)
        fail_set(&a->untrusted, "EUNTRUSTED", "%s is not believed: %s (%s)", a->zone->zone, fault,
                 why->text);
    else if (fault)
        fail_set(&a->untrusted, "EUNTRUSTED", "%s is not believed: %s", a->zone->zone, fault);
    timer_start(a->timer, 0);
}

static void on_second_test(void *arg, struct bytes message, const struct fail *why)
{
    struct asking *a = arg;
    struct lookup_result r = {.zone = a->zone};
    judge(&r, message, why);
    tested(a,
           r.state == LOOKUP_CLEAR    ? NULL
           : r.state == LOOKUP_LISTED ? "it lists 127.0.0.1, which no list that works does"
                                      : "its test entry 127.0.0.1 can't be asked for",
           &r.why);
}

static void on_first_test(void *arg, struct bytes message, const struct fail *why)
{
    struct asking *a = arg;
    struct lookup_result r = {.zone = a->zone};
    judge(&r, message, why);
    if (r.state == LOOKUP_LISTED && test(a, 1, on_second_test))
        return;
    if (r.state == LOOKUP_CLEAR)
        r.why.code = NULL;
    tested(a,
           r.state == LOOKUP_CLEAR ? "it does not list 127.0.0.2, as every list that works does"
                                   : "its test entry 127.0.0.2 can't be asked for",
           &r.why);
}

static bool begin(struct asking *a, struct lookups *all, const struct zone *zone)
{
    *a = (struct asking){.all = all, .zone = zone};
    a->timer = timer_new(all->loop, on_turn, a);
    return a->timer && test(a, 2, on_first_test);
}

bool lookup_run(const struct lookup *lookup, struct loop *loop, struct dns *dns, struct fail *fail)
{
    struct lookups all = {.lookup = lookup, .loop = loop, .dns = dns, .busy = lookup->zone_count};
    struct asking *lists = calloc(lookup->zone_count, sizeof *lists);
    bool ok = lists != NULL;
    for (size_t i = 0; ok && i < lookup->zone_count; i++)
        ok = begin(&lists[i], &all, lookup->zones[i]);
    if (ok && lookup->address_count > 0)
        loop_run(loop);
    for (size_t i = 0; lists && i < lookup->zone_count; i++)
        timer_free(lists[i].timer);
    free(lists);
    return ok || fail_set(fail, "ENOMEM", "out of memory for the lists");
}
