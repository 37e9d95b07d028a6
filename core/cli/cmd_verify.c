/* ajar verify: whether a bundle is what its signer sealed. */
#include "cli/args.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/trust_options.h"
#include "cli/verify_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPT_PUBLIC_KEY, OPT_TRUSTED, OPT_THRESHOLD, OPT_TSA_CA };

static const struct args_option options[] = {
    [OPT_PUBLIC_KEY] = TRUST_OPTION_KEY,
    [OPT_TRUSTED] = TRUST_OPTION_FILE,
    [OPT_THRESHOLD] = TRUST_OPTION_THRESHOLD,
    [OPT_TSA_CA] = TRUST_OPTION_SERVICES,
    {0},
};

const struct args_command cmd_verify_args = {
    "verify", "[OPTION]... BUNDLE",
    "Checks a bundle: its signatures and time-stamps, the digest of every file, that\n"
    "none is missing and none was added. Says what it checked, or the first thing\n"
    "that does not hold.",
    options,
    "Without a key that you trust the one in the bundle itself is taken. That shows\n"
    "that the bundle agrees with itself, not who made it: anyone can make a key.\n"
    "VERIFY.txt in the bundle says how to check the same without ajar.\n"
    "\n"
    "Exit status: 0 it verifies, 1 it does not, 2 wrong usage.\n"};

static int verify(const char *path, struct trust_options *options_given)
{
    struct fail fail = {0};
    struct bundle_trust trust;
    struct bundle_report report;
    if (!trust_read(options_given, &trust, &fail))
        return complain("verify", &fail);
    if (!bundle_verify_by(path, &trust, &report, &fail)) {
        int status = complain("verify", &fail);
        printf("%s: NOT verified\n", path);
        if (strcmp(fail.code, "ETHRESHOLD") == 0)
            verify_report_signatures(&report);
        return status;
    }
    verify_report_print(path, &trust, &report);
    return 0;
}

static void take(struct args *a, int which, struct trust_options *o)
{
    if (which == OPT_PUBLIC_KEY)
        trust_take_key(a, o);
    else if (which == OPT_TRUSTED)
        trust_take_file(a, o);
    else if (which == OPT_THRESHOLD)
        trust_take_threshold(a, o);
    else
        o->services = a->value;
}

static int run(struct args *a, struct trust_options *o)
{
    for (int which; (which = args_next(a)) != ARGS_END;)
        take(a, which, o);
    if (a->status != ARGS_GO_ON || trust_check(a, o) != ARGS_GO_ON)
        return a->status;
    const char *path = args_only_operand(a, "BUNDLE");
    return path ? verify(path, o) : a->status;
}

int cmd_verify(int argc, char **argv)
{
    struct args args;
    struct trust_options *o = calloc(1, sizeof *o);
    if (!o)
        return complain_words("verify", 1, "out of memory");
    args_begin(&args, &cmd_verify_args, argc, argv);
    int status = run(&args, o);
    trust_free(o);
    free(o);
    return status;
}
