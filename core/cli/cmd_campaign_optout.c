/* ajar campaign optout: who wants no more tests. */
#include "cli/campaign_commands.h"
#include "cli/complain.h"

#include "net/loop.h"
#include "store/store_policy.h"

#include <stdio.h>

enum { OPT_REASON };
static const struct args_option options[] = {
    [OPT_REASON] = {"reason", 0, "TEXT", "how it was asked for: \"by mail on 2026-11-24\""},
    {0},
};

const struct args_command cmd_campaign_optout_args = {
    "campaign optout", "[OPTION]... CAMPAIGN ADDRESS|NETWORK...",
    "Notes that an address, or a network, wants no tests. It holds within seconds on\n"
    "all machines that run the campaign, for tests that are under way too, and for\n"
    "good: an opt-out is not taken back. The campaign's file `optout` is another place\n"
    "for them; what stands in either holds.",
    options, "Exit status: 0 all are noted, 1 they could not be, 2 wrong usage.\n"};

static bool note_all(struct store *s, char *const *networks, const char *reason, struct fail *fail)
{
    bool ok = true;
    for (; ok && *networks; networks++) {
        struct prefix network;
        ok = prefix_parse(bytes_of(*networks), &network) &&
             store_optout_add(s, &network, loop_now(), bytes_of(reason), fail);
    }
    return ok;
}

/* Before anything is noted. */
static bool are_networks(struct args *args)
{
    for (int i = 1; i < args->operand_count; i++) {
        struct prefix network;
        if (prefix_parse(bytes_of(args->operands[i]), &network))
            continue;
        args_wrong(args, "'%s' is no address and no network", args->operands[i]);
        return false;
    }
    return true;
}

int cmd_campaign_optout(int argc, char **argv)
{
    struct args args;
    struct fail fail = {0};
    const char *reason = "";
    args_begin(&args, &cmd_campaign_optout_args, argc, argv);
    while (args_next(&args) != ARGS_END)
        reason = args.value;
    if (args.status != ARGS_GO_ON)
        return args.status;
    if (args.operand_count < 2)
        return args_wrong(&args, "a campaign is expected, and who wants no tests");
    if (!are_networks(&args))
        return args.status;
    struct store *s = store_open(args.operands[0], &fail);
    bool ok = s && note_all(s, args.operands + 1, reason, &fail);
    store_close(s);
    return ok ? 0 : complain("campaign optout", &fail);
}
