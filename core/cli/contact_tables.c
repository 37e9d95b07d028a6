/* contact_services: the tables, and where the operator keeps what was fetched. */
#include "cli/contact_services.h"

#include "base/embedded.h"
#include "base/file.h"
#include "cli/operator_file.h"
#include "cli/operator_key.h"
#include "net/fetch.h"
#include "net/input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FETCH_TIME (60 * SPAN_SECOND)

const char *contact_place(const char *name, char out[CONTACT_PLACE])
{
    static const char key[] = "/.config/ajar/ajar.key";
    const char *cache = getenv("XDG_CACHE_HOME");
    char home[OPERATOR_KEY_PATH];
    size_t n = strlen(operator_key_path(home));
    home[n > strlen(key) ? n - strlen(key) : 0] = '\0';
    if (cache && cache[0] == '/')
        snprintf(out, CONTACT_PLACE, "%.*s/ajar/%s", CONTACT_PLACE - 64, cache, name);
    else
        snprintf(out, CONTACT_PLACE, "%.*s/.cache/ajar/%s", CONTACT_PLACE - 64, home, name);
    return out;
}

static const char *fetched_name(size_t i, char out[32])
{
    snprintf(out, 32, "rdap-%zu.json", i + 1);
    return out;
}

static bool add_file(struct bootstrap *b, const char *path, struct fail *fail)
{
    struct buf text = buf_new(BOOTSTRAP_LIMIT);
    bool ok =
        operator_file_read(path, &text, fail) &&
        (text.n == 0 || bootstrap_add(b, buf_view(&text), fail) || fail_prefix(fail, "%s", path));
    buf_free(&text);
    return ok;
}

/* Those that were fetched; none: the built-in one. */
static bool add_default(struct bootstrap *b, struct fail *fail)
{
    char path[CONTACT_PLACE], name[32];
    bool ok = true;
    for (size_t i = 0; ok && i < SERVICES_BOOTSTRAP; i++)
        ok = add_file(b, contact_place(fetched_name(i, name), path), fail);
    return ok && (bootstrap_count(b) > 0 ||
                  bootstrap_add(b, embedded_find("data/contact/rdap.json")->content, fail));
}

static bool load_bootstrap(const char *const *paths, struct bootstrap *b, struct fail *fail)
{
    if (!b)
        return fail_set(fail, "ENOMEM", "out of memory");
    if (!*paths)
        return add_default(b, fail);
    for (; *paths; paths++) {
        struct buf text = buf_new(BOOTSTRAP_LIMIT);
        bool read = file_read(*paths, &text, fail);
        bool ok =
            read && (bootstrap_add(b, buf_view(&text), fail) || fail_prefix(fail, "%s", *paths));
        buf_free(&text);
        if (!ok)
            return false;
    }
    return true;
}

static bool read_rows(struct own_list *l, struct input *in, const char *path, struct fail *fail)
{
    struct bytes line;
    unsigned long number = 0;
    fail->code = NULL;
    while (input_next(in, &line, fail) == INPUT_LINE) {
        number++;
        if (!own_list_line(l, line, fail))
            return fail_prefix(fail, "%s:%lu", path, number);
    }
    own_list_ready(l);
    return fail->code == NULL;
}

static bool load_own(const char *path, struct own_list **out, struct fail *fail)
{
    struct input *in = input_open(path, NULL, fail);
    *out = in ? own_list_new() : NULL;
    if (in && !*out)
        fail_set(fail, "ENOMEM", "out of memory for %s", path);
    bool ok = *out && read_rows(*out, in, path, fail);
    input_close(in);
    return ok;
}

/* The built-in table, and the operator's behind it would be two files: his takes its place. */
static struct certs *load_certs(const char *path, struct fail *fail)
{
    struct buf text = buf_new(BOOTSTRAP_LIMIT);
    if (!path)
        return certs_read(embedded_find("data/contact/certs.json")->content, fail);
    bool read = file_read(path, &text, fail);
    struct certs *c = read ? certs_read(buf_view(&text), fail) : NULL;
    if (read && !c)
        fail_prefix(fail, "%s", path);
    buf_free(&text);
    return c;
}

bool contact_tables_load(const char *const *bootstraps, const char *own, const char *certs,
                         struct contact_tables *out, struct fail *fail)
{
    *out = (struct contact_tables){.bootstrap = bootstrap_new()};
    return load_bootstrap(bootstraps, out->bootstrap, fail) &&
           (!own || load_own(own, &out->own, fail)) && (out->certs = load_certs(certs, fail)) &&
           (out->languages =
                languages_read(embedded_find("data/contact/languages.json")->content, fail));
}

void contact_tables_free(struct contact_tables *t)
{
    bootstrap_free(t->bootstrap);
    own_list_free(t->own);
    certs_free(t->certs);
    languages_free(t->languages);
}

static bool update_one(const char *url, size_t i, struct fail *fail)
{
    char path[CONTACT_PLACE], name[32];
    struct fetch f = {.url = url, .limit = FETCH_TIME};
    struct buf text = buf_new(BOOTSTRAP_LIMIT);
    struct bootstrap *check = bootstrap_new();
    bool ok =
        check && fetch_get(&f, &text, fail) &&
        (bootstrap_add(check, buf_view(&text), fail) || fail_prefix(fail, "%s", url)) &&
        (bootstrap_count(check) > 0 || fail_set(fail, "EFORMAT", "%s: no prefix in it", url)) &&
        operator_file_write(contact_place(fetched_name(i, name), path), buf_view(&text), fail);
    if (ok)
        printf("%s: %zu prefixes, from %s\n", path, bootstrap_count(check), url);
    bootstrap_free(check);
    buf_free(&text);
    return ok;
}

bool contact_bootstrap_update(const struct contact_services *s, struct fail *fail)
{
    for (size_t i = 0; i < s->bootstrap_count; i++)
        if (!update_one(s->bootstrap[i], i, fail))
            return false;
    return s->bootstrap_count > 0 ||
           fail_set(fail, "EUSAGE", "the table of services names no \"bootstrap\"");
}
