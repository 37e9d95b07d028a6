#include "cli/lang_file.h"

#include "base/embedded.h"
#include "base/file.h"
#include "run/composing.h"

#include <stdio.h>
#include <string.h>

enum { SOURCE_MOST = 256 * 1024, CODE = 16, NAMES = 512 };

/* "nb" of "lang/nb.lua"; false: no language. */
static bool code_of(const char *path, char out[CODE])
{
    size_t n = strlen(path);
    if (strncmp(path, "lang/", 5) != 0 || strchr(path + 5, '/') || n < 5 + 2 + 4 ||
        n >= 5 + CODE + 4)
        return false;
    snprintf(out, CODE, "%.*s", (int)(n - 5 - 4), path + 5);
    return true;
}

unsigned lang_codes(const char *out[LANG_FILES_MOST])
{
    static char codes[LANG_FILES_MOST][CODE];
    const struct embedded *list = NULL;
    size_t all = embedded_list(&list);
    unsigned n = 1;
    out[0] = "en";
    for (size_t i = 0; i < all && n < LANG_FILES_MOST; i++)
        if (code_of(list[i].path, codes[n]) && strcmp(codes[n], "en") != 0) {
            out[n] = codes[n];
            n++;
        }
    return n;
}

static bool no_such(const char *name, struct fail *fail)
{
    const char *codes[LANG_FILES_MOST];
    char names[NAMES] = "";
    unsigned count = lang_codes(codes);
    size_t n = 0;
    for (unsigned i = 0; i < count && n < sizeof names; i++)
        n += (size_t)snprintf(names + n, sizeof names - n, "%s%s", i == 0 ? "" : ", ", codes[i]);
    return fail_set(fail, "EUSAGE",
                    "no language '%s' is built in; there is: %s. A file's name ends in .lua", name,
                    names);
}

/* A language's file in the program, by its code. */
static const struct embedded *built_in(const char *name)
{
    const struct embedded *list = NULL;
    size_t n = embedded_list(&list);
    for (size_t i = 0; i < n; i++) {
        char code[CODE];
        if (code_of(list[i].path, code) && strcmp(code, name) == 0)
            return &list[i];
    }
    return NULL;
}

static bool load_source(struct lang_file *f, const char *name, struct fail *fail)
{
    size_t n = strlen(name);
    if (n > 4 && strcmp(name + n - 4, ".lua") == 0) {
        f->path = name;
        f->hold = buf_new(SOURCE_MOST);
        bool ok = file_read_regular(name, &f->hold, fail);
        f->source = buf_view(&f->hold);
        return ok;
    }
    const struct embedded *e = built_in(name);
    if (!e)
        return no_such(name, fail);
    f->path = e->path;
    f->source = e->content;
    f->is_built_in = true;
    return true;
}

bool lang_file_load(struct lang_file *out, const char *name, struct fail *fail)
{
    *out = (struct lang_file){0};
    if (load_source(out, name, fail)) {
        const struct wording letter = {out->path, out->source};
        out->said = composing_texts(&letter, 1, fail);
    }
    if (out->said)
        return true;
    lang_file_free(out);
    return false;
}

void lang_file_free(struct lang_file *f)
{
    json_decref(f->said);
    buf_free(&f->hold);
    *f = (struct lang_file){0};
}

const char *lang_file_field(const struct lang_file *f, const char *field)
{
    const char *text = json_string_value(json_object_get(json_array_get(f->said, 0), field));
    return text ? text : "";
}

struct bytes lang_file_text(const struct lang_file *f, const char *path)
{
    size_t i;
    const json_t *pair;
    json_array_foreach(json_object_get(json_array_get(f->said, 0), "texts"), i, pair)
    {
        const char *name = json_string_value(json_array_get(pair, 0));
        const json_t *text = json_array_get(pair, 1);
        if (name && strcmp(name, path) == 0)
            return bytes_at(json_string_value(text), json_string_length(text));
    }
    return bytes_at(NULL, 0);
}
