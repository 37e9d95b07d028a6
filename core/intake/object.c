#include "intake/object.h"

#include "intake/when.h"

#include <jansson.h>
#include <stdio.h>

enum { NUMBER = 24 };

static json_t *load(struct bytes line)
{
    return json_loadb((const char *)line.p, line.n, 0, NULL);
}

/* IntelMQ writes "source.ip" as one name, or as an object "source" with an "ip" in it. */
static const json_t *get(const json_t *o, const char *path)
{
    char first[32];
    const json_t *found = json_object_get(o, path);
    const char *dot = strchr(path, '.');
    if (found || !dot || dot - path >= (ptrdiff_t)sizeof first)
        return found;
    snprintf(first, sizeof first, "%.*s", (int)(dot - path), path);
    return get(json_object_get(o, first), dot + 1);
}

/* Its text; empty where it is none. */
static struct bytes text_of(const json_t *value)
{
    return json_is_string(value) ? bytes_at(json_string_value(value), json_string_length(value))
                                 : bytes_at(NULL, 0);
}

static struct bytes text_at(const json_t *o, const char *path)
{
    return text_of(get(o, path));
}

/* A number, or a text that is one. */
static struct bytes number_at(const json_t *o, const char *path, char room[NUMBER])
{
    const json_t *value = get(o, path);
    if (!json_is_integer(value))
        return text_of(value);
    snprintf(room, NUMBER, "%lld", (long long)json_integer_value(value));
    return bytes_of(room);
}

static bool take_when(struct entry *e, struct bytes text, struct fail *fail)
{
    return text.n == 0 || when_parse(text, &e->when) ||
           fail_set(fail, "EFORMAT", "\"%.*s\" is no date", text.n > 40 ? 40 : (int)text.n,
                    (const char *)text.p);
}

static enum intake_answer answer_of(bool ok)
{
    return ok ? INTAKE_ENTRY : INTAKE_BAD;
}

/* ---- IntelMQ ---- */

static enum intake_answer intelmq(const json_t *o, struct entry *e, struct fail *fail)
{
    char port[NUMBER];
    char asn[NUMBER];
    struct bytes name = text_at(o, "source.reverse_dns");
    struct bytes number = number_at(o, "source.asn", asn);
    struct bytes country = text_at(o, "source.geolocation.cc");
    if (!get(o, "source.ip"))
        return INTAKE_NOTHING;
    if (!entry_place(e, text_at(o, "source.ip"), number_at(o, "source.port", port), fail) ||
        !take_when(e, text_at(o, "time.source"), fail))
        return INTAKE_BAD;
    entry_copy(e->name, sizeof e->name, name.n ? name : text_at(o, "source.fqdn"));
    if (country.n == 2)
        entry_copy(e->country, sizeof e->country, country);
    if (number.n > 0)
        snprintf(e->network, sizeof e->network, "AS%.*s", (int)(number.n > 10 ? 10 : number.n),
                 (const char *)number.p);
    entry_copy(e->source, sizeof e->source, text_at(o, "feed.name"));
    entry_say(e, "", text_at(o, "classification.type"));
    entry_say(e, "", text_at(o, "classification.identifier"));
    entry_say(e, "protocol", text_at(o, "protocol.application"));
    entry_say(e, "", text_at(o, "event_description.text"));
    return INTAKE_ENTRY;
}

/* ---- ZGrab, ZMap ---- */

/* The first of its services that gave an answer. */
static const json_t *answered(json_t *data, const char **service)
{
    for (void *i = json_object_iter(data); i; i = json_object_iter_next(data, i)) {
        const json_t *value = json_object_iter_value(i);
        *service = json_object_iter_key(i);
        if (bytes_equal_text(text_at(value, "status"), "success"))
            return value;
    }
    return NULL;
}

