/* A case's dialogue: a row for each line that was said, and beside the deciding ones what they mean. */
#include "view/sheet.h"

#include "tape/print.h"

enum { RECORD_MOST = 4096 };

struct dialogue {
    struct sheet *s;
    const char *id;
    const json_t *steps;
    unsigned line; /* whose rows are being put; 0: none yet */
};

static bool is_deciding(const struct dialogue *d, unsigned line)
{
    for (size_t i = 0; i < json_array_size(d->steps); i++)
        if (json_integer_value(json_object_get(json_array_get(d->steps, i), "line")) ==
            (json_int_t)line)
            return true;
    return false;
}

static void put_step(struct sheet *s, const json_t *step)
{
    sheet_put(s, "<tr class=\"means deciding\"><td></td><td></td><td>so</td><td>");
    sheet_text(s, sheet_member(step, "say"));
    sheet_put(s, "</td></tr>\n");
}

/* Behind the rows of a line: what the verdict makes of it. */
static void end_line(struct dialogue *d)
{
    for (size_t i = 0; d->line > 0 && i < json_array_size(d->steps); i++) {
        const json_t *step = json_array_get(d->steps, i);
        if (json_integer_value(json_object_get(step, "line")) == (json_int_t)d->line)
            put_step(d->s, step);
    }
}

static const char *class_of(enum print_ink ink)
{
    return ink == INK_SENT     ? "sent"
           : ink == INK_CAME   ? "came"
           : ink == INK_REMARK ? "means"
                               : "event";
}

static const char *word_of(const struct print_cells *row)
{
    return row->of == INK_SENT     ? "sent"
           : row->of == INK_CAME   ? "came"
           : row->of == INK_REMARK ? "means"
           : row->of == INK_FAINT  ? "more"
                                   : "event";
}

static void put_cells(void *arg, const struct print_cells *row)
{
    struct dialogue *d = arg;
    struct sheet *s = d->s;
    bool first = row->line != d->line;
    if (first)
        end_line(d);
    d->line = row->line;
    sheet_printf(s, "<tr class=\"%s%s\"", class_of(row->of),
                 is_deciding(d, row->line) ? " deciding" : "");
    if (first)
        sheet_printf(s, " id=\"%s-l%u\"", d->id, row->line);
    if (row->of == INK_SENT || row->of == INK_CAME)
        sheet_printf(s, " data-line=\"%u\"", row->line);
    sheet_put(s, ">");
    if (row->further)
        sheet_put(s, "<td></td><td></td>");
    else
        sheet_printf(s, "<td>%u</td><td>%.3f</td>", row->line,
                     row->hidden ? 0.0 : (double)row->t / 1e6);
    sheet_printf(s, "<td>%s</td><td>",
                 row->hidden                             ? "hidden"
                 : row->further && row->of != INK_REMARK ? ""
                                                         : word_of(row));
    sheet_put(s, row->of == INK_SENT || row->of == INK_CAME ? "<code>" : "");
    if (row->hidden)
        sheet_put(s, "this record was redacted");
    sheet_text(s, row->text);
    sheet_put(s, row->of == INK_SENT || row->of == INK_CAME ? "</code>" : "");
    sheet_put(s, "</td></tr>\n");
    sheet_flush(s, false);
}

bool sheet_dialogue(struct sheet *s, const struct bundle_case *c, const json_t *json)
{
    struct fail fail;
    struct buf nothing = buf_new(1024);
    struct dialogue d = {.s = s, .id = c->id, .steps = json_object_get(json, "steps")};
    struct print_options options = {
        .most = RECORD_MOST, .bare = true, .cells = put_cells, .arg = &d};
    sheet_printf(
        s,
        "<details class=\"talk\"%s><summary>Dialogue</summary>\n<div class=\"scroll\" "
        "tabindex=\"0\" "
        "role=\"region\" aria-label=\"Dialogue of %s\"><table class=\"dialogue\"><thead><tr>"
        "<th scope=\"col\">Line</th><th scope=\"col\">Seconds</th><th scope=\"col\">What</th>"
        "<th scope=\"col\">Bytes and meaning</th></tr></thead>\n<tbody>\n",
        bytes_equal_text(sheet_member(json, "verdict"), "open") ? " open" : "", c->id);
    bool ok = print_tape(&nothing, c->tape, &options, &fail);
    end_line(&d);
    sheet_put(s, "</tbody></table></div>\n");
    if (!ok) {
        sheet_put(s, "<p class=\"fault\">The tape can&#39;t be read further: ");
        sheet_words(s, fail.text);
        sheet_put(s, "</p>\n");
    }
    sheet_put(s, "</details>\n");
    buf_free(&nothing);
    return sheet_flush(s, false);
}
