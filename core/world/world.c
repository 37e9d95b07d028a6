#include "world/world.h"

bool world_open(struct world *w, const struct addr *to, unsigned *conn, struct fail *fail)
{
    return w->ops->open(w, to, conn, fail);
}

enum world_state world_opened(struct world *w, unsigned conn, instant deadline, struct fail *fail)
{
    return w->ops->opened(w, conn, deadline, fail);
}

bool world_send(struct world *w, unsigned conn, struct bytes what, struct fail *fail)
{
    return w->ops->send(w, conn, what, fail);
}

enum world_state world_receive(struct world *w, unsigned conn, instant deadline, struct fail *fail)
{
    return w->ops->receive(w, conn, deadline, fail);
}

struct buf *world_input(struct world *w, unsigned conn)
{
    return w->ops->input(w, conn);
}

bool world_secure(struct world *w, unsigned conn, struct bytes name, struct fail *fail)
{
    return w->ops->secure(w, conn, name, fail);
}

enum world_state world_secured(struct world *w, unsigned conn, instant deadline, struct fail *fail)
{
    return w->ops->secured(w, conn, deadline, fail);
}

void world_close(struct world *w, unsigned conn)
{
    w->ops->close(w, conn);
}

enum world_state world_pause(struct world *w, instant deadline, struct fail *fail)
{
    return w->ops->pause(w, deadline, fail);
}

enum world_state world_receipt(struct world *w, const struct token *token, instant deadline,
                               struct receipt *out, struct fail *fail)
{
    return w->ops->receipt(w, token, deadline, out, fail);
}

bool world_token(struct world *w, struct token *out, struct fail *fail)
{
    return w->ops->token(w, out, fail);
}

bool world_now(struct world *w, instant *out, struct fail *fail)
{
    return w->ops->now(w, out, fail);
}

void world_note(struct world *w, struct bytes text)
{
    w->ops->note(w, text);
}

instant world_deadline(struct world *w, span limit)
{
    return w->ops->deadline(w, limit);
}

unsigned world_line(struct world *w)
{
    return w->ops->line(w);
}
