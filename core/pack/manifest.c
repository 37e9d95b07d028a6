#include "pack/manifest.h"

#include "base/json_place.h"
#include "base/text.h"
#include "tape/object.h"

#include <stdio.h>
#include <string.h>

enum { PART_MOST = 32 };

static const char *const members[] = {"pack",    "name",    "version",     "api",
                                      "summary", "license", "maintainers", "capabilities",
                                      "limits",  "probes",  "letters",     "requires"};

/* Reading, and where faults are told. */
struct reading {
    json_t *object;
    struct manifest *m;
    manifest_fault *fault;
    void *arg;
    bool faulty;
};

/* What was read there, or why it could not be. */
static bool hold(struct reading *r, const char *path, bool ok, const struct fail *fail)
{
    if (!ok)
        r->fault(r->arg, path, fail);
    r->faulty |= !ok;
    return ok;
}

static bool refuse(struct fail *fail, const char *member, const char *why)
{
    return fail_set(fail, "EFORMAT", "%s: %s", member, why);
}

static bool is_part(struct bytes part)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    for (size_t i = 0; i < part.n; i++)
        if (!memchr(letters, part.p[i], sizeof letters - 1))
            return false;
    return part.n > 0 && part.n <= PART_MOST && part.p[0] != '-';
}

bool manifest_is_name(struct bytes name)
{
    size_t slash = bytes_index(name, '/', 0);
    return slash != BYTES_NOT_FOUND && is_part(bytes_slice(name, 0, slash)) &&
           is_part(bytes_slice(name, slash + 1, name.n));
}

const char *manifest_short_name(const struct manifest *m)
{
    return strchr(m->name, '/') + 1;
}

static bool is_known(const char *member)
{
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        if (strcmp(member, members[i]) == 0)
            return true;
    return false;
}

static void only_known(struct reading *r)
{
    const char *name;
    json_t *value;
    json_object_foreach(r->object, name, value)
    {
        struct fail fail;
        if (!is_known(name))
            hold(r, name, refuse(&fail, name, "there is no such member"), &fail);
    }
}

/* Something that grows: what was made for an earlier one goes on. */
static bool check_number(const json_t *object, const char *member, json_int_t newest,
                         struct fail *fail)
{
    const json_t *value = json_object_get(object, member);
    if (!json_is_integer(value))
        return fail_set(
            fail, "EFORMAT",
            "%s: it is missing, or no whole number; this ajar knows %" JSON_INTEGER_FORMAT, member,
            newest);
    return (json_integer_value(value) >= 1 && json_integer_value(value) <= newest) ||
           fail_set(fail, "EVERSION",
                    "%s: it is %" JSON_INTEGER_FORMAT "; this ajar knows %" JSON_INTEGER_FORMAT
                    ": another ajar is needed",
                    member, json_integer_value(value), newest);
}

static bool copy_line(const json_t *value, const char *member, char *out, size_t size,
                      struct fail *fail)
{
    struct bytes text = bytes_at(json_string_value(value), json_string_length(value));
    if (!json_is_string(value) || text.n == 0 || text.n >= size || !text_is_printable(text))
        return fail_set(fail, "EFORMAT", "%s: a line of 1 to %zu bytes is wanted", member,
                        size - 1);
    memcpy(out, text.p, text.n);
    out[text.n] = '\0';
    return true;
}