static enum intake_answer zgrab(const json_t *o, struct entry *e, struct fail *fail)
{
    char room[NUMBER];
    const char *service = NULL;
    const json_t *found = answered(json_object_get(o, "data"), &service);
    if (!found)
        return INTAKE_NOTHING;
    struct bytes port = number_at(found, "port", room);
    struct bytes protocol = text_at(found, "protocol");
    if (port.n == 0)
        port = number_at(o, "port", room);
    if (!entry_place(e, text_at(o, "ip"), port, fail) ||
        !take_when(e, text_at(found, "timestamp"), fail))
        return INTAKE_BAD;
    entry_copy(e->name, sizeof e->name, text_at(o, "domain"));
    entry_say(e, "answers", protocol.n ? protocol : bytes_of(service));
    entry_say(e, "banner", text_at(found, "result.banner"));
    return INTAKE_ENTRY;
}

static enum intake_answer zmap(const json_t *o, struct entry *e, struct fail *fail)
{
    char port[NUMBER];
    char success[NUMBER];
    struct bytes answer = text_at(o, "classification");
    const json_t *succeeded = get(o, "success");
    struct bytes number = number_at(o, "success", success);
    if (json_is_false(succeeded) || bytes_equal_text(number, "0") ||
        bytes_equal_text(answer, "rst"))
        return INTAKE_NOTHING;
    entry_say(e, "", bytes_of("the port answers"));
    entry_say(e, "", answer);
    struct bytes when = text_at(o, "timestamp_str");
    return answer_of(entry_place(e, text_at(o, "saddr"), number_at(o, "sport", port), fail) &&
                     take_when(e, when.n ? when : text_at(o, "timestamp-str"), fail));
}

/* ---- ajar lists --json ---- */

static enum intake_answer listing(const json_t *o, struct entry *e, struct fail *fail)
{
    const json_t *says = json_object_get(o, "says");
    if (!bytes_equal_text(text_at(o, "state"), "listed"))
        return INTAKE_NOTHING;
    entry_copy(e->source, sizeof e->source, text_at(o, "list"));
    for (size_t i = 0; i < json_array_size(says); i++)
        entry_say(e, "", text_at(json_array_get(says, i), "text"));
    entry_say(e, "reason", text_at(o, "reason"));
    return answer_of(entry_place(e, text_at(o, "address"), bytes_at(NULL, 0), fail) &&
                     take_when(e, text_at(o, "asked"), fail));
}

/* ---- */

static bool kind_of(const json_t *o, enum object_kind *out)
{
    if (get(o, "source.ip") || get(o, "classification.type"))
        *out = OBJECT_INTELMQ;
    else if (json_is_object(json_object_get(o, "data")) && json_object_get(o, "ip"))
        *out = OBJECT_ZGRAB;
    else if (json_object_get(o, "saddr"))
        *out = OBJECT_ZMAP;
    else if (json_object_get(o, "address") && json_object_get(o, "state"))
        *out = OBJECT_LISTING;
    else
        return false;
    return true;
}

bool object_kind_of(struct bytes line, enum object_kind *out)
{
    json_t *o = load(line);
    bool known = json_is_object(o) && kind_of(o, out);
    json_decref(o);
    return known;
}

enum intake_answer object_line(enum object_kind kind, struct bytes line, struct entry *out,
                               struct fail *fail)
{
    static enum intake_answer (*const readers[])(const json_t *, struct entry *, struct fail *) = {
        [OBJECT_INTELMQ] = intelmq,
        [OBJECT_ZGRAB] = zgrab,
        [OBJECT_ZMAP] = zmap,
        [OBJECT_LISTING] = listing,
    };
    *out = (struct entry){0};
    if (bytes_trim(line).n == 0)
        return INTAKE_NOTHING;
    json_t *o = load(line);
    enum intake_answer answer = INTAKE_BAD;
    if (json_is_object(o))
        answer = readers[kind](o, out, fail);
    else
        fail_set(fail, "EFORMAT", "this is no JSON object");
    json_decref(o);
    return answer;
}
