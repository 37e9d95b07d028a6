#include "cli/names.h"

#include <stdlib.h>

struct lookup {
    struct lookup *next; /* among those that are done */
    size_t slot;
    struct names *names;
    struct target target;
    const char *list;
    unsigned long line;
    struct addr addresses[DNS_ADDRESSES];
    size_t count;
    struct fail why;
};

struct names {
    struct dns *dns;
    struct lookup *done;
    struct lookup **last; /* where the next that is done goes */
    struct lookup *all[NAMES_AT_ONCE];
    unsigned busy;
};

bool resolvers_take(struct args *a, struct resolvers *r)
{
    struct addr at;
    bool ok = addr_parse(bytes_of(a->value), &at);
    if (!ok)
        args_wrong(a, "--resolver: \"%s\" is no ADDR or ADDR:PORT", a->value);
    else if (r->count == DNS_RESOLVERS)
        args_wrong(a, "at most %d times --resolver", DNS_RESOLVERS);
    else
        r->at[r->count++] = at;
    return ok;
}

void resolvers_default(struct resolvers *r)
{
    if (r->count == 0)
        r->count = dns_system_resolvers(r->at);
}

struct dns *resolvers_open(const struct resolvers *r, struct loop *loop, struct fail *fail)
{
    return dns_new(loop, &(struct dns_options){.resolvers = r->at, .count = r->count}, fail);
}

struct names *names_new(struct dns *dns)
{
    struct names *n = calloc(1, sizeof *n);
    if (!n)
        return NULL;
    n->dns = dns;
    n->last = &n->done;
    return n;
}

void names_free(struct names *n)
{
    for (size_t i = 0; n && i < NAMES_AT_ONCE; i++)
        free(n->all[i]);
    free(n);
}

bool names_full(const struct names *n)
{
    return n->busy >= NAMES_AT_ONCE;
}

bool names_busy(const struct names *n)
{
    return n->busy > 0;
}

bool names_ready(const struct names *n)
{
    return n->done != NULL;
}

static void on_addresses(void *arg, const struct addr *addresses, size_t count,
                         const struct fail *why)
{
    struct lookup *l = arg;
    l->count = count;
    for (size_t i = 0; i < count; i++)
        l->addresses[i] = addresses[i];
    if (why)
        l->why = *why;
    *l->names->last = l;
    l->names->last = &l->next;
}

bool names_add(struct names *n, const struct target *target, const char *list, unsigned long line,
               struct fail *fail)
{
    struct lookup *l = names_full(n) ? NULL : calloc(1, sizeof *l);
    if (!l)
        return fail_set(fail, "ENOMEM", "%s: out of memory", target->name);
    l->names = n;
    l->target = *target;
    l->list = list;
    l->line = line;
    if (!dns_addresses(n->dns, target->name, on_addresses, l, fail)) {
        free(l);
        return false;
    }
    while (n->all[l->slot])
        l->slot++;
    n->all[l->slot] = l;
    n->busy++;
    return true;
}

bool names_take(struct names *n, struct target *target, struct addr addresses[DNS_ADDRESSES],
                size_t *count, struct fail *fail)
{
    struct lookup *l = n->done;
    n->done = l->next;
    if (!n->done)
        n->last = &n->done;
    n->busy--;
    *target = l->target;
    *count = l->count;
    for (size_t i = 0; i < l->count; i++)
        addresses[i] = l->addresses[i];
    bool found = l->count > 0;
    if (!found)
        *fail = l->why;
    if (!found && l->list)
        fail_prefix(fail, "%s:%lu", l->list, l->line);
    n->all[l->slot] = NULL;
    free(l);
    return found;
}
