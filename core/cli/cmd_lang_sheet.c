/* ajar lang sheet: a page that puts languages side by side with English, for those who review them. */
#include "base/file.h"
#include "cli/complain.h"
#include "cli/lang_commands.h"
#include "cli/lang_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPT_OUT, PAGE_MOST = 32 * 1024 * 1024 };

static const struct args_option options[] = {
    [OPT_OUT] = {"out", 'o', "FILE", "write the page to FILE, which must not be there yet"},
    {0},
};

const struct args_command cmd_lang_sheet_args = {
    "lang sheet", "[OPTION]... [CODE | FILE.lua]...",
    "Writes a page for a browser, complete in one file, in which each message of the\n"
    "letters stands in English and beside it in other languages (default: all that\n"
    "are built in), and below them what their functions make of dates and numbers.",
    options, "It goes to stdout unless --out is given.\n"};

struct sheet {
    struct lang_file files[LANG_FILES_MOST]; /* English first */
    unsigned count;
    struct buf page;
};

static void put_escaped(struct buf *out, struct bytes text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = text.p[i];
        const char *name = c == '&'   ? "&amp;"
                           : c == '<' ? "&lt;"
                           : c == '>' ? "&gt;"
                           : c == '"' ? "&quot;"
                           : c == '{' ? "<b>{"
                           : c == '}' ? "}</b>"
                                      : NULL;
        if (name)
            buf_put_text(out, name);
        else
            buf_put_byte(out, c);
    }
}

/* `<td lang="nb" dir="ltr">` or th */
static void put_cell(struct sheet *s, const struct lang_file *f, const char *tag, struct bytes text)
{
    bool rtl = strcmp(lang_file_field(f, "direction"), "rtl") == 0;
    buf_printf(&s->page, "<%s lang=\"", tag);
    put_escaped(&s->page, bytes_of(lang_file_field(f, "code")));
    buf_printf(&s->page, "\" dir=\"%s\">", rtl ? "rtl" : "ltr");
    put_escaped(&s->page, text);
    buf_printf(&s->page, "</%s>", tag);
}

static void put_head(struct sheet *s)
{
    buf_put_text(&s->page,
                 "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
                 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                 "style-src 'unsafe-inline'\">\n<title>The letters' languages</title>\n<style>\n"
                 "body { font: 15px/1.4 sans-serif; margin: 1rem; color: #111; background: #fff }\n"
                 "table { border-collapse: collapse }\n"
                 "td, th { border: 1px solid #bbb; padding: .4rem .6rem; vertical-align: top; "
                 "text-align: start; min-width: 18rem; max-width: 30rem }\n"
                 "thead th { position: sticky; top: 0; background: #eee }\n"
                 "th.path { min-width: 11rem; font: 12px monospace; overflow-wrap: anywhere; "
                 "max-width: 14rem }\n"
                 "td.lacking { background: #fdd }\nb { font-weight: normal; color: #06c }\n"
                 "</style>\n<h1>The letters’ languages</h1>\n<table>\n<thead><tr><th "
                 "class=\"path\">message</th>");
    for (unsigned i = 0; i < s->count; i++)
        put_cell(s, &s->files[i], "th", bytes_of(lang_file_field(&s->files[i], "name")));
    buf_put_text(&s->page, "</tr></thead>\n<tbody>\n");
}

static void put_path(struct sheet *s, const char *path)
{
    buf_put_text(&s->page, "<tr><th class=\"path\">");
    put_escaped(&s->page, bytes_of(path));
    buf_put_text(&s->page, "</th>");
}

static void put_row(struct sheet *s, const char *path)
{
    put_path(s, path);
    for (unsigned i = 0; i < s->count; i++) {
        struct bytes text = lang_file_text(&s->files[i], path);
        if (text.n > 0)
            put_cell(s, &s->files[i], "td", text);
        else
            buf_put_text(&s->page, "<td class=\"lacking\"></td>");
    }
    buf_put_text(&s->page, "</tr>\n");
}

/* Those of English in their order, then what others have besides: entries of lists, plural forms, a tone's own way. */
static void put_rows(struct sheet *s)
{
    json_t *done = json_object();
    for (unsigned f = 0; f < s->count; f++) {
        size_t i;
        const json_t *pair;
        json_array_foreach(json_object_get(json_array_get(s->files[f].said, 0), "texts"), i, pair)
        {
            const char *path = json_string_value(json_array_get(pair, 0));
            if (!path || json_object_get(done, path))
                continue;
            json_object_set_new(done, path, json_true());
            put_row(s, path);
        }
    }
    json_decref(done);
}

static const json_t *sample_of(const struct lang_file *f, size_t i)
{
    return json_array_get(json_object_get(json_array_get(f->said, 0), "samples"), i);
}

static void put_samples(struct sheet *s)
{
    for (size_t i = 0; sample_of(&s->files[0], i); i++) {
        put_path(s, json_string_value(json_array_get(sample_of(&s->files[0], i), 0)));
        for (unsigned f = 0; f < s->count; f++) {
            const json_t *text = json_array_get(sample_of(&s->files[f], i), 1);
            put_cell(s, &s->files[f], "td",
                     bytes_at(json_string_value(text), json_string_length(text)));
        }
        buf_put_text(&s->page, "</tr>\n");
    }
}

static bool load(struct sheet *s, char **names, unsigned count, struct fail *fail)
{
    const char *codes[LANG_FILES_MOST];
    unsigned all = lang_codes(codes);
    bool ok = lang_file_load(&s->files[s->count], "en", fail);
    s->count += ok;
    for (unsigned i = 0; ok && i < (count ? count : all); i++) {
        const char *name = count ? names[i] : codes[i];
        if (strcmp(name, "en") == 0)
            continue;
        if (s->count == LANG_FILES_MOST)
            return fail_set(fail, "EUSAGE", "at most %d languages", LANG_FILES_MOST);
        ok = lang_file_load(&s->files[s->count], name, fail);
        s->count += ok;
    }
    return ok;
}

static bool write_page(struct sheet *s, const char *path, struct fail *fail)
{
    put_head(s);
    put_rows(s);
    put_samples(s);
    buf_put_text(&s->page, "</tbody>\n</table>\n</html>\n");
    if (s->page.overflow)
        return fail_set(fail, "ELIMIT", "the page would have over %d bytes", PAGE_MOST);
    if (path)
        return file_create(path, buf_view(&s->page), fail);
    fwrite(s->page.p, 1, s->page.n, stdout);
    return true;
}

static int sheet(const struct args *args, const char *path)
{
    struct fail fail;
    struct sheet *s = calloc(1, sizeof *s);
    if (!s)
        return complain_words("lang sheet", 1, "out of memory");
    s->page = buf_new(PAGE_MOST);
    bool ok =
        load(s, args->operands, (unsigned)args->operand_count, &fail) && write_page(s, path, &fail);
    for (unsigned i = 0; i < s->count; i++)
        lang_file_free(&s->files[i]);
    buf_free(&s->page);
    free(s);
    return ok ? 0 : complain("lang sheet", &fail);
}

int cmd_lang_sheet(int argc, char **argv)
{
    struct args args;
    const char *path = NULL;
    args_begin(&args, &cmd_lang_sheet_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;)
        path = which == OPT_OUT ? args.value : path;
    if (args.status != ARGS_GO_ON)
        return args.status;
    return sheet(&args, path);
}
