/*
 * play: the built-in probes on tapes that a test writes line by line: what the probe does, what the server
 * says. Whatever the probe does otherwise is a divergence, and the test fails with its sentence.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/embedded.h"
#include "proto/mail.h"
#include "proto/smtp_command.h"
#include "script/probes.h"
#include "tape/record.h"
#include "tape/steps.h"
#include "world/replay.h"

#include <stdlib.h>
#include <string.h>

#define TOKEN   "mfrggzdfmztwq2lknnwg23tpobyxe43u"
#define MAILBOX TOKEN "@t.example"
#define BOUNCE  "bounce-" TOKEN "@s.example"
#define ANSWER  "0123456789abcdef0123456789abcdef"
#define SINK    "192.0.2.99:2600"
#define AGENT   "User-Agent: ajar (https://p.example/)\r\n"

enum { PLAY_PROBES = 16 };

struct play {
    struct probes *probes;
    struct tape_head head;
    struct buf tape;
    unsigned line; /* the tape's last */
    unsigned conn;
    /* What the probe concluded. */
    bool concluded;
    enum verdict verdict;
    char reason[CONCLUSION_REASON + 1];
    struct buf steps; /* as JSON */
    bool has_proof;
    struct token proof;
    enum late_token late;
    struct bytes args; /* that the probe is given, as JSON */
};

static struct play play;

static inline int load_probes(void **state)
{
    (void)state;
    static const char *const paths[PLAY_PROBES] = {
        "scripts/relay/third-party.lua",   "scripts/proxy/http-connect.lua",
        "scripts/proxy/http-get.lua",      "scripts/proxy/socks4.lua",
        "scripts/proxy/socks5.lua",        "scripts/proxy/socks5-name.lua",
        "scripts/proxy/socks5-ipv6.lua",   "scripts/proxy/telnet.lua",
        "scripts/proxy/ftp-user.lua",      "scripts/proxy/web-server.lua",
        "scripts/proxy/http-post.lua",     "scripts/proxy/h2-connect.lua",
        "scripts/proxy/local-service.lua", "scripts/proxy/web-proxy.lua",
        "scripts/proxy/http-udp.lua",      "scripts/proxy/h2-udp.lua"};
    struct script_source sources[PLAY_PROBES];
    struct vm_limits limits = vm_limits_default();
    struct fail fail;
    for (int i = 0; i < PLAY_PROBES; i++) {
        const struct embedded *file = embedded_find(paths[i]);
        if (!file)
            return -1;
        sources[i] = (struct script_source){paths[i], "builtin@test", file->content, 0, {0}};
    }
    play.probes = probes_new(sources, PLAY_PROBES, &limits, &fail);
    return play.probes ? 0 : -1;
}

static inline int free_probes(void **state)
{
    (void)state;
    probes_free(play.probes);
    return 0;
}

static inline void writes(struct record r)
{
    r.t = play.line;
    assert_true(record_put(&play.tape, &r));
    play.line++;
}

/* Begins a tape. */
static inline void probing(const char *id, const char *target)
{
    struct probes *probes = play.probes;
    buf_free(&play.tape);
    buf_free(&play.steps);
    play = (struct play){
        .probes = probes, .tape = buf_new(TAPE_LIMIT), .steps = buf_new(TAPE_LIMIT), .line = 1};
    play.head = (struct tape_head){
        .probe = bytes_of(id),
        .pack = bytes_of("builtin@test"),
        .started = 1700000000000000,
        .mail_domain = bytes_of("t.example"),
        .sender_domain = bytes_of("s.example"),
        .helo = bytes_of("p.example"),
        .authority = bytes_of("An Authority"),
        .contact = bytes_of("mailto:a@p.example"),
        .info = bytes_of("https://p.example/"),
        .wait = 3 * SPAN_SECOND,
    };
    assert_true(addr_parse(bytes_of(target), &play.head.target));
    assert_true(addr_parse(bytes_of(SINK), &play.head.sink));
    assert_true(tape_head_put(&play.tape, &play.head));
}

/* The sink has several ports, and a control that the run knows. */
static inline void sink_has(struct ways ways)
{
    play.head.ways = ways;
}

static inline int end_play(void **state)
{
    (void)state;
    buf_free(&play.tape);
    buf_free(&play.steps);
    return 0;
}

static inline void takes_token(void)
{
    writes((struct record){.op = RECORD_TOKEN, .data = bytes_of(TOKEN)});
}

static inline void opens(void)
{
    char text[ADDR_TEXT];
    writes((struct record){
        .op = RECORD_OPEN, .c = ++play.conn, .data = bytes_of(addr_text(&play.head.target, text))});
}

