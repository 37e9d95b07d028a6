#include "paper/typeset.h"

#include "paper/letter_text.h"
#include "paper/table.h"

#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct typeset {
    PangoFontMap *fonts;
    PangoContext *contexts[2]; /* left to right, right to left */
};

struct typeset *typeset_new(void)
{
    struct typeset *t = calloc(1, sizeof *t);
    if (!t)
        return NULL;
    t->fonts = pango_cairo_font_map_new();
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(t->fonts), 72);
    static const PangoDirection directions[] = {PANGO_DIRECTION_LTR, PANGO_DIRECTION_RTL};
    for (int i = 0; i < 2; i++) {
        t->contexts[i] = pango_font_map_create_context(t->fonts);
        pango_context_set_base_dir(t->contexts[i], directions[i]);
        pango_context_set_round_glyph_positions(t->contexts[i], FALSE);
    }
    return t;
}

void typeset_free(struct typeset *t)
{
    if (!t)
        return;
    for (int i = 0; i < 2; i++)
        g_object_unref(t->contexts[i]);
    g_object_unref(t->fonts);
    free(t);
}

/* Of the simplified Chinese shapes of Noto Sans CJK cairo 1.16 loses these two: it takes what a path has put on the stack for hints
 * (cairo-cff-subset.c), and leaves out a routine that draws them. The Japanese shapes, the same to a reader, it keeps. */
static void mend(PangoAttrList *attributes, const char *text)
{
    static const char *const lost[] = {"\u5982", "\u7603"};
    for (size_t i = 0; i < sizeof lost / sizeof lost[0]; i++)
        for (const char *at = text; (at = strstr(at, lost[i])); at += strlen(lost[i])) {
            PangoAttribute *japanese = pango_attr_language_new(look_language("ja"));
            japanese->start_index = (guint)(at - text);
            japanese->end_index = japanese->start_index + (guint)strlen(lost[i]);
            pango_attr_list_change(attributes, japanese);
        }
}

/* So that of the characters which Chinese, Japanese and Korean share each language gets its own shapes. */
static void set_language(PangoLayout *layout, const char *language, const char *text)
{
    PangoAttrList *attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_language_new(look_language(language)));
    if (strncmp(language, "zh", 2) == 0)
        mend(attributes, text);
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
}

PangoLayout *typeset_text(struct typeset *t, const struct look *look, const char *language,
                          double width, const char *text)
{
    bool from_right = look_is_right_to_left(language) && !look->fixed;
    PangoLayout *layout = pango_layout_new(t->contexts[from_right]);
    PangoFontDescription *font = look_font(look);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    set_language(layout, language, text);
    pango_layout_set_auto_dir(
        layout, FALSE); /* a line that begins with an address runs as its neighbours do */
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    if (!look->fixed)
        pango_layout_set_line_spacing(layout, 1.15F);
    pango_layout_set_text(layout, text, -1);
    return layout;
}

static void add_piece(struct typeset *t, struct flow *out, struct bytes kind, const char *language,
                      const char *text, const char *who)
{
    struct piece *piece = &out->pieces[out->piece_count];
    const struct look *before = out->piece_count > 0 ? piece[-1].look : NULL;
    const struct look *look = look_of(kind);
    double width = LOOK_WIDTH - 2 * LOOK_MARGIN - look->indent;
    *piece = (struct piece){.look = look,
                            .layout = typeset_text(t, look, language, width, text),
                            .right_to_left = look_is_right_to_left(language),
                            .joins = before && (before == look || (before->shade && look->shade))};
    if (*who)
        snprintf(piece->label, sizeof piece->label, "%c %c:", look->bold ? '*' : ' ', *who);
    out->piece_count++;
}

/* How it looks: a quoted line as what it is for the verdict. */
static struct bytes look_name(const json_t *block)
{
    bool decisive = json_is_true(json_object_get(block, "decisive"));
    return bytes_of(decisive ? LOOK_DECISIVE : letter_text(block, "kind"));
}

/* A piece for each row. */
static void add_table(struct typeset *t, struct flow *out, const json_t *block)
{
    double width = LOOK_WIDTH - 2 * LOOK_MARGIN;
    const struct table_stops stops = table_measure(t, block, width);
    for (size_t i = 0; i < table_rows(block); i++) {
        const struct look *look = look_of(bytes_of(i == 0 ? "table_head" : "table"));
        out->pieces[out->piece_count++] =
            (struct piece){.look = look,
                           .layout = table_row(t, look, block, i, width, &stops),
                           .right_to_left = look_is_right_to_left(letter_text(block, "language")),
                           .joins = i > 0};
    }
}

static size_t pieces_of(const json_t *blocks)
{
    size_t n = json_array_size(blocks);
    for (size_t i = 0; i < json_array_size(blocks); i++)
        n += table_rows(json_array_get(blocks, i));
    return n;
}

bool typeset_letter(struct typeset *t, const json_t *letter, struct flow *out)
{
    const json_t *blocks = json_object_get(letter, "blocks");
    size_t n = json_array_size(blocks);
    *out = (struct flow){.pieces = calloc(pieces_of(blocks) + 1, sizeof *out->pieces)};
    if (!out->pieces)
        return false;
    const char *language = letter_text(letter, "language");
    add_piece(t, out, bytes_of("subject"), language, letter_text(letter, "title"), "");
    for (size_t i = 0; i < n; i++) {
        const json_t *block = json_array_get(blocks, i);
        if (table_rows(block) > 0)
            add_table(t, out, block);
        else
            add_piece(t, out, look_name(block), letter_text(block, "language"),
                      letter_text(block, "text"), letter_text(block, "who"));
    }
    return true;
}
