#include "run/inspect.h"

#include "run/child.h"
#include "run/inspect_ipc.h"
#include "script/forms.h"

#include <string.h>

enum { LOAD_SECONDS = 10, VM_MEMORY = 128 * 1024 * 1024 };

/* Of processor time, for all scripts, and for each. Their instruction budget is spent before. */
#define LOAD_ALL  SPAN_SECOND
#define LOAD_EACH (SPAN_SECOND / 20)

struct sources {
    const struct script_source *list;
    size_t count;
};

static bool put_forms(struct buf *out, struct probes *probes, size_t i, struct fail *fail)
{
    struct buf forms = buf_new(FORMS_LIMIT + 1);
    bool ok = probes_forms(probes, i, &forms, fail);
    ipc_put_bytes(out, buf_view(&forms));
    buf_free(&forms);
    return ok;
}

static bool put_all(struct buf *out, const struct sources *s, struct fail *fail)
{
    struct vm_limits limits = vm_limits_default();
    limits.memory = VM_MEMORY;
    struct probes *probes = probes_new(s->list, s->count, &limits, fail);
    bool ok = probes != NULL;
    for (size_t i = 0; ok && i < s->count; i++) {
        ipc_put_probe_info(out, probes_at(probes, i));
        ok = put_forms(out, probes, i, fail);
    }
    probes_free(probes);
    return ok;
}

/* "ESYNTAX" where one is no Lua. */
static void tell_syntax(const struct script_source *list, size_t n, struct fail *fail)
{
    struct fail ignored;
    struct vm_limits limits = vm_limits_default();
    struct vm *vm = vm_new(&limits, &ignored);
    for (size_t i = 0; vm && i < n; i++)
        if (!vm_compiles(vm, list[i].text))
            fail->code = "ESYNTAX";
    vm_free(vm);
}

/* The child's answer: whether all could be loaded, then each probe or the reason why not. */
static void load(const void *arg, int in, int out)
{
    const struct sources *s = arg;
    struct fail fail;
    struct buf question = buf_new(CHILD_FRAME);
    struct buf answer = buf_new(CHILD_FRAME);
    if (!child_receive(in, &question))
        return;
    ipc_begin(&answer, IPC_READY);
    ipc_put_u8(&answer, true);
    if (!put_all(&answer, s, &fail)) {
        tell_syntax(s->list, s->count, &fail);
        ipc_begin(&answer, IPC_READY);
        ipc_put_u8(&answer, false);
        ipc_put_fail(&answer, &fail);
    }
    child_send(out, buf_view(&answer));
}

static bool inspect(const struct sources *s, struct probe_info *out, struct buf *forms,
                    struct fail *fail)
{
    struct child child;
    struct buf answer = buf_new(CHILD_FRAME);
    if (!child_start(&child, load, s, fail))
        return false;
    child.processor = LOAD_ALL + (span)s->count * LOAD_EACH;
    bool ok = child_ask(&child, bytes_of("load"), &answer, LOAD_SECONDS, fail) &&
              inspect_answer(buf_view(&answer), s->list, s->count, out, forms, fail);
    child_end(&child);
    buf_free(&answer);
    return ok;
}

static bool took_too_long(const struct fail *fail)
{
    return strcmp(fail->code, "ETIMEDOUT") == 0;
}

/* Which was it? Each is loaded alone. */
static void name_slow(const struct sources *all, struct fail *fail)
{
    for (size_t i = 0; i < all->count; i++) {
        struct sources one = {&all->list[i], 1};
        struct probe_info info;
        struct fail alone;
        if (all->count == 1 || (!inspect(&one, &info, NULL, &alone) && took_too_long(&alone))) {
            fail_prefix(fail, "%s", all->list[i].name);
            return;
        }
    }
}

bool inspect_scripts(const struct script_source *sources, size_t n, struct probe_info *out,
                     struct buf *forms, struct fail *fail)
{
    struct sources s = {sources, n};
    if (inspect(&s, out, forms, fail))
        return true;
    if (took_too_long(fail))
        name_slow(&s, fail);
    return false;
}

/* ---- scenarios ---- */

struct scenario_script {
    const struct script_source *source;
    const struct sim_hooks *hooks;
};

static void put_ids(struct buf *out, const struct scenarios *scenarios)
{
    struct buf ids = buf_new(INSPECT_IDS);
    for (size_t i = 0; i < scenarios_count(scenarios); i++) {
        buf_put_text(&ids, scenarios_at(scenarios, i)->id);
        buf_put_byte(&ids, '\0');
    }
    ipc_put_bytes(out, buf_view(&ids));
    buf_free(&ids);
}

/* The answer is the fail, or the ids. */
static void load_scenarios(const void *arg, int in, int out)
{
    const struct scenario_script *s = arg;
    struct fail fail;
    struct buf question = buf_new(CHILD_FRAME);
    struct buf answer = buf_new(CHILD_FRAME);
    if (!child_receive(in, &question))
        return;
    ipc_begin(&answer, IPC_READY);
    struct scenarios *scenarios = scenarios_new(s->source, 1, s->hooks, &fail);
    ipc_put_u8(&answer, scenarios != NULL);
    if (scenarios) {
        put_ids(&answer, scenarios);
    } else {
        tell_syntax(s->source, 1, &fail);
        ipc_put_fail(&answer, &fail);
    }
    child_send(out, buf_view(&answer));
}

static bool read_scenarios(struct bytes frame, struct buf *ids, struct fail *fail)
{
    enum ipc_type type;
    struct ipc_reader r = ipc_read(frame, &type);
    bool loaded = ipc_u8(&r) == 1;
    if (loaded) {
        struct bytes all = ipc_bytes(&r);
        r.bad |= (all.n > 0 && all.p[all.n - 1] != '\0') || !buf_put(ids, all);
    } else {
        *fail = ipc_fail(&r);
    }
    if (type != IPC_READY || !ipc_end(&r))
        return fail_set(fail, "EPROTO", "the process that loads the scripts gave a broken answer");
    return loaded;
}

bool inspect_scenarios(const struct script_source *source, const struct sim_hooks *hooks,
                       struct buf *ids, struct fail *fail)
{
    struct scenario_script s = {source, hooks};
    struct child child;
    struct buf answer = buf_new(CHILD_FRAME);
    if (!child_start(&child, load_scenarios, &s, fail))
        return false;
    child.processor = LOAD_ALL;
    bool ok = child_ask(&child, bytes_of("load"), &answer, LOAD_SECONDS, fail);
    child_end(&child);
    if (!ok && took_too_long(fail))
        fail_prefix(fail, "%s", source->name);
    ok = ok && read_scenarios(buf_view(&answer), ids, fail);
    buf_free(&answer);
    return ok;
}
