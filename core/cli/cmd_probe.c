/* ajar probe: are these servers open? */
#include "cli/args.h"
#include "cli/commands.h"
#include "cli/listings.h"
#include "cli/names.h"
#include "cli/operator_key.h"
#include "cli/output.h"
#include "cli/plan.h"
#include "cli/probe_args.h"

#include "guard/scope.h"
#include "net/dial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { LISTS_MOST = 64, BAD_SHOWN = 10, REFUSED_SHOWN = 10, DESCRIPTORS_OTHER = 48 };

enum {
    OPTION_SCOPE,
    OPTION_INPUT,
    OPTION_PROBE,
    OPTION_ARG,
    OPTION_THOROUGH,
    OPTION_EVIDENCE,
    OPTION_KEY,
    OPTION_JSON,
    OPTION_TABLE,
    OPTION_SINK,
    OPTION_MAIL_DOMAIN,
    OPTION_HELO,
    OPTION_WAIT,
    OPTION_TIMEOUT,
    OPTION_INFLIGHT,
    OPTION_RATE,
    OPTION_PREFIX_RATE,
    OPTION_WORKERS,
    OPTION_RESOLVER,
    OPTION_LISTINGS,
    OPTION_FAIL_ON_OPEN,
};

static const struct args_option options[] = {
    [OPTION_SCOPE] = {"scope", 's', "FILE",
                      "who may be probed, on whose authority; without it only "
                      "loopback may"},
    [OPTION_INPUT] = {"input", 'i', "FILE",
                      "targets from a list, one a line, or from a CSV with a "
                      "column \"ip\"; - is standard input; repeatable"},
    [OPTION_PROBE] = {"probe", 'p', "PROBE",
                      "relay, proxy; safe, thorough, intrusive; a probe's id, a glob, or a "
                      "script's path (FILE.lua); !PROBE leaves out; repeatable; default: the "
                      "safe ones that fit the target's port"},
    [OPTION_ARG] = {"arg", 'a', "NAME=VALUE",
                    "tell the probes that know NAME; or one of them: PROBE.NAME=VALUE; "
                    "repeatable; see ajar probes ID"},
    [OPTION_THOROUGH] = {"thorough", 0, NULL,
                         "--arg thorough=true, for the probes that know it: all forms are tried"},
    [OPTION_EVIDENCE] = {"evidence", 'e', "BUNDLE",
                         "seal tapes, receipts and scripts in a new signed "
                         "bundle"},
    [OPTION_KEY] = {"key", 'k', "FILE", "the secret key to sign with; see ajar key"},
    [OPTION_JSON] = {"json", 'j', NULL, "print one JSON object a line, on a terminal too"},
    [OPTION_TABLE] = {"table", 0, NULL, "print the table, into a file or a pipe too"},
    [OPTION_SINK] = {"sink", 0, "ADDR:PORT",
                     "where our own receiver listens; default: 127.0.0.1 and a "
                     "free port"},
    [OPTION_MAIL_DOMAIN] = {"mail-domain", 0, "DOMAIN",
                            "the domain of the test mailboxes, whose MX leads "
                            "to the sink"},
    [OPTION_HELO] = {"helo", 0, "NAME",
                     "the name to greet mail servers with; default: "
                     "probe.MAIL-DOMAIN"},
    [OPTION_WAIT] = {"wait", 'w', "SECONDS", "how long a token may take to come back; default 15"},
    [OPTION_TIMEOUT] = {"timeout", 't', "SECONDS",
                        "how long a whole probe may take, --wait added; "
                        "default 120"},
    [OPTION_INFLIGHT] = {"inflight", 'n', "N", "probes at work at once; default 1000"},
    [OPTION_RATE] = {"rate", 'r', "N",
                     "connections a second, to all; default 500, on loopback no "
                     "limit"},
    [OPTION_PREFIX_RATE] = {"prefix-rate", 0, "N",
                            "connections a second to one /24 or /48; default 20, "
                            "on loopback no limit"},
    [OPTION_WORKERS] = {"workers", 0, "N", "worker processes; default: one a core"},
    [OPTION_LISTINGS] = {"listings", 0, "FILE",
                         "what 'ajar lists --json' said: goes into the cases, as the source of the "
                         "suspicion"},
    [OPTION_RESOLVER] = {"resolver", 0, "ADDR[:PORT]",
                         "ask this DNS resolver; repeatable; default: those of "
                         "/etc/resolv.conf"},
    [OPTION_FAIL_ON_OPEN] = {"fail-on-open", 0, NULL, "exit with status 3 when something is open"},
    {0},
};

