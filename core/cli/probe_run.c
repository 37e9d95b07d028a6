#include "cli/probe_run.h"

#include "cli/complain.h"
#include "cli/descriptors.h"
#include "cli/early_stop.h"
#include "cli/host_limits.h"
#include "cli/mail_domains.h"
#include "cli/plan.h"
#include "cli/probe_prepare.h"
#include "cli/repl.h"
#include "cli/trace.h"
#include "net/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A session's time, whatever is typed. */
#define SESSION_MOST (24 * 3600 * SPAN_SECOND)

/* A command under way. */
struct probing {
    struct probe_options options;
    struct probe_report report;
    struct probe_prepared prepared;
    struct targets *targets;
    struct dns *dns;
    struct names *names;
    struct mail_domains *domains; /* or NULL: they are not asked for */
    struct plan plan;
    struct run_counts counts;
    unsigned long given;           /* items, so far */
    bool in_vain;                  /* was said */
    struct trace *trace;           /* or NULL */
    const struct probe_feed *feed; /* or NULL */
    struct repl *repl;             /* or NULL */
    struct script_source *typed;   /* its script, of these: */
    struct script_source sources[SCRIPTS_MOST];
    char helo[300];
    char sender_domain[300];
};

static void on_say(void *arg, const char *line)
{
    output_say(((struct probing *)arg)->report.output, line);
}

static bool any_relay(const struct scripts *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (scripts_meant(s, i) && s->infos[i].relay)
            return true;
    return false;
}

/* Where mail is to come back from strangers, its domains must be known to them. */
static bool ask_for_domains(struct probing *c, struct fail *fail)
{
    const struct probe_prepared *p = &c->prepared;
    if (!scope_is_beyond_loopback(p->scope) || c->options.resolvers.count == 0 ||
        !any_relay(&p->scripts))
        return true;
    c->domains = mail_domains_ask(c->dns, c->options.mail_domain, c->sender_domain, on_say, c);
    return c->domains || fail_set(fail, "ENOMEM", "out of memory");
}

/* The run's loop is there: names are looked up in it, and pipes are read. */
static bool on_begin(void *arg, struct loop *loop, struct fail *fail)
{
    struct probing *c = arg;
    c->dns = resolvers_open(&c->options.resolvers, loop, fail);
    c->names = c->dns ? names_new(c->dns) : NULL;
    if (!c->names)
        return c->dns ? fail_set(fail, "ENOMEM", "out of memory") : false;
    if (!ask_for_domains(c, fail))
        return false;
    if (c->repl && !repl_begin(c->repl, loop, c->typed, fail))
        return false;
    if (c->feed && !c->feed->begin(c->feed->arg, loop, &c->prepared, fail))
        return false;
    if (c->targets)
        targets_attach(c->targets, loop, c->names);
    early_stop_pass_on();
    return true;
}

/* Before the loop goes. */
static void on_end(void *arg)
{
    struct probing *c = arg;
    if (c->repl)
        repl_end(c->repl);
    if (c->feed)
        c->feed->end(c->feed->arg);
    targets_free(c->targets);
    names_free(c->names);
    dns_free(c->dns);
    mail_domains_free(c->domains);
    c->targets = NULL;
}

/* What public lists say of the target stands behind the list that it came from. */
static void add_listings(const struct listings *listings, struct run_item *item)
{
    char text[LISTING_TEXT];
    char *both = NULL;
    if (!listings || !listings_text(listings, &item->target, text))
        return;
    if (asprintf(&both, "%s%s%s", item->source ? item->source : "", item->source ? "; " : "",
                 text) < 0)
        return;
    free(item->source);
    item->source = both;
}

/* What was found out about the target before: who names it, and whom to write to. */
static void add_known(const struct probe_prepared *p, struct run_item *item)
{
    add_listings(p->listings, item);
    if (p->contacts)
        item->contacts = contacts_file_said(p->contacts, &item->target, &item->exchanges);
}

/* Nobody reads the results any more, or nothing holds them: strangers are not bothered for that. */
static bool is_in_vain(struct probing *c)
{
    if (c->prepared.bag || !ferror(stdout))
        return false;
    if (!c->in_vain)
        output_say(c->report.output, "the results can't be written: no more targets are taken");
    c->in_vain = true;
    return true;
}

static enum run_step next_fed(struct probing *c, struct run_item *out)
{
    enum run_step step = c->feed->next(c->feed->arg, out);
    if (step == RUN_ITEM)
        add_known(&c->prepared, out);
    return step;
}

