/*
 * A server that says anything, to each built-in probe. Input: the probe (1 byte), what the sink got (1 byte),
 * then for each thing that the server does its length (1 byte; 0: it closes, 255: it falls silent) and bytes.
 *
 * Every probe comes to a verdict without waiting for what does not come; "open" only with a receipt; and every
 * recipient that it names is its own mailbox.
 */
#include "builtin.h"
#include "claim.h"
#include "tape/steps.h"
#include "world/world.h"

#define OPENED "a new connection"

struct server {
    struct world world;
    struct bytes script;
    unsigned conns;
    unsigned line;
    uint8_t tokens;
    unsigned char sink; /* what comes back */
    struct buf input;
    struct buf sent;
    bool datagrams; /* the last connection is by UDP */
    bool concluded;
    bool received; /* a receipt was given */
};

static struct server *of(struct world *w)
{
    return (struct server *)(void *)w;
}

static bool on_open(struct world *w, const struct addr *to, enum world_way way, unsigned *conn,
                    struct fail *fail)
{
    struct server *s = of(w);
    s->datagrams = way == WORLD_UDP;
    (void)to;
    *conn = ++s->conns;
    buf_put_text(&s->sent, OPENED "\n");
    s->line++;
    return s->conns <= 8 || fail_set(fail, "ELIMIT", "enough");
}

static enum world_state on_stand(struct world *w, unsigned conn, instant deadline,
                                 struct fail *fail)
{
    (void)conn, (void)deadline;
    of(w)->line++;
    if (of(w)->script.n > 0)
        return WORLD_READY;
    fail_set(fail, "ECONNREFUSED", "refused");
    return WORLD_FAILED;
}

static bool on_send(struct world *w, unsigned conn, struct bytes what, struct fail *fail)
{
    (void)conn, (void)fail;
    of(w)->line++;
    buf_put(&of(w)->sent, what);
    return true;
}

/* What the server does next. */
static enum world_state on_receive(struct world *w, unsigned conn, instant deadline,
                                   struct fail *fail)
{
    struct server *s = of(w);
    (void)conn, (void)deadline;
    s->line++;
    unsigned char n = s->script.n > 0 ? s->script.p[0] : 0;
    s->script = bytes_slice(s->script, 1, s->script.n);
    if (n == 0 || n == 255) {
        fail_set(fail, n == 0 ? "EOF" : "ETIMEDOUT", "the server says no more");
        return WORLD_FAILED;
    }
    struct bytes said = bytes_slice(s->script, 0, n);
    if (s->datagrams)
        buf_clear(&s->input);
    s->script = bytes_slice(s->script, n, s->script.n);
    if (said.n > 0 && buf_put(&s->input, said))
        return WORLD_READY;
    fail_set(fail, "ELIMIT", "too much");
    return WORLD_FAILED;
}

static bool on_secure(struct world *w, unsigned conn, struct bytes name, struct fail *fail)
{
    (void)conn, (void)name;
    return of(w)->input.n == 0 || fail_set(fail, "EPROTO", "ahead of TLS");
}

static void on_close(struct world *w, unsigned conn)
{
    (void)conn;
    of(w)->line++;
    buf_clear(&of(w)->input);
}

static enum world_state on_pause(struct world *w, instant deadline, struct fail *fail)
{
    (void)w, (void)deadline, (void)fail;
    return WORLD_READY;
}

static enum world_state on_secured(struct world *w, unsigned conn, instant deadline,
                                   struct fail *fail)
{
    (void)conn;
    return on_pause(w, deadline, fail);
}

static enum world_state on_receipt(struct world *w, const struct token *token, instant deadline,
                                   struct receipt *out, struct fail *fail)
{
    struct server *s = of(w);
    (void)deadline;
    s->line++;
    if (s->sink > RECEIPT_HTTP) {
        fail_set(fail, "ETIMEDOUT", "nothing came back");
        return WORLD_FAILED;
    }
    *out = (struct receipt){.token = *token, .kind = (enum receipt_kind)s->sink};
    memset(out->digest, 'a', SHA256_HEX - 1);
    memset(out->answer, 'b', sizeof out->answer - 1);
    s->received = true;
    return WORLD_READY;
}

static bool on_token(struct world *w, struct token *out, struct fail *fail)
{
    struct server *s = of(w);
    *out = (struct token){.b = {1, 2, 3, 4, 5, 6, 7, 8, 9, s->tokens++}};
    return s->tokens < 100 || fail_set(fail, "ELIMIT", "enough");
}

