#include "tape/object.h"

json_t *object_load(struct bytes text)
{
    json_t *json = json_loadb(text.n ? (const char *)text.p : "", text.n,
                              JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    if (json_is_object(json))
        return json;
    json_decref(json);
    return NULL;
}

struct bytes object_text(const json_t *object, const char *name)
{
    const json_t *text = json_object_get(object, name);
    return bytes_at(json_string_value(text), json_string_length(text));
}
