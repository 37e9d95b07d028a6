#include "evidence/run_json.h"

#include "tape/object.h"

#include <stdio.h>

static void take(const json_t *run, const char *member, char *out, size_t size)
{
    struct bytes text = object_text(run, member);
    snprintf(out, size, "%.*s", (int)text.n, text.n ? (const char *)text.p : "");
}

bool run_json_read(struct bytes content, struct run_json *out, struct fail *fail)
{
    json_t *run = object_load(content);
    bool ok = run || fail_set(fail, "EFORMAT", "data/run.json is not whole");
    take(run, "authority", out->authority, sizeof out->authority);
    take(run, "contact", out->contact, sizeof out->contact);
    json_decref(run);
    return ok;
}
