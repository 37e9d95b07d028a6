#include "paper/draw.h"

#include "paper/letter_text.h"

#include <pango/pangocairo.h>
#include <stdio.h>

#define INSET 4.0 /* of a shade around what it lies under */

static const double column = LOOK_WIDTH - 2 * LOOK_MARGIN;

static void set_grey(cairo_t *to, double brightness)
{
    cairo_set_source_rgb(to, brightness, brightness, brightness);
}

/* Gives where the next line begins. */
static double draw_line(cairo_t *to, PangoLayout *layout, int line, double left, double top)
{
    PangoRectangle logical;
    PangoLayoutLine *drawn = pango_layout_get_line_readonly(layout, line);
    pango_layout_line_get_extents(drawn, NULL, &logical);
    double width = (double)pango_layout_get_width(layout) / PANGO_SCALE;
    bool from_right = pango_layout_line_get_resolved_direction(drawn) == PANGO_DIRECTION_RTL;
    double free_width = width - (double)logical.width / PANGO_SCALE;
    cairo_move_to(to, left + (from_right ? free_width : 0) - (double)logical.x / PANGO_SCALE,
                  top - (double)logical.y / PANGO_SCALE);
    pango_cairo_show_layout_line(to, drawn);
    return top + (double)logical.height / PANGO_SCALE;
}

static double draw_lines(cairo_t *to, PangoLayout *layout, int first, int count, double left,
                         double top)
{
    for (int i = first; i < first + count; i++)
        top = draw_line(to, layout, i, left, top);
    return top;
}

static double draw_text(cairo_t *to, struct typeset *t, const struct look *look,
                        const char *language, double left, double top, double width,
                        const char *text)
{
    PangoLayout *layout = typeset_text(t, look, language, width, text);
    top = draw_lines(to, layout, 0, pango_layout_get_line_count(layout), left, top);
    g_object_unref(layout);
    return top;
}

static double draw_list(cairo_t *to, struct typeset *t, const json_t *lines,
                        const struct look *look, const char *language, double left, double top,
                        double width)
{
    for (size_t i = 0; i < json_array_size(lines); i++)
        top = draw_text(to, t, look, language, left, top, width,
                        json_string_value(json_array_get(lines, i)));
    return top;
}

static double ascent(PangoLayout *layout)
{
    PangoRectangle logical;
    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, 0), NULL, &logical);
    return -(double)logical.y / PANGO_SCALE;
}

/* What stands beside a piece's first line, on its base line: a bullet, or who said it. */
static void draw_mark(cairo_t *to, struct typeset *t, const struct piece *piece, double top)
{
    const struct look *look = piece->look;
    const char *text = look->bullet ? "•" : piece->label;
    bool from_right = piece->right_to_left && !look->fixed;
    double left = from_right ? LOOK_MARGIN + column - look->indent : LOOK_MARGIN;
    if (*text == '\0')
        return;
    PangoLayout *mark = typeset_text(t, look, from_right ? "ar" : "en", look->indent, text);
    draw_line(to, mark, 0, left + (look->shade ? INSET : 0),
              top + ascent(piece->layout) - ascent(mark));
    g_object_unref(mark);
}

static double strip_height(const struct piece *piece, const struct strip *strip)
{
    double sum = 0;
    for (int i = strip->first; i < strip->first + strip->count; i++)
        sum += flow_line_height(piece->layout, i);
    return sum;
}

/* Behind the lines, a hair taller than they are, so that no gap shows between one and the next. */
static void draw_shade(cairo_t *to, const struct piece *piece, const struct strip *strip)
{
    set_grey(to, 0.95);
    cairo_rectangle(to, LOOK_MARGIN, strip->top - 0.1, column, strip_height(piece, strip) + 0.2);
    cairo_fill(to);
    set_grey(to, 0);
}

static void draw_strip(cairo_t *to, struct typeset *t, const struct piece *piece,
                       const struct strip *strip)
{
    bool from_right = piece->right_to_left && !piece->look->fixed;
    double left = LOOK_MARGIN + (from_right ? 0 : piece->look->indent);
    if (piece->look->shade)
        draw_shade(to, piece, strip);
    cairo_tag_begin(to, piece->look->tag, NULL);
    if (strip->first == 0)
        draw_mark(to, t, piece, strip->top);
    draw_lines(to, piece->layout, strip->first, strip->count, left, strip->top);
    cairo_tag_end(to, piece->look->tag);
}

