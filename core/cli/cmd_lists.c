/* ajar lists: what do public DNS lists say of these addresses? */
#include "cli/addresses.h"
#include "cli/args.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/listing_output.h"
#include "cli/names.h"
#include "cli/near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NAMED_MOST = 64, BAD_SHOWN = 10 };

enum {
    OPTION_LIST,
    OPTION_INPUT,
    OPTION_RESOLVER,
    OPTION_ZONES,
    OPTION_JSON,
    OPTION_TABLE,
    OPTION_FAIL_ON_LISTED
};

static const struct args_option options[] = {
    [OPTION_LIST] = {"list", 'l', "ZONE", "ask this list; repeatable; nothing is asked without it"},
    [OPTION_INPUT] = {"input", 'i', "FILE",
                      "addresses from a list, one a line, or from a CSV with a column \"ip\"; - is "
                      "standard input; repeatable"},
    [OPTION_RESOLVER] = {"resolver", 0, "ADDR[:PORT]",
                         "ask this DNS resolver; repeatable; default: those of /etc/resolv.conf"},
    [OPTION_ZONES] = {"zones", 0, "FILE",
                      "a table of more lists, in the form of data/lists.json; repeatable"},
    [OPTION_JSON] = {"json", 'j', NULL, "print one JSON object a line, on a terminal too"},
    [OPTION_TABLE] = {"table", 0, NULL, "print the table, into a file or a pipe too"},
    [OPTION_FAIL_ON_LISTED] = {"fail-on-listed", 0, NULL,
                               "exit with status 3 when an address is listed"},
    {0},
};

const struct args_command cmd_lists_args = {
    "lists", "[OPTION]... [ADDRESS]...",
    "Looks addresses up in public DNS lists of relays, proxies and worse (DNSBLs).\n"
    "Without an address: prints the lists that are known.",
    options,
    "A list's operator learns which addresses you ask for; so nothing is asked but\n"
    "of the lists that --list names, through your resolvers, and never more than a\n"
    "few times a second. A list must first show that it works: 127.0.0.2 is in it,\n"
    "127.0.0.1 is not. What a list says is a suspicion and no proof: see ajar probe.\n"
    "\n"
    "Exit status: 0 it ran to the end, 1 it failed or a list gave no answer, 2 wrong\n"
    "usage, 3 an address is listed and --fail-on-listed was given.\n"};

struct lists_command {
    const char *named[NAMED_MOST + 1];
    const char *inputs[NAMED_MOST + 1];
    const char *tables[NAMED_MOST + 1];
    struct resolvers resolvers;
    bool json;
    bool fail_on_listed;
    char *const *operands;
    struct zones zones;
    const struct zone *chosen[NAMED_MOST];
    size_t chosen_count;
    struct addresses addresses;
    unsigned long bad; /* lines and arguments that are no addresses */
    bool bad_argument; /* one of them was an argument */
    unsigned long listed;
    unsigned long errors;
};

static void append(struct args *a, const char **list)
{
    size_t n = 0;
    while (list[n])
        n++;
    if (n == NAMED_MOST)
        args_wrong(a, "an option is given more than %d times", NAMED_MOST);
    else
        list[n] = a->value;
}

static void take_option(struct args *a, int which, struct lists_command *c)
{
    switch (which) {
    case OPTION_LIST:
        append(a, c->named);
        break;
    case OPTION_INPUT:
        append(a, c->inputs);
        break;
    case OPTION_RESOLVER:
        resolvers_take(a, &c->resolvers);
        break;
    case OPTION_ZONES:
        append(a, c->tables);
        break;
    case OPTION_JSON:
        c->json = true;
        break;
    case OPTION_TABLE:
        c->json = false;
        break;
    default:
        c->fail_on_listed = true;
        break;
    }
}

static void on_bad(void *arg, const struct fail *why)
{
    struct lists_command *c = arg;
    c->bad_argument |= complain_is_usage(why);
    if (++c->bad <= BAD_SHOWN)
        complain("lists", why);
}

