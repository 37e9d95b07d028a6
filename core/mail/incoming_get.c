#include "base/text.h"
#include "mail/incoming.h"

#include <stdlib.h>

enum { MEMBERS_MOST = 40 };

/* A copy that can be shown; NULL: too long, or no memory. */
static json_t *printable(const json_t *text, size_t most)
{
    if (json_string_length(text) > 4 * most)
        return NULL;
    char *copy = strdup(json_string_value(text));
    for (char *c = copy; c && *c; c++)
        if (*c == '\n' || *c == '\r' || *c == '\t')
            *c = ' ';
    if (copy)
        text_make_printable(copy);
    json_t *clean = copy ? json_string(copy) : NULL;
    free(copy);
    return clean;
}

static bool clean_list(json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *text = json_array_get(list, i);
        json_t *clean = json_is_string(text) ? printable(text, INCOMING_FIELD) : NULL;
        if (!clean || json_array_set_new(list, i, clean) != 0)
            return false;
    }
    return json_array_size(list) <= INCOMING_LIST;
}

static bool clean(json_t *object)
{
    const char *key;
    json_t *value;
    void *next;
    json_object_foreach_safe(object, next, key, value)
    {
        bool ok = json_is_true(value);
        if (json_is_array(value))
            ok = clean_list(value);
        else if (json_is_string(value)) {
            json_t *text = printable(value, INCOMING_BODY);
            ok = text && json_object_set_new(object, key, text) == 0;
        }
        if (!ok)
            return false;
    }
    return json_object_size(object) <= MEMBERS_MOST;
}

bool incoming_get(struct bytes answer, struct incoming *out, struct fail *fail)
{
    out->object =
        answer.n <= INCOMING_ANSWER ? json_loadb((const char *)answer.p, answer.n, 0, NULL) : NULL;
    if (json_is_object(out->object) && clean(out->object))
        return true;
    json_decref(out->object);
    out->object = NULL;
    return fail_set(fail, "EFORMAT", "the process that reads mails gave a broken answer");
}

void incoming_free(struct incoming *m)
{
    json_decref(m->object);
    m->object = NULL;
}

const char *incoming_text(const struct incoming *m, const char *name)
{
    const char *text = json_string_value(json_object_get(m->object, name));
    return text ? text : "";
}

const char *incoming_nth(const struct incoming *m, const char *name, size_t nth)
{
    return json_string_value(json_array_get(json_object_get(m->object, name), nth));
}

bool incoming_is(const struct incoming *m, const char *name)
{
    return json_is_true(json_object_get(m->object, name));
}
