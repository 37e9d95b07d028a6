/* own_list: the table of national CERTs. */
#include "contact/own_list.h"

#include "base/text.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

enum { CERTS_MOST = 1000, NAME = 80, WEB = 200 };

struct cert {
    char country[3];
    char name[NAME];
    char address[MAILBOX_TEXT]; /* or empty */
    char web[WEB];              /* or empty */
};

struct certs {
    struct cert all[CERTS_MOST];
    size_t count;
};

static struct bytes text_of(const json_t *entry, const char *name)
{
    const json_t *value = json_object_get(entry, name);
    const char *text = json_string_value(value);
    return text ? bytes_at(text, json_string_length(value)) : bytes_at(NULL, 0);
}

/* https alone, of printable ASCII, and no more than a person can copy. */
static bool take_web(struct cert *c, struct bytes web)
{
    bool ok = bytes_starts_nocase(web, "https://") && web.n < WEB;
    for (size_t i = 0; ok && i < web.n; i++)
        ok = web.p[i] > ' ' && web.p[i] < 0x7f;
    if (ok)
        snprintf(c->web, sizeof c->web, "%.*s", (int)web.n, (const char *)web.p);
    return ok;
}

static bool take(struct cert *c, const json_t *entry)
{
    struct contact_answer country = {0};
    struct bytes name = text_of(entry, "name");
    struct bytes address = text_of(entry, "address"), web = text_of(entry, "web");
    if (!answer_set_country(&country, text_of(entry, "country")) || name.n == 0 ||
        address.n + web.n == 0 || (address.n > 0 && !mailbox_take(address, c->address)) ||
        (web.n > 0 && !take_web(c, web)))
        return false;
    snprintf(c->name, sizeof c->name, "%.*s", (int)name.n, (const char *)name.p);
    text_make_printable(c->name);
    memcpy(c->country, country.country, sizeof c->country);
    return true;
}

static bool take_all(struct certs *c, const json_t *list, struct fail *fail)
{
    if (!json_is_array(list) || json_array_size(list) > CERTS_MOST)
        return fail_set(fail, "EFORMAT", "a table of CERTs is a list of at most %d", CERTS_MOST);
    for (; c->count < json_array_size(list); c->count++)
        if (!take(&c->all[c->count], json_array_get(list, c->count)))
            return fail_set(fail, "EFORMAT",
                            "entry %zu: a CERT is {\"country\": \"NO\", \"name\": TEXT, "
                            "\"address\": MAILBOX, \"web\": https://...}",
                            c->count + 1);
    return true;
}

struct certs *certs_read(struct bytes json, struct fail *fail)
{
    json_error_t error;
    struct certs *c = calloc(1, sizeof *c);
    json_t *list = json_loadb(json.n ? (const char *)json.p : "", json.n, 0, &error);
    bool ok = c && (list ? take_all(c, list, fail)
                         : fail_set(fail, "EFORMAT", "line %d: %s", error.line, error.text));
    if (!c)
        fail_set(fail, "ENOMEM", "out of memory for the table of CERTs");
    json_decref(list);
    if (ok)
        return c;
    free(c);
    return NULL;
}

void certs_free(struct certs *c)
{
    free(c);
}

bool certs_find(const struct certs *c, const char *country, struct contact_answer *out,
                struct cert_entry *entry)
{
    *out = (struct contact_answer){0};
    *entry = (struct cert_entry){NULL, ""};
    for (size_t i = c->count; country[0] && i-- > 0;)
        if (strcmp(c->all[i].country, country) == 0) {
            *entry = (struct cert_entry){c->all[i].name, c->all[i].web};
            answer_set_country(out, bytes_of(country));
            return answer_add(out, bytes_of(c->all[i].address), CONTACT_CERT);
        }
    return false;
}
