/* contact_desk: what is asked by HTTP: RDAP and security.txt. */
#include "cli/contact_desk.h"

#include "contact/security_txt.h"
#include "net/fetch.h"
#include "net/fetch_hop.h"
#include "net/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define RDAP_TYPE "application/rdap+json"

/* A question on its way from hop to hop. */
struct hops {
    struct contact_desk *desk;
    struct contact_finding *finding;
    const struct addr *about;
    desk_done done;
    void *arg;

    enum contact_source source;
    enum contact_reading reading;
    char base[RDAP_URL]; /* as configured */
    const char *accept;
    struct addr at;   /* where the URL's host is; ADDR_NONE: whatever the resolver says */
    const char *host; /* the only one that it may lead to; NULL: any */

    struct pace_service *service; /* NULL: of no one service */
    struct pace_turn *turn;
    char url[FETCH_LOCATION];
    unsigned count; /* of hops so far */
    bool waited;    /* as it wanted rest */
    instant asked;
    instant began;
    struct buf body;
    long status;
};

static struct hops *begin(struct contact_desk *d, const struct addr *about,
                          struct contact_finding *f, desk_done done, void *arg)
{
    struct hops *h = calloc(1, sizeof *h);
    if (!h || !(h->turn = pace_turn_new(d->pace, h))) {
        free(h);
        f->said.state = CONTACT_FAILED;
        fail_set(&f->why, "ENOMEM", "out of memory");
        done(arg);
        return NULL;
    }
    h->desk = d;
    h->about = about;
    h->finding = f;
    h->done = done;
    h->arg = arg;
    return h;
}