static const struct args_command command = {
    "probe", "[OPTION]... TARGET...",
    "Tests whether mail servers and proxies are open to strangers, and proves it.\n"
    "A TARGET is ADDR, ADDR:PORT, [V6]:PORT, NAME, CIDR or CIDR:PORT.",
    options,
    "Exit status: 0 it ran to the end, 1 it failed, 2 wrong usage,\n"
    "3 something was open and --fail-on-open was given.\n"};

struct request {
    const char *scope_path;
    const char *lists[LISTS_MOST + 1];
    const char *choices[LISTS_MOST + 1];
    const char *args[LISTS_MOST + 1];
    bool thorough;
    const char *bundle;
    const char *key_path;
    const char *sink;
    const char *mail_domain;
    const char *helo;
    enum output_form form;
    bool fail_on_open;
    span wait;
    span timeout;
    long in_flight;
    long rate;        /* -1: not given */
    long prefix_rate; /* -1: not given */
    long workers;
    struct resolvers resolvers;
    const char *listings_path;
    char *const *operands;
};

/* A command under way. */
struct probe_command {
    struct request request;
    struct scope *scope;
    struct scripts scripts;
    struct targets *targets;
    struct dns *dns;
    struct names *names;
    struct listings *listings; /* or NULL */
    struct plan plan;
    struct output *output;
    struct bag *bag;
    struct secret_key *key;
    struct run_counts counts;
    unsigned long bad;
    struct addr refused; /* the last that was */
    unsigned long refused_count;
    int sink_fd;
    struct addr sink;
    char helo[300];
};

static bool append(const char **list, const char *value)
{
    for (size_t i = 0; i < LISTS_MOST; i++)
        if (!list[i]) {
            list[i] = value;
            return true;
        }
    return false;
}

static void take_option(struct args *a, int which, struct request *r)
{
    switch (which) {
    case OPTION_SCOPE:
        r->scope_path = a->value;
        break;
    case OPTION_INPUT:
        if (!append(r->lists, a->value))
            args_wrong(a, "at most %d lists", LISTS_MOST);
        break;
    case OPTION_PROBE:
        if (!append(r->choices, a->value))
            args_wrong(a, "at most %d times --probe", LISTS_MOST);
        break;
    case OPTION_ARG:
        if (!append(r->args, a->value))
            args_wrong(a, "at most %d times --arg", LISTS_MOST);
        break;
    case OPTION_THOROUGH:
        r->thorough = true;
        break;
    case OPTION_EVIDENCE:
        r->bundle = a->value;
        break;
    case OPTION_KEY:
        r->key_path = a->value;
        break;
    case OPTION_JSON:
        r->form = OUTPUT_JSON;
        break;
    case OPTION_TABLE:
        r->form = OUTPUT_TABLE;
        break;
    case OPTION_SINK:
        r->sink = a->value;
        break;
    case OPTION_MAIL_DOMAIN:
        r->mail_domain = a->value;
        break;
    case OPTION_HELO:
        r->helo = a->value;
        break;
    case OPTION_WAIT:
        args_seconds(a, 0, 3600 * SPAN_SECOND, &r->wait);
        break;
    case OPTION_TIMEOUT:
        args_seconds(a, SPAN_SECOND, 3600 * SPAN_SECOND, &r->timeout);
        break;
    case OPTION_INFLIGHT:
        args_number(a, 1, RUN_INFLIGHT_MOST, &r->in_flight);
        break;
    case OPTION_RATE:
        args_number(a, 0, 1000000, &r->rate);
        break;
    case OPTION_PREFIX_RATE:
        args_number(a, 0, 1000000, &r->prefix_rate);
        break;
    case OPTION_WORKERS:
        args_number(a, 1, RUN_WORKERS_MOST, &r->workers);
        break;
    case OPTION_LISTINGS:
        r->listings_path = a->value;
        break;
    case OPTION_RESOLVER:
        resolvers_take(a, &r->resolvers);
        break;
    default:
        r->fail_on_open = true;
        break;
    }
}

