/*
 * stage: a live world with a server on loopback that does what a test says, and the same talk again on
 * the tape that came of it. The live one may also be reached from afar, as by a probe in another process.
 *
 * A talk is a function over a world. Each of its calls writes a line of what it gave into a log; the
 * server's part is played on the live world alone. So two logs that are equal mean that both worlds
 * gave the same results.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "net/dial.h"
#include "tape/record.h"
#include "tape/tape_head.h"
#include "world/far_desk.h"
#include "world/replay.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum dialler { DIALS_AT_ONCE, DIALS_NEVER, DIALS_REFUSED };

struct stage {
    struct loop *loop;
    struct live *live; /* NULL while a tape is replayed */
    bool from_afar;
    struct far *far; /* NULL: it is reached directly */
    struct far_desk desk;
    struct far_call asked; /* the question that has not come to the desk yet */
    struct timer *on_its_way;
    struct live_services services;
    enum dialler dialler;
    struct addr server; /* where it listens */
    int listening;
    int peer;                       /* the server's end of the last connection; -1 */
    bool inside;                    /* a call of the world is under way: no wake may come */
    struct world_messages messages; /* as the dialler says */
    unsigned handed_over;           /* those that it was told of */
    unsigned confirming;            /* of these */
    unsigned over;                  /* connections that services.closed was told of */
    span limit;
    span patience;
    struct buf log;
    struct buf head;                /* line 1 of the tape */
    void (*later)(struct stage *s); /* the server's part, once the script waits */
};

static struct stage stage;

static inline int open_fds(void)
{
    int n = 0;
    DIR *dir = opendir("/proc/self/fd");
    assert_non_null(dir);
    while (readdir(dir))
        n++;
    closedir(dir);
    return n;
}

static inline void stage_wake(void *owner)
{
    struct stage *s = owner;
    assert_false(s->inside);
    loop_stop(s->loop);
}

static inline void stage_dial(void *arg, struct live *live, unsigned conn, const struct addr *to,
                              enum world_way way)
{
    struct stage *s = arg;
    struct fail why;
    if (s->dialler == DIALS_AT_ONCE && way == WORLD_VISIT) {
        live_visiting(live, conn);
    } else if (s->dialler == DIALS_REFUSED) {
        fail_set(&why, "ESCOPE", "%s", "192.0.2.1 is not in the scope");
        live_dialled(live, conn, -1, &s->messages, &why);
    } else if (s->dialler == DIALS_AT_ONCE) {
        int fd = way == WORLD_UDP ? dial_datagrams(NULL, to, &why) : dial_start(to, &why);
        live_dialled(live, conn, fd, &s->messages, &why);
    }
}

static inline void stage_closed(void *arg, struct live *live, unsigned conn)
{
    (void)live;
    (void)conn;
    ((struct stage *)arg)->over++;
}

static inline void stage_message(void *arg, struct live *live, bool confirms)
{
    struct stage *s = arg;
    (void)live;
    s->handed_over++;
    s->confirming += confirms;
}

/* Something happened in the live world: its owner looks, here or at the desk. */
static inline void live_wake(void *owner)
{
    struct stage *s = owner;
    struct far_answer answer;
    if (!s->far)
        stage_wake(s);
    else if (far_desk_wake(&s->desk, &answer) == FAR_ANSWER)
        assert_true(far_answered(s->far, &answer));
}

static inline void stage_call(void *arg, const struct far_call *call)
{
    struct stage *s = arg;
    struct far_answer none;
    s->asked = *call;
    if (call->op > FAR_TOLD)
        timer_start(s->on_its_way, 0);
    else
        assert_int_equal(far_desk_call(&s->desk, call, &none), FAR_DONE);
}

static inline void stage_asks(void *arg)
{
    struct stage *s = arg;
    struct far_answer answer;
    enum far_step step = far_desk_call(&s->desk, &s->asked, &answer);
    assert_int_not_equal(step, FAR_BROKEN);
    if (step == FAR_ANSWER)
        assert_true(far_answered(s->far, &answer));
}

