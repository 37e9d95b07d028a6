/* A bundle's files, put together into cases as they stream by. */
#include "evidence/bundle.h"

#include "evidence/gather.h"

#include <string.h>

struct walk {
    const char *only;
    bundle_case_fn fn;
    void *arg;
    bool found;
    struct gather gather;
};

/* Hands the case at hand on, if there is one. */
static bool flush(struct walk *w, struct fail *fail)
{
    struct bundle_case c;
    if (w->gather.id[0] == '\0')
        return true;
    if (!gather_case(&w->gather, &c, fail))
        return false;
    w->found = true;
    return w->fn(w->arg, &c, fail);
}

static bool take(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    struct walk *w = arg;
    const char *rest;
    struct bytes id = name_case(name, &rest);
    if (id.n > 0 && w->only && !bytes_equal_text(id, w->only))
        id.n = 0;
    if (!bytes_equal_text(id, w->gather.id)) {
        if (!flush(w, fail))
            return false;
        gather_begin(&w->gather, id);
    }
    return id.n == 0 || gather_add(&w->gather, rest, content, fail);
}

bool bundle_cases(const char *path, const char *only, bundle_case_fn fn, void *arg,
                  struct fail *fail)
{
    struct walk w = {.only = only, .fn = fn, .arg = arg};
    gather_init(&w.gather);
    bool ok = bundle_each(path, take, &w, fail);
    if (ok)
        ok = flush(&w, fail) || fail_prefix(fail, "%s", path);
    if (ok && only && !w.found)
        ok = fail_set(fail, "ENOENT", "%s: there is no case %s in the bundle", path, only);
    buf_free(&w.gather.content);
    return ok;
}
