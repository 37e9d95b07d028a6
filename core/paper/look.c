#include "paper/look.h"

#include <string.h>

static const struct look looks[] = {
    {.kind = "title",
     .tag = "H2",
     .size = 11.5,
     .gap = 15,
     .own_gap = 15,
     .bold = true,
     .keeps_next = true},
    {.kind = "text", .tag = "P", .size = 10, .gap = 8, .own_gap = 8},
    {.kind = "lead", .tag = "P", .size = 10, .gap = 8, .own_gap = 8, .keeps_next = true},
    {.kind = "item", .tag = "P", .size = 10, .indent = 14, .gap = 5, .own_gap = 3, .bullet = true},
    {.kind = "line", .tag = "P", .size = 10, .gap = 8, .own_gap = 1},
    {.kind = "code",
     .tag = "Code",
     .size = 8,
     .indent = 8,
     .gap = 4,
     .fixed = true,
     .shade = true,
     .whole = true},
    {.kind = "quote",
     .tag = "Code",
     .size = 8,
     .indent = 28,
     .gap = 6,
     .fixed = true,
     .shade = true},
    {.kind = LOOK_DECISIVE,
     .tag = "Code",
     .size = 8,
     .indent = 28,
     .gap = 6,
     .bold = true,
     .fixed = true,
     .shade = true},
    {.kind = "table_head",
     .tag = "P",
     .size = 8.5,
     .gap = 6,
     .own_gap = 6,
     .bold = true,
     .keeps_next = true},
    {.kind = "table", .tag = "P", .size = 8.5, .gap = 2, .own_gap = 2},
    {.kind = "left_out", .tag = "P", .size = 8, .indent = 28, .fixed = true, .shade = true},
    {.kind = "rule", .tag = "H1", .size = 13, .bold = true, .keeps_next = true, .fresh_page = true},
    {.kind = "subject", .tag = "H1", .size = 12.5, .gap = 0, .bold = true, .keeps_next = true},
};

static const struct look small = {.kind = "small", .tag = "P", .size = 8.5, .gap = 0};

const struct look *look_of(struct bytes kind)
{
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++)
        if (bytes_equal_text(kind, looks[i].kind))
            return &looks[i];
    return NULL;
}

const struct look *look_small(void)
{
    return &small;
}

bool look_is_right_to_left(const char *language)
{
    static const char *const tags[] = {"ar", "fa", "he", "ps", "sd", "ug", "ur", "yi"};
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
        if (strncmp(language, tags[i], 2) == 0 && (language[2] == '\0' || language[2] == '-'))
            return true;
    return false;
}

PangoLanguage *look_language(const char *language)
{
    static const char *const scripts[][2] = {
        {"zh-hans", "zh-cn"}, {"zh-hant", "zh-tw"}, {"zh", "zh-cn"}};
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++)
        if (g_ascii_strcasecmp(language, scripts[i][0]) == 0)
            language = scripts[i][1];
    return pango_language_from_string(language);
}

PangoFontDescription *look_font(const struct look *look)
{
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, look->fixed
                                                       ? "Noto Sans Mono, monospace"
                                                       : "Noto Sans, Noto Sans Arabic, sans-serif");
    pango_font_description_set_size(font, (gint)(look->size * PANGO_SCALE));
    if (look->bold)
        pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    return font;
}
