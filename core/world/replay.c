#include "world/replay.h"

#include "tape/tape_reader.h"

#include <stdlib.h>
#include <string.h>

struct replay_conn {
    unsigned number; /* 0: free */
    bool stands;
    enum world_way way;
    struct buf input;
};

struct replay {
    struct world world;
    struct tape_reader reader;
    struct tape_head head;
    struct record next; /* read, not yet taken */
    enum tape_step at;  /* whether there is one */
    unsigned lines;     /* taken so far */
    unsigned dials;
    unsigned tokens;
    struct buf message; /* the last answer of the DNS */
    struct fail diverged;
    struct difference difference;
    struct replay_conn conns[WORLD_CONNECTIONS];
};

static struct replay *of(struct world *w)
{
    return (struct replay *)(void *)w;
}

static void advance(struct replay *r)
{
    struct fail fail;
    r->lines = r->reader.line;
    r->at = tape_reader_next(&r->reader, &r->next, &fail);
    if (r->at == TAPE_BAD)
        r->diverged = fail;
}

static bool differ(struct replay *r, struct fail *fail)
{
    if (!r->diverged.code)
        difference_fail(&r->difference, &r->diverged);
    *fail = r->diverged;
    return false;
}

static bool diverge(struct replay *r, enum record_op op, unsigned c, struct bytes data,
                    struct fail *fail)
{
    struct record came = {.op = op, .c = c, .data = data};
    const struct record *stands = r->at == TAPE_RECORD ? &r->next : NULL;
    if (!r->diverged.code)
        difference_of_records(&r->difference, r->reader.line, stands, &came);
    return differ(r, fail);
}

/* The next record, when it is this operation on this connection. */
static const struct record *peek(const struct replay *r, enum record_op op, unsigned c)
{
    bool is = !r->diverged.code && r->at == TAPE_RECORD && r->next.op == op && r->next.c == c;
    return is ? &r->next : NULL;
}

/* Takes a record whose data must be `data`. */
static bool take(struct replay *r, enum record_op op, unsigned c, struct bytes data,
                 struct fail *fail)
{
    const struct record *next = peek(r, op, c);
    if (!next || !bytes_equal(next->data, data))
        return diverge(r, op, c, data, fail);
    advance(r);
    return true;
}

static struct replay_conn *find(struct replay *r, unsigned number)
{
    for (unsigned i = 0; number != 0 && i < WORLD_CONNECTIONS; i++)
        if (r->conns[i].number == number)
            return &r->conns[i];
    return NULL;
}

static struct replay_conn *find_open(struct replay *r, unsigned number, bool standing,
                                     struct fail *fail)
{
    struct replay_conn *c = find(r, number);
    bool visit = c && c->stands && c->way == WORLD_VISIT;
    if (c && ((c->stands && !visit) || !standing))
        return c;
    fail_set(fail, "EBADF", "connection %u %s", number,
             visit ? "is the sink's"
             : c   ? "does not stand yet"
                   : "is closed");
    return NULL;
}

static void release(struct replay_conn *c)
{
    buf_free(&c->input);
    memset(c, 0, sizeof *c);
}

static struct replay_conn *take_slot(struct replay *r, struct fail *fail)
{
    for (unsigned i = 0; r->dials < world_dials_most(&r->world) && i < WORLD_CONNECTIONS; i++)
        if (r->conns[i].number == 0) {
            r->conns[i] =
                (struct replay_conn){.number = ++r->dials, .input = buf_new(WORLD_INPUT_LIMIT)};
            return &r->conns[i];
        }
    world_no_more_dials(&r->world, fail);
    return NULL;
}

/* A wait that failed when the tape was made. */
static bool take_failure(struct replay *r, unsigned c, struct fail *fail)
{
    const struct record *next = peek(r, RECORD_FAIL, c);
    if (!next)
        return false;
    fail_set(fail, fail_code(next->data), "%.*s", (int)next->more[0].n,
             (const char *)next->more[0].p);
    advance(r);
    return true;
}

static bool replay_open(struct world *w, const struct addr *to, enum world_way way, unsigned *conn,
                        struct fail *fail)
{
    struct replay *r = of(w);
    char text[RECORD_PEER];
    struct bytes peer = bytes_of(record_peer(to, world_way_text(way), text));
    struct replay_conn *c = take_slot(r, fail);
    if (!c || !take(r, RECORD_OPEN, c->number, peer, fail))
        return false;
    c->way = way;
    *conn = c->number;
    return true;
}

/* How many the host might get still. */
static void take_messages(struct world *w, struct bytes digits)
{
    unsigned long left = 0;
    if (digits.n > 0 && bytes_number(digits, UINT16_MAX, &left))
        w->messages = (struct world_messages){true, (unsigned)left};
}

