/* answer: read back. */
#include "contact/answer.h"

#include <jansson.h>
#include <stdio.h>

static struct bytes text_of(const json_t *value)
{
    const char *text = json_string_value(value);
    return text ? bytes_at(text, json_string_length(value)) : bytes_at(NULL, 0);
}

static bool get_contacts(const json_t *list, struct contact_answer *out)
{
    size_t n = json_array_size(list);
    bool ok = json_is_array(list) && n <= ANSWER_CONTACTS;
    for (size_t i = 0; ok && i < n; i++) {
        const json_t *c = json_array_get(list, i);
        enum contact_role role;
        ok = contact_role_parse(text_of(json_object_get(c, "role")), &role) &&
             answer_add(out, text_of(json_object_get(c, "address")), role);
    }
    return ok;
}

static bool get_range(const json_t *first, const json_t *last, struct contact_answer *out)
{
    struct addr from;
    if (!first && !last)
        return true;
    return addr_parse_ip(text_of(first), &from) &&
           answer_set_range(out, text_of(first), text_of(last), &from);
}

static bool get_languages(const json_t *list, struct contact_answer *out)
{
    bool ok = !list || (json_is_array(list) && json_array_size(list) <= ANSWER_LANGUAGES);
    for (size_t i = 0; ok && i < json_array_size(list); i++)
        ok = answer_add_language(out, text_of(json_array_get(list, i)));
    return ok;
}

static bool get_referral(const json_t *value, struct contact_answer *out)
{
    struct bytes host = text_of(value);
    if (!value)
        return true;
    if (!mailbox_is_domain(host))
        return false;
    snprintf(out->referral, sizeof out->referral, "%.*s", (int)host.n, (const char *)host.p);
    return true;
}

static bool get_all(const json_t *object, struct contact_answer *out)
{
    const json_t *country = json_object_get(object, "country");
    out->opted_out = json_is_true(json_object_get(object, "opted_out"));
    return json_is_object(object) && get_contacts(json_object_get(object, "contacts"), out) &&
           get_range(json_object_get(object, "first"), json_object_get(object, "last"), out) &&
           (!country || answer_set_country(out, text_of(country))) &&
           get_languages(json_object_get(object, "languages"), out) &&
           get_referral(json_object_get(object, "referral"), out);
}

bool answer_get(struct bytes json, struct contact_answer *out, struct fail *fail)
{
    *out = (struct contact_answer){0};
    json_t *object =
        json_loadb(json.n ? (const char *)json.p : "", json.n, JSON_REJECT_DUPLICATES, NULL);
    bool ok = get_all(object, out);
    json_decref(object);
    if (!ok)
        *out = (struct contact_answer){0};
    return ok || fail_set(fail, "EFORMAT", "this is no answer about contacts");
}