static enum run_step next_item(void *arg, struct run_item *out)
{
    struct probing *c = arg;
    if (c->feed)
        return next_fed(c, out);
    if (is_in_vain(c) || (c->repl && c->given > 0))
        return RUN_NO_MORE;
    enum run_step step = plan_next(&c->plan, out);
    if (step == RUN_ITEM)
        add_known(&c->prepared, out);
    c->given += step == RUN_ITEM;
    if (step == RUN_NO_MORE && c->counts.total > 0)
        c->counts.total = c->given; /* names have as many addresses as they have */
    return step;
}

static void on_result(void *arg, const struct run_result *result)
{
    struct probing *c = arg;
    probe_report_result(&c->report, result);
    if (c->feed)
        c->feed->result(c->feed->arg, result);
}

static void on_trace(void *arg, const struct run_trace *row)
{
    struct probing *c = arg;
    output_make_room(c->report.output);
    trace_row(c->trace, row);
}

static void on_tick(void *arg, const struct run_counts *counts)
{
    struct probing *c = arg;
    output_tick(c->report.output, counts);
    if (c->feed)
        c->feed->tick(c->feed->arg, counts);
}

/* How many probes at once; said when it is fewer than were wanted. */
static unsigned in_flight(struct probing *c)
{
    char line[200];
    unsigned long limit = 0;
    unsigned wanted = (unsigned)c->options.in_flight;
    unsigned allowed = descriptors_allow(wanted, &limit);
    if (allowed < wanted) {
        snprintf(line, sizeof line,
                 "only %u probes at once: this process may have %lu descriptors (ulimit -n)",
                 allowed, limit);
        output_say(c->report.output, line);
    }
    return allowed;
}

static unsigned worker_count(const struct probe_options *o)
{
    long cores = o->workers > 0 ? o->workers : sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : cores > RUN_WORKERS_MOST ? RUN_WORKERS_MOST : (unsigned)cores;
}

static unsigned sink_ports(const struct probe_options *o)
{
    struct addr at;
    struct ways ways = {.port_count = 1};
    return o->sink && sink_place_parse(o->sink, &at, &ways) ? ways.port_count : 1;
}

/* Connections a second: as was said, or on loopback no limit. */
static unsigned rate(const struct probe_options *o, long given, unsigned usual)
{
    if (given >= 0)
        return (unsigned)given;
    return o->scope_path ? usual : 0;
}

/* The script that is typed: the operator's own. */
static size_t typed_script(const struct probe_prepared *p)
{
    size_t i = 0;
    while (i + 1 < p->scripts.count && !p->scripts.files[i])
        i++;
    return i;
}

static bool run(struct probing *c, struct fail *fail)
{
    const struct probe_options *o = &c->options;
    const struct probe_prepared *p = &c->prepared;
    const struct probe_info *infos[SCRIPTS_MOST];
    const char *domain = o->mail_domain ? o->mail_domain : PROBE_MAIL_DOMAIN;
    for (size_t i = 0; i < p->scripts.count; i++)
        infos[i] = &p->scripts.infos[i];
    scripts_to_run(&c->prepared.scripts, c->sources);
    c->typed = &c->sources[typed_script(p)];
    if (o->trace && !(c->trace = trace_new(o->typed ? NULL : c->sources, infos)))
        return fail_set(fail, "ENOMEM", "out of memory");
    bool resolvers_named = o->resolvers.count > 0;
    resolvers_default(&c->options.resolvers);
    snprintf(c->sender_domain, sizeof c->sender_domain, "%s%s",
             o->sender_domain ? "" : PROBE_SENDERS, o->sender_domain ? o->sender_domain : domain);
    snprintf(c->helo, sizeof c->helo, "%s%s", o->helo ? "" : "probe.", o->helo ? o->helo : domain);
    struct host_limits limits = host_limits_of(o->messages, o->gap, &p->scripts);
    struct run_options options = {
        .scope = p->scope,
        .authority = scope_authority(p->scope),
        .contact = scope_contact(p->scope),
        .info = scope_info(p->scope),
        .scope_digest = scope_digest(p->scope),
        .beyond_loopback = scope_is_beyond_loopback(p->scope),
        .scripts = c->sources,
        .script_count = p->scripts.count,
        .packs = p->scripts.run_packs,
        .pack_count = p->scripts.run_pack_count,
        .args = p->scripts.args,
        .probes = infos,
        .mail_domain = domain,
        .sender_domain = c->sender_domain,
        .helo = c->helo,
        .sink_fds = p->sink.fds,
        .sink = p->sink.at,
        .ways = p->sink.ways,
        .from = p->from,
        .resolvers = o->resolvers.at,
        .resolver_count = o->resolvers.count,
        .resolvers_named = resolvers_named,
        .wait = o->wait,
        .limit = o->typed ? SESSION_MOST : o->timeout + o->wait,
        .in_flight = in_flight(c),
        .workers = worker_count(o),
        .rate = rate(o, o->rate, 500),
        .prefix_rate = rate(o, o->prefix_rate, 20),
        .messages = limits.messages,
        .gap = limits.gap,
        .gap_on_loopback = limits.gap_on_loopback,
        .bag = p->bag,
        .operator_name = o->operator_name,
        .signer = p->key ? &p->signer : NULL,
        .choices = o->choices,
        .on_begin = on_begin,
        .on_end = on_end,
        .next = next_item,
        .on_result = on_result,
        .on_trace = c->trace ? on_trace : NULL,
        .on_tick = on_tick,
        .on_say = on_say,
        .arg = c,
        .session = c->repl ? repl_session(c->repl) : NULL,
    };
    return run_all(&options, &c->counts, fail);
}

