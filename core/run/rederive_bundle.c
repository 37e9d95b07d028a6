/*
 * A bundle's cases, derived again in a confined child: many at a time, as each question to another process costs
 * about as much as a case.
 */
#include "run/rederive.h"

#include "evidence/bundle.h"
#include "evidence/name.h"
#include "run/case_test.h"
#include "run/child.h"
#include "run/coverage_ipc.h"
#include "run/held_scripts.h"
#include "run/needs.h"
#include "run/pack_claims.h"
#include "run/rederive_ipc.h"

#include <stdio.h>
#include <string.h>

enum {
    BATCH_CASES = 64,
    BATCH_BYTES = 256 * 1024, /* the batch is full then */
    BATCH_SECONDS = 20,
    BUDGET_TIMES = 2,
    LOAD_SECONDS = 20,
};

struct batch {
    struct buf frame; /* IPC_JOB; for each case its tape, its case.json and its receipts */
    char ids[BATCH_CASES][NAME_LIMIT];
    size_t count;
};

/* What runs in the child. */
struct served {
    const struct held_scripts *scripts;
    struct coverage *coverage; /* or NULL */
};

struct rederiving {
    const struct held_scripts *scripts;
    struct served served;
    struct child child;
    bool has_child;
    struct batch batch;
    struct digests *tests; /* of the cases so far */
    struct buf question;
    struct buf answer;
    rederive_case fn;
    void *arg;
};

/* The child ---------------------------------------------------------------------------------------- */

/* With the limits that a worker has. As there, instructions are counted once a timer finds a script at work; when that is, is
 * chance, so what has ended well there gets twice as many here. Where a script is to be ended at once when its budget is
 * spent (times 1) each is counted. */
static struct probes *load(const struct served *s, unsigned times, struct fail *fail)
{
    struct vm_limits limits = vm_limits_default();
    limits.instructions *= times;
    limits.coverage = s->coverage;
    struct probes *probes = held_scripts_load(s->scripts, &limits, fail);
    if (probes && times > 1)
        vm_count_overtime(probes_vm(probes), NULL, NULL);
    return probes;
}

static bool load_anew(const struct served *s, unsigned times, struct probes **probes)
{
    struct fail fail;
    probes_free(*probes);
    *probes = load(s, times, &fail);
    return *probes != NULL;
}

/* The scripts as they can be run; with what could run of them. */
static struct probes *load_first(const struct served *s, struct fail *fail)
{
    struct probes *probes = load(s, BUDGET_TIMES, fail);
    if (!probes || !s->coverage || coverage_measure(s->coverage, fail))
        return probes;
    probes_free(probes);
    return NULL;
}

/* One case. What differs is tried once more in a new VM, so that no script can spoil another one's case: *used says
 * whether one ran here before. And what had spent its budget there may end well with twice as much: then it has what a
 * worker gives. False: the scripts could not be loaded again. */
static bool serve_case(const struct served *s, struct probes **probes, bool *used,
                       const struct case_files *files, struct rederived *out)
{
    rederive(*probes, files, out);
    if (out->outcome != REDERIVED_SAME && *used) {
        if (!load_anew(s, BUDGET_TIMES, probes))
            return false;
        rederive(*probes, files, out);
    }
    *used = true;
    if (out->outcome != REDERIVED_DIFFERS || !rederive_is_spent(files->tape))
        return true;
    if (!load_anew(s, 1, probes))
        return false;
    rederive(*probes, files, out);
    return load_anew(s, BUDGET_TIMES, probes);
}

/* Tapes in, what came of each out. The first answer says whether the scripts could be loaded at all. */
static void serve(const void *arg, int in, int out)
{
    const struct served *s = arg;
    struct fail fail;
    struct rederived rederived;
    bool used = false;
    struct buf frame = buf_new(CHILD_FRAME);
    struct buf answer = buf_new(CHILD_FRAME);
    struct probes *probes = load_first(s, &fail);
    while (child_receive(in, &frame)) {
        enum ipc_type type;
        struct ipc_reader r = ipc_read(buf_view(&frame), &type);
        ipc_begin(&answer, IPC_DONE);
        ipc_put_u8(&answer, probes != NULL);
        if (!probes)
            ipc_put_fail(&answer, &fail);
        while (probes && !r.bad && r.rest.n > 0) {
            struct case_files files = ipc_case_files(&r);
            files.interface = held_scripts_interface(s->scripts);
            files.run = held_scripts_run(s->scripts);
            files.sealed = held_scripts_sealed(s->scripts);
            if (!serve_case(s, &probes, &used, &files, &rederived))
                return;
            ipc_put_rederived(&answer, &rederived);
        }
        if (probes && s->coverage)
            ipc_put_coverage(&answer, s->coverage);
        if (!child_send(out, buf_view(&answer)))
            return;
    }
}

/* Its parent --------------------------------------------------------------------------------------- */

/* A difference on the tape of a bundle that does not say what its scripts need says nothing about the verdict. */
static void say(struct rederiving *c, const char *id, struct rederived *what)
{
    if (what->outcome == REDERIVED_DIFFERS && what->difference.line > 0 &&
        held_scripts_interface(c->scripts) == 0) {
        what->outcome = REDERIVED_UNABLE;
        fail_set(&what->fail, "EVERSION",
                 "the bundle does not say which interface its scripts need, and with that of this "
                 "program (ajar " AJAR_VERSION ", interface %d) they leave the tape at line %u",
                 PROBES_INTERFACE, what->difference.line);
    }
    c->fn(c->arg, id, what);
}

