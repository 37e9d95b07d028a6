#include "cli/probe_prepare.h"

#include "cli/chain_place.h"
#include "cli/complain.h"
#include "cli/early_stop.h"
#include "cli/operator_key.h"
#include "cli/plan.h"
#include "cli/probe_args.h"
#include "cli/vantage.h"
#include "net/interfaces.h"

#include <sys/stat.h>

/* Of large networks the addresses are not gone through one by one: what of them comes twice is counted twice then. */
enum { COUNTED = 65536 };

/* Reads all lists once beforehand, where that can be done: counts the items and finds bad lines. */
static bool count_items(struct probe_prepared *p, const struct probe_options *o,
                        struct probe_report *r, struct fail *fail)
{
    struct plan plan;
    if (targets_once(o->lists))
        return true;
    struct targets *targets = targets_new(o->operands, o->lists);
    if (!targets)
        return fail_set(fail, "ENOMEM", "out of memory");
    targets_reckon(targets, COUNTED);
    plan_begin(&plan, targets, &p->scripts, probe_report_bad_early, r);
    while (!early_stop_asked() && plan_next(&plan, NULL) == RUN_ITEM)
        p->total += plan.target.count;
    plan_end(&plan);
    targets_free(targets);
    return true;
}

static void say(const void *options, const char *line)
{
    const struct probe_options *o = options;
    complain_words(o->command, 0, line);
}

/* The networks that this machine stands in: a server there may take us for a neighbour. */
static bool add_neighbours(struct scope *scope, struct fail *fail)
{
    struct prefix networks[INTERFACES_MOST];
    size_t n = interfaces_networks(networks);
    for (size_t i = 0; i < n; i++)
        if (!scope_add_near(scope, &networks[i]))
            return fail_set(fail, "ENOMEM", "no memory for the machine's networks");
    return true;
}

/* What was said: scripts, their arguments, the scope, the listings, the contacts. */
static bool read_all(struct probe_prepared *p, const struct probe_options *o, struct fail *fail)
{
    if (!scripts_load(&p->scripts, o->choices, fail))
        return false;
    scripts_drop_idle(&p->scripts);
    if (!probe_args_take(&p->scripts, o->arguments, o->thorough, fail))
        return false;
    p->scope = o->scope_path ? scope_load(o->scope_path, fail) : scope_loopback();
    if (!p->scope || !add_neighbours(p->scope, fail))
        return false;
    if (!vantage_read(o->from, o->control, p->scope, &p->from, &p->sink.ways.control, fail))
        return false;
    return (!o->listings_path || (p->listings = listings_load(o->listings_path, fail))) &&
           (!o->contacts_path || (p->contacts = contacts_file_load(o->contacts_path, fail)));
}

static bool open_key(struct probe_prepared *p, const struct probe_options *o, struct fail *fail)
{
    p->key = o->kept ? secret_key_new(fail) : operator_key_load(o->key_path, fail);
    if (!p->key)
        return false;
    p->signer = secret_key_public(p->key);
    if (o->kept)
        return true;
    struct chain_place place = {o->command, o->chain, o->key_path, o->bundle};
    return chain_place_open(&place, p->key, &p->chain, fail);
}

/* What is written to and listened on; after the targets, whose faults leave nothing behind. */
static bool open_all(struct probe_prepared *p, const struct probe_options *o, struct fail *fail)
{
    if (o->bundle && !open_key(p, o, fail))
        return false;
    if (!sink_place_open(&p->sink, o->sink, o->sink_name, &o->resolvers,
                         &(struct sink_talk){say, o}, fail))
        return false;
    mode_t before = umask(077);
    if (!o->kept)
        umask(before);
    if (o->bundle && (p->bag = bag_new(o->bundle, fail)))
        bag_chain(p->bag, p->chain);
    umask(before);
    return !o->bundle || p->bag;
}

static int refuse(const struct probe_options *o, const struct fail *why)
{
    return early_stop_asked() ? complain_words(o->command, 1, "stopped before anything was probed")
                              : complain(o->command, why);
}

int probe_prepare(struct probe_prepared *p, const struct probe_options *o, struct probe_report *r)
{
    struct fail fail;
    p->sink = sink_place_none();
    if (!read_all(p, o, &fail) || !count_items(p, o, r, &fail) || early_stop_asked())
        return refuse(o, &fail);
    int status = probe_report_bad_status(r);
    if (status != 0)
        return status;
    return open_all(p, o, &fail) ? ARGS_GO_ON : refuse(o, &fail);
}

void probe_prepare_free(struct probe_prepared *p)
{
    bag_free(p->bag);
    chain_file_close(p->chain);
    secret_key_free(p->key);
    scripts_free(&p->scripts);
    listings_free(p->listings);
    contacts_file_free(p->contacts);
    scope_free(p->scope);
    sink_place_close(&p->sink);
}
