/* contact_desk: WHOIS (RFC 3912): a line goes out, text comes back until the server closes. */
#include "cli/contact_desk.h"

#include "contact/whois.h"
#include "net/dial.h"
#include "net/stream.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A question on its way to one server, and to the one that this refers to. */
struct talk {
    struct contact_desk *desk;
    const struct addr *about;
    struct contact_finding *finding;
    desk_done done;
    void *arg;

    const struct whois_service *first;  /* which is asked by one at a time */
    struct pace_service *entered;       /* NULL: not yet */
    const struct whois_service *server; /* that is asked now */
    struct pace_service *service;
    struct pace_turn *turn;

    struct addr peer;
    struct stream *stream; /* NULL: there is none */
    instant asked;
    instant began;
    struct buf question;
    bool said; /* it is sent */
    struct buf received;
};

static void service_text(const struct whois_service *w, char out[RDAP_URL])
{
    snprintf(out, RDAP_URL, "whois://%s:%u", w->host, w->port);
}

static void end(struct talk *t)
{
    desk_done done = t->done;
    void *arg = t->arg;
    if (t->entered)
        pace_leave(t->entered);
    pace_turn_free(t->turn);
    buf_free(&t->question);
    buf_free(&t->received);
    free(t);
    done(arg);
}

static void ask(struct talk *t, const struct whois_service *w);

/* What it has said, or one that it refers to, holds for all of the range. */
static void conclude(struct talk *t)
{
    struct contact_finding *f = t->finding;
    const struct whois_service *next =
        contact_services_referred(t->desk->services, f->said.answer.referral);
    if (f->said.state == CONTACT_NONE && next && t->server == t->first && next != t->first) {
        ask(t, next);
        return;
    }
    char service[RDAP_URL];
    service_text(t->first, service);
    desk_remember(t->desk, SOURCE_WHOIS, service, f);
    end(t);
}

/* Right behind the exchange, for which `why` is NULL where it came to its end. */
static void take(struct talk *t, bool ok)
{
    struct contact_finding *f = t->finding;
    desk_tape(t->desk, f,
              &(struct contact_exchange){.source = SOURCE_WHOIS,
                                         .about = *t->about,
                                         .service = f->service,
                                         .peer = t->peer,
                                         .asked = t->asked,
                                         .took = loop_monotonic() - t->began,
                                         .sent = buf_view(&t->question),
                                         .received = buf_view(&t->received),
                                         .why = ok ? NULL : &f->why});
    if (ok)
        desk_read(t->desk, READING_WHOIS, buf_view(&t->received), t->about, f);
    else
        f->said.state = CONTACT_FAILED;
    if (!ok)
        fail_prefix(&f->why, "%s", f->service);
    pace_note(t->service, f->said.state != CONTACT_FAILED, &f->why);
    if (f->said.state == CONTACT_FAILED && strcmp(f->why.code, "EBUSY") == 0)
        pace_shut(t->service, &f->why);
    conclude(t);
}

static enum stream_state say(struct talk *t)
{
    enum stream_state state = stream_connected(t->stream, &t->finding->why);
    if (state == STREAM_OK && !t->said)
        state = stream_write(t->stream, buf_view(&t->question), &t->finding->why);
    t->said |= state == STREAM_OK;
    return state;
}

/* As much as can be done now. */
static void on_wake(void *arg)
{
    struct talk *t = arg;
    struct bytes got;
    struct fail *fail = &t->finding->why;
    enum stream_state state = say(t);
    while (state == STREAM_OK) {
        state = stream_read(t->stream, &got, fail);
        if (state == STREAM_OK && !buf_put(&t->received, got)) {
            fail_set(fail, "ELIMIT", "its answer is longer than %d bytes", WHOIS_LIMIT);
            state = STREAM_FAILED;
        }
    }
    if (state == STREAM_AGAIN)
        return;
    stream_free(t->stream);
    t->stream = NULL;
    take(t, state == STREAM_END);
}

