/* A bundle's files, put together into cases as they stream by. */
#include "evidence/bundle.h"

#include "evidence/gather.h"

struct walk {
    bundle_case_fn fn;
    void *arg;
    bool found;
};

static bool hand_on(void *arg, const struct gather *g, struct fail *fail)
{
    struct walk *w = arg;
    struct bundle_case c;
    if (!gather_case(g, &c, fail))
        return false;
    w->found = true;
    return w->fn(w->arg, &c, fail);
}

bool bundle_cases(const char *path, const char *only, bundle_case_fn fn, void *arg,
                  struct fail *fail)
{
    struct walk w = {.fn = fn, .arg = arg};
    bool ok = gather_each(path, only, hand_on, &w, fail);
    if (ok && only && !w.found)
        ok = fail_set(fail, "ENOENT", "%s: there is no case %s in the bundle", path, only);
    return ok;
}
