/*
 * fake: a world that lies in the test's hands, and scripts that are run in it.
 *
 * It answers each wait at the second asking, so that every wait of a script goes all the way round: yield,
 * wake, delivery.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "proto/dns.h"
#include "script/probes.h"
#include "tape/steps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FAKE_SAYS = 64 };

struct fake {
    struct world world;
    bool asked; /* the wait was answered WORLD_PENDING once */
    bool stopped;
    unsigned conns;
    unsigned line;
    uint8_t tokens;
    unsigned char job; /* first byte of its tokens */
    const char *says[FAKE_SAYS];
    unsigned said;
    struct buf input;
    struct buf sent;
    struct buf notes;
    const char *dns; /* where all names lead, "192.0.2.9"; NULL: to the target */
    struct buf answer;
    unsigned questions;
    /* What the probe concluded. */
    bool concluded;
    enum verdict verdict;
    char reason[CONCLUSION_REASON + 1];
};

static inline struct fake *fake_of(struct world *w)
{
    return (struct fake *)(void *)w;
}

static inline bool fake_pending(struct fake *f)
{
    f->asked = !f->asked;
    return f->asked;
}

static inline bool fake_open(struct world *w, const struct addr *to, enum world_way way,
                             unsigned *conn, struct fail *fail)
{
    char text[ADDR_TEXT];
    (void)fail;
    *conn = ++fake_of(w)->conns;
    buf_printf(&fake_of(w)->notes, "open %s%s\n", world_way_text(way), addr_text(to, text));
    fake_of(w)->line++;
    return true;
}

static inline enum world_state fake_wait(struct world *w, unsigned conn, instant deadline,
                                         struct fail *fail)
{
    (void)conn, (void)deadline;
    if (fake_pending(fake_of(w)))
        return WORLD_PENDING;
    if (!fake_of(w)->stopped)
        return WORLD_READY;
    fail_set(fail, "ESTOPPED", "the run was stopped");
    return WORLD_FAILED;
}

static inline bool fake_send(struct world *w, unsigned conn, struct bytes what, struct fail *fail)
{
    (void)conn, (void)fail;
    fake_of(w)->line++;
    return buf_put(&fake_of(w)->sent, what);
}

static inline enum world_state fake_receive(struct world *w, unsigned conn, instant deadline,
                                            struct fail *fail)
{
    struct fake *f = fake_of(w);
    (void)conn, (void)deadline;
    if (fake_pending(f))
        return WORLD_PENDING;
    f->line++;
    const char *says = f->said < FAKE_SAYS ? f->says[f->said++] : NULL;
    if (says)
        return buf_put_text(&f->input, says) ? WORLD_READY : WORLD_FAILED;
    fail_set(fail, "ETIMEDOUT", "no answer in time");
    return WORLD_FAILED;
}

static inline bool fake_secure(struct world *w, unsigned conn, struct bytes name, struct fail *fail)
{
    (void)w, (void)conn, (void)name, (void)fail;
    return true;
}

static inline void fake_close(struct world *w, unsigned conn)
{
    (void)conn;
    fake_of(w)->line++;
}

static inline enum world_state fake_pause(struct world *w, instant deadline, struct fail *fail)
{
    return fake_wait(w, 0, deadline, fail);
}

static inline enum world_state fake_receipt(struct world *w, const struct token *token,
                                            instant deadline, struct receipt *out,
                                            struct fail *fail)
{
    (void)token, (void)deadline, (void)out;
    if (fake_pending(fake_of(w)))
        return WORLD_PENDING;
    fail_set(fail, "ETIMEDOUT", "nothing came back");
    return WORLD_FAILED;
}

static inline bool fake_token(struct world *w, struct token *out, struct fail *fail)
{
    struct fake *f = fake_of(w);
    (void)fail;
    *out = (struct token){.b = {f->job, 1, 2, 3, 4, 5, 6, 7, 8, f->tokens++}};
    return true;
}

static inline bool fake_now(struct world *w, instant *out, struct fail *fail)
{
    (void)w, (void)fail;
    *out = 1700000000000000;
    return true;
}

/* The query itself, turned into an answer with one address. */
static inline bool fake_ask(struct world *w, struct bytes name, enum dns_type type,
                            struct fail *fail)
{
    enum { TTL = 60, FLAGS = 2, ANSWERS = 7, ADDITIONAL = 11 };
    struct fake *f = fake_of(w);
    struct addr at;
    const char *text = f->dns ? f->dns : "192.0.2.25";
    buf_clear(&f->answer);
    buf_printf(&f->notes, "ask %.*s\n", (int)name.n, (const char *)name.p);
    f->questions++;
    if (!addr_parse_ip(bytes_of(text), &at) || type != DNS_A ||
        !dns_query_put(&f->answer, name, type, 1, fail))
        return fail_set(fail, "ETIMEDOUT", "no answer in time");
    f->answer.p[FLAGS] |= 0x80;
    f->answer.p[ANSWERS] = 1;
    f->answer.p[ADDITIONAL] = 0;
    f->answer.n = 12 + name.n + 2 + 4; /* head, name, type and class */
    static const unsigned char record[] = {0xc0, 12, 0, DNS_A, 0, 1, 0, 0, 0, TTL, 0, 4};
    return buf_put(&f->answer, bytes_at(record, sizeof record)) &&
           buf_put(&f->answer, bytes_at(at.ip, 4));
}

