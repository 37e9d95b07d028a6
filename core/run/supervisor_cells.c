/* The processes of foreign packs: starting them beside each worker, watching them, replacing those that die. */
#include "run/supervisor.h"

#include "base/text.h"
#include "run/pack_files.h"
#include "run/start.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Deaths of one pack's process without a probe that ended well between them: then it is not started anew. */
enum { DEATHS_MOST = 20 };

#define FULL "was filled with what a script keeps and was ended"

/* A pack's script that runs on is ended within a second; its instruction budget is spent long before. Its process goes
 * round once a second at least. */
static const struct watch_limits limits = {.looks = 3,
                                           .processor = SPAN_SECOND / 2,
                                           .blocked_looks = 300,
                                           .idle_looks = 50,
                                           .start_looks = 100};

/* Does it run in the workers? */
static bool is_at_home(const struct supervisor *s, const struct script_source *script)
{
    for (size_t i = 0; i < s->options->pack_count; i++)
        if (strcmp(s->options->packs[i].label, script->pack) == 0)
            return s->options->packs[i].in_worker;
    return pack_files_is_builtin(script);
}

/* The cell of a script's pack: that of an earlier script of it, or the next. */
static unsigned cell_for(struct supervisor *s, size_t script)
{
    const struct script_source *scripts = s->options->scripts;
    if (is_at_home(s, &scripts[script]))
        return 0;
    for (size_t i = 0; i < script; i++)
        if (strcmp(scripts[i].pack, scripts[script].pack) == 0)
            return s->cell_of[i];
    return ++s->cell_count;
}

bool cells_plan(struct supervisor *s, struct fail *fail)
{
    size_t n = s->options->script_count;
    s->cell_of = calloc(n + 1, 1);
    s->ids = calloc(n + 1, sizeof *s->ids);
    for (size_t i = 0; s->cell_of && s->ids && i < n; i++) {
        s->ids[i] = s->options->probes[i]->id;
        s->cell_of[i] = (unsigned char)cell_for(s, i);
        if (s->cell_count > CELLS_MOST)
            return fail_set(fail, "ELIMIT", "scripts of more than %d packs at once", CELLS_MOST);
    }
    s->cells = calloc((size_t)s->cell_count * s->worker_count + 1, sizeof *s->cells);
    return (s->cell_of && s->ids && s->cells) || fail_set(fail, "ENOMEM", "out of memory");
}

static struct sup_cell *cell_at(struct supervisor *s, unsigned worker, unsigned number)
{
    return &s->cells[(size_t)worker * s->cell_count + number - 1];
}

/* The settings, in a file of memory: the cell's only channel is its worker's. */
static int settings_file(struct supervisor *s, unsigned number, struct fail *fail)
{
    struct buf out = buf_new(CHANNEL_FRAME);
    settings_put(&out, &s->settings, (int)number);
    int fd = memfd_create("ajar-settings", MFD_CLOEXEC);
    bool ok = fd >= 0 && !out.overflow && write(fd, out.p, out.n) == (ssize_t)out.n &&
              lseek(fd, 0, SEEK_SET) == 0;
    if (!ok)
        fail_errno(fail, out.overflow ? EFBIG : errno, "no settings for a pack's process");
    if (!ok && fd >= 0)
        close(fd);
    buf_free(&out);
    return ok ? fd : -1;
}

/* Starts it with its end of a channel; the other end is for its worker. */
static bool start(struct supervisor *s, struct sup_cell *cell, unsigned number, int *other_end,
                  struct fail *fail)
{
    int ends[2];
    struct handed h = handed_nothing();
    if (!channel_pair(ends, fail))
        return false;
    h.fds[0] = pulse_open(fail);
    h.fds[1] = h.fds[0] < 0 ? -1 : settings_file(s, number, fail);
    cell->watch = (struct watch){.pulse = h.fds[1] < 0 ? NULL : pulse_map(h.fds[0], fail)};
    cell->generation++;
    cell->pid = cell->watch.pulse ? process_start(PROCESS_CELL, ends[1], &h, fail) : -1;
    close(ends[1]);
    for (unsigned i = 0; i < 2; i++)
        if (h.fds[i] >= 0)
            close(h.fds[i]);
    *other_end = ends[0];
    if (cell->pid > 0)
        return true;
    close(ends[0]);
    return false;
}

/* Tells the worker: of a new one (with the descriptor), or of none; and what came to pass with the one before. */
static void hand_over(struct member *m, unsigned number, int fd, uint64_t culprit, const char *how)
{
    struct supervisor *s = m->supervisor;
    ipc_begin(&s->out, IPC_CELL);
    ipc_put_u32(&s->out, number);
    ipc_put_u32(&s->out, cell_at(s, m->index, number)->generation);
    ipc_put_u64(&s->out, culprit);
    ipc_put_bytes(&s->out, bytes_of(how));
    crew_send(m, fd);
}

