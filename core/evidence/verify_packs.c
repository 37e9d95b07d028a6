/* The scripts, held against what data/run.json says of their packs. */
#include "evidence/verify.h"

#include "evidence/listing.h"
#include "evidence/packs_told.h"
#include "tape/object.h"

static enum builtin_origin origin_of(struct bytes run_lines)
{
    struct fail ignored;
    struct bytes digest;
    struct bytes name;
    enum builtin_origin origin = BUILTIN_NONE;
    while (run_lines.n > 0 && listing_line(&run_lines, 0, &digest, &name, &ignored))
        origin = builtin_with_digest(origin, name, digest);
    return origin;
}

/* Whom the run names. Another key may have signed in good faith, as who recovers a bundle (`ajar seal`) can. */
static void note_operator(const json_t *run, struct bundle_report *report)
{
    struct fail ignored;
    struct bytes line = object_text(json_object_get(run, "operator"), "key");
    report->operator_is_other = line.n > 0 &&
                                public_key_parse(line, &report->operator_key, &ignored) &&
                                !public_key_is_same(&report->operator_key, &report->signer);
}

bool verify_packs(const struct verify *v, struct bundle_report *report, struct fail *fail)
{
    struct bytes lines = buf_view(&v->run_lines);
    report->builtin = origin_of(lines);
    if (v->run_json.overflow)
        return fail_set(fail, "ELIMIT", "data/run.json: too long");
    /* A run that ended while it wrote its scripts has no case yet, and not all of them. */
    if (v->run_json.n == 0 || v->cases == 0)
        return true;
    json_t *run = object_load_or(buf_view(&v->run_json), fail);
    bool ok = run ? packs_told_hold(run, lines, fail) : fail_prefix(fail, "data/run.json");
    report->packs_told = run && json_object_get(run, "packs");
    note_operator(run, report);
    json_decref(run);
    return ok;
}