static void end(struct hops *h)
{
    desk_done done = h->done;
    void *arg = h->arg;
    if (h->service)
        pace_leave(h->service);
    pace_turn_free(h->turn);
    buf_free(&h->body);
    free(h);
    done(arg);
}

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
static void tape(struct hops *h, const struct fetch_reply *reply, const struct fail *why)
{
    struct contact_exchange e = {.source = h->source,
                                 .about = *h->about,
                                 .service = h->url,
                                 .peer = reply->peer,
                                 .asked = h->asked,
                                 .took = loop_monotonic() - h->began,
                                 .sent = buf_view(&reply->sent),
                                 .head = buf_view(&reply->head),
                                 .received = buf_view(&h->body),
                                 .why = why};
    desk_tape(h->desk, h->finding, &e);
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

static void ask_hop(void *arg);

/* 404: it knows nothing of it. */
static void take(struct hops *h)
{
    struct contact_finding *f = h->finding;
    if (h->status == 200) {
        desk_read(h->desk, h->reading, buf_view(&h->body), h->about, f);
        return;
    }
    f->said.state = h->status == 404 || h->status == 410 ? CONTACT_NONE : CONTACT_FAILED;
    fail_set(&f->why, "EHTTP", "%.200s answers HTTP %ld", h->url, h->status);
}

static void conclude(struct hops *h, bool answered)
{
    struct contact_finding *f = h->finding;
    if (answered)
        take(h);
    else
        f->said.state = CONTACT_FAILED;
    if (h->service) {
        pace_note(h->service, f->said.state != CONTACT_FAILED, &f->why);
        desk_remember(h->desk, h->source, h->base, f);
    }
    end(h);
}

static void wait_for_rest(struct hops *h, const struct fetch_reply *r)
{
    struct fail *fail = &h->finding->why;
    span after = r->retry_after > 0 ? r->retry_after : SPAN_SECOND;
    if (!h->waited && after <= DESK_PATIENCE) {
        h->waited = true;
        pace_pause(h->turn, after, ask_hop);
        return;
    }
    fail_set(fail, "EBUSY", "%s answers HTTP %ld: it is asked too often, and wants %g s of rest",
             h->url, r->status, (double)after / (double)SPAN_SECOND);
    if (h->service)
        pace_shut(h->service, fail);
    conclude(h, false);
}

static void follow(struct hops *h, const char *location)
{
    struct fail *fail = &h->finding->why;
    if (!may_follow(h, location, fail)) {
        fail_prefix(fail, "%s", h->url);
        conclude(h, false);
        return;
    }
    snprintf(h->url, sizeof h->url, "%s", location);
    ask_hop(h);
}

static void on_reply(void *arg, const struct fetch_reply *reply, const struct fail *why)
{
    struct hops *h = arg;
    if (why)
        h->finding->why = *why;
    tape(h, reply, why);
    h->status = reply->status;
    if (why)
        conclude(h, false);
    else if (is_busy(reply))
        wait_for_rest(h, reply);
    else if (is_redirection(reply))
        follow(h, reply->location);
    else
        conclude(h, true);
}

/* Until there is an answer that is no redirection, of any status. */
static void ask_hop(void *arg)
{
    struct hops *h = arg;
    struct fail *fail = &h->finding->why;
    struct fetch_reply nothing = {0};
    struct fetch_hop hop = {.url = h->url,
                            .accept = h->accept,
                            .limit = h->desk->timeout,
                            .proxy = h->desk->proxy,
                            .ca_file = h->desk->ca_file,
                            .at = h->at.family != ADDR_NONE ? &h->at : NULL,
                            .may_connect = may_connect,
                            .arg = h};
    if (h->waited && h->service && pace_is_shut(h->service, fail)) {
        conclude(h, false);
        return;
    }
    if (h->count++ > DESK_HOPS) {
        fail_set(fail, "ELIMIT", "%s: over %d redirections", h->url, DESK_HOPS);
        conclude(h, false);
        return;
    }
    h->asked = loop_now();
    h->began = loop_monotonic();
    buf_clear(&h->body);
    if (!fetch_hop(h->desk->fetcher, &hop, &h->body, on_reply, h, fail))
        on_reply(h, &nothing, fail);
}

/* ---- RDAP ---- */

static void on_turn(void *arg)
{
    struct hops *h = arg;
    if (desk_asks(h->service, h->base, h->finding))
        ask_hop(h);
    else
        end(h);
}

/* Whoever was in there before may have asked about the same range. */
static void on_entered(void *arg)
{
    struct hops *h = arg;
    if (desk_recall(h->desk, SOURCE_RDAP, h->base, h->about, h->finding))
        end(h);
    else
        pace_wait(h->service, h->desk->services->rdap_rate, h->turn, on_turn);
}

static void enter(struct hops *h, const char *base)
{
    char text[ADDR_IP_TEXT];
    h->source = SOURCE_RDAP;
    h->reading = READING_RDAP;
    h->accept = RDAP_TYPE;
    h->body = buf_new(RDAP_LIMIT);
    snprintf(h->base, sizeof h->base, "%s", base);
    snprintf(h->url, sizeof h->url, "%sip/%s", base, addr_ip_text(h->about, text));
    struct pace_service *s = pace_service(h->desk->pace, base);
    if (!s) {
        h->finding->said.state = CONTACT_FAILED;
        fail_set(&h->finding->why, "ENOMEM", "out of memory");
        end(h);
        return;
    }
    h->service = s;
    pace_enter(s, h->turn, on_entered);
}

void desk_ask_rdap(struct contact_desk *d, const struct addr *about, struct contact_finding *f,
                   desk_done done, void *arg)
{
    const char *base = bootstrap_find(d->tables->bootstrap, about);
    if (!base)
        fail_set(&f->why, "ENONAME", "the bootstrap table names no registry for this address");
    if (!base || desk_recall(d, SOURCE_RDAP, base, about, f)) {
        done(arg);
        return;
    }
    struct hops *h = begin(d, about, f, done, arg);
    if (h)
        enter(h, base);
}

/* ---- security.txt ---- */

/* At the port that the form names, or its scheme's. */
static uint16_t port_of(const char *form, const char *behind)
{
    unsigned long port = 0;
    size_t n = *behind == ':' ? strcspn(behind + 1, "/") : 0;
    if (n > 0 && bytes_number(bytes_at(behind + 1, n), 65535, &port))
        return (uint16_t)port;
    return is_secure(form) ? 443 : 80;
}

void desk_ask_security_txt(struct contact_desk *d, const struct addr *about, const char *host,
                           struct contact_finding *f, desk_done done, void *arg)
{
    const char *form = d->services->security_txt;
    const char *place = strstr(form, "%s");
    struct hops *h = place ? begin(d, about, f, done, arg) : NULL;
    if (!place)
        done(arg);
    if (!h)
        return;
    h->source = SOURCE_SECURITY_TXT;
    h->reading = READING_SECURITY_TXT;
    h->accept = "text/plain";
    h->host = host;
    h->body = buf_new(SECURITY_TXT_LIMIT);
    snprintf(h->base, sizeof h->base, "%s", form);
    int n = snprintf(h->url, sizeof h->url, "%.*s%s%s", (int)(place - form), form, host, place + 2);
    h->at = *about;
    h->at.port = port_of(form, place + 2);
    f->asked = loop_now();
    snprintf(f->service, sizeof f->service, "%.500s", h->url);
    if (n > 0 && (size_t)n < sizeof h->url)
        ask_hop(h);
    else
        end(h);
}
