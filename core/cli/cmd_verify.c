/* ajar verify: whether a bundle is what its signer sealed. */
#include "cli/args.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/partial_words.h"
#include "cli/trust_options.h"
#include "cli/verify_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPT_PUBLIC_KEY, OPT_TRUSTED, OPT_THRESHOLD, OPT_TSA_CA, OPT_PARTIAL };

static const struct args_option options[] = {
    [OPT_PUBLIC_KEY] = TRUST_OPTION_KEY,
    [OPT_TRUSTED] = TRUST_OPTION_FILE,
    [OPT_THRESHOLD] = TRUST_OPTION_THRESHOLD,
    [OPT_TSA_CA] = TRUST_OPTION_SERVICES,
    [OPT_PARTIAL] = {"partial", 0, NULL,
                     "the bundle was never sealed: say which finished cases are whole"},
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
    "With --partial the cases are held against the digests that their own case.json\n"
    "gives, and nothing is signed: `ajar seal` makes a bundle of them.\n"
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

/* Nobody answers for it: that it can be read is all that is said. */
static int verify_partial(const char *path)
{
    struct fail fail;
    struct partial found;
    if (!partial_read(path, NULL, NULL, &found, &fail))
        return complain("verify", &fail);
    if (found.sealed) {
        fail_set(&fail, "ESEALED", "%s is sealed: verify it without --partial", path);
        return complain("verify", &fail);
    }
    partial_words(path, &found);
    return found.has_run ? 0 : 1;
}

static int run(struct args *a, struct trust_options *o)
{
    bool partial = false;
    bool trusts = false;
    for (int which; (which = args_next(a)) != ARGS_END;) {
        partial |= which == OPT_PARTIAL;
        trusts |= which != OPT_PARTIAL;
        if (which != OPT_PARTIAL)
            take(a, which, o);
    }
    if (a->status != ARGS_GO_ON || trust_check(a, o) != ARGS_GO_ON)
        return a->status;
    const char *path = args_only_operand(a, "BUNDLE");
    if (path && partial && trusts)
        return args_wrong(a, "--partial goes without a key: nothing is signed yet");
    return !path ? a->status : partial ? verify_partial(path) : verify(path, o);
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
