/* contact_desk: WHOIS (RFC 3912): a line goes out, text comes back until the server closes. */
#include "cli/contact_desk.h"

#include "contact/whois.h"
#include "net/dial.h"
#include "net/loop.h"
#include "net/stream.h"

#include <stdio.h>
#include <string.h>

struct talk {
    struct loop *loop;
    struct stream *stream;
    struct bytes question; /* what is still to be said */
    struct buf *received;
    struct fail *fail;
    bool ok;
    bool done;
};

static enum stream_state say(struct talk *t)
{
    enum stream_state state = stream_connected(t->stream, t->fail);
    if (state == STREAM_OK && t->question.n > 0)
        state = stream_write(t->stream, t->question, t->fail);
    if (state == STREAM_OK)
        t->question.n = 0;
    return state;
}

/* As much as can be done now. */
static void on_wake(void *arg)
{
    struct talk *t = arg;
    struct bytes got;
    enum stream_state state = say(t);
    while (state == STREAM_OK) {
        state = stream_read(t->stream, &got, t->fail);
        if (state == STREAM_OK && !buf_put(t->received, got)) {
            fail_set(t->fail, "ELIMIT", "its answer is longer than %d bytes", WHOIS_LIMIT);
            state = STREAM_FAILED;
        }
    }
    t->ok = state == STREAM_END;
    t->done = state != STREAM_AGAIN;
    if (t->done)
        loop_stop(t->loop);
}

static bool converse(struct contact_desk *d, const struct addr *peer, struct bytes question,
                     struct buf *received, struct fail *fail)
{
    int fd = dial_start(peer, fail);
    struct talk t = {.loop = d->loop, .question = question, .received = received, .fail = fail};
    t.stream = fd >= 0 ? stream_new(d->loop, fd, on_wake, &t) : NULL;
    if (!t.stream)
        return fd < 0 ? false : fail_set(fail, "ENOMEM", "out of memory");
    stream_deadline(t.stream, loop_monotonic() + d->timeout);
    on_wake(&t);
    while (!t.done)
        loop_run(d->loop);
    stream_free(t.stream);
    return t.ok;
}

static bool find_peer(struct contact_desk *d, const struct whois_service *w, struct addr *out,
                      struct fail *fail)
{
    struct addr all[DNS_ADDRESSES];
    char text[ADDR_TEXT];
    bool literal = addr_parse_ip(bytes_of(w->host), out);
    size_t n = literal ? 1 : desk_resolve(d, w->host, all, fail);
    if (!literal && n == 0)
        return false;
    if (!literal)
        *out = all[0];
    for (size_t i = 1; i < n && out->family != ADDR_IPV4; i++)
        *out = all[i]; /* IPv4 is there everywhere */
    out->port = w->port;
    return desk_may_reach(d, w->host, out) ||
           fail_set(fail, "EDENIED", "%s is %s, which is not asked: no public address", w->host,
                    addr_text(out, text));
}

static bool exchange(struct contact_desk *d, const struct whois_service *w,
                     const struct addr *about, struct contact_finding *f, struct buf *received)
{
    struct buf question = buf_new(256);
    struct addr peer = {0};
    instant asked = loop_now(), began = loop_monotonic();
    bool ok = (whois_question(&question, w->question, about) ||
               fail_set(&f->why, "ENOMEM", "out of memory")) &&
              find_peer(d, w, &peer, &f->why) &&
              converse(d, &peer, buf_view(&question), received, &f->why);
    desk_tape(d, f,
              &(struct contact_exchange){.source = SOURCE_WHOIS,
                                         .about = *about,
                                         .service = f->service,
                                         .peer = peer,
                                         .asked = asked,
                                         .took = loop_monotonic() - began,
                                         .sent = buf_view(&question),
                                         .received = buf_view(received),
                                         .why = ok ? NULL : &f->why});
    buf_free(&question);
    return ok || fail_prefix(&f->why, "%s", f->service);
}

static void ask(struct contact_desk *d, const struct whois_service *w, const struct addr *about,
                struct contact_finding *f)
{
    struct buf received = buf_new(WHOIS_LIMIT);
    char service[RDAP_URL];
    snprintf(service, sizeof service, "whois://%s:%u", w->host, w->port);
    if (!desk_begin(d, service, w->rate, f))
        return;
    if (exchange(d, w, about, f, &received))
        desk_read(d, READING_WHOIS, buf_view(&received), about, f);
    else
        f->said.state = CONTACT_FAILED;
    desk_end(d, service, f->said.state != CONTACT_FAILED, &f->why);
    if (f->said.state == CONTACT_FAILED && strcmp(f->why.code, "EBUSY") == 0)
        desk_shut(d, service, &f->why);
    buf_free(&received);
}

static bool take_cached(struct contact_desk *d, const struct whois_service *w,
                        const struct addr *about, struct contact_finding *f)
{
    snprintf(f->service, sizeof f->service, "whois://%s:%u", w->host, w->port);
    if (!d->cache ||
        !contact_cache_find(d->cache, SOURCE_WHOIS, f->service, about, &f->said.answer, &f->asked))
        return false;
    f->cached = true;
    f->said.state = f->said.answer.count > 0 ? CONTACT_FOUND : CONTACT_NONE;
    return true;
}

void desk_ask_whois(struct contact_desk *d, const struct addr *about, struct contact_finding *f)
{
    const struct whois_service *w =
        contact_services_whois(d->services, bootstrap_find(d->tables->bootstrap, about));
    if (!w) {
        fail_set(&f->why, "ENONAME", "the table of services names no WHOIS server for it");
        return;
    }
    if (take_cached(d, w, about, f))
        return;
    ask(d, w, about, f);
    const struct whois_service *next =
        contact_services_referred(d->services, f->said.answer.referral);
    if (f->said.state == CONTACT_NONE && next && next != w)
        ask(d, next, about, f);
    if (d->cache && f->said.state != CONTACT_FAILED)
        contact_cache_add(d->cache, SOURCE_WHOIS, f->service, f->asked, &f->said.answer);
}