static inline int stage_begin(void **state)
{
    (void)state;
    struct fail fail;
    stage = (struct stage){.peer = -1,
                           .limit = 30 * SPAN_SECOND,
                           .log = buf_new(1 << 20),
                           .head = buf_new(TAPE_HEAD_LIMIT)};
    stage.loop = loop_new(&fail);
    assert_non_null(stage.loop);
    addr_parse(bytes_of("127.0.0.1"), &stage.server);
    stage.listening = listen_open(&stage.server, &fail);
    assert_true(stage.listening >= 0);
    fcntl(stage.listening, F_SETFL, 0);
    stage.services = (struct live_services){.loop = stage.loop,
                                            .dial = stage_dial,
                                            .message = stage_message,
                                            .closed = stage_closed,
                                            .arg = &stage};
    stage.on_its_way = timer_new(stage.loop, stage_asks, &stage);
    return 0;
}

static inline int stage_begin_afar(void **state)
{
    stage_begin(state);
    stage.from_afar = true;
    return 0;
}

static inline int stage_end(void **state)
{
    (void)state;
    far_free(stage.far);
    far_desk_free(&stage.desk);
    live_free(stage.live);
    timer_free(stage.on_its_way);
    if (stage.peer >= 0)
        close(stage.peer);
    close(stage.listening);
    loop_free(stage.loop);
    buf_free(&stage.log);
    buf_free(&stage.head);
    return 0;
}

static inline void stage_live(void)
{
    struct fail fail;
    static const struct token_seed seed = {.job = "job name", .key = "the key of the job"};
    const struct tape_head head = {.probe = bytes_of("relay/test"),
                                   .pack = bytes_of("test@1"),
                                   .target = stage.server,
                                   .started = loop_now(),
                                   .sink = stage.server,
                                   .mail_domain = bytes_of("t.example"),
                                   .wait = SPAN_SECOND};
    buf_clear(&stage.head);
    assert_true(tape_head_put(&stage.head, &head));
    struct live_options options = {
        .taped = true, .seed = &seed, .limit = stage.limit, .patience = stage.patience};
    stage.live = live_new(&stage.services, &options, live_wake, &stage, &fail);
    assert_non_null(stage.live);
    stage.desk = (struct far_desk){.live = stage.live};
    stage.far =
        stage.from_afar ? far_new(&seed, stage_call, &stage, stage_wake, &stage, &fail) : NULL;
    assert_true(stage.far || !stage.from_afar);
}

/* The one that a script would have. */
static inline struct world *stage_world(void)
{
    return stage.far ? far_world(stage.far) : live_world(stage.live);
}

static inline void stage_hang(void *arg)
{
    (void)arg;
    fail_msg("the loop waits for something that does not happen");
}

static inline void stage_later(void *arg)
{
    struct stage *s = arg;
    void (*then)(struct stage * s) = s->later;
    s->later = NULL;
    then(s);
}

/* Lets the loop go round until a wake. */
static inline void stage_run(void)
{
    struct timer *patience = timer_new(stage.loop, stage_hang, NULL);
    struct timer *later = timer_new(stage.loop, stage_later, &stage);
    timer_start(patience, 10 * SPAN_SECOND);
    if (stage.later)
        timer_start(later, 1000);
    loop_run(stage.loop);
    timer_free(later);
    timer_free(patience);
}

static inline void stage_stop(void *arg)
{
    loop_stop(((struct stage *)arg)->loop);
}

static inline void stage_run_for(span time)
{
    struct timer *timer = timer_new(stage.loop, stage_stop, &stage);
    timer_start(timer, time);
    stage_run();
    timer_free(timer);
}

/* One line of the log: the call, its results, the tape's last line. */
static inline void stage_log(struct world *w, const char *call, const char *what)
{
    buf_printf(&stage.log, "%s: %s (line %u)\n", call, what, world_line(w));
}

static inline void stage_log_fail(struct world *w, const char *call, const struct fail *fail)
{
    char what[400];
    snprintf(what, sizeof what, "%s, %s", fail->code, fail->text);
    stage_log(w, call, what);
}

/* The server's part ------------------------------------------------------------------------------ */

static inline void server_takes(void)
{
    if (!stage.live)
        return;
    if (stage.peer >= 0)
        close(stage.peer);
    stage.peer = accept4(stage.listening, NULL, NULL, SOCK_CLOEXEC);
    assert_true(stage.peer >= 0);
}

static inline void server_says(const char *text)
{
    size_t n = strlen(text);
    if (stage.live)
        assert_int_equal(write(stage.peer, text, n), n);
}