static inline enum world_state fake_answered(struct world *w, instant deadline,
                                             struct bytes *message, struct fail *fail)
{
    (void)deadline, (void)fail;
    *message = buf_view(&fake_of(w)->answer);
    return fake_pending(fake_of(w)) ? WORLD_PENDING : WORLD_READY;
}

static inline void fake_note(struct world *w, struct bytes text)
{
    fake_of(w)->line++;
    buf_put(&fake_of(w)->notes, text);
    buf_put_byte(&fake_of(w)->notes, '\n');
}

static inline instant fake_deadline(struct world *w, span limit)
{
    (void)w;
    return limit;
}

static inline struct buf *fake_input(struct world *w, unsigned conn)
{
    return conn > 0 && conn <= fake_of(w)->conns ? &fake_of(w)->input : NULL;
}

static inline unsigned fake_line(struct world *w)
{
    return fake_of(w)->line;
}

static const struct world_ops fake_ops = {
    .open = fake_open,
    .opened = fake_wait,
    .send = fake_send,
    .receive = fake_receive,
    .secure = fake_secure,
    .secured = fake_wait,
    .close = fake_close,
    .pause = fake_pause,
    .receipt = fake_receipt,
    .token = fake_token,
    .now = fake_now,
    .ask = fake_ask,
    .answered = fake_answered,
    .note = fake_note,
    .deadline = fake_deadline,
    .input = fake_input,
    .line = fake_line,
};

static inline void fake_begin(struct fake *f, unsigned char job)
{
    *f = (struct fake){.world.ops = &fake_ops,
                       .job = job,
                       .line = 1,
                       .input = buf_new(1 << 20),
                       .sent = buf_new(1 << 20),
                       .notes = buf_new(1 << 20),
                       .answer = buf_new(512)};
}

static inline void fake_end(struct fake *f)
{
    buf_free(&f->input);
    buf_free(&f->sent);
    buf_free(&f->notes);
    buf_free(&f->answer);
}

static inline struct run_facts fake_run_facts(void)
{
    struct run_facts facts = {.probe = bytes_of("relay/test"),
                              .mail_domain = bytes_of("t.example"),
                              .sender_domain = bytes_of("s.example"),
                              .helo = bytes_of("p.example"),
                              .authority = bytes_of("An Authority"),
                              .contact = bytes_of("mailto:a@p.example"),
                              .info = bytes_of("https://p.example/"),
                              .wait = SPAN_SECOND};
    addr_parse(bytes_of("192.0.2.99:2600"), &facts.sink);
    return facts;
}

static inline struct task_facts fake_facts(const struct run_facts *run)
{
    struct task_facts facts = {.run = run};
    addr_parse(bytes_of("192.0.2.25:25"), &facts.target);
    return facts;
}

static inline void fake_done(void *arg, const struct conclusion *c)
{
    struct fake *f = arg;
    assert_false(f->concluded);
    f->concluded = true;
    f->verdict = c->verdict;
    memcpy(f->reason, c->reason.p ? (const char *)c->reason.p : "", c->reason.n);
    f->reason[c->reason.n] = '\0';
}

/* Small limits, so that what runs into them is quick. */
static inline struct vm_limits small_limits(void)
{
    struct vm_limits limits = vm_limits_default();
    limits.memory = (size_t)16 * 1024 * 1024;
    limits.instructions = 1000 * 1000;
    return limits;
}

/* A script whose probe.run(target) has this body; owned by the caller. */
static inline char *probe_text(const char *id, const char *body)
{
    char *text = NULL;
    int n = asprintf(&text,
                     "local probe = ajar.probe { id = '%s', kind = 'relay', ports = { 25 }, "
                     "summary = 's' } function probe.run(target)\n%s\nend return probe\n",
                     id, body);
    assert_true(n > 0);
    return text;
}

/* Runs a probe to its end in the fake world; how often it had to be woken. */
static inline unsigned run_probe(struct probes *probes, size_t index, struct fake *f)
{
    struct fail fail;
    struct run_facts run_facts = fake_run_facts();
    struct task_facts facts = fake_facts(&run_facts);
    unsigned wakes = 0;
    struct probe_run *run = probe_run_new(probes, index, &f->world, &facts, fake_done, f, &fail);
    if (!run)
        fail_msg("%s", fail.text);
    probe_run_start(run);
    for (; !f->concluded; wakes++)
        probe_run_wake(run);
    probe_run_free(run);
    return wakes;
}

/* One probe with this body in a VM of its own. */
static inline void run_body_within(struct fake *f, const char *body, struct vm_limits limits)
{
    struct fail fail;
    char *text = probe_text("relay/test", body);
    struct script_source source = {"mine/test.lua", "local", bytes_of(text), 0, {0}};
    struct probes *probes = probes_new(&source, 1, &limits, &fail);
    if (!probes)
        fail_msg("%s", fail.text);
    run_probe(probes, 0, f);
    probes_free(probes);
    free(text);
}

static inline void run_body(struct fake *f, const char *body)
{
    run_body_within(f, body, small_limits());
}

/* The body must come to this verdict, with these words somewhere in its reason. */
static inline void body_gives(const char *body, enum verdict verdict, const char *words)
{
    struct fake f;
    fake_begin(&f, 'a');
    run_body(&f, body);
    if (f.verdict != verdict || !strstr(f.reason, words))
        fail_msg("%s\n  gave %s: %s\n  and not %s: …%s…", body, verdict_name(f.verdict), f.reason,
                 verdict_name(verdict), words);
    fake_end(&f);
}
