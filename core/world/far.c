#include "world/far.h"

#include "net/loop.h"

#include <stdlib.h>

/* As the live world keeps it: the number is free again once it is closed, or could not be opened. */
struct far_conn {
    unsigned number; /* 0: free */
    bool stands;
    enum world_way way;
    size_t
        given; /* bytes of input that came and of which the other side thinks that they are still needed */
    struct buf input;
};

struct far {
    struct world world;
    far_send send;
    void *arg;
    struct token_seed seed;
    bool has_seed;
    unsigned tokens;
    unsigned dials;
    unsigned line;     /* the tape's last one, as far as it is known here */
    enum far_op asked; /* 0: nothing */
    bool has_answer;
    struct far_answer answer; /* its data is in `came` */
    struct buf came;
    struct far_conn conns[WORLD_CONNECTIONS];
};

static struct far *of(struct world *w)
{
    return (struct far *)(void *)w;
}

static struct far_conn *find(struct far *far, unsigned number)
{
    for (unsigned i = 0; number != 0 && i < WORLD_CONNECTIONS; i++)
        if (far->conns[i].number == number)
            return &far->conns[i];
    return NULL;
}

static struct far_conn *find_open(struct far *far, unsigned number, struct fail *fail)
{
    struct far_conn *c = find(far, number);
    if (!c)
        fail_set(fail, "EBADF", "connection %u is closed", number);
    return c;
}

static struct far_conn *find_standing(struct far *far, unsigned number, struct fail *fail)
{
    struct far_conn *c = find_open(far, number, fail);
    if (c && !(c->stands && c->way != WORLD_VISIT))
        fail_set(fail, "EBADF", "connection %u %s", number,
                 c->stands ? "is the sink's" : "does not stand yet");
    return c && c->stands && c->way != WORLD_VISIT ? c : NULL;
}

static void release(struct far_conn *c)
{
    buf_free(&c->input);
    *c = (struct far_conn){0};
}

/* What was consumed since it was told last. A datagram is over with the next. */
static unsigned consumed(struct far_conn *c)
{
    if (c->way == WORLD_UDP)
        buf_clear(&c->input);
    size_t n = c->given - c->input.n;
    c->given = c->input.n;
    return (unsigned)n;
}

/* Hands on what needs no answer; `lines` is how many it writes onto the tape. */
static void tell(struct far *far, const struct far_call *call, unsigned lines)
{
    far->send(far->arg, call);
    far->line += lines;
}

/* Asks once; then gives the answer, once it has come. */
static enum world_state ask(struct far *far, const struct far_call *call, struct fail *fail)
{
    if (far->has_answer) {
        far->has_answer = false;
        far->asked = (enum far_op)0;
        *fail = far->answer.fail;
        return far->answer.state;
    }
    if (!far->asked) {
        far->asked = call->op;
        far->send(far->arg, call);
    }
    return WORLD_PENDING;
}

static bool far_open(struct world *w, const struct addr *to, enum world_way way, unsigned *conn,
                     struct fail *fail)
{
    struct far *far = of(w);
    struct far_conn *c = NULL;
    for (unsigned i = 0; far->dials < world_dials_most(w) && i < WORLD_CONNECTIONS; i++)
        c = far->conns[i].number ? c : &far->conns[i];
    if (!c)
        return world_no_more_dials(w, fail);
    *c = (struct far_conn){.number = ++far->dials, .way = way, .input = buf_new(WORLD_INPUT_LIMIT)};
    *conn = c->number;
    tell(far, &(struct far_call){.op = FAR_OPEN, .conn = c->number, .to = *to, .way = way}, 1);
    return true;
}

static enum world_state far_opened(struct world *w, unsigned conn, instant deadline,
                                   struct fail *fail)
{
    struct far *far = of(w);
    struct far_conn *c = find_open(far, conn, fail);
    if (!c)
        return WORLD_FAILED;
    struct far_call call = {.op = FAR_OPENED, .conn = conn, .at = deadline};
    enum world_state state = ask(far, &call, fail);
    c->stands = state == WORLD_READY;
    if (state == WORLD_READY && far->answer.messages.limited)
        w->messages = far->answer.messages;
    if (state == WORLD_FAILED)
        release(c);
    return state;
}

static bool far_send_bytes(struct world *w, unsigned conn, struct bytes what, struct fail *fail)
{
    if (!find_standing(of(w), conn, fail))
        return false;
    tell(of(w), &(struct far_call){.op = FAR_SEND, .conn = conn, .data = what}, 1);
    return true;
}

static enum world_state far_receive(struct world *w, unsigned conn, instant deadline,
                                    struct fail *fail)
{
    struct far *far = of(w);
    struct far_conn *c = find_standing(far, conn, fail);
    if (!c)
        return WORLD_FAILED;
    struct far_call call = {.op = FAR_RECEIVE, .conn = conn, .at = deadline};
    if (!far->asked)
        call.consumed = consumed(c);
    enum world_state state = ask(far, &call, fail);
    if (state != WORLD_READY)
        return state;
    if (!buf_put(&c->input, buf_view(&far->came)))
        return fail_set(fail, "ENOMEM", "out of memory for what was received"), WORLD_FAILED;
    c->given = c->input.n;
    return WORLD_READY;
}