static enum world_state replay_opened(struct world *w, unsigned conn, instant deadline,
                                      struct fail *fail)
{
    struct replay *r = of(w);
    struct replay_conn *c = find_open(r, conn, false, fail);
    (void)deadline;
    if (!c)
        return WORLD_FAILED;
    const struct record *opened = peek(r, RECORD_OPENED, conn);
    if (opened) {
        take_messages(w, opened->more[0]);
        advance(r);
        c->stands = true;
        return WORLD_READY;
    }
    if (!take_failure(r, conn, fail))
        diverge(r, RECORD_OPENED, conn, bytes_of(""), fail);
    release(c);
    return WORLD_FAILED;
}

static bool replay_send(struct world *w, unsigned conn, struct bytes what, struct fail *fail)
{
    struct replay *r = of(w);
    return find_open(r, conn, true, fail) && take(r, RECORD_SEND, conn, what, fail);
}

static enum world_state replay_receive(struct world *w, unsigned conn, instant deadline,
                                       struct fail *fail)
{
    struct replay *r = of(w);
    struct replay_conn *c = find_open(r, conn, true, fail);
    (void)deadline;
    if (!c)
        return WORLD_FAILED;
    const struct record *got = peek(r, RECORD_RECV, conn);
    if (got) {
        if (c->way == WORLD_UDP)
            buf_clear(&c->input);
        bool fits = buf_put(&c->input, got->data);
        advance(r);
        if (fits)
            return WORLD_READY;
    } else if (peek(r, RECORD_END, conn)) {
        advance(r);
        return fail_set(fail, "EOF", "the server closed the connection"), WORLD_FAILED;
    }
    if (!take_failure(r, conn, fail))
        diverge(r, RECORD_RECV, conn, bytes_of(""), fail);
    return WORLD_FAILED;
}

static bool replay_secure(struct world *w, unsigned conn, struct bytes name, struct fail *fail)
{
    struct replay *r = of(w);
    struct replay_conn *c = find_open(r, conn, true, fail);
    if (!c)
        return false;
    if (c->input.n > 0)
        return fail_set(fail, "EPROTO", "the server sent plain text ahead of the TLS handshake");
    if (c->way == WORLD_UDP)
        return fail_set(fail, "ENOTSUP", "there is no TLS in this world");
    return take(r, RECORD_SECURE, conn, name, fail);
}

static enum world_state replay_secured(struct world *w, unsigned conn, instant deadline,
                                       struct fail *fail)
{
    struct replay *r = of(w);
    (void)deadline;
    if (!find_open(r, conn, true, fail))
        return WORLD_FAILED;
    if (peek(r, RECORD_SECURED, conn)) {
        advance(r);
        return WORLD_READY;
    }
    if (!take_failure(r, conn, fail))
        diverge(r, RECORD_SECURED, conn, bytes_of(""), fail);
    return WORLD_FAILED;
}

static void replay_close(struct world *w, unsigned conn)
{
    struct replay *r = of(w);
    struct replay_conn *c = find(r, conn);
    struct fail fail;
    if (!c)
        return;
    take(r, RECORD_CLOSE, conn, bytes_of(""), &fail);
    release(c);
}

static enum world_state replay_pause(struct world *w, instant deadline, struct fail *fail)
{
    (void)deadline;
    if (take_failure(of(w), 0, fail))
        return WORLD_FAILED;
    return take(of(w), RECORD_PAUSED, 0, bytes_of(""), fail) ? WORLD_READY : WORLD_FAILED;
}

static bool receipt_of(const struct record *record, struct receipt *out)
{
    unsigned long port = 0;
    if (record->more[3].n != SHA256_HEX - 1 || record->more[4].n != sizeof out->answer - 1 ||
        (record->more[5].n > 0 && !bytes_number(record->more[5], UINT16_MAX, &port)))
        return false;
    out->port = (uint16_t)port;
    memcpy(out->digest, record->more[3].p, SHA256_HEX - 1);
    memcpy(out->answer, record->more[4].p, sizeof out->answer - 1);
    return token_parse(record->data, &out->token) &&
           receipt_kind_parse(record->more[0], &out->kind) &&
           addr_parse(record->more[1], &out->peer) && time_parse(record->more[2], &out->at);
}

static enum world_state replay_receipt(struct world *w, const struct token *token, instant deadline,
                                       struct receipt *out, struct fail *fail)
{
    struct replay *r = of(w);
    char text[TOKEN_TEXT];
    struct bytes wanted = bytes_of(token_text(token, text));
    const struct record *next = peek(r, RECORD_RECEIPT, 0);
    (void)deadline;
    memset(out, 0, sizeof *out);
    if (next && bytes_equal(next->data, wanted) && receipt_of(next, out)) {
        advance(r);
        return WORLD_READY;
    }
    if (!take_failure(r, 0, fail))
        diverge(r, RECORD_RECEIPT, 0, wanted, fail);
    return WORLD_FAILED;
}

static bool replay_token(struct world *w, struct token *out, struct fail *fail)
{
    struct replay *r = of(w);
    const struct record *next = peek(r, RECORD_TOKEN, 0);
    if (r->tokens++ > UINT8_MAX)
        return fail_set(fail, "ELIMIT", "a probe may have 256 tokens");
    if (!next || !token_parse(next->data, out))
        return diverge(r, RECORD_TOKEN, 0, bytes_of(""), fail);
    advance(r);
    return true;
}

