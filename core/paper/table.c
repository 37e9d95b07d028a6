#include "paper/table.h"

#include "base/text.h"
#include "paper/letter_text.h"
#include "paper/paper.h"

#include <string.h>

#define GAP      9.0 /* between two columns */
#define SMALLEST 0.6 /* of the letters' usual size */

/* What a cell is measured in, wider than any is. */
#define WIDE 4000.0

static const char *cell(const json_t *block, size_t row, size_t column)
{
    const json_t *cells = json_object_get(block, "cells");
    const char *text = json_string_value(json_array_get(json_array_get(cells, row), column));
    return text ? text : "";
}

size_t table_rows(const json_t *block)
{
    return json_array_size(json_object_get(block, "cells"));
}

static size_t columns_of(const json_t *block)
{
    return json_array_size(json_array_get(json_object_get(block, "cells"), 0));
}

static bool is_cell(const json_t *text)
{
    return json_is_string(text) && json_string_length(text) <= PAPER_TEXT &&
           text_is_isolated(bytes_at(json_string_value(text), json_string_length(text)));
}

bool table_check(const json_t *cells, struct fail *fail)
{
    size_t rows = json_array_size(cells);
    size_t columns = json_array_size(json_array_get(cells, 0));
    bool ok = rows > 0 && rows <= TABLE_ROWS && columns > 0 && columns <= TABLE_COLUMNS;
    for (size_t i = 0; ok && i < rows; i++) {
        const json_t *row = json_array_get(cells, i);
        ok = json_array_size(row) == columns;
        for (size_t k = 0; ok && k < columns; k++)
            ok = is_cell(json_array_get(row, k));
    }
    return ok || fail_set(fail, "EFORMAT", "a letter's table is none of %d rows and %d columns",
                          TABLE_ROWS, TABLE_COLUMNS);
}

static double width_of(struct typeset *t, const struct look *look, const char *language,
                       const char *text)
{
    int width;
    PangoLayout *layout = typeset_text(t, look, language, WIDE, text);
    pango_layout_get_size(layout, &width, NULL);
    g_object_unref(layout);
    return (double)width / PANGO_SCALE;
}

/* With the gap behind each column; the head's letters, which are bold, are the wider ones. */
struct table_stops table_measure(struct typeset *t, const json_t *block, double width)
{
    double at = 0;
    struct table_stops stops = {.scale = 1};
    const struct look *head = look_of(bytes_of("table_head"));
    const struct look *body = look_of(bytes_of("table"));
    const char *language = letter_text(block, "language");
    for (size_t k = 0; k < columns_of(block) && k < TABLE_COLUMNS; k++) {
        double most = 0;
        for (size_t i = 0; i < table_rows(block); i++) {
            double wide = width_of(t, i == 0 ? head : body, language, cell(block, i, k));
            most = wide > most ? wide : most;
        }
        at += most + GAP;
        stops.ends[k] = at;
    }
    if (at - GAP > width)
        stops.scale = width / (at - GAP) > SMALLEST ? width / (at - GAP) : SMALLEST;
    return stops;
}

static void set_stops(PangoLayout *layout, const struct table_stops *stops, size_t columns)
{
    PangoTabArray *tabs = pango_tab_array_new((gint)columns, FALSE);
    for (size_t k = 0; k < columns && k < TABLE_COLUMNS; k++)
        pango_tab_array_set_tab(tabs, (gint)k, PANGO_TAB_LEFT,
                                (gint)(stops->ends[k] * stops->scale * PANGO_SCALE));
    pango_layout_set_tabs(layout, tabs);
    pango_tab_array_free(tabs);
}

static void set_scale(PangoLayout *layout, const struct look *look, double scale)
{
    PangoFontDescription *font = look_font(look);
    pango_font_description_set_size(font, (gint)(look->size * scale * PANGO_SCALE));
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
}

PangoLayout *table_row(struct typeset *t, const struct look *look, const json_t *block, size_t row,
                       double width, const struct table_stops *stops)
{
    GString *text = g_string_new("");
    for (size_t k = 0; k < columns_of(block); k++) {
        g_string_append(text, k > 0 ? "\t" : "");
        g_string_append(text, cell(block, row, k));
    }
    PangoLayout *layout = typeset_text(t, look, letter_text(block, "language"), width, text->str);
    g_string_free(text, TRUE);
    set_stops(layout, stops, columns_of(block));
    if (stops->scale < 1)
        set_scale(layout, look, stops->scale);
    return layout;
}
