#include "cli/case_claims.h"

#include "evidence/digests.h"
#include "evidence/gather.h"
#include "run/case_proof.h"
#include "run/needs.h"
#include "run/pack_claims.h"
#include "run/run_claim.h"

#include <stdio.h>
#include <string.h>

struct walk {
    const char *path;
    unsigned long most;
    struct case_asker asker;
    struct case_claims *out;
};

static bool stop(struct fail *fail)
{
    return fail_set(fail, "ESTOP", "enough");
}

/* What is longer than any run makes it is no reason to ask no further: such a case says what no run can have said. But of the
 * limits of the first builds nothing is known. */
static bool can_be_asked(const struct fail *why, unsigned interface)
{
    bool old = interface < CASE_FILES_SORTED;
    return strcmp(why->code, "EHIDDEN") != 0 && strcmp(why->code, "EVERSION") != 0 &&
           !(old && strcmp(why->code, "ELIMIT") == 0);
}

static bool scripts_are_its_own(struct case_asker *asker, const char *bundle,
                                const struct bundle_report *verified)
{
    return verified ? needs_are_its_own(asker->interface, verified->builtin, &asker->why)
                    : needs_hold(bundle, asker->interface, &asker->why);
}

void case_asker_begin(struct case_asker *asker, const char *bundle,
                      const struct bundle_report *verified)
{
    asker->run = run_claim_read(bundle);
    asker->interface = needs_interface(bundle);
    asker->packs_hold = !asker->run || pack_claims_hold(bundle, asker->run, &asker->why);
    asker->holds = asker->run ? asker->packs_hold && scripts_are_its_own(asker, bundle, verified)
                              : fail_set(&asker->why, "EFORMAT",
                                         "there is no data/run.json that is one JSON object");
    asker->sealed = 0;
    asker->tests = NULL;
}

void case_asker_end(struct case_asker *asker)
{
    json_decref(asker->run);
    asker->run = NULL;
}

struct case_files case_asker_files(const struct case_asker *asker, const struct bundle_case *c)
{
    struct case_files files = case_files_of(c);
    files.interface = asker->interface;
    files.run = asker->run;
    files.sealed = asker->sealed;
    files.tests = asker->tests;
    return files;
}

bool case_claims_one(const void *asker, const struct bundle_case *c, struct fail *why)
{
    const struct case_asker *a = asker;
    struct case_files files = case_asker_files(a, c);
    if (!a->holds)
        *why = a->why;
    return a->holds && (case_claims_hold(&files, why) || !can_be_asked(why, a->interface));
}

static void note_unasked(struct case_claims *c, const char *id, const struct fail *why)
{
    if (c->unasked++ > 0)
        return;
    snprintf(c->unasked_id, sizeof c->unasked_id, "%s", id);
    c->unasked_why = *why;
}

static void note_asked(struct case_claims *c, const struct case_files *files, bool hides)
{
    c->asked++;
    c->hides |= hides;
    if (case_may_hide_proof(files) && c->modest++ == 0)
        snprintf(c->modest_id, sizeof c->modest_id, "%.*s", (int)files->id.n,
                 files->id.n ? (const char *)files->id.p : "");
}

static void note_difference(const struct walk *w, const char *id, struct fail *why)
{
    fail_prefix(why, "%s: case %s", w->path, id);
    snprintf(w->out->id, sizeof w->out->id, "%s", id);
    w->out->why = *why;
    w->out->hold = false;
}

/* A case whose files stand apart comes in several groups: it counts with its case.json. */
static bool take(void *arg, const struct gather *g, struct fail *fail)
{
    struct walk *w = arg;
    struct fail why;
    struct bundle_case bundled;
    if (!gather_has(g, PARTS_CASE))
        return true;
    if (w->out->asked + w->out->unasked == w->most)
        return stop(fail);
    if (!gather_case(g, &bundled, &why)) {
        fail_set(&why, "EAPART", "its files don't stand together");
        note_unasked(w->out, g->id, &why);
        return true;
    }
    struct case_files files = case_asker_files(&w->asker, &bundled);
    if (!w->asker.holds) {
        why = w->asker.why;
        note_difference(w, g->id, &why);
        return stop(fail);
    }
    if (case_claims_hold(&files, &why)) {
        note_asked(w->out, &files, bundled.hidden > 0);
    } else if (!can_be_asked(&why, w->asker.interface)) {
        note_unasked(w->out, g->id, &why);
    } else {
        note_difference(w, g->id, &why);
        return stop(fail);
    }
    return true;
}

void case_claims_look(const char *path, const struct bundle_report *report, unsigned long most,
                      struct case_claims *out)
{
    struct fail fail;
    struct walk w = {.path = path, .most = most, .out = out};
    *out = (struct case_claims){.hold = true};
    case_asker_begin(&w.asker, path, report);
    if (report->packs_told && !w.asker.packs_hold) {
        *out = (struct case_claims){.packs_lie = true, .why = w.asker.why};
        case_asker_end(&w.asker);
        return;
    }
    time_parse(bytes_of(report->sealed), &w.asker.sealed);
    w.asker.tests = digests_new();
    bool ok = gather_each(path, NULL, take, &w, &fail) || strstr(fail.code, "ESTOP");
    digests_free(w.asker.tests);
    case_asker_end(&w.asker);
    if (ok)
        return;
    out->hold = false; /* it can't be read any more */
    out->why = fail;
}

void case_claims_print(const struct case_claims *c, unsigned long cases)
{
    unsigned long left = cases - c->asked - c->unasked;
    if (!c->hold)
        return;
    if (c->asked > 0)
        printf("  case.json   %lu of %lu: what it %s is what tape and receipts say\n", c->asked,
               cases, c->hides ? "shows" : "says");
    if (c->asked > 0 && !c->hides)
        puts("  not shown   that the scripts come to these verdicts: `ajar replay` runs them");
    if (c->hides)
        puts("  not shown   that what is hidden agrees with it: anything may stand there");
    if (c->modest > 0)
        printf("  remark      %lu `error` of a script that said `open`, with a receipt that may "
               "prove it;\n"
               "              `ajar replay` tells; the first is %s\n",
               c->modest, c->modest_id);
    if (c->unasked > 0)
        printf("  not checked what case.json says in %lu; the first is %s: %s\n", c->unasked,
               c->unasked_id, c->unasked_why.text);
    if (left > 0)
        printf("  not checked what it says in the other %lu: --all-parts asks all\n", left);
}
