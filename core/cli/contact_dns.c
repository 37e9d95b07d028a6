/* contact_desk: what is asked of the resolvers: names, and zones of contacts. */
#include "cli/contact_desk.h"

#include "proto/dns.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A question under way, or several, one after the other. */
struct naming {
    struct contact_desk *desk;
    const struct addr *about;
    struct contact_finding *finding;
    desk_done done;
    void *arg;

    enum contact_source source;
    char name[DNS_NAME_TEXT]; /* that is asked for */
    enum dns_type type;
    instant asked;
    instant began;
    struct buf message;                            /* the answer */
    void (*then)(struct naming *n, bool is_there); /* with it */

    char *out;                    /* for the address's name */
    const char *host;             /* whose mail it is about */
    size_t zone;                  /* the one at hand */
    struct pace_service *service; /* of the zone */
    struct pace_turn *turn;
};

static struct naming *begin(struct contact_desk *d, const struct addr *about,
                            struct contact_finding *f, desk_done done, void *arg)
{
    struct naming *n = calloc(1, sizeof *n);
    if (!n || !(n->turn = pace_turn_new(d->pace, n))) {
        free(n);
        f->said.state = CONTACT_FAILED;
        fail_set(&f->why, "ENOMEM", "out of memory");
        done(arg);
        return NULL;
    }
    n->desk = d;
    n->about = about;
    n->finding = f;
    n->done = done;
    n->arg = arg;
    n->message = buf_new(DNS_MESSAGE_MOST);
    return n;
}

static void end(struct naming *n)
{
    desk_done done = n->done;
    void *arg = n->arg;
    pace_turn_free(n->turn);
    buf_free(&n->message);
    free(n);
    done(arg);
}

/* The message as it came, on the tape. */
static void on_message(void *arg, struct bytes message, const struct fail *why)
{
    struct naming *n = arg;
    struct fail *fail = &n->finding->why;
    char service[DNS_NAME_TEXT + 16];
    bool ok = !why && (buf_put(&n->message, message) || fail_set(fail, "ENOMEM", "out of memory"));
    if (why)
        *fail = *why;
    snprintf(service, sizeof service, "dns:%s %s", n->name, dns_type_name(n->type));
    desk_tape(n->desk, n->finding,
              &(struct contact_exchange){.source = n->source,
                                         .about = *n->about,
                                         .service = service,
                                         .asked = n->asked,
                                         .took = loop_monotonic() - n->began,
                                         .received = buf_view(&n->message),
                                         .why = ok ? NULL : fail});
    n->then(n, ok);
}

static void ask(struct naming *n, enum dns_type type, enum contact_source source,
                void (*then)(struct naming *n, bool is_there))
{
    n->type = type;
    n->source = source;
    n->then = then;
    n->asked = loop_now();
    n->began = loop_monotonic();
    buf_clear(&n->message);
    if (!dns_ask(n->desk->dns, n->name, type, on_message, n, &n->finding->why))
        then(n, false);
}

/* ---- a zone of contacts ---- */

static void next_zone(struct naming *n);

static void leave_zone(struct naming *n)
{
    pace_leave(n->service);
    n->zone++;
    next_zone(n);
}

static void on_contacts(struct naming *n, bool is_there)
{
    struct contact_finding *f = n->finding;
    if (is_there)
        desk_read(n->desk, READING_TXT, buf_view(&n->message), n->about, f);
    else
        f->said.state = CONTACT_FAILED;
    pace_note(n->service, f->said.state != CONTACT_FAILED, &f->why);
    leave_zone(n);
}

static void ask_zone(void *arg)
{
    struct naming *n = arg;
    const struct zone_service *z = &n->desk->services->zones[n->zone];
    if (desk_asks(n->service, z->zone, n->finding) && dns_reversed(n->about, z->zone, n->name))
        ask(n, DNS_TXT, SOURCE_TXT, on_contacts);
    else
        leave_zone(n);
}

static void enter_zone(void *arg)
{
    struct naming *n = arg;
    pace_wait(n->service, n->desk->services->zones[n->zone].rate, n->turn, ask_zone);
}

static void next_zone(struct naming *n)
{
    const struct contact_services *s = n->desk->services;
    n->service = NULL;
    if (n->zone < s->zone_count && n->finding->said.state != CONTACT_FOUND)
        n->service = pace_service(n->desk->pace, s->zones[n->zone].zone);
    if (n->service)
        pace_enter(n->service, n->turn, enter_zone);
    else
        end(n);
}

