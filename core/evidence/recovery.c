#include "evidence/recovery.h"

#include "tape/object.h"

bool recovery_read(struct bytes content, char recovered[TIME_TEXT], struct fail *fail)
{
    instant when;
    json_t *json = object_load(content);
    bool ok = time_parse(object_text(json, "recovered"), &when);
    json_decref(json);
    if (!ok)
        return fail_set(fail, "EFORMAT", RECOVERY_FILE ": it does not say when it was recovered");
    time_text(when, recovered);
    return true;
}

bool recovery_tells_of_others(struct bytes content)
{
    json_t *json = object_load(content);
    const json_t *from = json_object_get(json, "from");
    bool tells = json_object_get(json, "first_left_out") || json_object_get(from, "size") ||
                 json_object_get(from, "taken") || json_object_get(from, "end");
    json_decref(json);
    return tells;
}
