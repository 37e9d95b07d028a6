#include "evidence/recovery.h"

#include <jansson.h>

bool recovery_read(struct bytes content, char recovered[TIME_TEXT], struct fail *fail)
{
    instant when;
    json_t *json = json_loadb((const char *)content.p, content.n, JSON_REJECT_DUPLICATES, NULL);
    const json_t *text = json_object_get(json, "recovered");
    bool ok = json_is_string(text) &&
              time_parse(bytes_at(json_string_value(text), json_string_length(text)), &when);
    json_decref(json);
    if (!ok)
        return fail_set(fail, "EFORMAT", RECOVERY_FILE ": it does not say when it was recovered");
    time_text(when, recovered);
    return true;
}
