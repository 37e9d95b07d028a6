/* The supervisor's conscience: every connection of a run is asked for here. */
#include "run/supervisor.h"

#include "guard/budget.h"
#include "guard/pace.h"
#include "guard/scope.h"
#include "net/dial.h"

#include <stdlib.h>
#include <unistd.h>

enum {
    DESCRIPTORS_RETRY = 200 * 1000, /* microseconds */
    DESCRIPTORS_TRIES =
        150, /* probes that hold one each, and wait for another, would wait for ever */
    DIALS_WAITING_MOST = 200000,
};
/* Below it are the ports of services that the target has for everybody. */
enum { VISIT_PORT_LEAST = 1024 };

/* A connection asked for and not yet begun. */
struct dial {
    struct hosts_waiter waiter; /* first: hosts.h hands it back */
    struct supervisor *supervisor;
    struct dial_wish wish;
    struct timer *timer;
};

static void go(struct supervisor *s, struct sup_job *job, const struct dial_wish *wish);

bool dial_permitted(struct supervisor *s, const struct addr *to, struct fail *why)
{
    static const char *const codes[] = {
        [SCOPE_OUTSIDE] = "ESCOPE", [SCOPE_DENIED] = "EDENIED", [SCOPE_OPTED_OUT] = "EOPTOUT"};
    char text[ADDR_TEXT];
    enum scope_answer answer = scope_ask(s->options->scope, to);
    if (answer == SCOPE_ALLOWED)
        return true;
    return fail_set(why, codes[answer], "%s %s", addr_ip_text(to, text), scope_answer_text(answer));
}

enum run_refusal target_refusal(struct supervisor *s, const struct addr *target, struct fail *why)
{
    char text[ADDR_TEXT];
    if (!dial_permitted(s, target, why))
        return RUN_REFUSED_BY_SCOPE;
    addr_ip_text(target, text);
    if (addr_equal_ip(target, &s->options->from))
        fail_set(why, "EVANTAGE", "%s is where --from tests from, and no stranger to itself", text);
    else if (addr_equal_ip(target, &s->options->ways.control))
        fail_set(why, "EVANTAGE", "%s is what --control names: nobody listens there", text);
    else
        return RUN_NOT_REFUSED;
    return RUN_REFUSED_BY_VANTAGE;
}

/* The job's place for a connection (0: a free one), or NULL. */
static struct job_conn *conn_find(struct sup_job *job, unsigned number)
{
    for (size_t i = 0; i < WORLD_CONNECTIONS; i++)
        if (job->conns[i].number == number)
            return &job->conns[i];
    return NULL;
}

/* The time in our line was not the job's. */
static void stop_waiting(struct sup_job *job, unsigned conn)
{
    struct job_conn *c = conn ? conn_find(job, conn) : NULL;
    if (c && c->asked)
        job->began += loop_monotonic() - c->asked;
    if (c)
        c->asked = 0;
}

static bool is_relay(const struct supervisor *s, const struct sup_job *job)
{
    return s->options->probes[job->item.probe]->relay;
}

/* Probes of proxies send no mail; a stranger's that does is held to the same. */
static struct world_messages messages_left(const struct supervisor *s, const struct sup_job *job)
{
    if (!is_relay(s, job) && s->cell_of[job->item.probe] == 0)
        return (struct world_messages){0};
    return (struct world_messages){
        true, budget_left(s->budget, &job->item.target, job->keeps, loop_monotonic())};
}

static void answer(struct supervisor *s, struct sup_job *job, unsigned conn, int fd,
                   const struct fail *why)
{
    const struct job_conn *c = conn ? conn_find(job, conn) : NULL;
    struct world_messages left = {0};
    stop_waiting(job, conn);
    if (fd >= 0 && c && !c->control)
        left = messages_left(s, job);
    ipc_begin(&s->out, IPC_DIALLED);
    ipc_put_u64(&s->out, job->id);
    ipc_put_u32(&s->out, conn);
    ipc_put_messages(&s->out, &left);
    if (fd < 0)
        ipc_put_fail(&s->out, why);
    crew_send(&s->workers[job->worker], fd);
}

static struct dial *dial_new(struct supervisor *s, const struct sup_job *job,
                             const struct dial_wish *wish)
{
    struct dial *d = s->dials_waiting < DIALS_WAITING_MOST ? malloc(sizeof *d) : NULL;
    if (!d)
        return NULL;
    *d = (struct dial){.waiter = {.job = job->id}, .supervisor = s, .wish = *wish};
    s->dials_waiting++;
    return d;
}

static void dial_free(struct dial *d)
{
    d->supervisor->dials_waiting--;
    timer_free(d->timer);
    free(d);
}

/* Unless the worker has closed it in the meantime. */
static void on_timer(void *arg)
{
    struct dial *d = arg;
    struct supervisor *s = d->supervisor;
    struct sup_job *job = jobs_find(s->jobs, d->waiter.job);
    struct dial_wish wish = d->wish;
    struct job_conn *c = job ? conn_find(job, wish.conn) : NULL;
    dial_free(d);
    if (c && c->holds)
        go(s, job, &wish);
}

