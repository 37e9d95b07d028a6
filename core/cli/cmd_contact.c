/* ajar contact: whom to write to about these addresses, and who says so. */
#include "cli/addresses.h"
#include "cli/args.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/contact_output.h"
#include "cli/contact_progress.h"
#include "cli/contact_run.h"
#include "cli/names.h"
#include "net/fetch.h"
#include "net/loop.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILES_MOST = 32, BAD_SHOWN = 10, LINE = 1024 * 1024 };

#define TIMEOUT (20 * SPAN_SECOND)
/* So that a run that is killed leaves registries something that they need not be asked again. */
#define KEPT_EVERY (30 * SPAN_SECOND)

enum {
    OPTION_INPUT,
    OPTION_OWN,
    OPTION_CERTS,
    OPTION_SOURCE,
    OPTION_ALL,
    OPTION_LANG,
    OPTION_TAPE,
    OPTION_RESUME,
    OPTION_SERVICES,
    OPTION_BOOTSTRAP,
    OPTION_UPDATE,
    OPTION_NO_CACHE,
    OPTION_RESOLVER,
    OPTION_PROXY,
    OPTION_TLS_CA,
    OPTION_TIMEOUT,
    OPTION_JSON,
    OPTION_TABLE
};

static const struct args_option options[] = {
    [OPTION_INPUT] = {"input", 'i', "FILE",
                      "addresses from a list, one a line, or from a CSV with a column \"ip\"; - is "
                      "standard input; repeatable"},
    [OPTION_OWN] = {"own", 'o', "FILE",
                    "your own list, which comes first: CSV with the columns scope, contact and "
                    "language"},
    [OPTION_CERTS] = {"certs", 0, "FILE",
                      "your own table of national CERTs, in the form of data/contact/certs.json"},
    [OPTION_SOURCE] = {"source", 's', "SOURCE",
                       "ask this source alone: own-list, rdap, whois, dns-txt, security-txt, "
                       "rfc2142, cert; repeatable"},
    [OPTION_ALL] = {"all", 'a', NULL, "ask all sources, even when one knows somebody"},
    [OPTION_LANG] = {"lang", 'l', "CODE", "the language to write in, whatever the sources say"},
    [OPTION_TAPE] = {"tape", 'e', "FILE",
                     "write each question and answer, byte for byte, into this new file"},
    [OPTION_RESUME] =
        {"resume", 0, NULL,
         "go on with the tape that is there: what it has concluded is not asked again"},
    [OPTION_SERVICES] = {"services", 0, "FILE",
                         "who is asked, in the form of data/contact/services.json"},
    [OPTION_BOOTSTRAP] = {"bootstrap", 0, "FILE",
                          "which RDAP service answers for which address (RFC 9224); repeatable"},
    [OPTION_UPDATE] = {"update-bootstrap", 0, NULL, "fetch IANA's files of that, and use them"},
    [OPTION_NO_CACHE] = {"no-cache", 0, NULL, "ask anew, and keep nothing"},
    [OPTION_RESOLVER] = {"resolver", 0, "ADDR[:PORT]",
                         "ask this DNS resolver; repeatable; default: those of /etc/resolv.conf"},
    [OPTION_PROXY] = {"proxy", 0, "URL", "ask by HTTPS through this proxy"},
    [OPTION_TLS_CA] = {"tls-ca", 0, "FILE",
                       "the authorities (PEM) that certificates of services must be from; default: "
                       "those of $SSL_CERT_FILE, or else the system's"},
    [OPTION_TIMEOUT] = {"timeout", 0, "SECONDS", "how long one answer may take (default: 20)"},
    [OPTION_JSON] = {"json", 'j', NULL, "print one JSON object a line, on a terminal too"},
    [OPTION_TABLE] = {"table", 0, NULL, "print for a person, into a file or a pipe too"},
    {0},
};

