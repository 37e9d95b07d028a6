/* ajar campaign recheck: targets are to be tested again. */
#include "cli/campaign_commands.h"
#include "cli/complain.h"
#include "cli/follow.h"
#include "cli/follow_policy.h"
#include "intake/target_text.h"

#include <stdio.h>

enum { OPT_RULES };
static const struct args_option options[] = {
    [OPT_RULES] = {"rules", 0, "FILE", "other rules than the campaign's"},
    {0},
};

const struct args_command cmd_campaign_recheck_args = {
    "campaign recheck", "[OPTION]... CAMPAIGN [ADDRESS[:PORT]|NETWORK]...",
    "Has targets tested again by the next 'ajar campaign run': those that are named,\n"
    "now; else those that are due, as the campaign's rules say, which may also stop\n"
    "with them. Letters that are due wait for 'ajar campaign notify'.",
    options,
    "What was tested already is tested anew; a test that waits or is under way goes on\n"
    "as it is.\n"
    "\n"
    "Exit status: 0 it was done, 1 nothing is known of what was named or it failed,\n"
    "2 wrong usage.\n"};

enum { PAGE = 500 };

struct found {
    struct follow_target targets[PAGE];
    size_t count;
    int64_t last;
    unsigned port; /* 0: any */
};

static void take_target(void *arg, const struct store_target *t)
{
    struct found *f = arg;
    f->last = t->id;
    if (f->port == 0 || f->port == t->addr.port)
        follow_facts_begin(&f->targets[f->count++], t);
}

static bool recheck_page(struct follow *f, struct found *found, struct fail *fail)
{
    bool ok = true;
    for (size_t i = 0; ok && i < found->count; i++)
        ok = found->targets[i].state == STORE_OBJECTED ||
             follow_recheck(f, &found->targets[i], 0, "it was asked for", fail);
    return ok;
}

/* All targets of an address or a network; ENOENT: there is none. */
static bool recheck_named(struct follow *f, const char *text, struct fail *fail)
{
    static struct found found;
    struct target_text what;
    struct store_search search = {.most = PAGE, .in_network = true};
    unsigned long seen = f->rechecked;
    if (!target_text_parse(bytes_of(text), &what, fail))
        return false;
    if (what.kind == TARGET_NAME)
        return fail_set(fail, "ETARGET", "'%s' is no address", text);
    search.network = what.network;
    if (what.kind == TARGET_ADDRESS)
        search.network = (struct prefix){what.addr, (unsigned)addr_ip_length(&what.addr) * 8};
    search.network.base.port = 0;
    found.port = what.addr.port;
    do {
        found.count = 0;
        found.last = 0;
        if (!store_search(f->store, &search, take_target, &found, fail) ||
            !recheck_page(f, &found, fail))
            return false;
        search.after = found.last;
    } while (found.last != 0);
    return f->rechecked > seen ||
           fail_set(fail, "ENOENT", "%s: no target there that may be tested", text);
}

static bool recheck_due(struct follow *f, const char *place, const char *rules, struct fail *fail)
{
    struct follow_policy policy = {0};
    bool ok = follow_policy_load(&policy, place, rules, f->store, fail);
    f->rulings = policy.rulings;
    f->optouts = policy.optouts;
    ok = ok && follow_run(f, fail);
    follow_policy_free(&policy);
    return ok;
}

static void report(const struct follow *f)
{
    fprintf(stderr, "%lu targets are to be tested again", f->rechecked);
    if (f->stopped > 0)
        fprintf(stderr, "; %lu stopped", f->stopped);
    if (f->objected > 0)
        fprintf(stderr, "; %lu have objected", f->objected);
    if (f->to_write > 0)
        fprintf(stderr, "; %lu letters are due ('ajar campaign notify')", f->to_write);
    fputc('\n', stderr);
}

int cmd_campaign_recheck(int argc, char **argv)
{
    struct args args;
    struct fail fail = {0};
    const char *rules = NULL;
    args_begin(&args, &cmd_campaign_recheck_args, argc, argv);
    while (args_next(&args) != ARGS_END)
        rules = args.value;
    if (args.status != ARGS_GO_ON)
        return args.status;
    if (args.operand_count == 0)
        return args_wrong(&args, "CAMPAIGN is missing");
    struct store *s = store_open(args.operands[0], &fail);
    struct follow f = {.command = "campaign recheck", .store = s};
    bool ok = s && store_now(s, &f.now, &fail);
    if (ok && args.operand_count == 1)
        ok = recheck_due(&f, args.operands[0], rules, &fail);
    for (int i = 1; ok && i < args.operand_count; i++)
        ok = recheck_named(&f, args.operands[i], &fail);
    store_close(s);
    if (ok)
        report(&f);
    return ok ? 0 : complain("campaign recheck", &fail);
}
