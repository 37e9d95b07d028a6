#include "tape/object.h"

#include "base/json_place.h"

#include <stdlib.h>

#include "tape/json_read.h"

json_t *object_load_or(struct bytes text, struct fail *fail)
{
    json_error_t error;
    json_t *json = json_read(text, &error);
    if (json_is_object(json))
        return json;
    if (json)
        fail_set(fail, "EFORMAT", "no JSON object");
    else
        fail_set(fail, "EFORMAT", "no JSON object: %s (byte %d)", error.text, error.position);
    json_decref(json);
    return NULL;
}

json_t *object_load(struct bytes text)
{
    struct fail ignored;
    return object_load_or(text, &ignored);
}

void object_where(struct bytes text, const struct fail *why, unsigned *line, unsigned *column)
{
    const char *words = strstr(why->text, "(byte ");
    size_t at = words ? strtoul(words + 6, NULL, 10) : 0; /* bytes read, the last being wrong */
    bool at_end = strstr(why->text, "near end of file") != NULL;
    json_place_at(text, at > 0 && !at_end ? at - 1 : at, line, column);
}

struct bytes object_text(const json_t *object, const char *name)
{
    const json_t *text = json_object_get(object, name);
    return bytes_at(json_string_value(text), json_string_length(text));
}
