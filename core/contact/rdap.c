#include "contact/rdap.h"

#include "contact/remark.h"

#include <jansson.h>

/* One walk through an answer. */
struct walk {
    struct contact_answer *out;
    bool (*wanted)(struct bytes role, enum contact_role *as);
    size_t entities;
};

static struct bytes text_of(const json_t *value)
{
    const char *text = json_string_value(value);
    return text ? bytes_at(text, json_string_length(value)) : bytes_at(NULL, 0);
}

static bool is_abuse(struct bytes role, enum contact_role *as)
{
    *as = CONTACT_ABUSE;
    return bytes_equal_nocase(role, "abuse");
}

/* Where nobody is there for abuse. */
static bool is_other(struct bytes role, enum contact_role *as)
{
    *as = bytes_equal_nocase(role, "noc") ? CONTACT_NOC : CONTACT_TECHNICAL;
    return bytes_equal_nocase(role, "noc") || bytes_equal_nocase(role, "technical");
}

static bool is_removed(const json_t *entity)
{
    const json_t *status = json_object_get(entity, "status");
    for (size_t i = 0; i < json_array_size(status); i++)
        if (bytes_equal_nocase(text_of(json_array_get(status, i)), "removed"))
            return true;
    return false;
}

static bool has_role(const struct walk *w, const json_t *entity, enum contact_role *as)
{
    const json_t *roles = json_object_get(entity, "roles");
    for (size_t i = 0; i < json_array_size(roles); i++)
        if (w->wanted(text_of(json_array_get(roles, i)), as))
            return true;
    return false;
}

/* A mailbox, or a mailto: URI of one. */
static void take_mailbox(struct walk *w, struct bytes text, enum contact_role role)
{
    char address[MAILBOX_TEXT];
    if (mailbox_take_uri(text, address))
        answer_add(w->out, bytes_of(address), role);
}

/* jCard (RFC 7095): ["vcard", [[name, {}, type, value, value...]...]]; contact-uri is RFC 8605's. */
static void take_card(struct walk *w, const json_t *entity, enum contact_role role)
{
    const json_t *fields = json_array_get(json_object_get(entity, "vcardArray"), 1);
    for (size_t i = 0; i < json_array_size(fields); i++) {
        const json_t *field = json_array_get(fields, i);
        struct bytes name = text_of(json_array_get(field, 0));
        bool is_mail = bytes_equal_nocase(name, "email") || bytes_equal_nocase(name, "contact-uri");
        for (size_t k = 3; is_mail && k < json_array_size(field); k++)
            take_mailbox(w, text_of(json_array_get(field, k)), role);
        if (bytes_equal_nocase(name, "lang"))
            answer_add_language(w->out, text_of(json_array_get(field, 3)));
    }
}

/* {"remarks": [{"description": [TEXT...]}...]} */
static void take_remarks(struct contact_answer *out, const json_t *object)
{
    const json_t *remarks = json_object_get(object, "remarks");
    for (size_t i = 0; i < json_array_size(remarks); i++) {
        const json_t *lines = json_object_get(json_array_get(remarks, i), "description");
        for (size_t k = 0; k < json_array_size(lines); k++)
            remark_take(out, text_of(json_array_get(lines, k)));
    }
}

/* NOLINTNEXTLINE(misc-no-recursion): RDAP_DEPTH ends it */
static void take_entities(struct walk *w, const json_t *object, unsigned depth)
{
    const json_t *entities = json_object_get(object, "entities");
    for (size_t i = 0; i < json_array_size(entities); i++) {
        const json_t *entity = json_array_get(entities, i);
        enum contact_role role;
        if (w->entities == RDAP_ENTITIES)
            return;
        w->entities++;
        if (is_removed(entity))
            continue;
        if (has_role(w, entity, &role))
            take_card(w, entity, role);
        if (depth > 1)
            take_entities(w, entity, depth - 1);
    }
}

static bool read_network(const json_t *object, const struct addr *about, struct contact_answer *out,
                         struct fail *fail)
{
    struct walk walk = {.out = out, .wanted = is_abuse};
    const json_t *entities = json_object_get(object, "entities");
    struct contact_answer remarks = {0};
    if (!bytes_equal_nocase(text_of(json_object_get(object, "objectClassName")), "ip network"))
        return fail_set(fail, "EFORMAT",
                        "its answer is no RDAP object of the class \"ip network\"");
    if (!answer_set_range(out, text_of(json_object_get(object, "startAddress")),
                          text_of(json_object_get(object, "endAddress")), about))
        return fail_set(fail, "ERANGE", "its answer is about a range that the address is not in");
    answer_set_country(out, text_of(json_object_get(object, "country")));
    take_entities(&walk, object, RDAP_DEPTH);
    take_remarks(&remarks, object);
    for (size_t i = 0; i < json_array_size(entities) && i < RDAP_ENTITIES; i++)
        take_remarks(&remarks, json_array_get(entities, i));
    remark_choose(out, &remarks);
    if (out->count == 0) {
        walk = (struct walk){.out = out, .wanted = is_other};
        take_entities(&walk, object, RDAP_DEPTH);
    }
    answer_sort(out);
    return true;
}

bool rdap_read(struct bytes body, const struct addr *about, struct contact_answer *out,
               struct fail *fail)
{
    json_error_t error;
    *out = (struct contact_answer){0};
    json_t *object = body.n <= RDAP_LIMIT ? json_loadb(body.n ? (const char *)body.p : "", body.n,
                                                       JSON_ALLOW_NUL, &error)
                                          : NULL;
    bool ok = object ? read_network(object, about, out, fail)
                     : fail_set(fail, "EFORMAT", "its answer is no JSON");
    json_decref(object);
    if (!ok)
        *out = (struct contact_answer){0};
    return ok;
}