static bool is_any(const struct addr *a)
{
    static const unsigned char zero[16];
    return memcmp(a->ip, zero, addr_ip_length(a)) == 0;
}

/* A host name (RFC 1123), or nothing given. */
static bool is_domain(const char *name)
{
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";
    size_t n = name ? strlen(name) : 1;
    return !name ||
           (n > 0 && n < 254 && strspn(name, allowed) == n && name[0] != '.' && name[0] != '-');
}

/* Exit status, or ARGS_GO_ON. */
static int read_request(int argc, char **argv, struct request *r)
{
    struct args args;
    *r = (struct request){.wait = 15 * SPAN_SECOND,
                          .timeout = 120 * SPAN_SECOND,
                          .in_flight = 1000,
                          .rate = -1,
                          .prefix_rate = -1};
    args_begin(&args, &command, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;)
        take_option(&args, which, r);
    if (args.status != ARGS_GO_ON)
        return args.status;
    r->operands = args.operands;
    if (args.operand_count == 0 && !r->lists[0])
        return args_wrong(&args, "no target: name one, or a list of them with --input");
    struct addr sink;
    if (r->sink && (!addr_parse(bytes_of(r->sink), &sink) || sink.port == 0 || is_any(&sink)))
        return args_wrong(&args, "--sink: \"%s\" is no ADDR:PORT that others could connect to",
                          r->sink);
    if (!is_domain(r->mail_domain) || !is_domain(r->helo))
        return args_wrong(&args, "--mail-domain and --helo: a domain name is expected");
    if (r->key_path && !r->bundle)
        return args_wrong(&args, "--key signs a bundle: --evidence is missing");
    if (r->scope_path && !r->mail_domain)
        return args_wrong(&args,
                          "--scope asks for --mail-domain: the domain whose mail comes to the "
                          "sink");
    return ARGS_GO_ON;
}

static int complain(int status, const char *text)
{
    fprintf(stderr, "ajar probe: %s\n", text);
    return status;
}

static void on_bad(void *arg, const struct fail *why)
{
    struct probe_command *c = arg;
    if (++c->bad <= BAD_SHOWN)
        output_say(c->output, why->text);
}

/* Reads all lists once beforehand, where that can be done: counts the items, and finds bad lines before
 * the first packet is sent. */
static bool count_items(struct probe_command *c)
{
    struct plan plan;
    if (targets_once(c->request.lists))
        return true;
    struct targets *targets = targets_new(c->request.operands, c->request.lists);
    if (!targets)
        return false;
    plan_begin(&plan, targets, &c->scripts, on_bad, c);
    while (plan_next(&plan, NULL) == RUN_ITEM)
        c->counts.total++;
    targets_free(targets);
    return true;
}

/* The run's loop is there: names are looked up in it, and pipes are read. */
static bool on_begin(void *arg, struct loop *loop, struct fail *fail)
{
    struct probe_command *c = arg;
    c->dns = resolvers_open(&c->request.resolvers, loop, fail);
    c->names = c->dns ? names_new(c->dns) : NULL;
    if (!c->names)
        return c->dns ? fail_set(fail, "ENOMEM", "out of memory") : false;
    targets_attach(c->targets, loop, c->names);
    return true;
}

