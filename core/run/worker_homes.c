/*
 * The worker's own VMs: one for the built-in scripts, and one for each pack that is trusted to run here, so that what such a pack
 * keeps, or takes, is missing to nobody else.
 */
#include "run/worker.h"

#include "run/pack_files.h"
#include "script/overtime.h"
#include "script/probes.h"

#include <stdlib.h>
#include <string.h>

/* Some milliseconds of processor time have gone by: no time on a tape is to be older than that. */
static void on_overtime(void *arg)
{
    loop_moment_over(arg);
}

static bool is_of(const struct settings *s, size_t script, const struct home *home)
{
    return s->cells[script] == 0 &&
           strcmp(s->scripts[script].pack, s->scripts[home->first].pack) == 0;
}

/* A VM with the scripts of one pack: what a pack that is trusted to run here keeps takes no memory from the built-in one. */
static bool open_home(struct worker *w, struct home *home, struct fail *fail)
{
    const struct settings *s = w->settings;
    const struct script_source *first = &s->scripts[home->first];
    struct vm_limits limits = vm_limits_default();
    struct script_source *own = calloc(s->script_count, sizeof *own);
    size_t n = 0;
    if (!own)
        return fail_set(fail, "ENOMEM", "out of memory");
    for (size_t i = home->first; i < s->script_count; i++)
        if (is_of(s, i, home)) {
            w->places[i].home = home;
            w->places[i].index = n;
            own[n++] = s->scripts[i];
        }
    if (!pack_files_is_builtin(first))
        limits.memory = settings_memory(first);
    home->full = false;
    home->probes = probes_new(own, n, &limits, fail);
    free(own);
    if (home->probes && vm_count_overtime(probes_vm(home->probes), on_overtime, w->loop))
        loop_keep_moments(w->loop);
    return home->probes != NULL;
}

/* What the pack's scripts keep from run to run would be missing to all that come. */
static bool make_room(struct worker *w, struct home *home, struct fail *fail)
{
    if (!home->full || home->in_flight > 0)
        return true;
    probes_free(home->probes);
    return open_home(w, home, fail);
}

bool homes_load(struct worker *w, struct fail *fail)
{
    const struct settings *s = w->settings;
    size_t count = 0;
    bool ok = (w->homes = calloc(s->script_count + 1, sizeof *w->homes)) != NULL ||
              fail_set(fail, "ENOMEM", "out of memory");
    for (size_t i = 0; ok && i < s->script_count; i++)
        if (s->cells[i] == 0 && !w->places[i].home) {
            struct home *home = &w->homes[count++];
            home->first = i;
            ok = open_home(w, home, fail);
        }
    if (count == 0 && overtime_new(on_overtime, w->loop)) /* no VM does it */
        loop_keep_moments(w->loop);
    return ok;
}

void homes_enter(struct job *job, probe_done done, struct fail *fail)
{
    struct worker *w = job->worker;
    const struct place *place = &w->places[job->script];
    if (!make_room(w, place->home, fail))
        worker_stop(w, fail->text);
    else if ((job->run = probe_run_new(place->home->probes, place->index, live_world(job->live),
                                       &job->facts, done, job, fail)))
        place->home->in_flight++;
    else
        place->home->full = true;
}

void homes_leave(struct job *job)
{
    struct home *home = job->worker->places[job->script].home;
    probe_run_free(job->run);
    job->run = NULL;
    home->in_flight--;
    home->full |= vm_times_full(probes_vm(home->probes)) > 0;
}

bool homes_is_guest(const struct job *job)
{
    const struct worker *w = job->worker;
    return w->places[job->script].home && w->status == 0 &&
           !pack_files_is_builtin(&w->settings->scripts[job->script]);
}
