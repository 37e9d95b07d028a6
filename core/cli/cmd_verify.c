/* ajar verify: whether a bundle is what its signer sealed. */
#include "cli/args.h"
#include "cli/case_claims.h"
#include "cli/chain_words.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/custody_words.h"
#include "cli/partial_words.h"
#include "cli/shown_name.h"
#include "cli/trust_options.h"
#include "cli/verify_report.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPT_TRUST, OPT_PARTIAL = OPT_TRUST + TRUST_OPTIONS, OPT_ALL_PARTS, OPT_NO_CUSTODY };

static const struct args_option options[] = {
    TRUST_OPTIONS_FROM(OPT_TRUST),
    [OPT_PARTIAL] = {"partial", 0, NULL,
                     "the bundle was never sealed: say which finished cases are whole"},
    [OPT_ALL_PARTS] = {"all-parts", 0, NULL,
                       "go through all cases where there are over 10,000, not the first 1,000"},
    [OPT_NO_CUSTODY] = {"no-custody", 0, NULL,
                        "leave aside the custody that lies beside a bundle: anyone who can write "
                        "there can break it"},
    {0},
};

const struct args_command cmd_verify_args = {
    "verify", "[OPTION]... BUNDLE...",
    "Checks a bundle: its signatures and time-stamps, the digest of every file, that\n"
    "none is missing and none was added. Says what it checked, or the first thing\n"
    "that does not hold.\n"
    "Then whether each case.json says what its tape and its receipts say; where one\n"
    "does not, the bundle is \"verified, but NOT what its cases say\", with status 1.\n"
    "That its script comes to the verdict, `ajar replay` shows.\n"
    "An extract is checked as well, with its place in the bundle that it is from.\n"
    "So is the custody that lies beside it (BUNDLE.custody); each of its records must\n"
    "be signed by a key that you trust, if you name any. A bundle that is as it was\n"
    "sealed, beside a custody that does not hold, is \"verified, but NOT the custody\n"
    "beside it\", with status 1.\n"
    "Several are also asked whether they are runs of one chain, in their order,\n"
    "without a gap and without a fork.",
    options,
    "Without a key that you trust the one in the bundle itself is taken. That shows\n"
    "that the bundle agrees with itself, not who made it: anyone can make a key.\n"
    "VERIFY.txt in the bundle says how to check the same without ajar.\n"
    "With --partial the cases are held against the digests that their own case.json\n"
    "gives, and nothing is signed: `ajar seal` makes a bundle of them.\n"
    "\n"
    "Exit status: 0 it verifies, 1 it does not, nor does what its cases say or the\n"
    "custody beside it, 2 wrong usage.\n"};

struct verifying {
    struct trust_options given;
    struct bundle_trust trust;
    bool all_parts;
    bool partial;
    bool no_custody;
    bool trusts;  /* keys were given */
    bool unknown; /* a bundle verifies by a key that was not given */
    struct chain_walk chain;
};

/* As the file of a run that was killed does. */
static bool ends_early(const char *code)
{
    return strcmp(code, "ETRUNCATED") == 0 || strcmp(code, "ETRAILING") == 0 ||
           strcmp(code, "EUNSIGNED") == 0;
}

static const char *besides(bool claims, bool custody)
{
    if (claims)
        return custody ? "" : ", but NOT the custody beside it";
    return custody ? ", but NOT what its cases say"
                   : ", but NOT what its cases say, nor the custody beside it";
}

/* What verifies, and what besides does not hold: the first line and the status say the same. */
static int print(const struct verifying *v, const char *path, const struct bundle_report *report,
                 const struct case_claims *claims)
{
    char name[SHOWN_NAME];
    struct custody_beside custody = {.holds = true};
    unsigned long cases = report->case_id[0] ? 1 : report->cases;
    if (!v->no_custody)
        custody_words_look(path, report, v->trust.keys, &custody);
    printf("%s: verified%s\n", shown_name(path, name), besides(claims->hold, custody.holds));
    verify_report_print(&v->trust, report);
    case_claims_print(claims, cases);
    custody_words_line(&custody, v->trust.keys);
    int status = claims->hold ? 0 : complain("verify", &claims->why);
    status |= custody.holds ? 0 : complain("verify", &custody.why);
    custody_words_free(&custody);
    return status;
}

/* Also what its cases and its packs say. That a case says what is not so does not make it another than was sealed; but a pack
 * that another has signed, or nobody, is not the one that the run names. */
static bool holds(const struct verifying *v, const char *path, struct bundle_report *report,
                  struct case_claims *claims, struct fail *fail)
{
    if (!bundle_verify_by(path, &v->trust, report, fail) ||
        (v->all_parts && report->version > 1 && !bundle_check_parts(path, ULONG_MAX, report, fail)))
        return false;
    case_claims_look(path, report, v->all_parts ? ULONG_MAX : bundle_most_cases(report), claims);
    if (!claims->packs_lie)
        return true;
    *fail = claims->why;
    return fail_prefix(fail, "%s", path);
}

static int verify(struct verifying *v, const char *path)
{
    struct fail fail = {0};
    struct bundle_report report;
    struct case_claims claims;
    char name[SHOWN_NAME];
    if (!holds(v, path, &report, &claims, &fail)) {
        int status = complain("verify", &fail);
        if (ends_early(fail.code))
            partial_words_hint("verify", path);
        printf("%s: NOT verified\n", shown_name(path, name));
        if (strcmp(fail.code, "ETHRESHOLD") == 0)
            verify_report_signatures(&report);
        return status;
    }
    v->unknown |= !report.signer_given;
    chain_words_add(&v->chain, path, &report);
    return print(v, path, &report, &claims);
}

static int verify_all(struct verifying *v, char *const *paths)
{
    struct fail fail;
    int status = 0;
    if (!trust_read(&v->given, &v->trust, &fail))
        return complain("verify", &fail);
    for (; *paths; paths++)
        status |= verify(v, *paths);
    if (v->unknown)
        verify_report_hint();
    return status ? status : !chain_words_end(&v->chain);
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

static void take(struct args *a, int which, struct verifying *v)
{
    v->trusts |= trust_take(a, which, OPT_TRUST, &v->given);
    v->partial |= which == OPT_PARTIAL;
    v->all_parts |= which == OPT_ALL_PARTS;
    v->no_custody |= which == OPT_NO_CUSTODY;
}

static int run(struct args *a, struct verifying *v)
{
    for (int which; (which = args_next(a)) != ARGS_END;)
        take(a, which, v);
    if (a->status != ARGS_GO_ON || trust_check(a, &v->given) != ARGS_GO_ON)
        return a->status;
    if (a->operand_count == 0)
        return args_wrong(a, "BUNDLE is missing");
    if (!v->partial)
        return verify_all(v, a->operands);
    if (v->trusts)
        return args_wrong(a, "--partial goes without a key: nothing is signed yet");
    const char *path = args_only_operand(a, "BUNDLE");
    return path ? verify_partial(path) : a->status;
}

int cmd_verify(int argc, char **argv)
{
    struct args args;
    struct verifying *v = calloc(1, sizeof *v);
    if (!v)
        return complain_words("verify", 1, "out of memory");
    args_begin(&args, &cmd_verify_args, argc, argv);
    int status = run(&args, v);
    trust_free(&v->given);
    free(v);
    return status;
}