static inline void connects(void)
{
    opens();
    writes(
        (struct record){.op = RECORD_OPENED, .c = play.conn, .data = bytes_of("192.0.2.1:40000")});
}

/* In place of the last connection, which is closed once the new one stands. */
static inline void connects_again(void)
{
    connects();
    writes((struct record){.op = RECORD_CLOSE, .c = play.conn - 1});
}

static inline void fails(const char *code, const char *text)
{
    writes((struct record){
        .op = RECORD_FAIL, .c = play.conn, .data = bytes_of(code), .more = {bytes_of(text)}});
}

static inline void says(const char *text)
{
    writes((struct record){.op = RECORD_RECV, .c = play.conn, .data = bytes_of(text)});
}

static inline void says_bytes(const char *p, size_t n)
{
    writes((struct record){.op = RECORD_RECV, .c = play.conn, .data = bytes_at(p, n)});
}

static inline void hears(const char *text)
{
    writes((struct record){.op = RECORD_SEND, .c = play.conn, .data = bytes_of(text)});
}

static inline void hears_bytes(const char *p, size_t n)
{
    writes((struct record){.op = RECORD_SEND, .c = play.conn, .data = bytes_at(p, n)});
}

static inline void server_ends(void)
{
    writes((struct record){.op = RECORD_END, .c = play.conn});
}

static inline void closes(void)
{
    writes((struct record){.op = RECORD_CLOSE, .c = play.conn});
}

/* From this address, to this port of the sink's; "": it is not known to which, as on tapes of older versions. */
static inline void comes_back_from(const char *kind, const char *peer, const char *port)
{
    writes((struct record){.op = RECORD_RECEIPT,
                           .data = bytes_of(TOKEN),
                           .more = {bytes_of(kind), bytes_of(peer),
                                    bytes_of("2026-11-24T02:10:16.123456Z"),
                                    bytes_of("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                                             "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
                                    bytes_of(ANSWER), bytes_of(port)}});
}

static inline void comes_back_at(const char *kind, const char *port)
{
    comes_back_from(kind, "192.0.2.7:9", port);
}

static inline void comes_back(const char *kind)
{
    comes_back_at(kind, "");
}

static inline void nothing_comes_back(void)
{
    writes((struct record){.op = RECORD_FAIL,
                           .data = bytes_of("ETIMEDOUT"),
                           .more = {bytes_of("nothing came back to the sink in time")}});
}

static inline void done(void *arg, const struct conclusion *c)
{
    (void)arg;
    assert_false(play.concluded);
    play.concluded = true;
    play.verdict = c->verdict;
    play.has_proof = c->has_proof;
    play.proof = c->proof;
    play.late = c->late;
    memcpy(play.reason, c->reason.p ? (const char *)c->reason.p : "", c->reason.n);
    play.reason[c->reason.n] = '\0';
    steps_json(c->steps, &play.steps);
}

/* The probe on the tape: it must take every line, and come to this end. */
static inline void concludes(enum verdict verdict, const char *reason)
{
    struct fail fail;
    unsigned lines = play.line;
    const struct tape_head *h = &play.head;
    struct run_facts run_facts = {.probe = h->probe,
                                  .args = play.args,
                                  .mail_domain = h->mail_domain,
                                  .sender_domain = h->sender_domain,
                                  .helo = h->helo,
                                  .authority = h->authority,
                                  .contact = h->contact,
                                  .info = h->info,
                                  .sink = h->sink,
                                  .ways = h->ways,
                                  .wait = h->wait};
    struct task_facts facts = {.run = &run_facts, .target = h->target, .target_name = h->name};
    int index = probes_find(play.probes, h->probe);
    assert_true(index >= 0);
    writes((struct record){.op = RECORD_VERDICT, .data = bytes_of("none")});
    struct replay *replay = replay_new(buf_view(&play.tape), &fail);
    assert_non_null(replay);
    struct probe_run *run =
        probe_run_new(play.probes, (size_t)index, replay_world(replay), &facts, done, NULL, &fail);
    assert_non_null(run);
    probe_run_start(run);
    assert_true(play.concluded);
    if (replay_diverged(replay))
        fail_msg("%s", replay_diverged(replay)->text);
    assert_string_equal(play.reason, reason);
    assert_string_equal(verdict_name(play.verdict), verdict_name(verdict));
    assert_int_equal(world_line(replay_world(replay)), lines);
    probe_run_free(run);
    replay_free(replay);
}

static inline void has_steps(const char *json)
{
    assert_string_equal(buf_text(&play.steps), json);
}

static inline void has_proof(void)
{
    char text[TOKEN_TEXT];
    assert_true(play.has_proof);
    assert_string_equal(token_text(&play.proof, text), TOKEN);
}