static bool refuse(const struct zones *zones, const char *name, struct fail *fail)
{
    struct near near = near_to(name);
    for (size_t i = 0; i < zones->count; i++)
        near_try(&near, zones->all[i].zone);
    if (strchr(name, ','))
        return fail_set(fail, "EUSAGE",
                        "%s is no list: several are named one by one, without commas (--list A "
                        "--list B)",
                        name);
    if (near.best)
        return fail_set(fail, "EUSAGE", "%s is no list that is known; did you mean %s?", name,
                        near.best);
    return fail_set(fail, "EUSAGE",
                    "%s is no list that is known: 'ajar lists' shows them, and --zones adds to "
                    "them",
                    name);
}

/* The lists that --list names; a closed one is never asked. */
static bool choose(struct lists_command *c, struct fail *fail)
{
    for (const char **name = c->named; *name; name++) {
        const struct zone *z = zones_find(&c->zones, *name);
        if (!z)
            return refuse(&c->zones, *name, fail);
        if (z->closed)
            return fail_set(fail, "EUSAGE", "%s is not asked: %s", z->zone, z->note);
        bool again = false;
        for (size_t i = 0; i < c->chosen_count; i++)
            again |= c->chosen[i] == z;
        if (!again)
            c->chosen[c->chosen_count++] = z;
    }
    return true;
}

static void on_result(void *arg, const struct lookup_result *result)
{
    struct lists_command *c = arg;
    c->listed += result->state == LOOKUP_LISTED;
    c->errors += result->state == LOOKUP_ERROR;
    listing_print(result, c->json);
    fflush(stdout);
}

static bool look_up(struct lists_command *c, struct fail *fail)
{
    struct lookup lookup = {.zones = c->chosen,
                            .zone_count = c->chosen_count,
                            .addresses = c->addresses.all,
                            .address_count = c->addresses.count,
                            .on_result = on_result,
                            .arg = c};
    struct loop *loop = loop_new(fail);
    struct dns *dns = loop ? resolvers_open(&c->resolvers, loop, fail) : NULL;
    if (!c->json)
        listing_print_head();
    bool ok = dns && lookup_run(&lookup, loop, dns, fail);
    dns_free(dns);
    loop_free(loop);
    return ok;
}

static int show_zones(const struct lists_command *c)
{
    for (size_t i = 0; i < c->zones.count; i++)
        listing_print_zone(&c->zones.all[i], c->json);
    return 0;
}

static int finish(const struct lists_command *c)
{
    if (c->errors > 0)
        return 1;
    return c->fail_on_listed && c->listed > 0 ? 3 : 0;
}

static int run(struct lists_command *c)
{
    struct fail fail;
    if (!zones_load(&c->zones, c->tables, &fail))
        return complain("lists", &fail);
    if (!*c->operands && !c->inputs[0] && !c->named[0])
        return show_zones(c);
    if (!c->named[0])
        return complain_words("lists", 2,
                              "nothing is asked but of the lists that --list names; 'ajar lists' "
                              "shows which there are");
    if (!choose(c, &fail))
        return complain("lists", &fail);
    if (!addresses_read(&c->addresses, c->operands, c->inputs, on_bad, c, &fail))
        return complain("lists", &fail);
    if (c->bad > 0)
        return complain_words("lists", c->bad_argument ? 2 : 1,
                              "nothing was asked: correct the addresses first");
    if (c->addresses.count == 0)
        return complain_words("lists", c->inputs[0] ? 1 : 2,
                              "no address: name one, or a list of them with --input");
    return look_up(c, &fail) ? finish(c) : complain("lists", &fail);
}

int cmd_lists(int argc, char **argv)
{
    struct args args;
    struct lists_command *c = calloc(1, sizeof *c);
    if (!c)
        return complain_words("lists", 1, "out of memory");
    c->json = !isatty(STDOUT_FILENO);
    args_begin(&args, &cmd_lists_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;)
        take_option(&args, which, c);
    c->operands = args.operands;
    int status = args.status != ARGS_GO_ON ? args.status : run(c);
    addresses_free(&c->addresses);
    zones_free(&c->zones);
    free(c);
    return status;
}
