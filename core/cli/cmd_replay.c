/* ajar replay: do the verdicts of a bundle follow from its bytes? */
#include "cli/args.h"
#include "cli/case_find.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/replay_words.h"

#include "base/json.h"

#include <stdio.h>

enum { OPTION_QUIET, OPTION_JSON };
enum { JSON_MOST = 64 * 1024 };

static const struct args_option options[] = {
    [OPTION_QUIET] = {"quiet", 'q', NULL, "say only what differs, and the sum"},
    [OPTION_JSON] = {"json", 'j', NULL, "print one JSON object a case, and no sum"},
    {0},
};

const struct args_command cmd_replay_args = {
    "replay", "[OPTION]... BUNDLE [CASE]",
    "Runs the scripts in a bundle against the tapes in it, with no network and no\n"
    "clock, in a confined process: each must send, byte for byte, what its tape says,\n"
    "and come to the same verdict, reason and steps; else the first difference is\n"
    "named. The beginning of CASE is enough where it is clear.\n"
    "A tape that holds the verdict `error` alone leaves nothing to replay, and one\n"
    "that ends because the script's process was ended is not derived: that is said,\n"
    "and is no difference.\n"
    "A bundle whose scripts are not those that its run names is refused. Whether\n"
    "the bundle itself is whole is for `ajar verify` to say.",
    options, NULL};

struct sum {
    bool quiet;
    bool json;
    enum builtin_origin origin; /* of the scripts of the pack builtin */
    unsigned long of[REDERIVED_OUTCOMES];
};

/* As --json names them. */
static const char *const outcome_names[REDERIVED_OUTCOMES] = {
    [REDERIVED_SAME] = "same",           [REDERIVED_NOTHING] = "nothing to replay",
    [REDERIVED_ENDED] = "not derived",   [REDERIVED_DIFFERS] = "different",
    [REDERIVED_UNABLE] = "not replayed",
};

static void print_json(const char *id, const struct rederived *what, enum builtin_origin origin)
{
    struct buf row = buf_new(JSON_MOST);
    buf_put_byte(&row, '{');
    json_put_member_text(&row, "case", id);
    json_put_member_text(&row, "replay", outcome_names[what->outcome]);
    json_put_member_text(&row, "builtin", builtin_word(origin));
    if (what->told[0] != '\0')
        json_put_member_text(&row, "verdicts", what->told);
    if (what->outcome == REDERIVED_DIFFERS) {
        if (what->difference.line > 0)
            json_put_member_number(&row, "line", what->difference.line);
        json_put_member_text(&row, "expected", what->difference.expected);
        json_put_member_text(&row, "got", what->difference.got);
    }
    if (what->outcome == REDERIVED_UNABLE)
        json_put_member_text(&row, "why", what->fail.text);
    else if (what->error[0] != '\0')
        json_put_member_text(&row, "error", what->error);
    buf_put_byte(&row, '}');
    puts(buf_text(&row));
    buf_free(&row);
}

static void on_case(void *arg, const char *id, const struct rederived *what)
{
    struct sum *sum = arg;
    sum->of[what->outcome]++;
    if (sum->quiet && what->outcome == REDERIVED_SAME)
        return;
    if (sum->json)
        print_json(id, what, sum->origin);
    else
        replay_words_case(id, what);
}

static unsigned long all_cases(const struct sum *sum)
{
    unsigned long n = 0;
    for (unsigned i = 0; i < REDERIVED_OUTCOMES; i++)
        n += sum->of[i];
    return n;
}

/* `wanted`: the beginning of a case's name, or NULL: all. */
static int replay(struct sum *sum, const char *bundle, const char *wanted)
{
    char id[CASE_FIND_ID];
    struct fail fail;
    bool ok =
        (!wanted || case_find(bundle, wanted, id, &fail)) &&
        rederive_bundle(bundle, wanted ? id : NULL, NULL, NULL, on_case, sum, &sum->origin, &fail);
    if (!sum->json && (ok || all_cases(sum) > 0))
        replay_words_sum(sum->of);
    if (!ok)
        return complain("replay", &fail);
    fflush(stdout);
    bool plain = !sum->quiet && !sum->json;
    if (sum->origin == BUILTIN_OTHER || (sum->origin == BUILTIN_OWN && plain))
        fprintf(stderr, "ajar replay: the scripts: %s\n", builtin_words(sum->origin));
    return sum->of[REDERIVED_DIFFERS] + sum->of[REDERIVED_UNABLE] == 0 ? 0 : 1;
}

int cmd_replay(int argc, char **argv)
{
    struct args args;
    struct sum sum = {0};
    args_begin(&args, &cmd_replay_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;)
        *(which == OPTION_QUIET ? &sum.quiet : &sum.json) = true;
    if (args.status != ARGS_GO_ON)
        return args.status;
    if (args.operand_count < 1 || args.operand_count > 2)
        return args_wrong(&args, "one bundle, and at most one case, is expected");
    return replay(&sum, args.operands[0], args.operands[1]);
}