static bool far_secure(struct world *w, unsigned conn, struct bytes name, struct fail *fail)
{
    struct far_conn *c = find_standing(of(w), conn, fail);
    if (!c)
        return false;
    struct far_call call = {.op = FAR_SECURE, .conn = conn, .data = name, .consumed = consumed(c)};
    tell(of(w), &call, 1);
    return true;
}

static void far_offer(struct world *w, unsigned conn, struct bytes protocol)
{
    if (find(of(w), conn))
        tell(of(w), &(struct far_call){.op = FAR_OFFER, .conn = conn, .data = protocol}, 0);
}

static enum world_state far_secured(struct world *w, unsigned conn, instant deadline,
                                    struct fail *fail)
{
    struct far_call call = {.op = FAR_SECURED, .conn = conn, .at = deadline};
    return find_standing(of(w), conn, fail) ? ask(of(w), &call, fail) : WORLD_FAILED;
}

static void far_close(struct world *w, unsigned conn)
{
    struct far_conn *c = find(of(w), conn);
    if (!c)
        return;
    tell(of(w), &(struct far_call){.op = FAR_CLOSE, .conn = conn}, 1);
    release(c);
}

static enum world_state far_pause(struct world *w, instant deadline, struct fail *fail)
{
    return ask(of(w), &(struct far_call){.op = FAR_PAUSE, .at = deadline}, fail);
}

static enum world_state far_receipt(struct world *w, const struct token *token, instant deadline,
                                    struct receipt *out, struct fail *fail)
{
    struct far_call call = {.op = FAR_RECEIPT, .token = *token, .at = deadline};
    enum world_state state = ask(of(w), &call, fail);
    if (state == WORLD_READY)
        *out = of(w)->answer.receipt;
    return state;
}

static bool far_token(struct world *w, struct token *out, struct fail *fail)
{
    struct far *far = of(w);
    if (!far->has_seed || far->tokens > UINT8_MAX)
        return fail_set(fail, "ELIMIT", "a probe may have 256 tokens");
    *out = token_make(&far->seed, (uint8_t)far->tokens++);
    tell(far, &(struct far_call){.op = FAR_TOKEN, .token = *out}, 1);
    return true;
}

static bool far_now(struct world *w, instant *out, struct fail *fail)
{
    (void)fail;
    *out = loop_now();
    tell(of(w), &(struct far_call){.op = FAR_NOW, .at = *out}, 1);
    return true;
}

static bool far_ask(struct world *w, struct bytes name, enum dns_type type, struct fail *fail)
{
    (void)fail;
    tell(of(w), &(struct far_call){.op = FAR_ASK, .data = name, .type = type}, 1);
    return true;
}

static enum world_state far_answer_of(struct world *w, instant deadline, struct bytes *message,
                                      struct fail *fail)
{
    struct far_call call = {.op = FAR_ANSWERED, .at = deadline};
    enum world_state state = ask(of(w), &call, fail);
    if (state == WORLD_READY)
        *message = buf_view(&of(w)->came);
    return state;
}

static void far_message(struct world *w, bool confirms)
{
    tell(of(w), &(struct far_call){.op = FAR_MESSAGE, .conn = confirms}, 0);
}

static void far_note(struct world *w, struct bytes text)
{
    tell(of(w), &(struct far_call){.op = FAR_NOTE, .data = text}, 1);
}

/* Where the probe's own time ends is known over there. */
static instant far_deadline(struct world *w, span limit)
{
    (void)w;
    return loop_monotonic() + limit;
}

static struct buf *far_input(struct world *w, unsigned conn)
{
    struct far_conn *c = find(of(w), conn);
    return c ? &c->input : NULL;
}

static unsigned far_line(struct world *w)
{
    return of(w)->line;
}

static const struct world_ops ops = {
    .open = far_open,
    .opened = far_opened,
    .send = far_send_bytes,
    .receive = far_receive,
    .secure = far_secure,
    .offer = far_offer,
    .secured = far_secured,
    .close = far_close,
    .pause = far_pause,
    .receipt = far_receipt,
    .token = far_token,
    .now = far_now,
    .ask = far_ask,
    .answered = far_answer_of,
    .message = far_message,
    .note = far_note,
    .deadline = far_deadline,
    .input = far_input,
    .line = far_line,
};

struct far *far_new(const struct token_seed *seed, far_send send, void *arg,
                    void (*wake)(void *owner), void *owner, struct fail *fail)
{
    struct far *far = calloc(1, sizeof *far);
    if (!far) {
        fail_set(fail, "ENOMEM", "out of memory for a probe");
        return NULL;
    }
    far->world = (struct world){.ops = &ops, .wake = wake, .owner = owner};
    far->send = send;
    far->arg = arg;
    far->line = 1;
    far->came = buf_new(WORLD_INPUT_LIMIT);
    if (seed) {
        far->seed = *seed;
        far->has_seed = true;
    }
    return far;
}

void far_free(struct far *far)
{
    if (!far)
        return;
    for (unsigned i = 0; i < WORLD_CONNECTIONS; i++)
        release(&far->conns[i]);
    buf_free(&far->came);
    free(far);
}

struct world *far_world(struct far *far)
{
    return &far->world;
}

bool far_answered(struct far *far, const struct far_answer *answer)
{
    buf_clear(&far->came);
    if (!far->asked || far->has_answer || !buf_put(&far->came, answer->data))
        return false;
    far->answer = *answer;
    far->answer.data = bytes_at(NULL, 0);
    far->line = answer->line;
    far->has_answer = true;
    far->world.wake(far->world.owner);
    return true;
}