/* Before the loop goes. */
static void on_end(void *arg)
{
    struct probe_command *c = arg;
    targets_free(c->targets);
    names_free(c->names);
    dns_free(c->dns);
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

static enum run_step next_item(void *arg, struct run_item *out)
{
    struct probe_command *c = arg;
    enum run_step step = plan_next(&c->plan, out);
    if (step == RUN_ITEM)
        add_listings(c->listings, out);
    return step;
}

/* Says once for each address in a row, and not for thousands, that it is not tested. */
static void say_refused(struct probe_command *c, const struct run_result *result)
{
    char text[ADDR_TEXT];
    char line[500];
    const struct addr *target = &result->item->target;
    if (addr_equal_ip(&c->refused, target))
        return;
    c->refused = *target;
    if (++c->refused_count > REFUSED_SHOWN)
        return;
    snprintf(line, sizeof line, "%s not tested: %s%s%s", addr_text(target, text), result->reason,
             c->request.scope_path ? "" : "; without --scope only loopback may be probed",
             c->refused_count == REFUSED_SHOWN ? "; others that are refused are not named here"
                                               : "");
    output_say(c->output, line);
}

static void on_result(void *arg, const struct run_result *result)
{
    struct probe_command *c = arg;
    if (result->refused)
        say_refused(c, result);
    output_result(c->output, result);
}

static void on_tick(void *arg, const struct run_counts *counts)
{
    output_tick(((struct probe_command *)arg)->output, counts);
}

static void on_say(void *arg, const char *line)
{
    output_say(((struct probe_command *)arg)->output, line);
}

/* As many descriptors as may be had; how many probes they allow at once. */
static unsigned descriptors_allow(struct probe_command *c, unsigned wanted)
{
    struct rlimit limit;
    char line[200];
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_max >= (rlim_t)wanted + DESCRIPTORS_OTHER)
        return wanted;
    unsigned allowed =
        limit.rlim_max > DESCRIPTORS_OTHER + 8 ? (unsigned)limit.rlim_max - DESCRIPTORS_OTHER : 8;
    snprintf(line, sizeof line,
             "only %u probes at once: this process may have %lu descriptors "
             "(ulimit -n)",
             allowed, (unsigned long)limit.rlim_max);
    output_say(c->output, line);
    return allowed;
}

static unsigned worker_count(const struct request *r)
{
    long cores = r->workers > 0 ? r->workers : sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : cores > RUN_WORKERS_MOST ? RUN_WORKERS_MOST : (unsigned)cores;
}

static bool open_sink(struct probe_command *c, struct fail *fail)
{
    addr_parse(bytes_of(c->request.sink ? c->request.sink : "127.0.0.1"), &c->sink);
    c->sink_fd = listen_open(&c->sink, fail);
    return c->sink_fd >= 0 || fail_prefix(fail, "the sink can't listen");
}

/* All that must be there before anything is sent: exit status, or ARGS_GO_ON. */
static int prepare(struct probe_command *c)
{
    struct fail fail;
    const struct request *r = &c->request;
    if (!scripts_load(&c->scripts, r->choices, &fail) ||
        !probe_args_take(&c->scripts, r->args, r->thorough, &fail))
        return complain(2, fail.text);
    c->scope = r->scope_path ? scope_load(r->scope_path, &fail) : scope_loopback();
    if (!c->scope)
        return complain(2, fail.text);
    if (r->listings_path && !(c->listings = listings_load(r->listings_path, &fail)))
        return complain(2, fail.text);
    if (!count_items(c))
        return complain(1, "out of memory");
    if (c->bad > BAD_SHOWN)
        fprintf(stderr, "ajar probe: and %lu more lines that are no targets\n", c->bad - BAD_SHOWN);
    if (c->bad > 0)
        return complain(2, "nothing was probed: correct the targets first");
    if (r->bundle && !(c->key = operator_key_load(r->key_path, &fail)))
        return complain(1, fail.text);
    if (!open_sink(c, &fail))
        return complain(1, fail.text);
    if (r->bundle && !(c->bag = bag_new(r->bundle, &fail)))
        return complain(1, fail.text);
    return ARGS_GO_ON;
}

