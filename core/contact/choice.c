#include "contact/choice.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

const char *contact_source_name(enum contact_source source)
{
    static const char *const names[SOURCES] = {[SOURCE_OWN] = "own-list",
                                               [SOURCE_RDAP] = "rdap",
                                               [SOURCE_WHOIS] = "whois",
                                               [SOURCE_TXT] = "dns-txt",
                                               [SOURCE_SECURITY_TXT] = "security-txt",
                                               [SOURCE_GUESS] = "rfc2142",
                                               [SOURCE_CERT] = "cert"};
    return names[source];
}

bool contact_source_parse(struct bytes name, enum contact_source *out)
{
    for (unsigned i = 0; i < SOURCES; i++)
        if (bytes_equal_text(name, contact_source_name((enum contact_source)i))) {
            *out = (enum contact_source)i;
            return true;
        }
    return false;
}

const char *contact_state_name(enum contact_state state)
{
    static const char *const names[] = {[CONTACT_NOT_ASKED] = "not-asked",
                                        [CONTACT_FOUND] = "found",
                                        [CONTACT_NONE] = "none",
                                        [CONTACT_FAILED] = "failed"};
    return names[state];
}

struct languages {
    json_t *table;
};

static bool is_table(json_t *table)
{
    const char *country;
    json_t *list;
    bool ok = json_is_object(table);
    json_object_foreach(table, country, list)
    {
        struct contact_answer check = {0};
        ok = ok && answer_set_country(&check, bytes_of(country)) && json_array_size(list) > 0;
        for (size_t i = 0; ok && i < json_array_size(list); i++) {
            const char *tag = json_string_value(json_array_get(list, i));
            ok = tag && answer_add_language(&check, bytes_of(tag));
        }
    }
    return ok;
}

struct languages *languages_read(struct bytes json, struct fail *fail)
{
    struct languages *l = calloc(1, sizeof *l);
    if (!l) {
        fail_set(fail, "ENOMEM", "out of memory");
        return NULL;
    }
    l->table = json_loadb(json.n ? (const char *)json.p : "", json.n, JSON_REJECT_DUPLICATES, NULL);
    if (is_table(l->table))
        return l;
    languages_free(l);
    fail_set(fail, "EFORMAT", "a table of languages is {\"NO\": [\"nb\"], ...}");
    return NULL;
}

void languages_free(struct languages *l)
{
    if (l)
        json_decref(l->table);
    free(l);
}

static bool has_role(const struct contact_answer *a, enum contact_role most)
{
    for (size_t i = 0; i < a->count; i++)
        if (a->contacts[i].role <= most)
            return true;
    return false;
}

bool contact_is_enough(const struct contact_said *said)
{
    return said->state == CONTACT_FOUND &&
           (said->answer.opted_out || has_role(&said->answer, CONTACT_SECURITY));
}

static enum contact_source choose_source(const struct contact_said said[SOURCES])
{
    for (unsigned i = 0; i < SOURCES; i++)
        if (contact_is_enough(&said[i]))
            return (enum contact_source)i;
    for (unsigned i = 0; i < SOURCES; i++)
        if (said[i].state == CONTACT_FOUND)
            return (enum contact_source)i;
    return SOURCES;
}

static void take_contacts(struct contact_choice *out, const struct contact_answer *a)
{
    enum contact_role best = CONTACT_ROLES;
    out->opted_out = a->opted_out;
    for (size_t i = 0; i < a->count; i++)
        best = a->contacts[i].role < best ? a->contacts[i].role : best;
    for (size_t i = 0; i < a->count; i++)
        if (a->contacts[i].role == best)
            snprintf(out->to[out->count++], MAILBOX_TEXT, "%s", a->contacts[i].address);
}

static bool take_languages(struct contact_choice *out, const struct contact_said *said,
                           const char *from)
{
    if (said->state == CONTACT_NOT_ASKED || said->state == CONTACT_FAILED ||
        said->answer.language_count == 0)
        return false;
    out->language_count = said->answer.language_count;
    memcpy(out->languages, said->answer.languages, sizeof out->languages);
    out->language_from = from;
    return true;
}

static void take_country(struct contact_choice *out, const struct languages *languages)
{
    struct contact_said spoken = {.state = CONTACT_FOUND};
    const json_t *list = out->country[0] ? json_object_get(languages->table, out->country) : NULL;
    for (size_t i = 0; i < json_array_size(list); i++)
        answer_add_language(&spoken.answer, bytes_of(json_string_value(json_array_get(list, i))));
    take_languages(out, &spoken, "country");
}

void contact_choose(const struct contact_said said[SOURCES], const struct languages *languages,
                    struct contact_choice *out)
{
    *out = (struct contact_choice){.source = choose_source(said)};
    if (out->source != SOURCES)
        take_contacts(out, &said[out->source].answer);
    for (unsigned i = 0; i < SOURCES && !out->country[0]; i++)
        if (said[i].state == CONTACT_FOUND || said[i].state == CONTACT_NONE)
            memcpy(out->country, said[i].answer.country, sizeof out->country);
    if (!take_languages(out, &said[SOURCE_OWN], "own-list") &&
        !take_languages(out, &said[SOURCE_SECURITY_TXT], "security-txt") &&
        !take_languages(out, &said[SOURCE_RDAP], "vcard"))
        take_country(out, languages);
}
