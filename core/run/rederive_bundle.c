/* A bundle's cases, derived again in a confined child. */
#include "run/rederive.h"

#include "evidence/bundle.h"
#include "run/child.h"
#include "run/ipc.h"

#include <stdlib.h>
#include <string.h>

enum {
    SCRIPTS_MOST = 500,
    CASE_SECONDS = 20,
    VM_MEMORY = 128 * 1024 * 1024,
};

/* The scripts of a bundle, copied. */
struct held_scripts {
    struct script_source api[PROBES_API];
    struct script_source sources[SCRIPTS_MOST];
    size_t count;
};

struct rederiving {
    struct child child;
    struct buf answer;
    rederive_case fn;
    void *arg;
};

/* The child: a tape in, whether the verdict was reached again out, and if not, why. */
static void serve(const void *arg, int in, int out)
{
    const struct held_scripts *scripts = arg;
    struct fail fail;
    struct vm_limits limits = vm_limits_default();
    struct buf frame = buf_new(CHILD_FRAME);
    struct buf answer = buf_new(4096);
    limits.memory = VM_MEMORY;
    struct probes *probes =
        probes_new_with(scripts->api, scripts->sources, scripts->count, &limits, &fail);
    while (child_receive(in, &frame)) {
        bool same = probes && rederive(probes, buf_view(&frame), &fail);
        ipc_begin(&answer, IPC_DONE);
        ipc_put_u8(&answer, same);
        if (!same)
            ipc_put_fail(&answer, &fail);
        if (!child_send(out, buf_view(&answer)))
            break;
    }
}

static bool on_case(void *arg, const struct bundle_case *bundled, struct fail *fail)
{
    struct rederiving *c = arg;
    enum ipc_type type;
    struct fail why;
    if (!child_ask(&c->child, bundled->tape, &c->answer, CASE_SECONDS, fail))
        return fail_prefix(fail, "%s", bundled->id);
    struct ipc_reader r = ipc_read(buf_view(&c->answer), &type);
    bool same = ipc_u8(&r) == 1;
    if (!same)
        why = ipc_fail(&r);
    if (type != IPC_DONE || !ipc_end(&r))
        return fail_set(fail, "EPROTO", "%s: the confined process gave a broken answer",
                        bundled->id);
    c->fn(c->arg, bundled->id, same ? NULL : &why);
    return true;
}

static bool copy(struct script_source *to, const char *name, struct bytes content)
{
    unsigned char *text = malloc(content.n + 1);
    char *kept = strdup(name);
    if (!text || !kept) {
        free(text);
        free(kept);
        return false;
    }
    memcpy(text, content.p, content.n);
    *to = (struct script_source){.name = kept, .pack = "", .text = bytes_at(text, content.n)};
    return true;
}

/* What copy() made is const for those who read it, and ours. */
static void free_own(const void *p)
{
    union {
        const void *lent;
        void *own;
    } as = {.lent = p};
    free(as.own);
}

static void free_copy(struct script_source *s)
{
    free_own(s->name);
    free_own(s->text.p);
}

/* Which part of the API this file is, or -1. */
static int api_index(const char *name)
{
    struct script_source api[PROBES_API];
    struct fail ignored;
    if (!probes_api(api, &ignored))
        return -1;
    for (int i = 0; i < PROBES_API; i++)
        if (strcmp(api[i].name, name) == 0)
            return i;
    return -1;
}

/* "data/packs/PACK/scripts/relay/x.lua" → "scripts/relay/x.lua", so that messages read as they did. */
static bool on_file(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    struct held_scripts *held = arg;
    static const char packs[] = "data/packs/";
    if (strncmp(name, packs, sizeof packs - 1) != 0)
        return true;
    const char *slash = strchr(name + sizeof packs - 1, '/');
    if (!slash)
        return true;
    int part = api_index(slash + 1);
    if (part >= 0 && held->api[part].name)
        return fail_set(fail, "EFORMAT", "%s is there twice", slash + 1);
    if (part < 0 && held->count == SCRIPTS_MOST)
        return fail_set(fail, "ELIMIT", "over %d scripts", SCRIPTS_MOST);
    return copy(part >= 0 ? &held->api[part] : &held->sources[held->count++], slash + 1, content) ||
           fail_set(fail, "ENOMEM", "out of memory for the scripts");
}

/* An older bundle has fewer parts of the API: its scripts knew no others. */
static bool complete(struct held_scripts *held, struct fail *fail)
{
    struct script_source now[PROBES_API];
    if (!held->api[0].name)
        return fail_set(fail, "EFORMAT", "the bundle does not hold the API of its scripts");
    if (!probes_api(now, fail))
        return false;
    for (size_t i = 1; i < PROBES_API; i++)
        if (!held->api[i].name && !copy(&held->api[i], now[i].name, bytes_of("")))
            return fail_set(fail, "ENOMEM", "out of memory for the scripts");
    return true;
}

bool rederive_bundle(const char *path, const char *only, rederive_case fn, void *arg,
                     struct fail *fail)
{
    struct held_scripts *held = calloc(1, sizeof *held);
    struct rederiving c = {.answer = buf_new(CHILD_FRAME), .fn = fn, .arg = arg};
    if (!held)
        return fail_set(fail, "ENOMEM", "out of memory");
    bool ok = bundle_each(path, on_file, held, fail) && complete(held, fail) &&
              child_start(&c.child, serve, held, fail);
    if (ok) {
        ok = bundle_cases(path, only, on_case, &c, fail);
        child_end(&c.child);
    }
    for (size_t i = 0; i < PROBES_API; i++)
        free_copy(&held->api[i]);
    for (size_t i = 0; i < held->count; i++)
        free_copy(&held->sources[i]);
    free(held);
    buf_free(&c.answer);
    return ok;
}
