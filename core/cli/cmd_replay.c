/* ajar replay: do the verdicts of a bundle follow from its bytes? */
#include "cli/args.h"
#include "cli/case_find.h"
#include "cli/commands.h"
#include "cli/complain.h"

#include "run/rederive.h"

#include <stdio.h>

enum { OPTION_QUIET };

static const struct args_option options[] = {
    [OPTION_QUIET] = {"quiet", 'q', NULL, "say only what differs, and the sum"},
    {0},
};

const struct args_command cmd_replay_args = {
    "replay", "[OPTION]... BUNDLE [CASE]",
    "Runs the scripts in a bundle against the tapes in it, with no network and no\n"
    "clock, in a confined process: each must send, byte for byte, what its tape says,\n"
    "and come to the same verdict. The beginning of CASE is enough where it is clear.\n"
    "Whether the bundle itself is whole is for `ajar verify` to say.",
    options, NULL};

struct sum {
    bool quiet;
    unsigned long same;
    unsigned long different;
};

static void on_case(void *arg, const char *id, const struct fail *fail)
{
    struct sum *sum = arg;
    *(fail ? &sum->different : &sum->same) += 1;
    if (fail)
        printf("%s  differs: %s\n", id, fail->text);
    else if (!sum->quiet)
        printf("%s  the same verdict\n", id);
}

/* `wanted`: the beginning of a case's name, or NULL: all. */
static int replay(struct sum *sum, const char *bundle, const char *wanted)
{
    char id[CASE_FIND_ID];
    struct fail fail;
    bool ok = (!wanted || case_find(bundle, wanted, id, &fail)) &&
              rederive_bundle(bundle, wanted ? id : NULL, on_case, sum, &fail);
    if (ok || sum->same + sum->different > 0)
        printf("%lu derived again, %lu different\n", sum->same, sum->different);
    if (!ok)
        return complain("replay", &fail);
    return sum->different == 0 ? 0 : 1;
}

int cmd_replay(int argc, char **argv)
{
    struct args args;
    struct sum sum = {0};
    args_begin(&args, &cmd_replay_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;)
        sum.quiet |= which == OPTION_QUIET;
    if (args.status != ARGS_GO_ON)
        return args.status;
    if (args.operand_count < 1 || args.operand_count > 2)
        return args_wrong(&args, "one bundle, and at most one case, is expected");
    return replay(&sum, args.operands[0], args.operands[1]);
}
