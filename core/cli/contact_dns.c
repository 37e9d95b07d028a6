/* contact_desk: what is asked of the resolvers: names, and zones of contacts. */
#include "cli/contact_desk.h"

#include "net/loop.h"
#include "proto/dns.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* A question under way; the loop runs until it is answered. */
struct waiting {
    struct loop *loop;
    struct buf *message;
    struct addr *addresses;
    size_t count;
    struct fail *fail;
    bool ok;
    bool done;
};

static void on_message(void *arg, struct bytes message, const struct fail *why)
{
    struct waiting *w = arg;
    w->done = true;
    w->ok = !why && buf_put(w->message, message);
    if (why)
        *w->fail = *why;
    loop_stop(w->loop);
}

static void on_addresses(void *arg, const struct addr *addresses, size_t count,
                         const struct fail *why)
{
    struct waiting *w = arg;
    w->done = true;
    w->ok = !why;
    w->count = why ? 0 : count;
    memcpy(w->addresses, addresses, w->count * sizeof *addresses);
    if (why)
        *w->fail = *why;
    loop_stop(w->loop);
}

size_t desk_resolve(struct contact_desk *d, const char *name, struct addr out[DNS_ADDRESSES],
                    struct fail *fail)
{
    struct waiting w = {.loop = d->loop, .addresses = out, .fail = fail};
    if (!dns_addresses(d->dns, name, on_addresses, &w, fail))
        return 0;
    while (!w.done)
        loop_run(d->loop);
    return w.count;
}

/* The message as it came, on the tape. */
static bool ask(struct contact_desk *d, const char *name, enum dns_type type,
                enum contact_source source, const struct addr *about, struct contact_finding *f,
                struct buf *message)
{
    char service[DNS_NAME_TEXT + 16];
    struct waiting w = {.loop = d->loop, .message = message, .fail = &f->why};
    instant asked = loop_now(), began = loop_monotonic();
    snprintf(service, sizeof service, "dns:%s %s", name, dns_type_name(type));
    bool ok = dns_ask(d->dns, name, type, on_message, &w, &f->why);
    while (ok && !w.done)
        loop_run(d->loop);
    ok = ok && w.ok;
    desk_tape(d, f,
              &(struct contact_exchange){.source = source,
                                         .about = *about,
                                         .service = service,
                                         .asked = asked,
                                         .took = loop_monotonic() - began,
                                         .received = buf_view(message),
                                         .why = ok ? NULL : &f->why});
    return ok;
}

static void ask_zone(struct contact_desk *d, const struct zone_service *z, const struct addr *about,
                     struct contact_finding *f)
{
    char name[DNS_NAME_TEXT];
    struct buf message = buf_new(DNS_MESSAGE_MOST);
    if (!dns_reversed(about, z->zone, name) || !desk_begin(d, z->zone, z->rate, f))
        return;
    if (ask(d, name, DNS_TXT, SOURCE_TXT, about, f, &message))
        desk_read(d, READING_TXT, buf_view(&message), about, f);
    else
        f->said.state = CONTACT_FAILED;
    desk_end(d, z->zone, f->said.state != CONTACT_FAILED, &f->why);
    buf_free(&message);
}

void desk_ask_txt(struct contact_desk *d, const struct addr *about, struct contact_finding *f)
{
    for (size_t i = 0; i < d->services->zone_count && f->said.state != CONTACT_FOUND; i++)
        ask_zone(d, &d->services->zones[i], about, f);
}

static bool leads_back(struct contact_desk *d, const char *name, const struct addr *about,
                       struct fail *fail)
{
    struct addr all[DNS_ADDRESSES];
    size_t n = desk_resolve(d, name, all, fail);
    for (size_t i = 0; i < n; i++)
        if (addr_equal_ip(&all[i], about))
            return true;
    if (n > 0)
        fail_set(fail, "ENONAME", "its name %s leads elsewhere", name);
    return false;
}

bool desk_ask_name(struct contact_desk *d, const struct addr *about, char out[ANSWER_HOST],
                   struct fail *fail)
{
    char reverse[DNS_NAME_TEXT];
    struct dns_answer answer;
    struct buf message = buf_new(DNS_MESSAGE_MOST);
    struct contact_finding unused = {0};
    dns_reverse_name(about, reverse);
    bool ok = ask(d, reverse, DNS_PTR, SOURCE_GUESS, about, &unused, &message) &&
              dns_answer_get(buf_view(&message), DNS_PTR, &answer, &unused.why);
    *fail = unused.why;
    if (ok) {
        struct bytes name = answer.records[0].text;
        snprintf(out, ANSWER_HOST, "%.*s", (int)name.n, (const char *)name.p);
        for (char *c = out; *c; c++)
            *c = (char)tolower((unsigned char)*c);
        dns_answer_free(&answer);
        ok = mailbox_is_domain(bytes_of(out)) ? leads_back(d, out, about, fail)
                                              : fail_set(fail, "ENONAME", "its name is none");
    } else if (strcmp(fail->code, "ENODATA") == 0 || strcmp(fail->code, "ENONAME") == 0) {
        fail_set(fail, "ENONAME", "it has no name in the DNS (PTR)");
    }
    buf_free(&message);
    if (!ok)
        out[0] = '\0';
    return ok;
}

/* How many answers the message's header speaks of (RFC 1035, 4.1.1). */
static unsigned answers_of(const struct buf *message)
{
    return message->n < 8 ? 0 : message->p[6] * 256U + message->p[7];
}

static bool has_address(struct contact_desk *d, const char *name, struct fail *fail)
{
    struct addr all[DNS_ADDRESSES];
    return desk_resolve(d, name, all, fail) > 0;
}

bool desk_takes_mail(struct contact_desk *d, const struct addr *about, const char *name,
                     struct contact_finding *f)
{
    struct buf message = buf_new(DNS_MESSAGE_MOST);
    struct dns_answer answer;
    bool asked = ask(d, name, DNS_MX, SOURCE_GUESS, about, f, &message);
    bool ok = asked && dns_answer_get(buf_view(&message), DNS_MX, &answer, &f->why);
    unsigned count = answers_of(&message);
    buf_free(&message);
    if (ok) {
        dns_answer_free(&answer);
        f->why.code = NULL;
        return true;
    }
    if (asked && strcmp(f->why.code, "ENODATA") == 0 && count == 0 &&
        has_address(d, name, &f->why)) {
        f->why.code = NULL;
        return true;
    }
    if (asked && (strcmp(f->why.code, "ENODATA") == 0 || strcmp(f->why.code, "ENONAME") == 0))
        fail_set(&f->why, "ENOMAIL", "%s takes no mail", name);
    return false;
}