const struct args_command cmd_contact_args = {
    "contact", "[OPTION]... [ADDRESS]...",
    "Finds out whom to write to about an address: your own list first, then the\n"
    "registries by RDAP and WHOIS, a DNS zone of contacts, the host's security.txt,\n"
    "the names of RFC 2142 at its confirmed name, the country's CERT. Shows what each\n"
    "source says, and when it said so. Without an address: prints who is asked.",
    options,
    "Sources are asked one after the other, until one knows somebody for abuse or\n"
    "security; a service learns which addresses you ask for. Many addresses are asked\n"
    "about at once, and printed as they are done; a service gets one question at a\n"
    "time, a few a second at most, and what a registry says of a range is kept for a\n"
    "day. So who has pressed Ctrl-C, and gives the same list again, goes on. A source\n"
    "that fails is told as failed, not as one that knows nobody.\n"
    "\n"
    "Exit status: 0 it ran to the end, 1 it failed, or there is nobody to write to as\n"
    "a source gave no answer, 2 wrong usage.\n"};

struct contact_command {
    struct args args;
    const char *inputs[FILES_MOST + 1];
    const char *bootstraps[FILES_MOST + 1];
    const char *own;
    const char *certs;
    const char *services_file;
    const char *tape_file;
    const char *proxy;
    const char *tls_ca;
    struct contact_order order;
    bool chosen; /* sources, by --source */
    bool update;
    bool resume;
    bool no_cache;
    bool json;
    span timeout;
    struct resolvers resolvers;

    struct addresses addresses;
    unsigned long bad;
    bool bad_argument;
    unsigned long uncertain;
    struct contact_services services;
    struct contact_tables tables;
    struct contact_desk desk;
    struct contact_progress progress;
    instant kept; /* when the cache was written (monotonic) */
};

static void append(struct args *a, const char **list)
{
    size_t n = 0;
    while (list[n])
        n++;
    if (n == FILES_MOST)
        args_wrong(a, "an option is given more than %d times", FILES_MOST);
    else
        list[n] = a->value;
}

static void take_source(struct contact_command *c)
{
    enum contact_source source;
    if (!c->chosen)
        memset(c->order.sources, 0, sizeof c->order.sources);
    c->chosen = true;
    if (contact_source_parse(bytes_of(c->args.value), &source))
        c->order.sources[source] = true;
    else
        args_wrong(&c->args,
                   "--source: '%s' is none of own-list, rdap, whois, dns-txt, "
                   "security-txt, rfc2142 and cert",
                   c->args.value);
}

static void take_language(struct contact_command *c)
{
    struct contact_answer check = {0};
    if (answer_add_language(&check, bytes_of(c->args.value)))
        c->order.language = c->args.value;
    else
        args_wrong(&c->args, "--lang: '%s' is no language as nb or pt-BR", c->args.value);
}

static void take_proxy(struct contact_command *c)
{
    if (fetch_is_url(c->args.value))
        c->proxy = c->args.value;
    else
        args_wrong(&c->args, "--proxy: '%s' is no http:// or https:// URL", c->args.value);
}

static void take_file(struct contact_command *c, int which)
{
    const char **files[] = {[OPTION_OWN] = &c->own,
                            [OPTION_CERTS] = &c->certs,
                            [OPTION_TAPE] = &c->tape_file,
                            [OPTION_SERVICES] = &c->services_file,
                            [OPTION_TLS_CA] = &c->tls_ca};
    *files[which] = c->args.value;
}

static void take_option(struct contact_command *c, int which)
{
    switch (which) {
    case OPTION_INPUT:
        append(&c->args, c->inputs);
        break;
    case OPTION_BOOTSTRAP:
        append(&c->args, c->bootstraps);
        break;
    case OPTION_SOURCE:
        take_source(c);
        break;
    case OPTION_LANG:
        take_language(c);
        break;
    case OPTION_PROXY:
        take_proxy(c);
        break;
    case OPTION_RESOLVER:
        resolvers_take(&c->args, &c->resolvers);
        break;
    case OPTION_TIMEOUT:
        args_seconds(&c->args, SPAN_SECOND / 10, 600 * SPAN_SECOND, &c->timeout);
        break;
    case OPTION_OWN:
    case OPTION_CERTS:
    case OPTION_TAPE:
    case OPTION_SERVICES:
    case OPTION_TLS_CA:
        take_file(c, which);
        break;
    default:
        c->order.all |= which == OPTION_ALL;
        c->update |= which == OPTION_UPDATE;
        c->resume |= which == OPTION_RESUME;
        c->no_cache |= which == OPTION_NO_CACHE;
        c->json = which == OPTION_JSON || (c->json && which != OPTION_TABLE);
        break;
    }
}