static bool run(struct probe_command *c, struct fail *fail)
{
    const struct request *r = &c->request;
    const struct probe_info *infos[SCRIPTS_MOST];
    const char *domain = r->mail_domain ? r->mail_domain : "ajar.test";
    bool paced = r->scope_path != NULL;
    for (size_t i = 0; i < c->scripts.count; i++)
        infos[i] = &c->scripts.infos[i];
    resolvers_default(&c->request.resolvers);
    snprintf(c->helo, sizeof c->helo, "%s%s", r->helo ? "" : "probe.", r->helo ? r->helo : domain);
    struct run_options o = {
        .scope = c->scope,
        .authority = scope_authority(c->scope),
        .contact = scope_contact(c->scope),
        .info = scope_info(c->scope),
        .scope_digest = scope_digest(c->scope),
        .scripts = c->scripts.sources,
        .script_count = c->scripts.count,
        .args = c->scripts.args,
        .probes = infos,
        .mail_domain = domain,
        .helo = c->helo,
        .sink_fd = c->sink_fd,
        .sink = c->sink,
        .resolvers = c->request.resolvers.at,
        .resolver_count = c->request.resolvers.count,
        .wait = r->wait,
        .limit = r->timeout + r->wait,
        .in_flight = descriptors_allow(c, (unsigned)r->in_flight),
        .workers = worker_count(r),
        .rate = r->rate >= 0 ? (unsigned)r->rate
                : paced      ? 500
                             : 0,
        .prefix_rate = r->prefix_rate >= 0 ? (unsigned)r->prefix_rate
                       : paced             ? 20
                                           : 0,
        .bag = c->bag,
        .on_begin = on_begin,
        .on_end = on_end,
        .next = next_item,
        .on_result = on_result,
        .on_tick = on_tick,
        .on_say = on_say,
        .arg = c,
    };
    return run_all(&o, &c->counts, fail);
}

static void say_sealed(const struct probe_command *c)
{
    unsigned long lost = c->counts.done - c->counts.refused - c->counts.cases;
    fprintf(stderr, "ajar probe: sealed %s with %lu cases; `ajar verify %s` checks it\n",
            c->request.bundle, c->counts.cases, c->request.bundle);
    if (lost > 0)
        fprintf(stderr, "ajar probe: %lu results found no room in it: they have no \"case\"\n",
                lost);
}

static int finish(struct probe_command *c, bool ran, const struct fail *why)
{
    struct fail fail;
    int status = ran && c->bad == 0 ? 0 : 1;
    output_end(c->output, &c->counts);
    if (ran && c->counts.done == 0)
        complain(0, "there was nothing to probe: the lists are empty, or no probe knows a port");
    if (!ran)
        complain(1, why->text);
    if (c->bag && !bag_seal(c->bag, c->key, &fail))
        status = complain(1, fail.text);
    else if (c->bag)
        say_sealed(c);
    if (status == 0 && c->request.fail_on_open && c->counts.verdicts[VERDICT_OPEN] > 0)
        return 3;
    return status;
}

static void clean_up(struct probe_command *c)
{
    bag_free(c->bag);
    secret_key_free(c->key);
    targets_free(c->targets);
    scripts_free(&c->scripts);
    listings_free(c->listings);
    scope_free(c->scope);
    output_free(c->output);
    if (c->sink_fd >= 0)
        close(c->sink_fd);
    free(c);
}

int cmd_probe(int argc, char **argv)
{
    struct fail fail = {0};
    struct probe_command *c = calloc(1, sizeof *c);
    if (!c)
        return complain(1, "out of memory");
    c->sink_fd = -1;
    int status = read_request(argc, argv, &c->request);
    if (status == ARGS_GO_ON && !(c->output = output_new(c->request.form)))
        status = complain(1, "out of memory");
    if (status == ARGS_GO_ON)
        status = prepare(c);
    if (status == ARGS_GO_ON) {
        c->targets = targets_new(c->request.operands, c->request.lists);
        if (!c->targets)
            status = complain(1, "out of memory");
    }
    if (status == ARGS_GO_ON) {
        plan_begin(&c->plan, c->targets, &c->scripts, on_bad, c);
        status = finish(c, run(c, &fail), &fail);
    }
    clean_up(c);
    return status;
}
