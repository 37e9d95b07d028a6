/* contact_desk: what is asked by HTTP: RDAP and security.txt. */
#include "cli/contact_desk.h"

#include "contact/security_txt.h"
#include "net/fetch.h"
#include "net/fetch_hop.h"
#include "net/loop.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define RDAP_TYPE "application/rdap+json"

/* A question on its way from hop to hop. */
struct hops {
    struct contact_desk *desk;
    struct contact_finding *finding;
    const struct addr *about;
    enum contact_source source;
    const char *base; /* as configured */
    const char *accept;
    const struct addr *at; /* or NULL */
    const char *host;      /* the only one that it may lead to; NULL: any */
    char url[FETCH_LOCATION];
    struct buf body;
    long status;
};

static bool may_connect(void *arg, const struct addr *to)
{
    const struct hops *h = arg;
    return desk_may_reach(h->desk, h->base, to);
}

static bool is_secure(const char *url)
{
    return bytes_starts_nocase(bytes_of(url), "https://");
}

static struct bytes host_of(const char *url)
{
    const char *host = strstr(url, "://");
    host = host ? host + 3 : url;
    return bytes_at(host, strcspn(host, ":/?#"));
}

/* Where a redirection leads: to https alone, unless all began without it (on loopback). */
static bool may_follow(const struct hops *h, const char *url, struct fail *fail)
{
    if (!fetch_is_url(url) || (!is_secure(url) && is_secure(h->base)))
        return fail_set(fail, "EDENIED",
                        "it leads to where nothing is asked: %.100s (https alone is followed)",
                        url);
    if (h->host && !bytes_equal_nocase(host_of(url), h->host))
        return fail_set(fail, "EDENIED", "it leads to another host: %.100s", url);
    return true;
}

/* One question and its answer, on the tape. */
static bool ask_once(struct hops *h, struct fetch_reply *reply, struct fail *fail)
{
    struct fetch_hop hop = {.url = h->url,
                            .accept = h->accept,
                            .limit = h->desk->timeout,
                            .proxy = h->desk->proxy,
                            .at = h->at,
                            .may_connect = may_connect,
                            .arg = h};
    instant asked = loop_now(), began = loop_monotonic();
    buf_clear(&h->body);
    bool ok = fetch_hop(&hop, reply, &h->body, fail);
    struct contact_exchange e = {.source = h->source,
                                 .about = *h->about,
                                 .service = h->url,
                                 .peer = reply->peer,
                                 .asked = asked,
                                 .took = loop_monotonic() - began,
                                 .sent = buf_view(&reply->sent),
                                 .head = buf_view(&reply->head),
                                 .received = buf_view(&h->body),
                                 .why = ok ? NULL : fail};
    desk_tape(h->desk, h->finding, &e);
    return ok;
}

static bool is_redirection(const struct fetch_reply *r)
{
    return r->status >= 301 && r->status <= 308 && r->status != 304 && r->location[0];
}

/* "Come back later": waited for once, where it does not take long. */
static bool is_busy(const struct fetch_reply *r)
{
    return r->status == 429 || (r->status == 503 && r->retry_after > 0);
}

enum step { STEP_DONE, STEP_AGAIN, STEP_FAILED };

static enum step judge_busy(struct hops *h, const struct fetch_reply *r, bool *waited,
                            struct fail *fail)
{
    span after = r->retry_after > 0 ? r->retry_after : SPAN_SECOND;
    if (!*waited && after <= DESK_PATIENCE) {
        *waited = true;
        desk_pause(h->desk, after);
        return STEP_AGAIN;
    }
    fail_set(fail, "EBUSY", "%s answers HTTP %ld: it is asked too often, and wants %g s of rest",
             h->url, r->status, (double)after / (double)SPAN_SECOND);
    desk_shut(h->desk, h->base, fail);
    return STEP_FAILED;
}

static enum step judge(struct hops *h, const struct fetch_reply *r, bool *waited, struct fail *fail)
{
    h->status = r->status;
    if (is_busy(r))
        return judge_busy(h, r, waited, fail);
    if (!is_redirection(r))
        return STEP_DONE;
    if (!may_follow(h, r->location, fail)) {
        fail_prefix(fail, "%s", h->url);
        return STEP_FAILED;
    }
    snprintf(h->url, sizeof h->url, "%s", r->location);
    return STEP_AGAIN;
}

