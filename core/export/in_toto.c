/* The bundle's verdicts as an in-toto Statement v1, not signed: what is signed is the bundle. */
#include "base/json.h"
#include "export/about.h"

#define STATEMENT "https://in-toto.io/Statement/v1"
#define PREDICATE "urn:x-ajar:evidence:1"

static bool begin(struct exporting *e, struct fail *fail)
{
    struct buf *out = &e->out;
    buf_put_byte(out, '{');
    json_put_member_text(out, "_type", STATEMENT);
    json_put_name(out, "subject");
    buf_put_text(out, "[{");
    json_put_member_text(out, "name", e->file_name);
    json_put_name(out, "digest");
    buf_put_byte(out, '{');
    json_put_member_text(out, "sha256", e->file_sha256);
    buf_put_text(out, "}}]");
    json_put_member_text(out, "predicateType", PREDICATE);
    json_put_name(out, "predicate");
    buf_put_byte(out, '{');
    about_put_bundle(out, e);
    json_put_name(out, "run");
    if (!about_put_json(out, e->run_json, "data/run.json", fail))
        return false;
    json_put_name(out, "cases");
    return buf_put_byte(out, '[') || fail_set(fail, "ELIMIT", "too large to be exported");
}

static bool each(struct exporting *e, const struct bundle_case *c, struct fail *fail)
{
    if (e->cases > 0)
        buf_put_byte(&e->out, ',');
    return about_put_json(&e->out, c->case_json, "case.json", fail);
}

static bool end(struct exporting *e, struct fail *fail)
{
    return buf_put_text(&e->out, "]}}\n") || fail_set(fail, "ELIMIT", "too large to be exported");
}

const struct export_format export_in_toto = {"in-toto", false, true, begin, each, end};
