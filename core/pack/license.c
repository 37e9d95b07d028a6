#include "pack/license.h"

#include "base/embedded.h"
#include "tape/object.h"

#include <ctype.h>

enum { DEPTH_MOST = 100, WORD_SHOWN = 60 };

struct expression {
    struct bytes rest;
    struct bytes
        word; /* the next one: an identifier, an operator or a parenthesis; empty: the end */
    json_t *lists;
    struct fail *fail;
    unsigned depth;
};

static bool is_word(unsigned char c)
{
    return isalnum(c) || c == '-' || c == '.' || c == '+';
}

/* To the next word; what is no letter of any is one of its own. */
static void go_on(struct expression *e)
{
    size_t from = 0;
    size_t n = 0;
    while (from < e->rest.n && e->rest.p[from] == ' ')
        from++;
    while (from + n < e->rest.n && is_word(e->rest.p[from + n]))
        n++;
    if (n == 0 && from < e->rest.n)
        n = 1;
    e->word = bytes_slice(e->rest, from, from + n);
    e->rest = bytes_slice(e->rest, from + n, e->rest.n);
}

static bool is_next(const struct expression *e, const char *word)
{
    return bytes_equal_text(e->word, word);
}

static bool is_operator(const struct expression *e)
{
    return is_next(e, "AND") || is_next(e, "OR") || is_next(e, "WITH");
}

static int shown(struct bytes word)
{
    return word.n < WORD_SHOWN ? (int)word.n : WORD_SHOWN;
}

static bool expected(const struct expression *e, const char *what)
{
    if (e->word.n == 0)
        return fail_set(e->fail, "EFORMAT", "license: %s is expected at its end", what);
    return fail_set(e->fail, "EFORMAT", "license: %s is expected where '%.*s' stands", what,
                    shown(e->word), (const char *)e->word.p);
}

/* The identifier of this list that the word is, whatever its letters' case, or NULL. */
static const char *find(const struct expression *e, const char *list, struct bytes word)
{
    size_t i;
    const json_t *one;
    json_array_foreach(json_object_get(e->lists, list), i, one)
    {
        if (bytes_equal_nocase(word, json_string_value(one)))
            return json_string_value(one);
    }
    return NULL;
}

static bool is_written_so(const struct expression *e, struct bytes word, const char *name)
{
    return bytes_equal_text(word, name) ||
           fail_set(e->fail, "ELICENSE", "license: '%.*s' is written %s", shown(word),
                    (const char *)word.p, name);
}

/* "LicenseRef-" and letters, digits, '-' and '.'. */
static bool is_reference(struct bytes word)
{
    static const char prefix[] = "LicenseRef-";
    return word.n >= sizeof prefix && memcmp(word.p, prefix, sizeof prefix - 1) == 0 &&
           bytes_index(word, '+', 0) == BYTES_NOT_FOUND;
}

static bool check_license(const struct expression *e, struct bytes word)
{
    struct bytes plain = word.p[word.n - 1] == '+' ? bytes_slice(word, 0, word.n - 1) : word;
    const char *name = find(e, "licenses", plain);
    if (name)
        return is_written_so(e, plain, name);
    name = find(e, "deprecated", plain);
    if (name)
        return fail_set(e->fail, "EDEPRECATED",
                        "license: SPDX has '%s' no more: say which is meant (\"GPL-2.0-only\", "
                        "\"GPL-2.0-or-later\")",
                        name);
    return is_reference(word) ||
           fail_set(e->fail, "ELICENSE",
                    "license: '%.*s' is no licence of SPDX's list, as this ajar has it; one of "
                    "your own is LicenseRef-NAME",
                    shown(word), (const char *)word.p);
}

static bool check_exception(const struct expression *e)
{
    const char *name = find(e, "exceptions", e->word);
    return name ? is_written_so(e, e->word, name)
                : fail_set(e->fail, "ELICENSE",
                           "license: '%.*s' is no exception of SPDX's list, as this ajar has it",
                           shown(e->word), (const char *)e->word.p);
}

static bool is_identifier(const struct expression *e)
{
    return e->word.n > 0 && is_word(e->word.p[0]) && !is_operator(e);
}

/* A licence, with an exception or not. */
static bool read_license(struct expression *e)
{
    if (!is_identifier(e))
        return expected(e, "a licence");
    if (!check_license(e, e->word))
        return false;
    go_on(e);
    if (!is_next(e, "WITH"))
        return true;
    go_on(e);
    if (!is_identifier(e))
        return expected(e, "an exception");
    if (!check_exception(e))
        return false;
    go_on(e);
    return true;
}

static bool read_terms(struct expression *e);

static bool read_term(struct expression *e)
{
    if (!is_next(e, "("))
        return read_license(e);
    if (e->depth++ == DEPTH_MOST)
        return fail_set(e->fail, "EFORMAT", "license: too many parentheses in each other");
    go_on(e);
    if (!read_terms(e))
        return false;
    if (!is_next(e, ")"))
        return expected(e, "AND, OR or ')'");
    e->depth--;
    go_on(e);
    return true;
}

/* What binds closer does not matter to whether it is one. */
static bool read_terms(struct expression *e)
{
    if (!read_term(e))
        return false;
    while (is_next(e, "AND") || is_next(e, "OR")) {
        go_on(e);
        if (!read_term(e))
            return false;
    }
    return true;
}

bool license_check(struct bytes expression, struct fail *fail)
{
    const struct embedded *lists = embedded_find("data/spdx.json");
    struct expression e = {.rest = expression, .fail = fail};
    e.lists = lists ? object_load(lists->content) : NULL;
    if (!e.lists)
        return fail_set(fail, "EBUILD", "data/spdx.json is not built into this program");
    go_on(&e);
    bool ok = read_terms(&e) && (e.word.n == 0 || expected(&e, "AND, OR or its end"));
    json_decref(e.lists);
    return ok;
}
