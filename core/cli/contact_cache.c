#include "cli/contact_cache.h"

#include "base/json.h"
#include "cli/contact_services.h"
#include "cli/operator_file.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 32 * 1024 * 1024, LINE = 64 * 1024 };

/* The answer is kept as text, which is a tenth of its struct. */
struct kept {
    enum contact_source source;
    const char *service; /* one of the cache's */
    struct addr first;
    struct addr last;
    instant asked;
    char *answer; /* as answer_put writes it, with its braces */
    unsigned long taped[CACHE_TAPED];
    size_t taped_count;
};

struct contact_cache {
    struct kept *all; /* by age, the oldest first */
    size_t count;
    size_t room;
    char **services;
    size_t service_count;
    bool has_file;
    bool changed;
};

static void forget(struct contact_cache *c, size_t i)
{
    free(c->all[i].answer);
    memmove(&c->all[i], &c->all[i + 1], (c->count - i - 1) * sizeof *c->all);
    c->count--;
}

/* NULL: it is not known. */
static const char *known_service(const struct contact_cache *c, const char *service)
{
    for (size_t i = 0; i < c->service_count; i++)
        if (strcmp(c->services[i], service) == 0)
            return c->services[i];
    return NULL;
}

/* NULL: no memory. */
static const char *add_service(struct contact_cache *c, const char *service)
{
    const char *known = known_service(c, service);
    if (known)
        return known;
    char **all = realloc(c->services, (c->service_count + 1) * sizeof *all);
    if (!all)
        return NULL;
    c->services = all;
    all[c->service_count] = strdup(service);
    return all[c->service_count] ? all[c->service_count++] : NULL;
}

static char *text_of(const struct contact_answer *answer)
{
    struct buf out = buf_new(LINE);
    buf_put_byte(&out, '{');
    answer_put(&out, answer);
    buf_put_byte(&out, '}');
    const char *text = out.overflow ? NULL : buf_text(&out);
    char *copy = text ? strdup(text) : NULL;
    buf_free(&out);
    return copy;
}

static bool is_same(const struct kept *k, const struct kept *other)
{
    return k->source == other->source && k->service == other->service &&
           addr_equal_ip(&k->first, &other->first) && addr_equal_ip(&k->last, &other->last);
}

static bool make_room(struct contact_cache *c)
{
    if (c->count == CACHE_MOST)
        forget(c, 0);
    if (c->count < c->room)
        return true;
    size_t room = c->room ? 2 * c->room : 64;
    struct kept *all = realloc(c->all, room * sizeof *all);
    if (!all)
        return false;
    c->all = all;
    c->room = room;
    return true;
}

/* What there is no memory for is asked again, then. */
static void keep(struct contact_cache *c, enum contact_source source, const char *service,
                 const struct contact_kept *what)
{
    struct kept k = {.source = source,
                     .first = what->answer.first,
                     .last = what->answer.last,
                     .asked = what->asked,
                     .service = add_service(c, service),
                     .taped_count = what->taped_count};
    memcpy(k.taped, what->taped, sizeof k.taped);
    if (!k.service || !(k.answer = text_of(&what->answer)))
        return;
    for (size_t i = 0; i < c->count; i++)
        if (is_same(&c->all[i], &k))
            forget(c, i--);
    if (make_room(c))
        c->all[c->count++] = k;
    else
        free(k.answer);
}

void contact_cache_add(struct contact_cache *c, enum contact_source source, const char *service,
                       const struct contact_kept *kept)
{
    if (kept->answer.first.family == ADDR_NONE)
        return;
    keep(c, source, service, kept);
    c->changed = true;
}

static bool read_answer(const json_t *value, struct contact_answer *out)
{
    struct fail ignored;
    char *text = value ? json_dumps(value, JSON_COMPACT) : NULL;
    bool ok = text && answer_get(bytes_of(text), out, &ignored);
    free(text);
    return ok && out->first.family != ADDR_NONE;
}