static void on_bad(void *arg, const struct fail *why)
{
    struct contact_command *c = arg;
    c->bad_argument |= complain_is_usage(why);
    if (++c->bad <= BAD_SHOWN)
        complain("contact", why);
}

static bool conclude(void *arg, const struct contact_result *r)
{
    struct contact_command *c = arg;
    struct buf line = buf_new(LINE);
    c->uncertain += contact_is_uncertain(r);
    contact_put_json(&line, r);
    if (c->desk.tape)
        contact_tape_conclude(c->desk.tape, buf_view(&line));
    buf_put_byte(&line, '\n');
    contact_progress_make_room(&c->progress);
    if (c->json)
        fwrite(line.p, 1, line.n, stdout);
    else
        contact_print(r);
    fflush(stdout);
    buf_free(&line);
    return !ferror(stdout);
}

/* What keeps the cache from being written is said at the end. */
static void on_tick(void *arg, size_t done, size_t under_way)
{
    struct contact_command *c = arg;
    struct fail at_end;
    contact_progress_tick(&c->progress, done, under_way);
    if (!c->desk.cache || loop_monotonic() - c->kept < KEPT_EVERY)
        return;
    contact_cache_save(c->desk.cache, &at_end);
    c->kept = loop_monotonic();
}

static bool look_up_all(struct contact_command *c, bool *stopped, struct fail *fail)
{
    struct contact_run run = {.desk = &c->desk,
                              .order = &c->order,
                              .addresses = &c->addresses,
                              .on_result = conclude,
                              .on_tick = on_tick,
                              .arg = c};
    c->kept = loop_monotonic();
    contact_progress_begin(&c->progress, c->addresses.count);
    bool ok = contact_run(&run, stopped, fail);
    contact_progress_make_room(&c->progress);
    return ok;
}

static bool open_cache(struct contact_command *c, struct fail *fail)
{
    c->desk.cache =
        c->tape_file ? contact_cache_new(fail) : contact_cache_load(0, loop_now(), fail);
    return c->desk.cache != NULL;
}

struct concluded {
    struct addr *all;
    size_t count;
    bool failed; /* no memory */
};

static void on_concluded(void *arg, const struct addr *a)
{
    struct concluded *known = arg;
    struct addr *all = known->all;
    if ((known->count & (known->count - 1)) == 0) /* doubled at each power of two */
        all = realloc(all, (known->count ? 2 * known->count : 1) * sizeof *all);
    known->failed |= !all;
    if (!all)
        return;
    known->all = all;
    all[known->count++] = *a;
}

static int compare_addresses(const void *a, const void *b)
{
    const struct addr *one = a, *other = b;
    return one->family != other->family ? (int)one->family - (int)other->family
                                        : memcmp(one->ip, other->ip, sizeof one->ip);
}

/* Those that are still to be asked about. */
static void leave_out(struct addresses *a, struct concluded *known)
{
    size_t n = 0;
    if (known->count > 0)
        qsort(known->all, known->count, sizeof *known->all, compare_addresses);
    for (size_t i = 0; i < a->count; i++)
        if (known->count == 0 ||
            !bsearch(&a->all[i], known->all, known->count, sizeof *known->all, compare_addresses))
            a->all[n++] = a->all[i];
    a->count = n;
}

