#include "cli/lang_profile.h"

#include "run/composing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH = 160, KEYS_MOST = 200 };

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The keys of an object, of very many the first, sorted: as they come from Lua their order is none. */
static size_t keys_of(json_t *object, const char *out[KEYS_MOST])
{
    size_t n = 0;
    const char *key = NULL;
    json_t *member = NULL;
    json_object_foreach(object, key, member)
    {
        if (n < KEYS_MOST)
            out[n++] = key;
    }
    qsort(out, n, sizeof out[0], by_text);
    return n;
}

json_t *lang_profile_load(struct bytes source, const char *name, struct fail *fail)
{
    const struct composing_order order = {
        .profile = source, .profile_name = name, .language = "en"};
    struct composing *composing = composing_new(&order, fail);
    json_t *profile = composing ? json_incref(composing_profile(composing)) : NULL;
    composing_free(composing);
    return profile;
}

static struct bytes text_of(const json_t *text)
{
    return bytes_at(json_string_value(text), json_string_length(text));
}

/* Texts by languages have English among them, and nothing else in a profile does. */
static bool is_by_language(const json_t *value)
{
    const json_t *english = json_object_get(value, "en");
    return json_is_string(english) || json_is_array(english);
}

/* Calls for each table of texts by languages: the profile's own, and those in its lists (links, sources). */
typedef void (*each_table)(void *arg, const char *path, json_t *by_language);

static void each_of(json_t *value, const char *path, unsigned depth, each_table take, void *arg)
{
    enum { DEPTH_MOST = 3 };
    char below[PATH];
    const char *keys[KEYS_MOST];
    json_t *member = NULL;
    size_t i = 0;
    if (is_by_language(value)) {
        take(arg, path, value);
        return;
    }
    if (depth == DEPTH_MOST)
        return;
    size_t n = keys_of(value, keys);
    for (size_t k = 0; k < n; k++) {
        snprintf(below, sizeof below, "%s%s%s", path, *path ? "." : "", keys[k]);
        each_of(json_object_get(value, keys[k]), below, depth + 1, take, arg);
    }
    json_array_foreach(value, i, member)
    {
        snprintf(below, sizeof below, "%s.%zu", path, i + 1);
        each_of(member, below, depth + 1, take, arg);
    }
}

struct taking {
    lang_profile_take take;
    void *arg;
};

/* A text, or a list of them. */
static void take_own(const struct taking *t, const char *path, const char *language,
                     const json_t *own, const json_t *english)
{
    char at[PATH + 40];
    if (!json_is_array(own)) {
        snprintf(at, sizeof at, "%s.%s", path, language);
        t->take(t->arg, at, language, text_of(own), text_of(english));
        return;
    }
    for (size_t i = 0; i < json_array_size(own); i++) {
        snprintf(at, sizeof at, "%s.%s.%zu", path, language, i + 1);
        t->take(t->arg, at, language, text_of(json_array_get(own, i)),
                text_of(json_array_get(english, i)));
    }
}

static void take_table(void *arg, const char *path, json_t *by_language)
{
    const char *languages[KEYS_MOST];
    size_t n = keys_of(by_language, languages);
    for (size_t i = 0; i < n; i++)
        take_own(arg, path, languages[i], json_object_get(by_language, languages[i]),
                 json_object_get(by_language, "en"));
}

void lang_profile_each(json_t *profile, lang_profile_take take, void *arg)
{
    struct taking t = {take, arg};
    each_of(profile, "", 0, take_table, &t);
}

static void learn_languages(void *arg, const char *path, json_t *by_language)
{
    const char *language = NULL;
    json_t *own = NULL;
    (void)path;
    json_object_foreach(by_language, language, own)
    {
        json_object_set_new(arg, language, json_true());
    }
}

struct missing {
    json_t *languages;
    lang_profile_miss miss;
    void *arg;
};

static void find_missing(void *arg, const char *path, json_t *by_language)
{
    const struct missing *m = arg;
    const char *languages[KEYS_MOST];
    size_t n = keys_of(m->languages, languages);
    for (size_t i = 0; i < n; i++)
        if (!json_object_get(by_language, languages[i]))
            m->miss(m->arg, path, languages[i]);
}

void lang_profile_missing(json_t *profile, lang_profile_miss miss, void *arg)
{
    json_t *languages = json_object();
    struct missing m = {languages, miss, arg};
    each_of(profile, "", 0, learn_languages, languages);
    each_of(profile, "", 0, find_missing, &m);
    json_decref(languages);
}