static bool on_now(struct world *w, instant *out, struct fail *fail)
{
    (void)w, (void)fail;
    *out = 1700000000000000;
    return true;
}

static bool on_ask(struct world *w, struct bytes name, enum dns_type type, struct fail *fail)
{
    (void)w, (void)name, (void)type;
    return fail_set(fail, "ENOTSUP", "no resolvers");
}

static void on_note(struct world *w, struct bytes text)
{
    (void)text;
    of(w)->line++;
}

static instant on_deadline(struct world *w, span limit)
{
    (void)w;
    return limit;
}

static struct buf *on_input(struct world *w, unsigned conn)
{
    return conn > 0 && conn <= of(w)->conns ? &of(w)->input : NULL;
}

static unsigned on_line(struct world *w)
{
    return of(w)->line;
}

static const struct world_ops ops = {
    .open = on_open,
    .opened = on_stand,
    .send = on_send,
    .receive = on_receive,
    .secure = on_secure,
    .secured = on_secured,
    .close = on_close,
    .pause = on_pause,
    .receipt = on_receipt,
    .token = on_token,
    .now = on_now,
    .ask = on_ask,
    .note = on_note,
    .deadline = on_deadline,
    .input = on_input,
    .line = on_line,
};

static void to_lower(struct buf *b)
{
    for (size_t i = 0; i < b->n; i++)
        if (b->p[i] >= 'A' && b->p[i] <= 'Z')
            b->p[i] = (unsigned char)(b->p[i] - 'A' + 'a');
}

static bool holds(struct bytes line, const char *text)
{
    return bytes_find(line, bytes_of(text)) != BYTES_NOT_FOUND;
}

/* Each RCPT names the own token and the own domain; or the target's postmaster, and then no message is begun on
 * that connection. In lower case. */
static void claim_recipients(struct bytes sent)
{
    bool held = false;
    for (size_t at = 0; at < sent.n;) {
        size_t end = bytes_index(sent, '\n', at);
        struct bytes line = bytes_slice(sent, at, end);
        at = end == BYTES_NOT_FOUND ? sent.n : end + 1;
        if (bytes_equal_text(line, OPENED))
            held = false;
        require(!held || !bytes_equal_text(bytes_trim(line), "data"));
        if (!bytes_starts_nocase(line, "rcpt to:"))
            continue;
        bool postmaster = bytes_starts_nocase(line, "rcpt to:<postmaster@");
        held |= postmaster;
        require(postmaster || (holds(line, "aebagbafaydqqc") && holds(line, "t.example")));
    }
}

static void done(void *arg, const struct conclusion *c)
{
    struct server *s = arg;
    struct buf steps = buf_new(STEPS_LIMIT * 8);
    require(!s->concluded);
    s->concluded = true;
    require(c->verdict != VERDICT_OPEN || s->received);
    require(c->reason.n <= CONCLUSION_REASON);
    require(steps_json(c->steps, &steps));
    buf_free(&steps);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fail fail;
    struct probes *probes = builtin_probes();
    struct server s = {
        .world.ops = &ops, .line = 1, .input = buf_new(1 << 16), .sent = buf_new(1 << 20)};
    struct run_facts run_facts = {.probe = bytes_of("relay/x"),
                                  .mail_domain = bytes_of("t.example"),
                                  .helo = bytes_of("p.example"),
                                  .authority = bytes_of("A"),
                                  .contact = bytes_of("a@p.example"),
                                  .info = bytes_of("https://p.example/"),
                                  .wait = SPAN_SECOND};
    if (size < 2)
        return 0;
    s.sink = data[1];
    s.script = bytes_at(data + 2, size - 2);
    struct task_facts facts = {.run = &run_facts};
    addr_parse(bytes_of("192.0.2.25:25"), &facts.target);
    addr_parse(bytes_of("192.0.2.99:2600"), &run_facts.sink);
    struct probe_run *run =
        probe_run_new(probes, data[0] % probes_count(probes), &s.world, &facts, done, &s, &fail);
    require(run);
    probe_run_start(run);
    require(s.concluded);
    to_lower(&s.sent);
    claim_recipients(buf_view(&s.sent));
    probe_run_free(run);
    buf_free(&s.input);
    buf_free(&s.sent);
    return 0;
}
