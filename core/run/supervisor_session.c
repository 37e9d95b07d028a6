/* A script whose lines are typed while it runs: between the command and the worker. */
#include "run/supervisor.h"

#include <signal.h>

static struct member *member_of(const struct run_session *session)
{
    struct supervisor *s = session->supervisor;
    const struct sup_job *job = s ? jobs_find(s->jobs, session->job) : NULL;
    return job && job->started ? &s->workers[job->worker] : NULL;
}

void run_session_tell(const struct run_session *session, enum session_line what, struct bytes text)
{
    struct member *m = member_of(session);
    if (!m)
        return;
    ipc_put_line(&m->supervisor->out,
                 &(struct ipc_line){.job = session->job, .what = what, .text = text});
    crew_send(m, -1);
}

void run_session_break(const struct run_session *session)
{
    struct member *m = member_of(session);
    if (!m)
        return;
    ipc_begin(&m->supervisor->out, IPC_BREAK);
    ipc_put_u64(&m->supervisor->out, session->job);
    crew_send(m, -1);
}

bool session_said(struct supervisor *s, struct ipc_reader *r)
{
    struct run_session *session = s->options->session;
    struct ipc_said said = ipc_said(r);
    if (!ipc_end(r) || !session)
        return false;
    if (said.job == session->job)
        session->on_said(session->arg, said.what, said.text);
    return true;
}

void session_begins(struct supervisor *s, const struct sup_job *job)
{
    if (s->options->session)
        s->options->session->job = job->id;
}

void session_stop(const struct supervisor *s)
{
    if (s->options->session)
        s->options->session->on_stop(s->options->session->arg);
}

static void on_interrupt(void *arg)
{
    const struct run_session *session = arg;
    session->on_interrupt(session->arg);
}

bool session_set_up(struct supervisor *s)
{
    struct run_session *session = s->options->session;
    if (session)
        session->supervisor = s;
    return !session || loop_on_signal(s->loop, SIGINT, on_interrupt, session);
}

void session_tear_down(const struct supervisor *s)
{
    if (s->options->session)
        s->options->session->supervisor = NULL;
}
