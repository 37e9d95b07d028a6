/* rdap: who answers for which address. */
#include "contact/rdap.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

enum { URLS = 256 };

struct entry {
    struct prefix prefix;
    unsigned url;
};

struct bootstrap {
    char urls[URLS][RDAP_URL];
    size_t url_count;
    struct entry entries[BOOTSTRAP_PREFIXES];
    size_t count;
};

struct bootstrap *bootstrap_new(void)
{
    return calloc(1, sizeof(struct bootstrap));
}

void bootstrap_free(struct bootstrap *b)
{
    free(b);
}

/* "http://127.0.0.1:8080/" and "http://[::1]/": for tests, and for a mirror on the same machine. */
static bool is_loopback_url(struct bytes url)
{
    struct addr at;
    url = bytes_slice(url, strlen("http://"), url.n);
    size_t end = bytes_index(url, '/', 0);
    return addr_parse(bytes_slice(url, 0, end == BYTES_NOT_FOUND ? url.n : end), &at) &&
           addr_is_loopback(&at);
}

static bool is_url(struct bytes url)
{
    bool secure = bytes_starts_nocase(url, "https://");
    if (!secure && !(bytes_starts_nocase(url, "http://") && is_loopback_url(url)))
        return false;
    if (url.n + 2 > RDAP_URL || url.n <= strlen("https://"))
        return false;
    for (size_t i = 0; i < url.n; i++)
        if (url.p[i] <= ' ' || url.p[i] >= 0x7f || strchr("@?#\"\\<>", url.p[i]))
            return false;
    return true;
}

/* The number of the URL in the table. False: no room. */
static bool add_url(struct bootstrap *b, struct bytes url, unsigned *out)
{
    char text[RDAP_URL];
    snprintf(text, sizeof text, "%.*s%s", (int)url.n, (const char *)url.p,
             url.p[url.n - 1] == '/' ? "" : "/");
    for (*out = 0; *out < b->url_count; (*out)++)
        if (strcmp(b->urls[*out], text) == 0)
            return true;
    if (b->url_count == URLS)
        return false;
    memcpy(b->urls[b->url_count++], text, sizeof text);
    return true;
}

static struct bytes choose_url(const json_t *urls)
{
    for (size_t i = 0; i < json_array_size(urls); i++) {
        const char *text = json_string_value(json_array_get(urls, i));
        if (text && is_url(bytes_of(text)))
            return bytes_of(text);
    }
    return bytes_at(NULL, 0);
}

/* "com", "64496-64511": not what is asked for here. */
static bool is_prefix(const char *text)
{
    return strchr(text, '/') != NULL;
}

static bool add_prefix(struct bootstrap *b, const char *text, unsigned url, struct fail *fail)
{
    struct entry entry = {.url = url};
    if (!prefix_parse(bytes_of(text), &entry.prefix))
        return fail_set(fail, "EFORMAT", "%.60s is no prefix of addresses", text);
    if (b->count == BOOTSTRAP_PREFIXES)
        return fail_set(fail, "ELIMIT", "over %d prefixes", BOOTSTRAP_PREFIXES);
    b->entries[b->count++] = entry;
    return true;
}

static bool add_service(struct bootstrap *b, const json_t *service, struct fail *fail)
{
    const json_t *prefixes = json_array_get(service, 0);
    const json_t *urls = json_array_get(service, 1);
    unsigned url = 0;
    if (!json_is_array(prefixes) || !json_is_array(urls))
        return fail_set(fail, "EFORMAT", "a service is [[PREFIX, ...], [URL, ...]]");
    for (size_t i = 0; i < json_array_size(prefixes); i++) {
        const char *text = json_string_value(json_array_get(prefixes, i));
        if (!text)
            return fail_set(fail, "EFORMAT", "a service is [[PREFIX, ...], [URL, ...]]");
        if (!is_prefix(text))
            continue;
        struct bytes chosen = choose_url(urls);
        if (chosen.n == 0)
            return fail_set(fail, "EFORMAT",
                            "%.60s: no https URL (http is for addresses of loopback alone)", text);
        if (!add_url(b, chosen, &url))
            return fail_set(fail, "ELIMIT", "over %d URLs", URLS);
        if (!add_prefix(b, text, url, fail))
            return false;
    }
    return true;
}

bool bootstrap_add(struct bootstrap *b, struct bytes json, struct fail *fail)
{
    json_error_t error;
    json_t *object = json_loadb(json.n ? (const char *)json.p : "", json.n, 0, &error);
    const json_t *services = json_object_get(object, "services");
    bool ok = json_is_array(services) ||
              fail_set(fail, "EFORMAT", "no bootstrap file of RDAP (RFC 9224): no \"services\"");
    for (size_t i = 0; ok && i < json_array_size(services); i++)
        ok = add_service(b, json_array_get(services, i), fail);
    json_decref(object);
    return ok;
}

const char *bootstrap_find(const struct bootstrap *b, const struct addr *a)
{
    const struct entry *best = NULL;
    for (size_t i = 0; i < b->count; i++) {
        const struct entry *e = &b->entries[i];
        if (prefix_contains(&e->prefix, a) && (!best || e->prefix.bits >= best->prefix.bits))
            best = e;
    }
    return best ? b->urls[best->url] : NULL;
}

const char *bootstrap_url(const struct bootstrap *b, size_t n)
{
    return n < b->url_count ? b->urls[n] : NULL;
}

size_t bootstrap_count(const struct bootstrap *b)
{
    return b->count;
}