static void later(struct supervisor *s, struct sup_job *job, const struct dial_wish *wish,
                  span when)
{
    struct fail why;
    struct dial *d = dial_new(s, job, wish);
    if (d && (d->timer = timer_new(s->loop, on_timer, d))) {
        timer_start(d->timer, when);
        return;
    }
    if (d)
        dial_free(d);
    fail_set(&why, "ENOMEM", "out of memory for waiting connections");
    answer(s, job, wish->conn, -1, &why);
}

/* From the sink's own address, as the target expects it; where this machine does not have it (something translates
 * addresses), from any. */
static int dial_as_sink(const struct supervisor *s, const struct addr *to, struct fail *why)
{
    const struct addr *from = &s->options->sink;
    int fd = from->family == to->family ? dial_start_from(from, to, why) : -1;
    return fd >= 0 ? fd : dial_start(to, why);
}

static int dial_by(const struct supervisor *s, const struct dial_wish *wish, struct fail *why)
{
    const struct addr *from = &s->options->from;
    if (from->family != wish->to.family)
        from = NULL;
    switch (wish->way) {
    case WORLD_UDP:
        return dial_datagrams(from, &wish->to, why);
    case WORLD_VISIT:
        return dial_as_sink(s, &wish->to, why);
    default:
        return from ? dial_start_from(from, &wish->to, why) : dial_start(&wish->to, why);
    }
}

/* The socket goes to the sink, the worker is told. */
static void hand_to_sink(struct supervisor *s, struct sup_job *job, const struct dial_wish *wish,
                         int fd)
{
    stop_waiting(job, wish->conn);
    ipc_begin(&s->out, IPC_VISIT);
    ipc_put_addr(&s->out, &wish->to);
    crew_send(&s->sink, fd);
    ipc_begin(&s->out, IPC_VISITING);
    ipc_put_u64(&s->out, job->id);
    ipc_put_u32(&s->out, wish->conn);
    crew_send(&s->workers[job->worker], -1);
}

/* Opens the socket, or waits for a descriptor to become free. */
static void open_socket(struct supervisor *s, struct sup_job *job, const struct dial_wish *wish)
{
    struct fail why;
    int fd = dial_by(s, wish, &why);
    if (fd >= 0 && wish->way == WORLD_VISIT) {
        hand_to_sink(s, job, wish, fd);
        return;
    }
    if (fd >= 0 || !bytes_equal_text(bytes_of(why.code), "EMFILE") ||
        wish->tries == DESCRIPTORS_TRIES) {
        answer(s, job, wish->conn, fd, &why);
        return;
    }
    if (!s->out_of_descriptors_said)
        supervisor_say(s, "%s; going on as descriptors become free", why.text);
    s->out_of_descriptors_said = true;
    struct dial_wish again = *wish;
    again.tries++;
    later(s, job, &again, DESCRIPTORS_RETRY);
}

/* Those who wait come back one after the other, not all at the first free moment. */
static span turn(const struct supervisor *s)
{
    return s->options->rate ? s->dials_waiting * SPAN_SECOND / s->options->rate : 0;
}

/* Must there be time between its connections to the target and others'? */
static bool has_sessions(const struct supervisor *s, const struct sup_job *job)
{
    return is_relay(s, job) &&
           (s->options->gap_on_loopback || !addr_is_loopback(&job->item.target));
}

/* The host is ours. The scope is asked now, as the list of opt-outs may have grown meanwhile. */
static void go(struct supervisor *s, struct sup_job *job, const struct dial_wish *wish)
{
    struct fail why;
    if (!dial_permitted(s, &wish->to, &why)) {
        answer(s, job, wish->conn, -1, &why);
        return;
    }
    span wait = has_sessions(s, job) ? pace_session(s->pace, &wish->to, loop_monotonic()) : 0;
    if (wait == 0)
        wait = pace_ask(s->pace, &wish->to, loop_monotonic());
    if (wait > 0)
        later(s, job, wish, wait + turn(s));
    else
        open_socket(s, job, wish);
}

/* Behind the job that holds the host. */
static void queue(struct supervisor *s, struct sup_job *job, const struct dial_wish *wish)
{
    struct fail why;
    struct dial *d = dial_new(s, job, wish);
    if (d && hosts_wait(s->hosts, &wish->to, &d->waiter))
        return;
    if (d)
        dial_free(d);
    fail_set(&why, "ENOMEM", "out of memory for waiting connections");
    answer(s, job, wish->conn, -1, &why);
}

