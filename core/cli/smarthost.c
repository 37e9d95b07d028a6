#include "cli/smarthost.h"

#include "proto/dns.h"

#include <stdio.h>
#include <string.h>

enum { PORT_SUBMISSION = 587, PORT_SUBMISSIONS = 465 };

static bool split(struct bytes text, struct bytes *host, struct bytes *port)
{
    size_t colon = bytes_index(text, ':', 0);
    bool has_one = colon != BYTES_NOT_FOUND && bytes_index(text, ':', colon + 1) == BYTES_NOT_FOUND;
    *host = bytes_slice(text, 0, has_one ? colon : text.n);
    *port = bytes_slice(text, has_one ? colon + 1 : text.n, text.n);
    return !has_one || port->n > 0;
}

static bool take(struct smarthost *s, const char *text)
{
    struct addr address;
    struct bytes host;
    struct bytes port;
    unsigned long number = 0;
    if (addr_parse(bytes_of(text), &address)) {
        addr_ip_text(&address, s->host);
        s->port = address.port;
        return true;
    }
    if (!split(bytes_of(text), &host, &port) || host.n >= sizeof s->host ||
        (port.n > 0 && (!bytes_number(port, UINT16_MAX, &number) || number == 0)))
        return false;
    snprintf(s->host, sizeof s->host, "%.*s", (int)host.n, (const char *)host.p);
    s->port = (uint16_t)number;
    return dns_is_name(host) && !strpbrk(s->host, "_/");
}

bool smarthost_parse(const char *text, struct smarthost *out, struct fail *fail)
{
    if (!take(out, text))
        return fail_set(fail, "EUSAGE", "--smtp: '%s' is no HOST, HOST:PORT or [ADDRESS]:PORT",
                        text);
    if (out->port == 0)
        out->port = PORT_SUBMISSION;
    out->order.tls = out->port == PORT_SUBMISSIONS ? SUBMIT_IMPLICIT : SUBMIT_STARTTLS;
    snprintf(out->shown, sizeof out->shown, strchr(out->host, ':') ? "[%s]:%u" : "%s:%u", out->host,
             (unsigned)out->port);
    return true;
}

bool smarthost_tls(struct smarthost *s, const char *word)
{
    static const char *const words[] = {
        [SUBMIT_PLAIN] = "none", [SUBMIT_STARTTLS] = "starttls", [SUBMIT_IMPLICIT] = "implicit"};
    for (unsigned i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(word, words[i]) == 0) {
            s->order.tls = (enum submit_tls)i;
            return true;
        }
    return false;
}

const char *smarthost_words(const struct smarthost *s, char out[400])
{
    static const char *const words[] = {[SUBMIT_PLAIN] = "without TLS, on this machine",
                                        [SUBMIT_STARTTLS] = "STARTTLS, verified",
                                        [SUBMIT_IMPLICIT] = "TLS, verified"};
    snprintf(out, 400, "%s (%s%s)", s->shown, words[s->order.tls],
             s->order.auth_file ? ", with a password" : "");
    return out;
}

struct found {
    struct loop *loop;
    struct addr all[DNS_ADDRESSES];
    size_t count;
    struct fail why;
};

static void on_addresses(void *arg, const struct addr *addresses, size_t count,
                         const struct fail *why)
{
    struct found *f = arg;
    if (why)
        f->why = *why;
    f->count = why ? 0 : count;
    memcpy(f->all, addresses, f->count * sizeof *addresses);
    loop_stop(f->loop);
}

static bool ask(const struct smarthost *s, struct found *f, struct fail *fail)
{
    f->loop = loop_new(fail);
    struct dns *dns = f->loop ? resolvers_open(&s->resolvers, f->loop, fail) : NULL;
    bool ok = dns && dns_addresses(dns, s->host, on_addresses, f, fail);
    if (ok)
        loop_run(f->loop);
    dns_free(dns);
    loop_free(f->loop);
    if (ok && f->count == 0) {
        *fail = f->why;
        return fail_prefix(fail, "%s", s->host);
    }
    return ok;
}

static bool fail_elsewhere(const struct smarthost *s, struct fail *fail)
{
    return fail_set(fail, "EUSAGE",
                    "--tls none: %s is another machine, and letters go there by TLS alone",
                    s->host);
}

static bool find(const struct smarthost *s, struct found *f, struct fail *fail)
{
    *f = (struct found){.count = 0};
    if (addr_parse_ip(bytes_of(s->host), &f->all[0]))
        f->count = 1;
    else if (!ask(s, f, fail))
        return false;
    for (size_t i = 0; i < f->count; i++) {
        f->all[i].port = s->port;
        if (s->order.tls == SUBMIT_PLAIN && !addr_is_loopback(&f->all[i]))
            return fail_elsewhere(s, fail);
    }
    return true;
}

struct postman *smarthost_connect(const struct smarthost *s, struct fail *fail)
{
    struct found f;
    struct postman *p = NULL;
    struct postman_order order = s->order;
    order.host = s->host;
    if (!find(s, &f, fail))
        return NULL;
    for (size_t i = 0; !p && i < f.count; i++)
        p = postman_open(&order, &f.all[i], fail);
    if (!p)
        fail_prefix(fail, "%s", s->shown);
    return p;
}

bool smarthost_check(const struct smarthost *s, struct fail *fail)
{
    struct postman_order order = s->order;
    struct addr address;
    order.host = s->host;
    if (s->order.tls == SUBMIT_PLAIN && addr_parse_ip(bytes_of(s->host), &address) &&
        !addr_is_loopback(&address))
        return fail_elsewhere(s, fail);
    return postman_check(&order, fail);
}