static void take_line(struct contact_cache *c, struct bytes line, instant oldest, instant now)
{
    json_t *object = json_loadb((const char *)line.p, line.n, JSON_REJECT_DUPLICATES, NULL);
    const char *source = json_string_value(json_object_get(object, "source"));
    const char *service = json_string_value(json_object_get(object, "service"));
    const char *time = json_string_value(json_object_get(object, "asked"));
    struct contact_kept kept = {.taped_count = 0};
    enum contact_source from;
    if (source && service && time && contact_source_parse(bytes_of(source), &from) &&
        time_parse(bytes_of(time), &kept.asked) && kept.asked >= oldest && kept.asked <= now &&
        read_answer(json_object_get(object, "answer"), &kept.answer))
        keep(c, from, service, &kept);
    json_decref(object);
}

struct contact_cache *contact_cache_new(struct fail *fail)
{
    struct contact_cache *c = calloc(1, sizeof *c);
    if (!c)
        fail_set(fail, "ENOMEM", "out of memory");
    return c;
}

struct contact_cache *contact_cache_load(span max_age, instant now, struct fail *fail)
{
    char path[CONTACT_PLACE];
    struct contact_cache *c = contact_cache_new(fail);
    struct buf text = buf_new(FILE_LIMIT);
    if (c)
        c->has_file = true;
    bool ok = c && operator_file_read(contact_place("contacts.jsonl", path), &text, fail);
    for (struct bytes rest = buf_view(&text); ok && rest.n > 0;) {
        size_t end = bytes_index(rest, '\n', 0);
        end = end == BYTES_NOT_FOUND ? rest.n : end;
        if (end > 0)
            take_line(c, bytes_slice(rest, 0, end), now - (max_age ? max_age : CACHE_AGE), now);
        rest = bytes_slice(rest, end + 1, rest.n);
    }
    buf_free(&text);
    if (ok)
        return c;
    contact_cache_free(c);
    return NULL;
}

void contact_cache_free(struct contact_cache *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->count; i++)
        free(c->all[i].answer);
    for (size_t i = 0; i < c->service_count; i++)
        free(c->services[i]);
    free(c->services);
    free(c->all);
    free(c);
}

static bool holds(const struct kept *k, const struct addr *a)
{
    return k->first.family == a->family && answer_compare(&k->first, a) <= 1 &&
           answer_compare(a, &k->last) <= 1;
}

bool contact_cache_find(const struct contact_cache *c, enum contact_source source,
                        const char *service, const struct addr *about, struct contact_kept *out)
{
    const char *known = known_service(c, service);
    const struct kept *best = NULL;
    struct fail ignored;
    for (size_t i = 0; known && i < c->count; i++) {
        const struct kept *k = &c->all[i];
        if (k->source != source || k->service != known || !holds(k, about))
            continue;
        if (!best || answer_compare(&k->first, &best->first) > 1 ||
            answer_compare(&k->last, &best->last) < 1)
            best = k;
    }
    if (!best || !answer_get(bytes_of(best->answer), &out->answer, &ignored))
        return false;
    out->asked = best->asked;
    out->taped_count = best->taped_count;
    memcpy(out->taped, best->taped, sizeof out->taped);
    return true;
}

static void put_line(struct buf *out, const struct kept *k)
{
    char time[TIME_TEXT];
    buf_put_byte(out, '{');
    json_put_member_text(out, "source", contact_source_name(k->source));
    json_put_member_text(out, "service", k->service);
    json_put_member_text(out, "asked", time_text(k->asked, time));
    json_put_name(out, "answer");
    buf_put_text(out, k->answer);
    buf_put_text(out, "}\n");
}

/* The first of the newest that the file has room for. */
static size_t first_to_save(const struct contact_cache *c)
{
    enum { AROUND = 2 * 1024 }; /* more than the rest of a line has */
    size_t i = c->count, n = 0;
    while (i > 0 && (n += strlen(c->all[i - 1].answer) + AROUND) < FILE_LIMIT)
        i--;
    return i;
}

bool contact_cache_save(struct contact_cache *c, struct fail *fail)
{
    char path[CONTACT_PLACE];
    struct buf text = buf_new(FILE_LIMIT);
    if (!c->changed || !c->has_file)
        return true;
    for (size_t i = first_to_save(c); i < c->count; i++)
        put_line(&text, &c->all[i]);
    bool ok = operator_file_write(contact_place("contacts.jsonl", path), buf_view(&text), fail);
    c->changed = !ok;
    buf_free(&text);
    return ok;
}