bool cells_start_all(struct member *m, struct fail *fail)
{
    struct supervisor *s = m->supervisor;
    for (unsigned number = 1; number <= s->cell_count; number++) {
        int fd = -1;
        if (!start(s, cell_at(s, m->index, number), number, &fd, fail))
            return false;
        hand_over(m, number, fd, 0, "");
    }
    return true;
}

/* `words`: what it said itself. */
static void end(struct sup_cell *cell, char *how, size_t size, char words[PULSE_WORDS + 2])
{
    process_end(cell->pid, how, size);
    pulse_words(cell->watch.pulse, words);
    cell->pid = 0;
    pulse_unmap(cell->watch.pulse);
    cell->watch.pulse = NULL;
}

void cells_end_all(const struct member *m)
{
    struct supervisor *s = m->supervisor;
    char how[100];
    char words[PULSE_WORDS + 2];
    for (unsigned number = 1; s && s->cells && number <= s->cell_count; number++)
        end(cell_at(s, m->index, number), how, sizeof how, words);
}

/* The scripts that run in it, for a person: "mine.lua, yours.lua". */
static void put_scripts(const struct supervisor *s, unsigned number, char *to, size_t size)
{
    size_t n = 0;
    to[0] = '\0';
    for (size_t i = 0; i < s->options->script_count && n < size; i++)
        if (s->cell_of[i] == number)
            n += (size_t)snprintf(to + n, size - n, "%s%s", n > 0 ? ", " : "",
                                  s->options->scripts[i].name);
}

/* Ends it, for good or to be replaced. `culprit` is to blame, or (0) whoever ran in it at that moment; `why`: what it
 * did, where that is known. */
static void replace(struct member *m, unsigned number, const char *why, uint64_t culprit)
{
    struct supervisor *s = m->supervisor;
    struct sup_cell *cell = cell_at(s, m->index, number);
    struct fail fail;
    char how[100];
    char scripts[150];
    char words[PULSE_WORDS + 2];
    int fd = -1;
    if (!culprit)
        culprit = atomic_load(&cell->watch.pulse->job);
    end(cell, how, sizeof how, words);
    s->counts->restarts++;
    put_scripts(s, number, scripts, sizeof scripts);
    supervisor_say(s, "the process for %s %s%s%s", scripts, why ? why : how,
                   cell->deaths < DEATHS_MOST ? " and is replaced"
                                              : ", too often: it is not started anew",
                   words);
    if (cell->deaths++ < DEATHS_MOST && !start(s, cell, number, &fd, &fail)) {
        supervisor_fail(s, &fail);
        return;
    }
    hand_over(m, number, fd, culprit, why ? why : how);
}

bool cells_lost(struct member *m, struct ipc_reader *r)
{
    struct supervisor *s = m->supervisor;
    unsigned number = ipc_u32(r);
    uint32_t generation = ipc_u32(r);
    unsigned by = ipc_u8(r);
    struct bytes flaw = ipc_bytes(r);
    uint64_t culprit = ipc_u64(r);
    char why[200];
    if (!ipc_end(r) || number == 0 || number > s->cell_count || by > IPC_CELL_FULL)
        return false;
    const struct sup_cell *cell = cell_at(s, m->index, number);
    if (!cell->watch.pulse || cell->generation != generation)
        return true;
    snprintf(why, sizeof why, "%.*s and was ended", (int)(flaw.n < 100 ? flaw.n : 100),
             flaw.n > 0 ? (const char *)flaw.p : "");
    text_make_printable(why);
    replace(m, number, by == IPC_CELL_FULL ? FULL : by == IPC_CELL_FLAWED ? why : NULL, culprit);
    if (by == IPC_CELL_FLAWED)
        supervisor_say(s, "no script that stays in its sandbox can make its process do that: read "
                          "it before you run it again");
    return true;
}

static const char *what_it_did(const struct sup_cell *cell, bool ready)
{
    if (!ready)
        return "did not get ready and was ended";
    return atomic_load(&cell->watch.pulse->job)
               ? "turned in circles inside the script and was ended"
               : "stood still for ten seconds and was ended";
}

void cells_watch(struct supervisor *s)
{
    for (unsigned w = 0; w < s->worker_count; w++)
        for (unsigned number = 1; number <= s->cell_count; number++) {
            struct sup_cell *cell = cell_at(s, w, number);
            if (!cell->watch.pulse || s->workers[w].gone || !s->workers[w].channel)
                continue;
            bool ready = atomic_load(&cell->watch.pulse->rounds) > 0;
            if (watch_is_stuck(&cell->watch, cell->pid, ready, &limits))
                replace(&s->workers[w], number, what_it_did(cell, ready), 0);
        }
}

void cells_well(struct supervisor *s, const struct sup_job *job)
{
    unsigned number = s->cell_of ? s->cell_of[job->item.probe] : 0;
    if (number > 0)
        cell_at(s, job->worker, number)->deaths = 0;
}