/* The address at which nobody listens, at the target's port. */
static bool is_control(const struct supervisor *s, const struct sup_job *job,
                       const struct dial_wish *wish)
{
    const struct addr *control = &s->options->ways.control;
    return control->family != ADDR_NONE && wish->way == WORLD_TCP && !job->controlled &&
           addr_equal_ip(&wish->to, control) && wish->to.port == job->item.target.port &&
           !addr_equal_ip(control, &job->item.target);
}

/* Why the worker may not have this connection; NULL: it may. */
static const char *improper(struct sup_job *job, const struct dial_wish *wish, bool control)
{
    unsigned conn = wish->conn;
    if (!control && !addr_equal_ip(&wish->to, &job->item.target))
        return "a probe may only connect to its target";
    if (wish->way == WORLD_VISIT && (job->visited || wish->to.port < VISIT_PORT_LEAST))
        return "the sink visits a target once for a probe, at a port from 1024 on";
    if (conn == 0 || conn > WORLD_DIALS || job->dials >= WORLD_DIALS || conn_find(job, conn))
        return "a probe may connect 200 times, each connection with a number of its own";
    return conn_find(job, 0) ? NULL : "a probe may have 4 connections at once";
}

void dial_asked(struct supervisor *s, struct sup_job *job, const struct dial_wish *wish)
{
    struct fail why;
    bool control = is_control(s, job, wish);
    const char *not_so = improper(job, wish, control);
    if (not_so) {
        fail_set(&why, "ECONDUCT", "%s", not_so);
        answer(s, job, wish->conn, -1, &why);
        return;
    }
    struct job_conn *c = conn_find(job, 0);
    job->dials++;
    job->visited |= wish->way == WORLD_VISIT;
    *c = (struct job_conn){.number = (uint8_t)wish->conn,
                           .control = control,
                           .holds =
                               control || job->reserved || hosts_take(s->hosts, &wish->to, job->id),
                           .asked = loop_monotonic()};
    job->reserved &= control;
    job->controlled |= control;
    if (c->holds)
        go(s, job, wish);
    else
        queue(s, job, wish);
}

bool dial_reserve(struct supervisor *s, struct sup_job *job)
{
    job->waiter.job = job->id;
    job->waiter.whole_job = true;
    if (!hosts_take(s->hosts, &job->item.target, job->id) &&
        hosts_wait(s->hosts, &job->item.target, &job->waiter))
        return false;
    job->reserved = true;
    return true;
}

/* Hands the host on to those in line, past jobs that are over and connections that are closed. */
static void hand_on(struct supervisor *s, struct hosts_waiter *waiter)
{
    while (waiter) {
        if (waiter->whole_job) {
            struct sup_job *job = (struct sup_job *)(void *)waiter;
            job->reserved = true;
            supervisor_start(s, job);
            return;
        }
        struct dial d = *(struct dial *)(void *)waiter;
        struct sup_job *job = jobs_find(s->jobs, d.waiter.job);
        struct job_conn *c = job ? conn_find(job, d.wish.conn) : NULL;
        dial_free((struct dial *)(void *)waiter);
        if (c && !c->holds) {
            c->holds = true;
            go(s, job, &d.wish);
            return;
        }
        waiter = hosts_give(s->hosts, &d.wish.to, d.waiter.job);
    }
}

static void give_back(struct supervisor *s, const struct sup_job *job)
{
    hand_on(s, hosts_give(s->hosts, &job->item.target, job->id));
}

void dial_closed(struct supervisor *s, struct sup_job *job, unsigned conn, bool stood)
{
    struct job_conn *c = conn == 0 ? NULL : conn_find(job, conn);
    bool held = c && c->holds && !c->control;
    if (c)
        *c = (struct job_conn){0};
    if (!held)
        return;
    if (stood && has_sessions(s, job))
        pace_session_over(s->pace, &job->item.target, loop_monotonic());
    give_back(s, job);
}

static void keep_one(struct supervisor *s, struct sup_job *job)
{
    budget_keep(s->budget, &job->item.target);
    job->keeps = true;
}

static void let_go(struct supervisor *s, struct sup_job *job)
{
    if (job->keeps)
        budget_give_back(s->budget, &job->item.target);
    job->keeps = false;
}

bool dial_message(struct supervisor *s, struct ipc_reader *r, const struct member *from)
{
    struct sup_job *job = jobs_find(s->jobs, ipc_u64(r));
    bool confirms = ipc_u8(r) == 1;
    if (!ipc_end(r) || !job || !job->started || &s->workers[job->worker] != from)
        return false;
    budget_take(s->budget, &job->item.target, loop_monotonic());
    if (!job->began_mail && !confirms)
        keep_one(s, job);
    else if (confirms)
        let_go(s, job);
    job->began_mail = true;
    return true;
}

void dial_over(struct supervisor *s, struct sup_job *job)
{
    bool reserved = job->reserved;
    job->reserved = false;
    let_go(s, job);
    if (reserved)
        give_back(s, job);
    for (size_t i = 0; i < WORLD_CONNECTIONS; i++)
        dial_closed(s, job, job->conns[i].number, true);
}
