/* ajar view: a bundle as one page for a browser. */
#include "cli/args.h"
#include "cli/case_claims.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/run_words.h"
#include "cli/trust_options.h"

#include "base/hash_file.h"
#include "base/time.h"
#include "evidence/fields.h"
#include "view/page.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { OPT_OUT, OPT_ONLY, OPT_SUMMARY, OPT_TRUST, OPT_UNVERIFIED = OPT_TRUST + TRUST_OPTIONS };
enum { RUN_MOST = 1024 * 1024 };

static const struct args_option options[] = {
    [OPT_OUT] = {"output", 'o', "FILE", "the new page (FILE.html); nothing is overwritten"},
    [OPT_ONLY] = {"only", 0, "VERDICT[,VERDICT...]",
                  "only the cases that ended so: open, suspect, closed, unreachable, inconclusive, "
                  "error"},
    [OPT_SUMMARY] = {"summary", 's', NULL,
                     "the table with verdicts and reasons, without dialogues and receipts"},
    TRUST_OPTIONS_FROM(OPT_TRUST),
    [OPT_UNVERIFIED] = {"unverified", 0, NULL,
                        "also when the bundle does not verify: the page says so"},
    {0},
};

const struct args_command cmd_view_args = {
    "view", "[OPTION]... BUNDLE -o FILE",
    "Writes a bundle, or an extract, as one page for a browser: who tested, on what\n"
    "authority and with what result; a table of the cases, each dialogue with what\n"
    "its deciding lines mean, the receipts, the way the mail took, the custody\n"
    "beside the bundle, and how to check it all. The page is one file, asks no other\n"
    "computer for anything, and can be printed and read without scripts.",
    options,
    "The bundle is verified first. All its files are in the page too, and where\n"
    "scripts are allowed the page checks them in the browser: the signature, every\n"
    "digest, the tree, and that what it shows of the bundle, its run and its cases is\n"
    "what was sealed. Not compared are what its maker found when it was made, names\n"
    "beside keys, time-stamps, the custody, the remarks \"means\" in dialogues and how\n"
    "to check it.\n"
    "Still it is a copy for reading: the evidence is the bundle. A bundle of more\n"
    "than 64 MiB is too much for a page of all of it: --only and --summary make\n"
    "pages of a choice, which say what was left out and check in the browser what\n"
    "is there, by signature and digests but not the tree; 'ajar extract' takes one\n"
    "case out of a bundle.\n"
    "Of a case at most 1,000 steps and 20,000 rows of the dialogue are shown; the\n"
    "page says how many more there are.\n"
    "\n"
    "Exit status: 0 it was written, 1 the bundle does not verify or the page could\n"
    "not be written, 2 wrong usage.\n"};

struct view {
    struct trust_options given;
    struct bundle_trust trust;
    struct bundle_report report;
    const char *bundle;
    const char *out;
    struct page_choice choice;
    struct page_custody custody;
    struct custody records;
    struct fail custody_fail;
    char *custody_path;
    bool unverified;
};

static void take(struct args *a, int which, struct view *v)
{
    struct fail fail;
    if (which == OPT_OUT)
        v->out = a->value;
    else if (which == OPT_SUMMARY)
        v->choice.summary = true;
    else if (which == OPT_ONLY) {
        if (!page_choice_read(a->value, &v->choice, &fail))
            args_wrong(a, "--only: %s", fail.text);
    } else if (!trust_take(a, which, OPT_TRUST, &v->given))
        v->unverified = true;
}

/* About the run: what run.json says, as far as it can be read. */
static void read_run(const struct view *v, struct buf *words)
{
    struct fail ignored;
    struct buf json = buf_new(RUN_MOST);
    if (bundle_read(v->bundle, "data/run.json", &json, &ignored))
        run_words_put(words, buf_view(&json), &ignored);
    buf_free(&json);
}

static instant now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return t.tv_sec * SPAN_SECOND + t.tv_nsec / 1000;
}

/* The records beside the bundle. False: they don't hold, and no page is to say so. */
static bool read_custody(struct view *v, bool verified, struct fail *fail)
{
    struct page_custody *found = &v->custody;
    char hex[SHA256_HEX];
    v->custody_path = custody_path(v->bundle);
    if (!v->custody_path)
        return fail_set(fail, "ENOMEM", "no memory");
    if (access(v->custody_path, F_OK) != 0 && errno == ENOENT)
        return true;
    found->path = v->custody_path;
    found->keys = v->trust.keys;
    if (!verified)
        return true;
    bool ok = custody_read(found->path, &v->records, &v->custody_fail) &&
              custody_check(&v->records, &v->report, v->trust.keys, now(), &v->custody_fail) &&
              sha256_file(v->bundle, hex, &v->custody_fail) &&
              fields_hex(bytes_of(hex), found->file, sizeof found->file);
    if (ok)
        found->records = &v->records;
    else
        found->why = v->custody_fail.text;
    return ok || v->unverified ||
           fail_set(fail, v->custody_fail.code, "%s: %s", found->path, found->why);
}

static int refuse(const struct fail *why)
{
    complain("view", why);
    return complain_words("view", 1,
                          "no page is made of what does not verify, unless with --unverified");
}

static int view(struct view *v)
{
    struct fail why = {0};
    struct fail fail;
    struct buf words = buf_new(RUN_MOST);
    if (!trust_read(&v->given, &v->trust, &fail))
        return complain("view", &fail);
    bool verified = bundle_verify_by(v->bundle, &v->trust, &v->report, &why);
    if (!verified && !v->unverified)
        return refuse(&why);
    if (!read_custody(v, verified, &fail))
        return refuse(&fail);
    if (v->report.case_id[0] && (v->choice.summary || v->choice.verdicts != 0))
        return complain_words("view", 1,
                              "an extract has one case: --only and --summary are for bundles");
    struct case_asker asker;
    case_asker_begin(&asker, v->bundle, NULL);
    read_run(v, &words);
    struct page_facts facts = {.path = v->bundle,
                               .report = &v->report,
                               .why = verified ? NULL : why.text,
                               .key_given = v->report.signer_given,
                               .choice = v->choice,
                               .custody = v->custody,
                               .holds = case_claims_one,
                               .asker = &asker,
                               .run = buf_view(&words),
                               .now = now()};
    bool ok = page_create(v->out, &facts, &fail);
    case_asker_end(&asker);
    buf_free(&words);
    return ok ? 0 : complain("view", &fail);
}

static int run(struct args *a, struct view *v)
{
    for (int which; (which = args_next(a)) != ARGS_END;)
        take(a, which, v);
    if (a->status != ARGS_GO_ON || trust_check(a, &v->given) != ARGS_GO_ON)
        return a->status;
    v->bundle = args_only_operand(a, "BUNDLE");
    if (!v->bundle)
        return a->status;
    if (!v->out)
        return args_wrong(a, "-o FILE is missing: where the page goes");
    return view(v);
}

int cmd_view(int argc, char **argv)
{
    struct args args;
    struct view *v = calloc(1, sizeof *v);
    if (!v)
        return complain_words("view", 1, "out of memory");
    args_begin(&args, &cmd_view_args, argc, argv);
    int status = run(&args, v);
    trust_free(&v->given);
    custody_free(&v->records);
    free(v->custody_path);
    free(v);
    return status;
}