static bool open_tape(struct contact_command *c, struct fail *fail)
{
    struct concluded known = {0};
    c->desk.tape = c->resume ? contact_tape_again(c->tape_file, on_concluded, &known, fail)
                             : contact_tape_new(c->tape_file, fail);
    if (c->desk.tape && !known.failed)
        leave_out(&c->addresses, &known);
    free(known.all);
    return c->desk.tape && (!known.failed || fail_set(fail, "ENOMEM", "out of memory"));
}

/* A tape is to hold what was said now: nothing of it comes from what was kept before. */
static bool open_desk(struct contact_command *c, struct fail *fail)
{
    struct contact_desk *d = &c->desk;
    d->services = &c->services;
    d->tables = &c->tables;
    d->proxy = c->proxy;
    d->ca_file = c->tls_ca;
    d->timeout = c->timeout ? c->timeout : TIMEOUT;
    signal(SIGPIPE, SIG_IGN);
    return (d->reader = contact_reader_new(fail)) && (d->loop = loop_new(fail)) &&
           (d->dns = resolvers_open(&c->resolvers, d->loop, fail)) &&
           (d->fetcher = fetcher_new(d->loop, fail)) &&
           ((d->pace = contact_pace_new(d->loop)) || fail_set(fail, "ENOMEM", "out of memory")) &&
           (c->no_cache || open_cache(c, fail)) && (!c->tape_file || open_tape(c, fail));
}

static bool close_desk(struct contact_command *c, struct fail *fail)
{
    struct contact_desk *d = &c->desk;
    bool saved = !d->cache || contact_cache_save(d->cache, fail);
    contact_cache_free(d->cache);
    fetcher_free(d->fetcher);
    contact_pace_free(d->pace);
    dns_free(d->dns);
    if (d->loop)
        loop_free(d->loop);
    contact_reader_free(d->reader);
    return contact_tape_end(d->tape, fail) && saved;
}

static int look_up(struct contact_command *c)
{
    struct fail fail = {0}, at_end = {0};
    bool stopped = false;
    bool ok = open_desk(c, &fail) && look_up_all(c, &stopped, &fail);
    bool closed = close_desk(c, &at_end);
    if (!ok || !closed)
        return complain("contact", ok ? &at_end : &fail);
    if (stopped)
        return complain_words("contact", 1, "stopped: what is printed is whole, and not all of it");
    return c->uncertain > 0;
}

static int run(struct contact_command *c)
{
    struct fail fail = {0};
    if (!contact_services_load(c->services_file, &c->services, &fail) ||
        (c->update && !contact_bootstrap_update(&c->services, &fail)) ||
        !contact_tables_load(c->bootstraps, c->own, c->certs, &c->tables, &fail))
        return complain("contact", &fail);
    if (c->args.operand_count == 0 && !c->inputs[0]) {
        if (!c->update)
            contact_print_services(&c->services, c->tables.bootstrap, c->json);
        return 0;
    }
    if (!addresses_read(&c->addresses, c->args.operands, c->inputs, on_bad, c, &fail))
        return complain("contact", &fail);
    if (c->bad > 0)
        return complain_words("contact", c->bad_argument ? 2 : 1,
                              "nothing was asked: correct the addresses first");
    if (c->addresses.count == 0)
        return complain_words("contact", 1, "there is no address in the lists");
    return look_up(c);
}

int cmd_contact(int argc, char **argv)
{
    struct contact_command *c = calloc(1, sizeof *c);
    if (!c)
        return complain_words("contact", 1, "out of memory");
    c->json = !isatty(STDOUT_FILENO);
    memset(c->order.sources, 1, sizeof c->order.sources);
    args_begin(&c->args, &cmd_contact_args, argc, argv);
    for (int which; (which = args_next(&c->args)) != ARGS_END;)
        take_option(c, which);
    if (c->resume && !c->tape_file)
        args_wrong(&c->args, "--resume goes on with a tape: name it by --tape");
    int status = c->args.status != ARGS_GO_ON ? c->args.status : run(c);
    addresses_free(&c->addresses);
    contact_tables_free(&c->tables);
    free(c);
    return status;
}
