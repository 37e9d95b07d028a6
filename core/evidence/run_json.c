#include "evidence/run_json.h"

#include <jansson.h>
#include <stdio.h>

static void take(const json_t *run, const char *member, char *out, size_t size)
{
    const char *text = json_string_value(json_object_get(run, member));
    snprintf(out, size, "%s", text ? text : "");
}

bool run_json_read(struct bytes content, struct run_json *out, struct fail *fail)
{
    json_t *run = json_loadb((const char *)content.p, content.n, JSON_REJECT_DUPLICATES, NULL);
    bool ok = json_is_object(run) || fail_set(fail, "EFORMAT", "data/run.json is not whole");
    take(run, "authority", out->authority, sizeof out->authority);
    take(run, "contact", out->contact, sizeof out->contact);
    json_decref(run);
    return ok;
}
