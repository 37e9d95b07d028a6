#include "view/sheet.h"

#include "base/embedded.h"

#include <stdio.h>

enum { FLUSH_FROM = 64 * 1024 };

bool sheet_flush(struct sheet *s, bool all)
{
    if (!s->failed && s->out.overflow)
        s->failed = !fail_set(s->fail, "ENOMEM", "no memory for the page");
    if (s->failed || (!all && s->out.n < FLUSH_FROM))
        return !s->failed;
    s->size += s->out.n;
    if (s->size > SHEET_MOST)
        s->failed =
            !fail_set(s->fail, "ELIMIT", "the page would have more than %llu MiB: " SHEET_SMALLER,
                      SHEET_MOST >> 20);
    else if (!replace_write(s->file, buf_view(&s->out), s->fail))
        s->failed = !fail_prefix(s->fail, "the page can't be written");
    buf_clear(&s->out);
    return !s->failed;
}

void sheet_put(struct sheet *s, const char *html)
{
    buf_put_text(&s->out, html);
}

void sheet_printf(struct sheet *s, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_vprintf(&s->out, format, args);
    va_end(args);
}

void sheet_text(struct sheet *s, struct bytes text)
{
    html_text(&s->out, text, SHEET_TEXT);
}

void sheet_words(struct sheet *s, const char *words)
{
    sheet_text(s, bytes_of(words));
}

json_t *sheet_case_json(const struct bundle_case *c, struct fail *fail)
{
    json_t *json = object_load(c->case_json);
    if (!json)
        fail_set(fail, "EFORMAT", "case %s: case.json is no JSON object", c->id);
    return json;
}

void sheet_fact(struct sheet *s, const char *label, struct bytes text)
{
    if (text.n == 0)
        return;
    sheet_printf(s, "<dt>%s</dt><dd>", label);
    sheet_text(s, text);
    sheet_put(s, "</dd>\n");
}

void sheet_time(struct sheet *s, instant when)
{
    char machine[TIME_TEXT];
    char reader[TIME_TEXT];
    sheet_printf(s, "<time datetime=\"%s\">%s</time>", time_text(when, machine),
                 time_reader_text(when, reader));
}

struct bytes sheet_asset(const char *name)
{
    char path[64];
    snprintf(path, sizeof path, "data/view/%s", name);
    const struct embedded *file = embedded_find(path);
    return file ? file->content : bytes_at(NULL, 0);
}