static bool replay_now(struct world *w, instant *out, struct fail *fail)
{
    struct replay *r = of(w);
    const struct record *next = peek(r, RECORD_NOW, 0);
    if (!next || !time_parse(next->data, out))
        return diverge(r, RECORD_NOW, 0, bytes_of(""), fail);
    advance(r);
    return true;
}

static bool replay_ask(struct world *w, struct bytes name, enum dns_type type, struct fail *fail)
{
    struct replay *r = of(w);
    const struct record *next = peek(r, RECORD_ASK, 0);
    if (!next || !bytes_equal_text(next->more[0], dns_type_name(type)))
        return diverge(r, RECORD_ASK, 0, name, fail);
    return take(r, RECORD_ASK, 0, name, fail);
}

static enum world_state replay_answered(struct world *w, instant deadline, struct bytes *message,
                                        struct fail *fail)
{
    struct replay *r = of(w);
    const struct record *next = peek(r, RECORD_ANSWER, 0);
    (void)deadline;
    if (next) {
        buf_clear(&r->message);
        buf_put(&r->message, next->more[0]);
        *message = buf_view(&r->message);
        advance(r);
        return WORLD_READY;
    }
    if (!take_failure(r, 0, fail))
        diverge(r, RECORD_ANSWER, 0, bytes_of(""), fail);
    return WORLD_FAILED;
}

static void replay_note(struct world *w, struct bytes text)
{
    struct fail fail;
    take(of(w), RECORD_NOTE, 0, text, &fail);
}

static instant replay_deadline(struct world *w, span limit)
{
    (void)w;
    (void)limit;
    return 0;
}

static struct buf *replay_input(struct world *w, unsigned conn)
{
    struct replay_conn *c = find(of(w), conn);
    return c ? &c->input : NULL;
}

static unsigned replay_line(struct world *w)
{
    return of(w)->lines;
}

static const struct world_ops ops = {
    .open = replay_open,
    .opened = replay_opened,
    .send = replay_send,
    .receive = replay_receive,
    .secure = replay_secure,
    .secured = replay_secured,
    .close = replay_close,
    .pause = replay_pause,
    .receipt = replay_receipt,
    .token = replay_token,
    .now = replay_now,
    .ask = replay_ask,
    .answered = replay_answered,
    .note = replay_note,
    .deadline = replay_deadline,
    .input = replay_input,
    .line = replay_line,
};

struct replay *replay_new(struct bytes tape, struct fail *fail)
{
    struct replay *r = calloc(1, sizeof *r);
    if (!r) {
        fail_set(fail, "ENOMEM", "out of memory for a replay");
        return NULL;
    }
    r->world.ops = &ops;
    r->message = buf_new(DNS_ANSWER_MOST);
    if (!tape_reader_open(&r->reader, tape, &r->head, fail)) {
        replay_free(r);
        return NULL;
    }
    advance(r);
    return r;
}

void replay_free(struct replay *r)
{
    if (!r)
        return;
    for (unsigned i = 0; i < WORLD_CONNECTIONS; i++)
        release(&r->conns[i]);
    buf_free(&r->message);
    tape_reader_close(&r->reader);
    free(r);
}

struct world *replay_world(struct replay *r)
{
    return &r->world;
}

const struct tape_head *replay_head(const struct replay *r)
{
    return &r->head;
}

const struct fail *replay_diverged(const struct replay *r)
{
    return r->diverged.code ? &r->diverged : NULL;
}

const struct difference *replay_difference(const struct replay *r)
{
    return r->difference.line > 0 ? &r->difference : NULL;
}

void replay_pass(struct replay *r)
{
    while (r->at == TAPE_RECORD && r->next.op != RECORD_VERDICT)
        advance(r);
}

bool replay_expects(const struct replay *r, struct bytes verdict)
{
    const struct record *next = peek(r, RECORD_VERDICT, 0);
    return next && bytes_equal(next->data, verdict);
}

bool replay_verdict(struct replay *r, struct bytes verdict, struct bytes reason, struct bytes steps,
                    struct fail *fail)
{
    const struct record *next = &r->next;
    if (!replay_expects(r, verdict))
        return diverge(r, RECORD_VERDICT, 0, verdict, fail);
    bool same_reason = bytes_equal(next->more[0], reason);
    if (same_reason && bytes_equal(next->more[1], steps)) {
        advance(r);
        return r->at == TAPE_END || diverge(r, RECORD_VERDICT, 0, verdict, fail);
    }
    if (same_reason)
        difference_of_steps(&r->difference, r->reader.line, next->more[1], steps);
    else
        difference_of_reasons(&r->difference, r->reader.line, next->more[0], reason);
    return differ(r, fail);
}

const struct record *replay_end(const struct replay *r, unsigned *line)
{
    *line = r->reader.line;
    return &r->next; /* at the tape's end nothing has taken its place */
}
