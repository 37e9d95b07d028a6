/* A live world's questions to the DNS. */
#include "world/live_inside.h"

static void wake(void *arg)
{
    struct live *live = arg;
    live->world.wake(live->world.owner);
}

static void open_resolver(void *arg, unsigned number, unsigned try, bool tcp)
{
    struct live *live = arg;
    live->services->resolver(live->services->arg, live, number, try, tcp);
}

bool live_ask(struct world *w, struct bytes name, enum dns_type type, struct fail *fail)
{
    struct live *live = live_of(w);
    struct live_dns_services services = {
        .loop = live->services->loop, .open = open_resolver, .wake = wake, .arg = live};
    if (!live->services->resolver)
        return fail_set(fail, "ENOTSUP", "there are no resolvers in this world");
    if (!live->dns && !(live->dns = live_dns_new(&services)))
        return fail_set(fail, "ENOMEM", "out of memory for a question to the DNS");
    live_tape_ask(&live->tape, name, type);
    return live_dns_ask(live->dns, name, type, fail);
}

enum world_state live_answered(struct world *w, instant deadline, struct bytes *message,
                               struct fail *fail)
{
    struct live *live = live_of(w);
    struct addr from;
    if (!live->dns)
        return fail_set(fail, "EBADF", "nothing was asked"), WORLD_FAILED;
    if (live->stopped) {
        live_dns_forget(live->dns);
        return live_given_up(live, 0, "", fail);
    }
    enum world_state state = live_dns_answered(live->dns, deadline, message, &from, fail);
    if (state == WORLD_READY && !live_tape_answer(&live->tape, &from, *message))
        return live_too_much(live, 0, fail);
    if (state == WORLD_FAILED)
        live_failed(live, 0, fail);
    return state;
}

void live_resolver(struct live *live, unsigned number, int fd, const struct fail *why)
{
    if (live->dns)
        live_dns_socket(live->dns, number, fd, why);
    else if (fd >= 0)
        stream_free(stream_new(live->services->loop, fd, NULL, NULL)); /* closes it */
}
