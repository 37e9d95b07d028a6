#include "world/world.h"

unsigned world_dials_most(const struct world *w)
{
    return w->dials_most ? w->dials_most : WORLD_DIALS;
}

bool world_no_more_dials(const struct world *w, struct fail *fail)
{
    return fail_set(fail, "ELIMIT", "a probe may have %d connections at once and %u in all",
                    WORLD_CONNECTIONS, world_dials_most(w));
}

const char *world_way_text(enum world_way way)
{
    return way == WORLD_UDP ? "udp " : way == WORLD_VISIT ? "sink " : "";
}

/* Before what needs no wait. */
static bool may_tell(struct world *w, size_t bytes, struct fail *fail)
{
    if (w->calls >= WORLD_CALLS)
        return fail_set(fail, "ELIMIT", "a probe may tell and ask for %d things without a wait",
                        WORLD_CALLS);
    if (bytes > WORLD_SENT - w->sent)
        return fail_set(fail, "ELIMIT", "a probe may send %d bytes without a wait", WORLD_SENT);
    w->calls++;
    w->sent += bytes;
    return true;
}

/* Behind each wait. */
static enum world_state waited(struct world *w, enum world_state state)
{
    if (state != WORLD_PENDING) {
        w->calls = 0;
        w->sent = 0;
    }
    return state;
}

bool world_open(struct world *w, const struct addr *to, unsigned *conn, struct fail *fail)
{
    return may_tell(w, 0, fail) && w->ops->open(w, to, WORLD_TCP, conn, fail);
}

bool world_open_datagrams(struct world *w, const struct addr *to, unsigned *conn, struct fail *fail)
{
    return may_tell(w, 0, fail) && w->ops->open(w, to, WORLD_UDP, conn, fail);
}

bool world_visit(struct world *w, const struct addr *to, unsigned *conn, struct fail *fail)
{
    return may_tell(w, 0, fail) && w->ops->open(w, to, WORLD_VISIT, conn, fail);
}

enum world_state world_opened(struct world *w, unsigned conn, instant deadline, struct fail *fail)
{
    return waited(w, w->ops->opened(w, conn, deadline, fail));
}

bool world_send(struct world *w, unsigned conn, struct bytes what, struct fail *fail)
{
    return may_tell(w, what.n, fail) && w->ops->send(w, conn, what, fail);
}

enum world_state world_receive(struct world *w, unsigned conn, instant deadline, struct fail *fail)
{
    return waited(w, w->ops->receive(w, conn, deadline, fail));
}

struct buf *world_input(struct world *w, unsigned conn)
{
    return w->ops->input(w, conn);
}

bool world_secure(struct world *w, unsigned conn, struct bytes name, struct fail *fail)
{
    return may_tell(w, 0, fail) && w->ops->secure(w, conn, name, fail);
}

void world_offer(struct world *w, unsigned conn, struct bytes protocol)
{
    if (w->ops->offer)
        w->ops->offer(w, conn, protocol);
}

enum world_state world_secured(struct world *w, unsigned conn, instant deadline, struct fail *fail)
{
    return waited(w, w->ops->secured(w, conn, deadline, fail));
}

void world_close(struct world *w, unsigned conn)
{
    w->ops->close(w, conn);
}

enum world_state world_pause(struct world *w, instant deadline, struct fail *fail)
{
    return waited(w, w->ops->pause(w, deadline, fail));
}

enum world_state world_receipt(struct world *w, const struct token *token, instant deadline,
                               struct receipt *out, struct fail *fail)
{
    return waited(w, w->ops->receipt(w, token, deadline, out, fail));
}

bool world_token(struct world *w, struct token *out, struct fail *fail)
{
    return may_tell(w, 0, fail) && w->ops->token(w, out, fail);
}

bool world_now(struct world *w, instant *out, struct fail *fail)
{
    return may_tell(w, 0, fail) && w->ops->now(w, out, fail);
}

bool world_ask(struct world *w, struct bytes name, enum dns_type type, struct fail *fail)
{
    if (!dns_is_name(name))
        return fail_set(fail, "EARGUMENT", "\"%.*s\" is no name that the DNS could know",
                        (int)(name.n > 100 ? 100 : name.n), (const char *)name.p);
    if (w->questions >= WORLD_QUESTIONS)
        return fail_set(fail, "ELIMIT", "a probe may ask the DNS %d times", WORLD_QUESTIONS);
    w->questions++;
    return w->ops->ask(w, name, type, fail);
}

enum world_state world_answered(struct world *w, instant deadline, struct bytes *message,
                                struct fail *fail)
{
    return waited(w, w->ops->answered(w, deadline, message, fail));
}

unsigned world_messages_left(const struct world *w)
{
    unsigned left = w->messages.left;
    return left == 1 && w->handed_over == 0 ? 0 : left;
}

bool world_may_message(const struct world *w, struct fail *fail)
{
    return !w->messages.limited || world_messages_left(w) > 0 ||
           fail_set(fail, "EBUDGET",
                    "the host has had its test messages of a day (--messages N allows more)");
}

bool world_message(struct world *w, bool confirms, struct fail *fail)
{
    if (!may_tell(w, 0, fail))
        return false;
    w->messages.left -= w->messages.left > 0;
    w->handed_over++;
    if (w->ops->message)
        w->ops->message(w, confirms);
    return true;
}

bool world_note(struct world *w, struct bytes text, struct fail *fail)
{
    if (!may_tell(w, 0, fail))
        return false;
    w->ops->note(w, text);
    return true;
}

instant world_deadline(struct world *w, span limit)
{
    return w->ops->deadline(w, limit);
}

unsigned world_line(struct world *w)
{
    return w->ops->line(w);
}
