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