static void end_child(struct rederiving *c)
{
    if (c->has_child)
        child_end(&c->child);
    c->has_child = false;
}

/* A child that has loaded the scripts. */
static bool begin_child(struct rederiving *c, struct fail *fail)
{
    struct buf nothing = buf_new(1);
    if (c->has_child)
        return true;
    if (!child_start(&c->child, serve, &c->served, fail))
        return false;
    c->has_child = true;
    ipc_begin(&nothing, IPC_JOB);
    bool ok = child_ask(&c->child, buf_view(&nothing), &c->answer, LOAD_SECONDS, fail) &&
              rederive_answer(buf_view(&c->answer), NULL, 0, c->served.coverage, fail);
    buf_free(&nothing);
    return ok;
}

/* Asks for these cases and says what came of them. False: the child is at fault, and is ended; nothing was said. */
static bool ask(struct rederiving *c, struct bytes question, char (*ids)[NAME_LIMIT], size_t n,
                struct fail *fail)
{
    struct rederived what[BATCH_CASES];
    bool ok = child_ask(&c->child, question, &c->answer, BATCH_SECONDS, fail) &&
              rederive_answer(buf_view(&c->answer), what, n, c->served.coverage, fail);
    for (size_t i = 0; ok && i < n; i++)
        say(c, ids[i], &what[i]);
    if (!ok)
        end_child(c);
    return ok;
}

/* Each case of the batch alone, with a child that another one's case has not ended. */
static bool ask_singly(struct rederiving *c, struct fail *fail)
{
    enum ipc_type type;
    struct ipc_reader r = ipc_read(buf_view(&c->batch.frame), &type);
    for (size_t i = 0; i < c->batch.count; i++) {
        struct rederived what = {.outcome = REDERIVED_UNABLE};
        ipc_begin(&c->question, IPC_JOB);
        struct case_files files = ipc_case_files(&r);
        ipc_put_case_files(&c->question, &files);
        if (!begin_child(c, fail))
            return false;
        if (!ask(c, buf_view(&c->question), &c->batch.ids[i], 1, &what.fail))
            say(c, c->batch.ids[i], &what);
    }
    return true;
}

static bool flush(struct rederiving *c, struct fail *fail)
{
    struct fail why;
    struct batch *b = &c->batch;
    if (b->count == 0)
        return true;
    if (!begin_child(c, fail))
        return false;
    bool ok = ask(c, buf_view(&b->frame), b->ids, b->count, &why) || ask_singly(c, fail);
    b->count = 0;
    return ok;
}

static bool on_case(void *arg, const struct bundle_case *bundled, struct fail *fail)
{
    struct rederiving *c = arg;
    struct batch *b = &c->batch;
    struct case_files files = case_files_of(bundled);
    struct rederived what = {.outcome = REDERIVED_UNABLE};
    if (case_files_are_too_long(&files, &what.fail)) {
        bool ok = flush(c, fail);
        if (ok)
            say(c, bundled->id, &what);
        return ok;
    }
    if (!case_test_is_its_own(c->tests, files.tape, &what.difference)) {
        what.outcome = REDERIVED_DIFFERS;
        bool ok = flush(c, fail);
        if (ok)
            say(c, bundled->id, &what);
        return ok;
    }
    if (b->count == 0)
        ipc_begin(&b->frame, IPC_JOB);
    ipc_put_case_files(&b->frame, &files);
    snprintf(b->ids[b->count++], NAME_LIMIT, "%s", bundled->id);
    return (b->count < BATCH_CASES && b->frame.n < BATCH_BYTES) || flush(c, fail);
}

static bool each_case(struct rederiving *c, const char *path, const char *only, struct fail *fail)
{
    struct fail later;
    if (!begin_child(c, fail))
        return false;
    bool whole = bundle_cases(path, only, on_case, c, fail);
    return flush(c, whole ? fail : &later) &&
           whole; /* what was read of a broken bundle counts too */
}

bool rederive_bundle(const char *path, const char *only, const struct pack *instead,
                     struct coverage *coverage, rederive_case fn, void *arg,
                     enum builtin_origin *origin, struct fail *fail)
{
    struct rederiving c = {.batch.frame = buf_new(CHILD_FRAME),
                           .question = buf_new(CHILD_FRAME),
                           .answer = buf_new(CHILD_FRAME),
                           .tests = digests_new(),
                           .fn = fn,
                           .arg = arg};
    struct held_scripts *scripts = held_scripts_read(path, instead, fail);
    c.scripts = scripts;
    c.served = (struct served){scripts, NULL};
    if (scripts && instead && held_scripts_tell_apart(scripts, instead->manifest.name))
        c.served.coverage = coverage;
    *origin = scripts ? held_scripts_origin(scripts) : BUILTIN_NONE;
    if (!c.tests)
        fail_set(fail, "ENOMEM", "no memory for the tests' names");
    bool ok = c.tests && scripts &&
              (needs_are_its_own(held_scripts_interface(scripts), *origin, fail) ||
               fail_prefix(fail, "%s", path)) &&
              ((pack_claims_hold(path, held_scripts_run(scripts), fail) &&
                held_scripts_are_told(scripts, fail)) ||
               fail_prefix(fail, "%s", path)) &&
              each_case(&c, path, only, fail);
    end_child(&c);
    held_scripts_free(scripts);
    digests_free(c.tests);
    buf_free(&c.batch.frame);
    buf_free(&c.question);
    buf_free(&c.answer);
    return ok;
}
