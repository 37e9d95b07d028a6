/* Sockets to the configured resolvers, and to nobody else: a worker says which try it is, not whom it wants
 * to ask. */
#include "run/supervisor.h"

#include "net/dns.h"

/* A question may take some tries, and one more over TCP. */
enum { SOCKETS_MOST = 8 * WORLD_QUESTIONS };

static int open_one(const struct supervisor *s, struct sup_job *job, unsigned try, bool tcp,
                    struct fail *why)
{
    const struct run_options *o = s->options;
    fail_set(why, "ENOTSUP", "no DNS resolver is configured");
    if (o->resolver_count == 0)
        return -1;
    if (!o->resolvers_named && addr_is_loopback(&job->item.target)) {
        fail_set(why, "ENOTSUP",
                 "no DNS resolver is named, and the system's know nothing of loopback");
        return -1;
    }
    if (job->questions++ >= SOCKETS_MOST) {
        fail_set(why, "ECONDUCT", "a probe may ask the DNS %d times", WORLD_QUESTIONS);
        return -1;
    }
    return dns_socket(&o->resolvers[try % o->resolver_count], tcp, why);
}

bool resolver_asked(struct supervisor *s, struct ipc_reader *r, const struct member *from)
{
    struct sup_job *job = jobs_find(s->jobs, ipc_u64(r));
    unsigned number = ipc_u32(r);
    unsigned try = ipc_u32(r);
    bool tcp = ipc_u8(r) != 0;
    struct fail why;
    if (!ipc_end(r) || (job && (!job->started || job->worker != from->index)))
        return false;
    if (!job)
        return true;
    int fd = open_one(s, job, try, tcp, &why);
    ipc_begin(&s->out, IPC_RESOLVED);
    ipc_put_u64(&s->out, job->id);
    ipc_put_u32(&s->out, number);
    if (fd < 0)
        ipc_put_fail(&s->out, &why);
    crew_send(&s->workers[job->worker], fd);
    return true;
}
