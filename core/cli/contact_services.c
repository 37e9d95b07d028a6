#include "cli/contact_services.h"

#include "base/embedded.h"
#include "base/file.h"
#include "contact/whois.h"
#include "net/fetch.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { FILE_LIMIT = 256 * 1024, RATE_MOST = 1000, WHOIS_PORT = 43 };

static bool take_text(const json_t *value, char *out, size_t size)
{
    const char *text = json_string_value(value);
    if (!text || strlen(text) >= size)
        return false;
    memcpy(out, text, strlen(text) + 1);
    return true;
}

/* One a second, where nothing is said. */
static bool take_rate(const json_t *object, unsigned *out)
{
    const json_t *rate = json_object_get(object, "rate");
    json_int_t n = rate ? json_integer_value(rate) : 1;
    *out = (unsigned)n;
    return n >= 1 && n <= RATE_MOST;
}

static bool take_port(const json_t *value, uint16_t *out)
{
    json_int_t n = value ? json_integer_value(value) : WHOIS_PORT;
    *out = (uint16_t)n;
    return n >= 1 && n <= 65535;
}

static bool is_host(const char *host)
{
    struct addr at;
    return mailbox_is_domain(bytes_of(host)) || addr_parse_ip(bytes_of(host), &at);
}

static bool is_question(const char *form)
{
    struct addr any = {.family = ADDR_IPV4};
    struct buf line = buf_new(256);
    bool ok = whois_question(&line, form, &any);
    buf_free(&line);
    return ok;
}

static bool take_whois(struct contact_services *s, const json_t *object)
{
    struct whois_service w = {.rdap = ""};
    const json_t *rdap = json_object_get(object, "rdap");
    if (s->whois_count == SERVICES_WHOIS || (rdap && !take_text(rdap, w.rdap, sizeof w.rdap)) ||
        !take_text(json_object_get(object, "host"), w.host, sizeof w.host) || !is_host(w.host) ||
        !take_text(json_object_get(object, "query"), w.question, sizeof w.question) ||
        !is_question(w.question) || !take_port(json_object_get(object, "port"), &w.port) ||
        !take_rate(object, &w.rate))
        return false;
    s->whois[s->whois_count++] = w;
    return true;
}

static bool take_zone(struct contact_services *s, const json_t *object)
{
    struct zone_service z;
    if (s->zone_count == SERVICES_ZONES ||
        !take_text(json_object_get(object, "zone"), z.zone, sizeof z.zone) ||
        !mailbox_is_domain(bytes_of(z.zone)) || !take_rate(object, &z.rate))
        return false;
    s->zones[s->zone_count++] = z;
    return true;
}

static bool take_reach(struct contact_services *s, const json_t *value)
{
    const char *text = json_string_value(value);
    return text && s->reach_count < SERVICES_REACH &&
           prefix_parse(bytes_of(text), &s->reach[s->reach_count++]);
}

static bool take_bootstrap(struct contact_services *s, const json_t *value)
{
    return s->bootstrap_count < SERVICES_BOOTSTRAP &&
           take_text(value, s->bootstrap[s->bootstrap_count], RDAP_URL) &&
           fetch_is_url(s->bootstrap[s->bootstrap_count++]);
}

static bool take_list(struct contact_services *s, const json_t *list,
                      bool (*take)(struct contact_services *s, const json_t *item),
                      const char *form, struct fail *fail)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (!take(s, json_array_get(list, i)))
            return fail_set(fail, "EFORMAT", "entry %zu is not of the form %s, or one too many",
                            i + 1, form);
    return !list || json_is_array(list) || fail_set(fail, "EFORMAT", "no list of %s", form);
}

static bool take_security_txt(struct contact_services *s, const json_t *value)
{
    const char *place;
    if (!value)
        return true;
    return take_text(value, s->security_txt, sizeof s->security_txt) &&
           fetch_is_url(s->security_txt) && (place = strstr(s->security_txt, "//%s")) &&
           !strchr(place + 3, '%');
}

static bool take_all(struct contact_services *s, const json_t *object, struct fail *fail)
{
    if (!json_is_object(object))
        return fail_set(fail, "EFORMAT", "no JSON object, as data/contact/services.json is one");
    if (!take_rate(json_object_get(object, "rdap"), &s->rdap_rate))
        return fail_set(fail, "EFORMAT", "\"rdap\" is {\"rate\": 1 to %d}", RATE_MOST);
    if (!take_security_txt(s, json_object_get(object, "security_txt")))
        return fail_set(fail, "EFORMAT",
                        "\"security_txt\" is an URL as https://%%s/.well-known/security.txt");
    return take_list(s, json_object_get(object, "bootstrap"), take_bootstrap, "URL", fail) &&
           take_list(s, json_object_get(object, "whois"), take_whois,
                     "{\"host\": NAME, \"query\": \"%s\", \"rdap\": URL, \"port\": 43, "
                     "\"rate\": 1}",
                     fail) &&
           take_list(s, json_object_get(object, "txt"), take_zone, "{\"zone\": NAME, \"rate\": 10}",
                     fail) &&
           take_list(s, json_object_get(object, "reach"), take_reach, "PREFIX", fail);
}

bool contact_services_load(const char *path, struct contact_services *out, struct fail *fail)
{
    struct buf text = buf_new(FILE_LIMIT);
    json_error_t error;
    bool ok = path ? file_read(path, &text, fail)
                   : buf_put(&text, embedded_find("data/contact/services.json")->content);
    *out = (struct contact_services){0};
    json_t *object =
        ok ? json_loadb((const char *)text.p, text.n, JSON_REJECT_DUPLICATES, &error) : NULL;
    if (ok && !object)
        ok = fail_set(fail, "EFORMAT", "line %d: %s", error.line, error.text);
    ok = ok && take_all(out, object, fail);
    json_decref(object);
    buf_free(&text);
    return ok || !path || !strncmp(fail->text, path, strlen(path)) || fail_prefix(fail, "%s", path);
}

const struct whois_service *contact_services_whois(const struct contact_services *s,
                                                   const char *rdap)
{
    for (size_t i = 0; rdap && i < s->whois_count; i++)
        if (s->whois[i].rdap[0] && strcmp(s->whois[i].rdap, rdap) == 0)
            return &s->whois[i];
    return NULL;
}

const struct whois_service *contact_services_referred(const struct contact_services *s,
                                                      const char *host)
{
    for (size_t i = 0; host[0] && i < s->whois_count; i++)
        if (strcasecmp(s->whois[i].host, host) == 0)
            return &s->whois[i];
    return NULL;
}