/* Each line of a letterhead runs by what is in it: one in English, or a telephone's number, from left to right in any letter. */
static PangoLayout *head_line(struct typeset *t, const json_t *letter, size_t i)
{
    const char *language = letter_text(letter, "language");
    const char *line = json_string_value(json_array_get(json_object_get(letter, "head"), i));
    PangoLayout *layout = typeset_text(
        t, look_small(), look_is_right_to_left(language) ? "en" : language, column, line);
    pango_layout_set_auto_dir(layout, TRUE);
    return layout;
}

double draw_head_height(struct typeset *t, const json_t *letter)
{
    double sum = 0;
    const json_t *head = json_object_get(letter, "head");
    for (size_t i = 0; i < json_array_size(head); i++) {
        PangoLayout *layout = head_line(t, letter, i);
        for (int n = 0; n < pango_layout_get_line_count(layout); n++)
            sum += flow_line_height(layout, n);
        g_object_unref(layout);
    }
    return sum;
}

/* Letterhead with a rule below it, the recipient, and what stands beside. */
static void draw_head(cairo_t *to, struct typeset *t, const json_t *letter)
{
    const char *language = letter_text(letter, "language");
    const struct look *text = look_of(bytes_of("line"));
    const json_t *head = json_object_get(letter, "head");
    bool from_right = look_is_right_to_left(language);
    double half = column / 2;
    cairo_tag_begin(to, "P", NULL);
    double y = LOOK_MM(15);
    for (size_t i = 0; i < json_array_size(head); i++) {
        PangoLayout *layout = head_line(t, letter, i);
        y = draw_lines(to, layout, 0, pango_layout_get_line_count(layout), LOOK_MARGIN, y);
        g_object_unref(layout);
    }
    cairo_tag_end(to, "P");
    if (json_array_size(head) > 0) {
        set_grey(to, 0.6);
        cairo_set_line_width(to, 0.5);
        cairo_move_to(to, LOOK_MARGIN, y + 4);
        cairo_line_to(to, LOOK_MARGIN + column, y + 4);
        cairo_stroke(to);
        set_grey(to, 0);
    }
    double window = y + 12 > LOOK_WINDOW ? y + 12 : LOOK_WINDOW;
    cairo_tag_begin(to, "P", NULL);
    draw_list(to, t, json_object_get(letter, "to"), text, "en", LOOK_MARGIN, window, half);
    cairo_tag_end(to, "P");
    cairo_tag_begin(to, "P", NULL);
    draw_list(to, t, json_object_get(letter, "beside"), text, language,
              from_right ? LOOK_MARGIN + half : LOOK_MARGIN + half + 20, window, half - 20);
    cairo_tag_end(to, "P");
}

/* "2/3": in every language. */
static void draw_foot(cairo_t *to, struct typeset *t, unsigned page, unsigned pages)
{
    char number[32];
    snprintf(number, sizeof number, "%u/%u", page + 1, pages);
    PangoLayout *layout = typeset_text(t, look_small(), "en", column, number);
    int width;
    pango_layout_get_pixel_size(layout, &width, NULL);
    draw_lines(to, layout, 0, 1, LOOK_MARGIN + column - width, LOOK_FOOT);
    g_object_unref(layout);
}

void draw_letter(cairo_t *to, struct typeset *t, const json_t *letter, const struct flow *flow)
{
    const struct strip *strip = flow->strips;
    const struct strip *end = flow->strips + flow->strip_count;
    cairo_tag_begin(to, "Document", NULL);
    for (unsigned page = 0; page < flow->pages; page++) {
        if (page == 0)
            draw_head(to, t, letter);
        for (; strip < end && strip->page == page; strip++)
            draw_strip(to, t, &flow->pieces[strip->piece], strip);
        draw_foot(to, t, page, flow->pages);
        if (page + 1 == flow->pages)
            cairo_tag_end(to, "Document");
        cairo_show_page(to);
    }
}