static bool is_reserved(const char *name)
{
    static const char *const words[] = {"ajar/", "builtin/", "local/", "relay/", "proxy/"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strncmp(name, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

static bool read_name(const json_t *object, struct manifest *m, struct fail *fail)
{
    struct bytes name = object_text(object, "name");
    if (!manifest_is_name(name))
        return refuse(fail, "name",
                      "\"org/pack\" is wanted: each part of a-z, 0-9 and \"-\", at most 32");
    memcpy(m->name, name.p, name.n);
    return !is_reserved(m->name) ||
           refuse(fail, "name",
                  "no pack bears the names ajar/, builtin/, local/, relay/ and proxy/: they mean "
                  "what is built in, scripts by path, and probes");
}

static bool read_version(const json_t *object, struct manifest *m, struct fail *fail)
{
    return version_parse(object_text(object, "version"), &m->version, fail) ||
           fail_prefix(fail, "version");
}

/* An SPDX expression by its letters alone: which identifiers there are changes every few months. */
static bool read_license(const json_t *object, struct manifest *m, struct fail *fail)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "-.+() ";
    if (!copy_line(json_object_get(object, "license"), "license", m->license, sizeof m->license,
                   fail))
        return false;
    return m->license[strspn(m->license, letters)] == '\0' ||
           refuse(fail, "license", "an SPDX expression is wanted: \"Apache-2.0\"");
}

/* Calls take for each member of an array; a missing one is empty. */
static void each(struct reading *r, const char *member, unsigned most,
                 bool (*take)(struct manifest *m, const json_t *value, struct fail *fail))
{
    size_t i;
    const json_t *value;
    char path[64];
    struct fail fail;
    const json_t *list = json_object_get(r->object, member);
    if (list && (!json_is_array(list) || json_array_size(list) > most)) {
        fail_set(&fail, "EFORMAT", "%s: a list of at most %u is wanted", member, most);
        hold(r, member, false, &fail);
        return;
    }
    json_array_foreach(list, i, value)
    {
        snprintf(path, sizeof path, "%s[%zu]", member, i);
        hold(r, path, take(r->m, value, &fail), &fail);
    }
}

static bool take_maintainer(struct manifest *m, const json_t *value, struct fail *fail)
{
    bool ok =
        copy_line(value, "maintainers", m->maintainers[m->maintainer_count], MANIFEST_LINE, fail);
    m->maintainer_count += ok;
    return ok;
}

static bool take_capability(struct manifest *m, const json_t *value, struct fail *fail)
{
    enum capability c;
    struct bytes name = bytes_at(json_string_value(value), json_string_length(value));
    if (!capability_parse(name, &c))
        return refuse(fail, "capabilities", "each is smtp, http, socks, tcp, udp or dns");
    if (m->capabilities & 1U << c)
        return fail_set(fail, "EFORMAT", "capabilities: \"%s\" stands there twice",
                        capability_name(c));
    m->capabilities |= 1U << c;
    return true;
}

static bool take_limit(struct limits *limits, const char *name, const json_t *value,
                       struct fail *fail)
{
    const struct {
        const char *name;
        unsigned *at;
        unsigned least, most;
    } known[] = {{"seconds", &limits->seconds, 1, LIMITS_SECONDS},
                 {"connections", &limits->connections, 1, LIMITS_CONNECTIONS},
                 {"memory", &limits->memory, LIMITS_MEMORY_LEAST, LIMITS_MEMORY}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(name, known[i].name) != 0)
            continue;
        json_int_t n = json_is_integer(value) ? json_integer_value(value) : 0;
        *known[i].at = n >= known[i].least && n <= known[i].most ? (unsigned)n : 0;
        return *known[i].at > 0 ||
               fail_set(fail, "EFORMAT", "limits: %s is a whole number from %u to %u", name,
                        known[i].least, known[i].most);
    }
    return refuse(fail, "limits", "there are seconds, connections and memory (MiB)");
}

static void read_limits(struct reading *r)
{
    const char *name;
    json_t *value;
    char path[MANIFEST_LINE];
    struct fail fail;
    json_t *limits = json_object_get(r->object, "limits");
    if (limits && !json_is_object(limits))
        hold(r, "limits", refuse(&fail, "limits", "an object is wanted: {\"seconds\": 60}"), &fail);
    json_object_foreach(limits, name, value)
    {
        snprintf(path, sizeof path, "limits.%s", name);
        hold(r, path, take_limit(&r->m->limits, name, value, &fail), &fail);
    }
}

/* "probes/x.lua": in this folder itself, with letters that every file system has. */
static bool copy_path(const json_t *value, const char *member, char out[][MANIFEST_PATH],
                      unsigned *count, struct fail *fail)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    char *path = out[*count];
    size_t folder = strlen(member) + 1;
    if (!copy_line(value, member, path, MANIFEST_PATH, fail))
        return false;
    size_t n = strlen(path);
    bool fits = strncmp(path, member, folder - 1) == 0 && path[folder - 1] == '/' &&
                n > folder + 4 && strcmp(path + n - 4, ".lua") == 0 &&
                path[folder + strspn(path + folder, letters)] == '\0' &&
                !strchr(".-", path[folder]);
    if (!fits)
        return fail_set(fail, "EFORMAT", "%s: \"%s\" is no name of the form %s/FILE.lua", member,
                        path, member);
    for (unsigned i = 0; i < *count; i++)
        if (strcmp(out[i], path) == 0)
            return fail_set(fail, "EFORMAT", "%s: \"%s\" stands there twice", member, path);
    ++*count;
    return true;
}

static bool take_probe(struct manifest *m, const json_t *value, struct fail *fail)
{
    return copy_path(value, "probes", m->probes, &m->probe_count, fail);
}

static bool take_letter(struct manifest *m, const json_t *value, struct fail *fail)
{
    return copy_path(value, "letters", m->letters, &m->letter_count, fail);
}