/* Until there is an answer that is no redirection, of any status. */
static bool ask(struct hops *h, struct fail *fail)
{
    bool waited = false;
    for (unsigned i = 0; i <= DESK_HOPS; i++) {
        struct fetch_reply reply;
        bool ok = ask_once(h, &reply, fail);
        enum step step = ok ? judge(h, &reply, &waited, fail) : STEP_FAILED;
        fetch_reply_free(&reply);
        if (step != STEP_AGAIN)
            return step == STEP_DONE;
    }
    return fail_set(fail, "ELIMIT", "%s: over %d redirections", h->url, DESK_HOPS);
}

/* 404: it knows nothing of it. */
static void take(struct hops *h, enum contact_reading what)
{
    struct contact_finding *f = h->finding;
    if (h->status == 200) {
        desk_read(h->desk, what, buf_view(&h->body), h->about, f);
        return;
    }
    f->said.state = h->status == 404 || h->status == 410 ? CONTACT_NONE : CONTACT_FAILED;
    fail_set(&f->why, "EHTTP", "%.200s answers HTTP %ld", h->url, h->status);
}

static void ask_and_take(struct hops *h, enum contact_reading what)
{
    struct contact_finding *f = h->finding;
    if (ask(h, &f->why))
        take(h, what);
    else
        f->said.state = CONTACT_FAILED;
    desk_end(h->desk, h->base, f->said.state != CONTACT_FAILED, &f->why);
    buf_free(&h->body);
}

void desk_ask_rdap(struct contact_desk *d, const struct addr *about, struct contact_finding *f)
{
    char text[ADDR_IP_TEXT];
    const char *base = bootstrap_find(d->tables->bootstrap, about);
    if (!base) {
        fail_set(&f->why, "ENONAME", "the bootstrap table names no registry for this address");
        return;
    }
    if (d->cache &&
        contact_cache_find(d->cache, SOURCE_RDAP, base, about, &f->said.answer, &f->asked)) {
        f->cached = true;
        f->said.state = f->said.answer.count > 0 ? CONTACT_FOUND : CONTACT_NONE;
        snprintf(f->service, sizeof f->service, "%s", base);
        return;
    }
    if (!desk_begin(d, base, d->services->rdap_rate, f))
        return;
    struct hops h = {.desk = d,
                     .finding = f,
                     .about = about,
                     .source = SOURCE_RDAP,
                     .base = base,
                     .accept = RDAP_TYPE,
                     .body = buf_new(RDAP_LIMIT)};
    snprintf(h.url, sizeof h.url, "%sip/%s", base, addr_ip_text(about, text));
    ask_and_take(&h, READING_RDAP);
    if (d->cache && f->said.state != CONTACT_FAILED)
        contact_cache_add(d->cache, SOURCE_RDAP, base, f->asked, &f->said.answer);
}

void desk_ask_security_txt(struct contact_desk *d, const struct addr *about, const char *host,
                           struct contact_finding *f)
{
    const char *form = d->services->security_txt;
    const char *place = strstr(form, "%s");
    if (!place)
        return;
    struct hops h = {.desk = d,
                     .finding = f,
                     .about = about,
                     .source = SOURCE_SECURITY_TXT,
                     .base = form,
                     .accept = "text/plain",
                     .host = host,
                     .body = buf_new(SECURITY_TXT_LIMIT)};
    int n = snprintf(h.url, sizeof h.url, "%.*s%s%s", (int)(place - form), form, host, place + 2);
    struct addr at = *about;
    unsigned long port = 0;
    size_t colon = place[2] == ':' ? strcspn(place + 3, "/") : 0;
    at.port = is_secure(form) ? 443 : 80;
    if (colon > 0 && bytes_number(bytes_at(place + 3, colon), 65535, &port))
        at.port = (uint16_t)port;
    h.at = &at;
    f->asked = loop_now();
    snprintf(f->service, sizeof f->service, "%.500s", h.url);
    if (n > 0 && (size_t)n < sizeof h.url)
        ask_and_take(&h, READING_SECURITY_TXT);
}
