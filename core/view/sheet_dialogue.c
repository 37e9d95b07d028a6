/* A case's dialogue: a row for each line that was said, and beside the deciding ones what they mean. */
#include "view/sheet.h"

#include "tape/print.h"

#include <stdlib.h>

enum { RECORD_MOST = 4096 };

struct deciding {
    json_int_t line; /* of the tape */
    size_t at;       /* of the step, in their list */
};

struct dialogue {
    struct sheet *s;
    const char *id;
    const json_t *steps;
    struct deciding deciding[SHEET_STEPS]; /* by their lines, then by their places */
    size_t deciding_count;
    unsigned line; /* whose rows are being put; 0: none yet */
    size_t rows;   /* of the tape's; what is over SHEET_ROWS is not put */
};

static int by_line(const void *a, const void *b)
{
    const struct deciding *x = a;
    const struct deciding *y = b;
    return x->line != y->line ? (x->line > y->line) - (x->line < y->line)
                              : (x->at > y->at) - (x->at < y->at);
}

static void sort_steps(struct dialogue *d)
{
    for (size_t i = 0; i < json_array_size(d->steps) && i < SHEET_STEPS; i++)
        d->deciding[d->deciding_count++] = (struct deciding){
            json_integer_value(json_object_get(json_array_get(d->steps, i), "line")), i};
    qsort(d->deciding, d->deciding_count, sizeof d->deciding[0], by_line);
}

/* The place of the first step at this line or behind it. */
static size_t first_step(const struct dialogue *d, unsigned line)
{
    size_t low = 0;
    size_t high = d->deciding_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (d->deciding[middle].line < (json_int_t)line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool has_step(const struct dialogue *d, size_t place, unsigned line)
{
    return place < d->deciding_count && d->deciding[place].line == (json_int_t)line;
}

static bool is_deciding(const struct dialogue *d, unsigned line)
{
    return has_step(d, first_step(d, line), line);
}

static void put_step(struct sheet *s, const json_t *step)
{
    sheet_put(s, "<tr class=\"means deciding\"><td></td><td></td><td>so</td><td>");
    sheet_text(s, object_text(step, "say"));
    sheet_put(s, "</td></tr>\n");
}

/* Behind the rows of a line: what the verdict makes of it. */
static void end_line(struct dialogue *d)
{
    for (size_t i = first_step(d, d->line); d->line > 0 && has_step(d, i, d->line); i++)
        put_step(d->s, json_array_get(d->steps, d->deciding[i].at));
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

/* Line and seconds; when a hidden one was is hidden too. */
static void put_place(struct sheet *s, const struct print_cells *row)
{
    if (row->further)
        sheet_put(s, "<td></td><td></td>");
    else if (row->hidden)
        sheet_printf(s, "<td>%u</td><td></td>", row->line);
    else
        sheet_printf(s, "<td>%u</td><td>%.3f</td>", row->line, (double)row->t / 1e6);
}

static void put_cells(void *arg, const struct print_cells *row)
{
    struct dialogue *d = arg;
    struct sheet *s = d->s;
    bool first = row->line != d->line;
    if (++d->rows > SHEET_ROWS)
        return;
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
    put_place(s, row);
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

static void put_more(struct dialogue *d)
{
    if (d->rows > SHEET_ROWS)
        sheet_printf(d->s,
                     "<p class=\"cut\">The dialogue is longer: %zu rows more are not shown "
                     "here.</p>\n",
                     d->rows - SHEET_ROWS);
}

bool sheet_dialogue(struct sheet *s, const struct bundle_case *c, const json_t *json)
{
    struct fail fail;
    struct buf nothing = buf_new(1024);
    struct dialogue d = {.s = s, .id = c->id, .steps = json_object_get(json, "steps")};
    struct print_options options = {
        .most = RECORD_MOST, .bare = true, .cells = put_cells, .arg = &d};
    sort_steps(&d);
    sheet_printf(
        s,
        "<details class=\"talk\"%s><summary>Dialogue</summary>\n<div class=\"scroll\" "
        "tabindex=\"0\" "
        "role=\"region\" aria-label=\"Dialogue of %s\"><table class=\"dialogue\"><thead><tr>"
        "<th scope=\"col\">Line</th><th scope=\"col\">Seconds</th><th scope=\"col\">What</th>"
        "<th scope=\"col\">Bytes and meaning</th></tr></thead>\n<tbody>\n",
        bytes_equal_text(object_text(json, "verdict"), "open") ? " open" : "", c->id);
    bool ok = print_tape(&nothing, c->tape, &options, &fail);
    if (d.rows <= SHEET_ROWS)
        end_line(&d);
    sheet_put(s, "</tbody></table></div>\n");
    put_more(&d);
    if (!ok) {
        sheet_put(s, "<p class=\"fault\">The tape can&#39;t be read further: ");
        sheet_words(s, fail.text);
        sheet_put(s, "</p>\n");
    }
    sheet_put(s, "</details>\n");
    buf_free(&nothing);
    return sheet_flush(s, false);
}