static bool take_need(struct manifest *m, const char *name, const json_t *range, struct fail *fail)
{
    struct manifest_need *need = &m->needs[m->need_count];
    if (!manifest_is_name(bytes_of(name)))
        return refuse(fail, "requires", "each name is that of a pack, \"org/pack\"");
    snprintf(need->name, sizeof need->name, "%s", name);
    if (strcmp(name, m->name) == 0)
        return refuse(fail, "requires", "a pack can't require itself");
    if (!copy_line(range, "requires", need->range_text, sizeof need->range_text, fail))
        return false;
    if (!version_range_parse(bytes_of(need->range_text), &need->range, fail))
        return fail_prefix(fail, "requires: %s", name);
    m->need_count++;
    return true;
}

static void read_needs(struct reading *r)
{
    const char *name;
    json_t *range;
    char path[MANIFEST_LINE];
    struct fail fail;
    json_t *list = json_object_get(r->object, "requires");
    if (list && (!json_is_object(list) || json_object_size(list) > MANIFEST_REQUIRES)) {
        fail_set(&fail, "EFORMAT", "requires: an object of at most %d packs is wanted",
                 MANIFEST_REQUIRES);
        hold(r, "requires", false, &fail);
        return;
    }
    json_object_foreach(list, name, range)
    {
        snprintf(path, sizeof path, "requires.%s", name);
        hold(r, path, take_need(r->m, name, range, &fail), &fail);
    }
}

/* What must be there of one piece. */
static void read_members(struct reading *r)
{
    struct manifest *m = r->m;
    struct fail fail;
    hold(r, "name", read_name(r->object, m, &fail), &fail);
    hold(r, "version", read_version(r->object, m, &fail), &fail);
    if (hold(r, "api", check_number(r->object, "api", MANIFEST_API, &fail), &fail))
        m->api = (unsigned)json_integer_value(json_object_get(r->object, "api"));
    hold(r, "summary",
         copy_line(json_object_get(r->object, "summary"), "summary", m->summary, sizeof m->summary,
                   &fail),
         &fail);
    hold(r, "license", read_license(r->object, m, &fail), &fail);
}

/* Of a list that is faulty it is not told that it is empty too. */
static void check_counts(struct reading *r)
{
    struct fail fail;
    const json_t *who = json_object_get(r->object, "maintainers");
    if (!who || (json_is_array(who) && json_array_size(who) == 0))
        hold(r, "maintainers",
             refuse(&fail, "maintainers", "at least one is wanted: \"Name <name@example.org>\""),
             &fail);
    if (!r->faulty && r->m->probe_count + r->m->letter_count == 0)
        hold(r, "probes", refuse(&fail, "probes", "a pack holds at least one probe or letter"),
             &fail);
}

static void read_all(struct reading *r)
{
    struct fail fail;
    if (!hold(r, "pack", check_number(r->object, "pack", MANIFEST_FORMAT, &fail), &fail) &&
        strcmp(fail.code, "EVERSION") == 0)
        return; /* of what another format holds nothing is known */
    only_known(r);
    read_members(r);
    each(r, "maintainers", MANIFEST_MAINTAINERS, take_maintainer);
    each(r, "capabilities", CAPABILITIES, take_capability);
    read_limits(r);
    each(r, "probes", MANIFEST_PROBES, take_probe);
    each(r, "letters", MANIFEST_LETTERS, take_letter);
    read_needs(r);
    check_counts(r);
}

bool manifest_read(struct bytes text, struct manifest *out, manifest_fault *fault, void *arg)
{
    struct fail fail;
    struct reading r = {.m = out, .fault = fault, .arg = arg};
    *out = (struct manifest){0};
    if (text.n > MANIFEST_LIMIT) {
        fail_set(&fail, "ELIMIT", "a pack.json may have %d bytes", MANIFEST_LIMIT);
        return hold(&r, "", false, &fail);
    }
    json_t *object = object_load_or(text, &fail);
    r.object = object;
    if (hold(&r, "", object != NULL, &fail))
        read_all(&r);
    json_decref(object);
    return !r.faulty;
}

struct first {
    struct fail *fail;
    bool any;
};

static void keep_first(void *arg, const char *path, const struct fail *why)
{
    struct first *f = arg;
    (void)path;
    if (!f->any)
        *f->fail = *why;
    f->any = true;
}

bool manifest_parse(struct bytes text, struct manifest *out, struct fail *fail)
{
    struct first first = {.fail = fail};
    return manifest_read(text, out, keep_first, &first);
}

void manifest_where(struct bytes text, const char *path, const struct fail *why, unsigned *line,
                    unsigned *column)
{
    if (path[0])
        json_place_find(text, path, line, column);
    else
        object_where(text, why, line, column);
}
