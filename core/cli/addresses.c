#include "cli/addresses.h"

#include "cli/targets.h"

#include <stdlib.h>

static bool add(struct addresses *a, struct addr at)
{
    if ((a->count & (a->count - 1)) == 0) {
        size_t room = a->count ? a->count * 2 : 1;
        struct addr *all =
            room <= 2 * (size_t)ADDRESSES_MOST ? realloc(a->all, room * sizeof *all) : NULL;
        if (!all)
            return false;
        a->all = all;
    }
    at.port = 0;
    a->all[a->count++] = at;
    return true;
}

static int compare(const void *a, const void *b)
{
    const struct addr *x = a;
    const struct addr *y = b;
    return x->family != y->family ? x->family - y->family : memcmp(x->ip, y->ip, sizeof x->ip);
}

static void make_unique(struct addresses *a)
{
    size_t n = 0;
    if (a->count > 0)
        qsort(a->all, a->count, sizeof *a->all, compare);
    for (size_t i = 0; i < a->count; i++)
        if (n == 0 || !addr_equal_ip(&a->all[n - 1], &a->all[i]))
            a->all[n++] = a->all[i];
    a->count = n;
}

/* One step of the reading; false at its end. */
static bool read_one(struct addresses *a, struct targets *targets, struct fail *bad, bool *ok)
{
    struct target target;
    bad->code = NULL;
    switch (targets_next(targets, &target, bad)) {
    case TARGETS_ONE:
        if (target.addr.family == ADDR_NONE) {
            fail_set(bad, "ETARGET", "%s is a name; an address is expected", target.name);
            targets_blame(targets, bad);
        } else
            *ok = a->count < ADDRESSES_MOST && add(a, target.addr);
        return *ok;
    case TARGETS_BAD:
        return true;
    default:
        return false;
    }
}

bool addresses_read(struct addresses *out, char *const *operands, const char *const *lists,
                    void (*on_bad)(void *arg, const struct fail *why), void *arg, struct fail *fail)
{
    struct fail bad;
    struct targets *targets = targets_new(operands, lists);
    bool ok = targets != NULL;
    *out = (struct addresses){0};
    while (ok && read_one(out, targets, &bad, &ok))
        if (bad.code)
            on_bad(arg, &bad);
    targets_free(targets);
    make_unique(out);
    return ok || fail_set(fail, "ELIMIT", "no memory, or over %d addresses", ADDRESSES_MOST);
}

void addresses_free(struct addresses *a)
{
    free(a->all);
    *a = (struct addresses){0};
}