static void converse(struct talk *t)
{
    struct fail *fail = &t->finding->why;
    char text[ADDR_TEXT];
    t->peer.port = t->server->port;
    if (!desk_may_reach(t->desk, t->server->host, &t->peer)) {
        fail_set(fail, "EDENIED", "%s is %s, which is not asked: no public address",
                 t->server->host, addr_text(&t->peer, text));
        take(t, false);
        return;
    }
    int fd = dial_start(&t->peer, fail);
    t->stream = fd >= 0 ? stream_new(t->desk->loop, fd, on_wake, t) : NULL;
    if (!t->stream) {
        if (fd >= 0)
            fail_set(fail, "ENOMEM", "out of memory");
        take(t, false);
        return;
    }
    stream_deadline(t->stream, loop_monotonic() + t->desk->timeout);
    on_wake(t);
}

/* IPv4 is there everywhere. */
static void on_addresses(void *arg, const struct addr *addresses, size_t count,
                         const struct fail *why)
{
    struct talk *t = arg;
    if (why) {
        t->finding->why = *why;
        take(t, false);
        return;
    }
    t->peer = addresses[0];
    for (size_t i = 1; i < count && t->peer.family != ADDR_IPV4; i++)
        t->peer = addresses[i];
    converse(t);
}

static void on_turn(void *arg)
{
    struct talk *t = arg;
    struct fail *fail = &t->finding->why;
    char service[RDAP_URL];
    service_text(t->server, service);
    if (!desk_asks(t->service, service, t->finding)) {
        conclude(t);
        return;
    }
    t->asked = loop_now();
    t->began = loop_monotonic();
    if (!whois_question(&t->question, t->server->question, t->about)) {
        fail_set(fail, "ENOMEM", "out of memory");
        take(t, false);
    } else if (addr_parse_ip(bytes_of(t->server->host), &t->peer)) {
        converse(t);
    } else if (!dns_addresses(t->desk->dns, t->server->host, on_addresses, t, fail)) {
        take(t, false);
    }
}

static void ask(struct talk *t, const struct whois_service *w)
{
    char service[RDAP_URL];
    service_text(w, service);
    t->server = w;
    t->said = false;
    t->peer = (struct addr){0};
    buf_clear(&t->question);
    buf_clear(&t->received);
    t->service = pace_service(t->desk->pace, service);
    if (t->service) {
        pace_wait(t->service, w->rate, t->turn, on_turn);
        return;
    }
    t->finding->said.state = CONTACT_FAILED;
    fail_set(&t->finding->why, "ENOMEM", "out of memory");
    end(t);
}

/* Whoever was in there before may have asked about the same range. */
static void on_entered(void *arg)
{
    struct talk *t = arg;
    char service[RDAP_URL];
    service_text(t->first, service);
    if (desk_recall(t->desk, SOURCE_WHOIS, service, t->about, t->finding))
        end(t);
    else
        ask(t, t->first);
}

static void begin(struct talk *t, const struct whois_service *w)
{
    char service[RDAP_URL];
    service_text(w, service);
    t->first = w;
    t->question = buf_new(256);
    t->received = buf_new(WHOIS_LIMIT);
    t->turn = pace_turn_new(t->desk->pace, t);
    struct pace_service *s = t->turn ? pace_service(t->desk->pace, service) : NULL;
    if (s) {
        t->entered = s;
        pace_enter(s, t->turn, on_entered);
        return;
    }
    t->finding->said.state = CONTACT_FAILED;
    fail_set(&t->finding->why, "ENOMEM", "out of memory");
    end(t);
}

void desk_ask_whois(struct contact_desk *d, const struct addr *about, struct contact_finding *f,
                    desk_done done, void *arg)
{
    const struct whois_service *w =
        contact_services_whois(d->services, bootstrap_find(d->tables->bootstrap, about));
    char service[RDAP_URL];
    if (w)
        service_text(w, service);
    struct talk *t =
        w && !desk_recall(d, SOURCE_WHOIS, service, about, f) ? calloc(1, sizeof *t) : NULL;
    if (!w) {
        fail_set(&f->why, "ENONAME", "the table of services names no WHOIS server for it");
    } else if (!t && !f->cached) {
        f->said.state = CONTACT_FAILED;
        fail_set(&f->why, "ENOMEM", "out of memory");
    }
    if (!t) {
        done(arg);
        return;
    }
    *t = (struct talk){.desk = d, .about = about, .finding = f, .done = done, .arg = arg};
    begin(t, w);
}
