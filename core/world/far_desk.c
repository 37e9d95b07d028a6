#include "world/far_desk.h"

#include <stdlib.h>

/* Calls without a wait: a world allows its probe so many, and connections are closed and offered protocols beyond that. */
enum { CALLS_MOST = WORLD_CALLS + 2 * WORLD_DIALS };
/* More than any wait of a script's. */
#define WAIT_MOST (4000 * SPAN_SECOND)
/* How far the clocks of two processes of one machine can be apart, as one of them may have to wait for its turn. */
#define CLOCK_MOST (30 * SPAN_SECOND)

static struct world *world_at(const struct far_desk *desk)
{
    return live_world(desk->live);
}

static enum far_step broken(struct far_desk *desk, const char *what)
{
    desk->flaw = what;
    return FAR_BROKEN;
}

/* A call that failed where nobody waits: the wait behind it tells. */
static enum far_step failed(struct far_desk *desk, enum far_op wait, const struct fail *why)
{
    if (!desk->why && !(desk->why = malloc(sizeof *desk->why)))
        return broken(desk, "could not be told of a failure: out of memory");
    *desk->why = *why;
    desk->failed = wait;
    return FAR_DONE;
}

static void drop_input(const struct far_desk *desk, unsigned conn, size_t n)
{
    struct buf *input = world_input(world_at(desk), conn);
    if (input)
        buf_drop(input, n < input->n ? n : input->n);
}

static enum far_step open_one(struct far_desk *desk, const struct far_call *call)
{
    struct fail fail;
    unsigned conn = 0;
    typedef bool (*opener)(struct world * w, const struct addr *to, unsigned *conn,
                           struct fail *fail);
    static const opener openers[] = {
        [WORLD_TCP] = world_open, [WORLD_UDP] = world_open_datagrams, [WORLD_VISIT] = world_visit};
    bool ok = openers[call->way](world_at(desk), &call->to, &conn, &fail);
    return ok && conn == call->conn
               ? FAR_DONE
               : broken(desk, "asked for a connection that is not its next one");
}

static enum far_step take_token(struct far_desk *desk, const struct token *told)
{
    struct token token;
    struct fail fail;
    bool same = world_token(world_at(desk), &token, &fail) &&
                bytes_equal(bytes_at(token.b, TOKEN_SIZE), bytes_at(told->b, TOKEN_SIZE));
    return same ? FAR_DONE : broken(desk, "named a token that is not this probe's next one");
}

static enum far_step take_now(struct far_desk *desk, instant told)
{
    instant now = loop_now();
    if (told > now + CLOCK_MOST || told < now - CLOCK_MOST)
        return broken(desk, "named a time that it is not");
    live_told_now(desk->live, told);
    return FAR_DONE;
}

/* The capabilities of which any lets a script make the call; 0: all may. */
static unsigned needed(const struct far_desk *desk, const struct far_call *call)
{
    static const unsigned ways[] = {
        /* TURN is spoken over TCP where UDP is silent */
        [WORLD_TCP] = 1U << CAPABILITY_SMTP | 1U << CAPABILITY_HTTP | 1U << CAPABILITY_SOCKS |
                      1U << CAPABILITY_TCP | 1U << CAPABILITY_UDP,
        [WORLD_UDP] = 1U << CAPABILITY_UDP | 1U << CAPABILITY_SOCKS, /* UDP ASSOCIATE */
        [WORLD_VISIT] = 1U << CAPABILITY_SOCKS,                      /* BIND */
    };
    if (call->op == FAR_OPEN && call->way == WORLD_TCP && addr_equal_ip(&call->to, &desk->control))
        return 0; /* the API looks there before it says `suspect`, whatever the probe is */
    if (call->op == FAR_OPEN)
        return ways[call->way];
    /* a relay's probe asks whose name the target bears */
    return call->op == FAR_ASK ? 1U << CAPABILITY_DNS | 1U << CAPABILITY_SMTP : 0;
}

static bool may(const struct far_desk *desk, const struct far_call *call)
{
    unsigned any = needed(desk, call);
    return any == 0 || (any & ~desk->withheld) != 0;
}