/* The bundle is sealed and stays so, whatever the services do. The key is gone before they are listened to. */
static bool stamp(struct probing *c)
{
    const struct probe_options *o = &c->options;
    unsigned wanted = 0;
    while (o->tsa.urls[wanted])
        wanted++;
    if (wanted == 0)
        return true;
    bag_free(c->prepared.bag);
    c->prepared.bag = NULL;
    secret_key_free(c->prepared.key);
    c->prepared.key = NULL;
    unsigned added = tsa_stamp(o->command, o->bundle, &o->tsa);
    if (added < wanted)
        fprintf(stderr,
                "ajar %s: %u of %u time-stamps are missing; the bundle is sealed without them: "
                "`ajar stamp --tsa URL %s` asks again\n",
                o->command, wanted - added, wanted, o->bundle);
    return added == wanted;
}

/* A session of which there is nothing to be seen is not kept. */
static void keep(const struct probing *c)
{
    if (c->counts.cases == 0)
        unlink(c->options.bundle);
    else
        probe_report_kept(&c->options);
}

/* The run is over: last words, the bundle's seal, the exit status. */
static int finish(struct probing *c, bool ran, const struct fail *why)
{
    struct fail fail;
    const struct probe_prepared *p = &c->prepared;
    bool tested =
        probe_report_end(&c->report, &c->counts, c->feed ? NULL : &c->plan, ran ? NULL : why);
    int status = ran && tested && c->report.bad == 0 ? 0 : 1;
    if (p->bag && !bag_seal(p->bag, p->key, &fail))
        status = complain(c->options.command, &fail);
    else if (p->bag && c->options.kept)
        keep(c);
    else if (p->bag) {
        probe_report_sealed(&c->options, &c->counts);
        status = stamp(c) ? status : 1;
    }
    if (status == 0 && c->options.fail_on_open && c->counts.verdicts[VERDICT_OPEN] > 0)
        return 3;
    return status;
}

/* Those of the command line. */
static bool begin_targets(struct probing *c)
{
    if (c->feed)
        return true;
    c->targets = targets_new(c->options.operands, c->options.lists);
    if (!c->targets)
        return false;
    plan_begin(&c->plan, c->targets, &c->prepared.scripts, probe_report_bad, &c->report);
    c->plan.on_stray = probe_report_stray;
    return true;
}

static int probe(struct probing *c)
{
    struct fail fail = {0};
    early_stop_begin();
    if (!descriptors_raise(worker_count(&c->options), sink_ports(&c->options), &fail))
        return complain(c->options.command, &fail);
    int prepared = probe_prepare(&c->prepared, &c->options, &c->report);
    if (c->repl)
        repl_loaded(c->repl);
    if (prepared != ARGS_GO_ON)
        return prepared;
    if (!begin_targets(c))
        return complain_words(c->options.command, 1, "out of memory");
    c->counts.total = c->feed ? c->feed->total : c->prepared.total;
    for (size_t i = 0; i < c->prepared.scripts.count; i++)
        c->report.probe_count += scripts_meant(&c->prepared.scripts, i);
    bool ran = run(c, &fail);
    early_stop_end();
    int status = finish(c, ran, &fail);
    plan_end(&c->plan); /* all zeros where there is none */
    return status;
}

int probe_run(const struct probe_options *options, const struct probe_feed *feed, struct repl *repl)
{
    struct probing *c = calloc(1, sizeof *c);
    if (!c)
        return complain_words(options->command, 1, "out of memory");
    c->options = *options;
    c->feed = feed;
    c->repl = repl;
    c->prepared.sink = sink_place_none();
    int status = probe_report_begin(&c->report, &c->options)
                     ? probe(c)
                     : complain_words(c->options.command, 1, "out of memory");
    targets_free(c->targets);
    probe_prepare_free(&c->prepared);
    probe_report_free(&c->report);
    trace_free(c->trace);
    free(c);
    return status;
}