void desk_ask_txt(struct contact_desk *d, const struct addr *about, struct contact_finding *f,
                  desk_done done, void *arg)
{
    struct naming *n = begin(d, about, f, done, arg);
    if (n)
        next_zone(n);
}

/* ---- the name of an address ---- */

static void on_led_back(void *arg, const struct addr *addresses, size_t count,
                        const struct fail *why)
{
    struct naming *n = arg;
    struct fail *fail = &n->finding->why;
    bool back = false;
    for (size_t i = 0; !why && i < count; i++)
        back |= addr_equal_ip(&addresses[i], n->about);
    if (why)
        *fail = *why;
    else if (!back)
        fail_set(fail, "ENONAME", "its name %s leads elsewhere", n->out);
    if (!back)
        n->out[0] = '\0';
    end(n);
}

static bool take_name(struct naming *n)
{
    struct dns_answer answer;
    struct fail *fail = &n->finding->why;
    if (!dns_answer_get(buf_view(&n->message), DNS_PTR, &answer, fail)) {
        if (strcmp(fail->code, "ENODATA") == 0 || strcmp(fail->code, "ENONAME") == 0)
            fail_set(fail, "ENONAME", "it has no name in the DNS (PTR)");
        return false;
    }
    struct bytes name = answer.records[0].text;
    snprintf(n->out, ANSWER_HOST, "%.*s", (int)name.n, (const char *)name.p);
    for (char *c = n->out; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    dns_answer_free(&answer);
    return mailbox_is_domain(bytes_of(n->out)) || fail_set(fail, "ENONAME", "its name is none");
}

static void on_name(struct naming *n, bool is_there)
{
    if (is_there && take_name(n) &&
        dns_addresses(n->desk->dns, n->out, on_led_back, n, &n->finding->why))
        return;
    n->out[0] = '\0';
    end(n);
}

void desk_ask_name(struct contact_desk *d, const struct addr *about, char out[ANSWER_HOST],
                   struct contact_finding *f, desk_done done, void *arg)
{
    struct naming *n = begin(d, about, f, done, arg);
    if (!n)
        return;
    n->out = out;
    dns_reverse_name(about, n->name);
    ask(n, DNS_PTR, SOURCE_GUESS, on_name);
}

/* ---- mail to a name ---- */

/* How many answers the message's header speaks of (RFC 1035, 4.1.1). */
static unsigned answers_of(const struct buf *message)
{
    return message->n < 8 ? 0 : message->p[6] * 256U + message->p[7];
}

static void conclude_mail(struct naming *n)
{
    struct fail *fail = &n->finding->why;
    if (fail->code && (strcmp(fail->code, "ENODATA") == 0 || strcmp(fail->code, "ENONAME") == 0))
        fail_set(fail, "ENOMAIL", "%s takes no mail", n->host);
    end(n);
}

static void on_address(void *arg, const struct addr *addresses, size_t count,
                       const struct fail *why)
{
    struct naming *n = arg;
    (void)addresses;
    if (why)
        n->finding->why = *why;
    else if (count > 0)
        n->finding->why.code = NULL;
    conclude_mail(n);
}

static void on_exchangers(struct naming *n, bool is_there)
{
    struct dns_answer answer;
    struct fail *fail = &n->finding->why;
    if (is_there && dns_answer_get(buf_view(&n->message), DNS_MX, &answer, fail)) {
        dns_answer_free(&answer);
        fail->code = NULL;
    } else if (is_there && strcmp(fail->code, "ENODATA") == 0 && answers_of(&n->message) == 0 &&
               dns_addresses(n->desk->dns, n->name, on_address, n, fail)) {
        return;
    }
    if (is_there)
        conclude_mail(n);
    else
        end(n);
}

void desk_ask_mail(struct contact_desk *d, const struct addr *about, const char *name,
                   struct contact_finding *f, desk_done done, void *arg)
{
    struct naming *n = begin(d, about, f, done, arg);
    if (!n)
        return;
    f->why.code = NULL;
    n->host = name;
    snprintf(n->name, sizeof n->name, "%s", name);
    ask(n, DNS_MX, SOURCE_GUESS, on_exchangers);
}
