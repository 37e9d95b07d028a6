#include "cli/contact_cache.h"

#include "base/json.h"
#include "cli/contact_services.h"
#include "cli/operator_file.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 8 * 1024 * 1024, LINE = 64 * 1024 };

struct kept {
    enum contact_source source;
    instant asked;
    char *service;
    struct contact_answer answer;
};

struct contact_cache {
    struct kept *all; /* by age, the oldest first */
    size_t count;
    bool changed;
};

static void forget(struct contact_cache *c, size_t i)
{
    free(c->all[i].service);
    memmove(&c->all[i], &c->all[i + 1], (c->count - i - 1) * sizeof *c->all);
    c->count--;
}

static bool is_same(const struct kept *k, enum contact_source source, const char *service,
                    const struct contact_answer *answer)
{
    return k->source == source && strcmp(k->service, service) == 0 &&
           addr_equal_ip(&k->answer.first, &answer->first) &&
           addr_equal_ip(&k->answer.last, &answer->last);
}

static void keep(struct contact_cache *c, enum contact_source source, const char *service,
                 instant asked, const struct contact_answer *answer)
{
    char *name = strdup(service);
    for (size_t i = 0; i < c->count; i++)
        if (is_same(&c->all[i], source, service, answer))
            forget(c, i--);
    if (c->count == CACHE_MOST)
        forget(c, 0);
    struct kept *all = name ? realloc(c->all, (c->count + 1) * sizeof *all) : NULL;
    if (!all) {
        free(name);
        return; /* it is asked again, then */
    }
    c->all = all;
    c->all[c->count++] = (struct kept){source, asked, name, *answer};
}

void contact_cache_add(struct contact_cache *c, enum contact_source source, const char *service,
                       instant asked, const struct contact_answer *answer)
{
    if (answer->first.family == ADDR_NONE)
        return;
    keep(c, source, service, asked, answer);
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
    struct contact_answer answer;
    enum contact_source from;
    instant asked;
    if (source && service && time && contact_source_parse(bytes_of(source), &from) &&
        time_parse(bytes_of(time), &asked) && asked >= oldest && asked <= now &&
        read_answer(json_object_get(object, "answer"), &answer))
        keep(c, from, service, asked, &answer);
    json_decref(object);
}

struct contact_cache *contact_cache_load(span max_age, instant now, struct fail *fail)
{
    char path[CONTACT_PLACE];
    struct contact_cache *c = calloc(1, sizeof *c);
    struct buf text = buf_new(FILE_LIMIT);
    if (!c)
        fail_set(fail, "ENOMEM", "out of memory");
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
        free(c->all[i].service);
    free(c->all);
    free(c);
}

static bool holds(const struct contact_answer *range, const struct addr *a)
{
    return range->first.family == a->family && answer_compare(&range->first, a) <= 1 &&
           answer_compare(a, &range->last) <= 1;
}

bool contact_cache_find(const struct contact_cache *c, enum contact_source source,
                        const char *service, const struct addr *about, struct contact_answer *out,
                        instant *asked)
{
    const struct kept *best = NULL;
    for (size_t i = 0; i < c->count; i++) {
        const struct kept *k = &c->all[i];
        if (k->source != source || strcmp(k->service, service) != 0 || !holds(&k->answer, about))
            continue;
        if (!best || answer_compare(&k->answer.first, &best->answer.first) > 1 ||
            answer_compare(&k->answer.last, &best->answer.last) < 1)
            best = k;
    }
    if (!best)
        return false;
    *out = best->answer;
    *asked = best->asked;
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
    buf_put_byte(out, '{');
    answer_put(out, &k->answer);
    buf_put_text(out, "}}\n");
}

bool contact_cache_save(struct contact_cache *c, struct fail *fail)
{
    char path[CONTACT_PLACE];
    struct buf text = buf_new(FILE_LIMIT);
    if (!c->changed)
        return true;
    for (size_t i = 0; i < c->count; i++)
        put_line(&text, &c->all[i]);
    bool ok = text.overflow ? fail_set(fail, "ELIMIT", "the cache of contacts is too large")
                            : operator_file_write(contact_place("contacts.jsonl", path),
                                                  buf_view(&text), fail);
    c->changed = !ok;
    buf_free(&text);
    return ok;
}