static enum far_step told(struct far_desk *desk, const struct far_call *call)
{
    struct world *world = world_at(desk);
    struct fail fail;
    if (!may(desk, call))
        return broken(desk, "asked for what its pack has not declared");
    switch (call->op) {
    case FAR_OPEN:
        return open_one(desk, call);
    case FAR_SEND:
        return world_send(world, call->conn, call->data, &fail)
                   ? FAR_DONE
                   : broken(desk, "sent what it may not, or where no connection stands");
    case FAR_SECURE:
        drop_input(desk, call->conn, call->consumed);
        return world_secure(world, call->conn, call->data, &fail)
                   ? FAR_DONE
                   : failed(desk, FAR_SECURED, &fail);
    case FAR_OFFER:
        world_offer(world, call->conn, call->data);
        return FAR_DONE;
    case FAR_CLOSE:
        world_close(world, call->conn);
        return FAR_DONE;
    case FAR_TOKEN:
        return take_token(desk, &call->token);
    case FAR_NOW:
        return take_now(desk, call->at);
    case FAR_ASK:
        return world_ask(world, call->data, call->type, &fail) ? FAR_DONE
                                                               : failed(desk, FAR_ANSWERED, &fail);
    case FAR_MESSAGE:
        return world_message(world, call->conn == 1, &fail)
                   ? FAR_DONE
                   : broken(desk, "told of more test messages than any probe can send");
    case FAR_NOTE:
        return world_note(world, call->data, &fail)
                   ? FAR_DONE
                   : broken(desk, "made more remarks than any probe can");
    default:
        return broken(desk, "made a call that there is not");
    }
}

/* Receives, and gives what is new. */
static enum world_state receive(const struct far_desk *desk, struct far_answer *answer)
{
    const struct far_call *call = &desk->waits;
    struct buf *input = world_input(world_at(desk), call->conn);
    size_t had = input ? input->n : 0;
    enum world_state state = world_receive(world_at(desk), call->conn, call->at, &answer->fail);
    if (state == WORLD_READY && input)
        answer->data = bytes_slice(buf_view(input), had, input->n);
    return state;
}

static enum world_state look(const struct far_desk *desk, struct far_answer *answer)
{
    const struct far_call *call = &desk->waits;
    struct world *world = world_at(desk);
    switch (call->op) {
    case FAR_OPENED:
        return world_opened(world, call->conn, call->at, &answer->fail);
    case FAR_RECEIVE:
        return receive(desk, answer);
    case FAR_SECURED:
        return world_secured(world, call->conn, call->at, &answer->fail);
    case FAR_PAUSE:
        return world_pause(world, call->at, &answer->fail);
    case FAR_RECEIPT:
        return world_receipt(world, &call->token, call->at, &answer->receipt, &answer->fail);
    default:
        return world_answered(world, call->at, &answer->data, &answer->fail);
    }
}

/* The state of what is waited for: an answer, once there is one. */
static enum far_step poll_wait(struct far_desk *desk, struct far_answer *answer)
{
    *answer = (struct far_answer){.state = WORLD_FAILED};
    if (desk->failed == desk->waits.op)
        answer->fail = *desk->why;
    else
        answer->state = look(desk, answer);
    if (answer->state == WORLD_PENDING)
        return FAR_WAITS;
    desk->failed = (enum far_op)0;
    desk->waits.op = (enum far_op)0;
    desk->calls = 0;
    answer->line = world_line(world_at(desk));
    answer->messages = world_at(desk)->messages;
    return FAR_ANSWER;
}

/* When a wait ends: nobody waits for longer than the probe's own time. */
static instant deadline_of(const struct far_desk *desk, instant at)
{
    instant now = loop_monotonic();
    span left = at <= now ? 0 : at - now < WAIT_MOST ? at - now : WAIT_MOST;
    return world_deadline(world_at(desk), left);
}

enum far_step far_desk_call(struct far_desk *desk, const struct far_call *call,
                            struct far_answer *answer)
{
    if (call->op < FAR_OPEN || call->op >= FAR_OPS || call->way > WORLD_VISIT)
        return broken(desk, "made a call that there is not");
    if (desk->waits.op)
        return broken(desk, "asked for something more before it had its answer");
    if (++desk->calls > CALLS_MOST)
        return broken(desk, "said more without waiting for an answer than any probe can");
    if (call->op <= FAR_TOLD)
        return told(desk, call);
    desk->waits = *call;
    desk->waits.data = bytes_at(NULL, 0);
    desk->waits.at = deadline_of(desk, call->at);
    drop_input(desk, call->conn, call->consumed);
    return poll_wait(desk, answer);
}

enum far_step far_desk_wake(struct far_desk *desk, struct far_answer *answer)
{
    return desk->waits.op ? poll_wait(desk, answer) : FAR_DONE;
}

void far_desk_free(struct far_desk *desk)
{
    free(desk->why);
    desk->why = NULL;
}
