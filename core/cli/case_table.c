#include "cli/case_table.h"

#include "base/addr.h"
#include "base/text.h"
#include "tape/object.h"

struct column {
    const char *title;
    unsigned width;
};

enum { COLUMN_CASE, COLUMN_VERDICT, COLUMN_TARGET, COLUMN_PROBE, COLUMN_REASON, COLUMNS };

static const struct column columns[COLUMNS] = {
    {"CASE", 10}, {"VERDICT", 12}, {"TARGET", 17}, {"PROBE", 18}, {"REASON", 0},
};

/* Escapes text into out, cut to so many columns. Returns the columns it takes. */
static size_t put_cut(struct buf *out, struct bytes text, size_t width)
{
    size_t begin = out->n;
    size_t fits = begin; /* where the text ends that leaves room for "…" */
    for (size_t i = 0; i < text.n && !out->overflow;) {
        struct bytes rest = bytes_slice(text, i, text.n);
        size_t step = text_printable_at(text, i);
        text_escape(out, bytes_slice(rest, 0, step ? step : 1), rest.n);
        size_t columns_now = text_width(bytes_slice(buf_view(out), begin, out->n));
        if (columns_now > width) {
            out->n = fits;
            buf_put_text(out, "…");
            break;
        }
        if (columns_now < width)
            fits = out->n;
        i += step ? step : 1;
    }
    return text_width(bytes_slice(buf_view(out), begin, out->n));
}

static const char *colour_of(struct bytes verdict)
{
    return bytes_equal_text(verdict, "open")      ? "\x1b[1;31m"
           : bytes_equal_text(verdict, "suspect") ? "\x1b[33m"
           : bytes_equal_text(verdict, "closed")  ? "\x1b[32m"
                                                  : "";
}

/* A cell that is too wide takes room from those behind it; what is beyond the row's end is cut. */
static void put_row(const struct case_table *t, const struct bytes cells[COLUMNS])
{
    size_t width = t->width ? t->width : SIZE_MAX;
    size_t at = 0;
    size_t due = 0; /* where the column begins when there is room */
    for (unsigned i = 0; i < COLUMNS && at + 1 < width; due += columns[i++].width + 1) {
        const char *colour = t->colour && i == COLUMN_VERDICT ? colour_of(cells[i]) : "";
        if (cells[i].n == 0)
            continue;
        for (bool apart = at == 0; at < due || !apart; at++, apart = true)
            buf_put_byte(t->out, ' ');
        buf_put_text(t->out, colour);
        at += put_cut(t->out, cells[i], width - at);
        buf_put_text(t->out, *colour ? "\x1b[0m" : "");
    }
    buf_put_byte(t->out, '\n');
}

void case_table_titles(const struct case_table *t)
{
    struct bytes cells[COLUMNS];
    for (unsigned i = 0; i < COLUMNS; i++)
        cells[i] = bytes_of(columns[i].title);
    put_row(t, cells);
}

/* "192.0.2.1:25" or "[2001:db8::1]:25"; as it stands when it is no address. */
static struct bytes target_of(const json_t *json, char text[ADDR_TEXT])
{
    struct addr a;
    struct bytes target = object_text(json, "target");
    if (!addr_parse_ip(target, &a))
        return target;
    a.port = (uint16_t)json_integer_value(json_object_get(json, "port"));
    return bytes_of(addr_text(&a, text));
}

void case_table_row(const struct case_table *t, const char *id, const json_t *json)
{
    char target[ADDR_TEXT];
    struct bytes cells[COLUMNS] = {
        [COLUMN_CASE] = bytes_slice(bytes_of(id), 0, columns[COLUMN_CASE].width),
        [COLUMN_VERDICT] = object_text(json, "verdict"),
        [COLUMN_TARGET] = target_of(json, target),
        [COLUMN_PROBE] = object_text(json, "probe"),
        [COLUMN_REASON] = object_text(json, "reason"),
    };
    put_row(t, cells);
}