static inline void server_hears(const char *text)
{
    char got[1024];
    if (!stage.live)
        return;
    assert_int_equal(recv(stage.peer, got, strlen(text), MSG_WAITALL), strlen(text));
    assert_memory_equal(got, text, strlen(text));
}

static inline void server_closes(void)
{
    if (!stage.live)
        return;
    close(stage.peer);
    stage.peer = -1;
}

static inline void server_resets(void)
{
    struct linger now = {.l_onoff = 1};
    if (!stage.live)
        return;
    setsockopt(stage.peer, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    server_closes();
}

/* The script's calls ----------------------------------------------------------------------------- */

/* Repeats a call until it is answered. A replay is never told WORLD_PENDING. */
#define STAGE_AWAIT(call)                                                                          \
    for (;;) {                                                                                     \
        stage.inside = true;                                                                       \
        state = call;                                                                              \
        stage.inside = false;                                                                      \
        if (state != WORLD_PENDING)                                                                \
            break;                                                                                 \
        assert_non_null(stage.live);                                                               \
        stage_run();                                                                               \
    }

static inline unsigned does_open(struct world *w)
{
    struct fail fail;
    unsigned conn = 0;
    char what[32];
    if (world_open(w, &stage.server, &conn, &fail)) {
        snprintf(what, sizeof what, "%u", conn);
        stage_log(w, "open", what);
    } else {
        stage_log_fail(w, "open", &fail);
    }
    return conn;
}

static inline bool does_opened(struct world *w, unsigned conn, double seconds)
{
    struct fail fail;
    enum world_state state;
    instant deadline = world_deadline(w, (span)(seconds * (double)SPAN_SECOND));
    STAGE_AWAIT(world_opened(w, conn, deadline, &fail))
    if (state == WORLD_READY)
        stage_log(w, "opened", "ready");
    else
        stage_log_fail(w, "opened", &fail);
    return state == WORLD_READY;
}

/* A connection that stands. */
static inline unsigned does_connect(struct world *w)
{
    unsigned conn = does_open(w);
    assert_true(does_opened(w, conn, 5));
    server_takes();
    return conn;
}

static inline void does_send(struct world *w, unsigned conn, const char *text)
{
    struct fail fail;
    if (world_send(w, conn, bytes_of(text), &fail))
        stage_log(w, "send", "ok");
    else
        stage_log_fail(w, "send", &fail);
}

static inline bool does_receive(struct world *w, unsigned conn, double seconds)
{
    struct fail fail;
    enum world_state state;
    instant deadline = world_deadline(w, (span)(seconds * (double)SPAN_SECOND));
    STAGE_AWAIT(world_receive(w, conn, deadline, &fail))
    if (state != WORLD_READY) {
        stage_log_fail(w, "receive", &fail);
        return false;
    }
    struct buf text = buf_new(4096);
    text_escape(&text, buf_view(world_input(w, conn)), 1000);
    stage_log(w, "receive", buf_text(&text));
    buf_free(&text);
    return true;
}

/* Until the input holds n bytes: a server's words may come in pieces. */
static inline void does_receive_all(struct world *w, unsigned conn, size_t n)
{
    while (world_input(w, conn)->n < n)
        assert_true(does_receive(w, conn, 5));
}

static inline bool does_secure(struct world *w, unsigned conn, const char *name)
{
    struct fail fail;
    bool ok = world_secure(w, conn, bytes_of(name), &fail);
    if (ok)
        stage_log(w, "secure", "ok");
    else
        stage_log_fail(w, "secure", &fail);
    return ok;
}

static inline bool does_secured(struct world *w, unsigned conn, double seconds)
{
    struct fail fail;
    enum world_state state;
    instant deadline = world_deadline(w, (span)(seconds * (double)SPAN_SECOND));
    STAGE_AWAIT(world_secured(w, conn, deadline, &fail))
    if (state == WORLD_READY)
        stage_log(w, "secured", "ready");
    else
        stage_log_fail(w, "secured", &fail);
    return state == WORLD_READY;
}

static inline void does_close(struct world *w, unsigned conn)
{
    world_close(w, conn);
    stage_log(w, "close", "done");
}

static inline bool does_pause(struct world *w, double seconds)
{
    struct fail fail;
    enum world_state state;
    instant deadline = world_deadline(w, (span)(seconds * (double)SPAN_SECOND));
    STAGE_AWAIT(world_pause(w, deadline, &fail))
    if (state == WORLD_READY)
        stage_log(w, "pause", "over");
    else
        stage_log_fail(w, "pause", &fail);
    return state == WORLD_READY;
}

static inline bool does_token(struct world *w, struct token *out)
{
    struct fail fail;
    char text[TOKEN_TEXT];
    bool ok = world_token(w, out, &fail);
    if (ok)
        stage_log(w, "token", token_text(out, text));
    else
        stage_log_fail(w, "token", &fail);
    return ok;
}

static inline bool does_await(struct world *w, const struct token *token, double seconds)
{
    struct fail fail;
    struct receipt r;
    char peer[ADDR_TEXT], at[TIME_TEXT], text[TOKEN_TEXT], what[300];
    enum world_state state;
    instant deadline = world_deadline(w, (span)(seconds * (double)SPAN_SECOND));
    STAGE_AWAIT(world_receipt(w, token, deadline, &r, &fail))
    if (state != WORLD_READY) {
        stage_log_fail(w, "receipt", &fail);
        return false;
    }
    snprintf(what, sizeof what, "%s as %s from %s at %s, %s %s", token_text(&r.token, text),
             receipt_kind_name(r.kind), addr_text(&r.peer, peer), time_text(r.at, at), r.digest,
             r.answer);
    stage_log(w, "receipt", what);
    return true;
}

static inline void does_now(struct world *w)
{
    struct fail fail;
    instant now = 0;
    char text[TIME_TEXT];
    if (world_now(w, &now, &fail))
        stage_log(w, "now", time_text(now, text));
    else
        stage_log_fail(w, "now", &fail);
}

/* A test message is handed over. */
static inline void does_message(struct world *w, bool confirms)
{
    struct fail fail;
    if (world_may_message(w, &fail) && world_message(w, confirms, &fail))
        stage_log(w, "message", "done");
    else
        stage_log_fail(w, "message", &fail);
}

/* What the sink would say of a token. */
static inline struct receipt receipt_for(const struct token *token, enum receipt_kind kind)
{
    struct receipt r = {.token = *token, .kind = kind, .at = 1700000000123456};
    addr_parse(bytes_of("192.0.2.7:4711"), &r.peer);
    memset(r.digest, 'a', SHA256_HEX - 1);
    memset(r.answer, '7', sizeof r.answer - 1);
    return r;
}

/* Both worlds ------------------------------------------------------------------------------------- */

#define STEPS "[{\"line\":2,\"say\":\"a step\"}]"

static inline void stage_conclude(void)
{
    live_verdict(stage.live, bytes_of("closed"), bytes_of("so it was"), bytes_of(STEPS));
}

/* The tape's text, owned by the caller; the live world is gone. */
static inline struct bytes stage_take_tape(void)
{
    struct buf tape = buf_new(TAPE_LIMIT);
    buf_put(&tape, bytes_at(stage.head.p, stage.head.n));
    assert_true(live_records(stage.live, &tape));
    far_free(stage.far);
    far_desk_free(&stage.desk);
    live_free(stage.live);
    stage.far = NULL;
    stage.live = NULL;
    return buf_view(&tape);
}

/* The talk live, then on its tape: every call must give the same, to the last line. */
static inline void plays_twice(void (*talk)(struct world *w))
{
    struct fail fail = {.text = ""};
    stage_live();
    talk(stage_world());
    stage_conclude();
    struct bytes tape = stage_take_tape();
    char *first = strdup(buf_text(&stage.log));
    buf_clear(&stage.log);
    struct replay *r = replay_new(tape, &fail);
    assert_non_null(r);
    talk(replay_world(r));
    assert_string_equal(buf_text(&stage.log), first);
    assert_null(replay_diverged(r));
    if (!replay_verdict(r, bytes_of("closed"), bytes_of("so it was"), bytes_of(STEPS), &fail))
        fail_msg("%s", fail.text);
    replay_free(r);
    free(first);
    free((void *)(uintptr_t)tape.p);
}

/* A line of the log, as it stands. */
static inline void log_has(const char *line)
{
    if (!strstr(buf_text(&stage.log), line))
        fail_msg("the log lacks \"%s\":\n%s", line, buf_text(&stage.log));
}
