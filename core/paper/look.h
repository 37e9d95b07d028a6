/*
 * look: how each kind of block looks on paper. Lengths are points (1/72 inch).
 */
#pragma once

#include "base/bytes.h"

#include <pango/pango.h>

/* A4, and what of it is text. */
#define LOOK_MM(n)  ((n)*72 / 25.4)
#define LOOK_WIDTH  LOOK_MM(210)
#define LOOK_HEIGHT LOOK_MM(297)
#define LOOK_MARGIN LOOK_MM(25)
#define LOOK_TOP    LOOK_MM(20)
#define LOOK_BOTTOM LOOK_MM(272)
#define LOOK_FOOT   LOOK_MM(283)
/* ISO 269's window for folded A4 (DL). */
#define LOOK_WINDOW LOOK_MM(50)
#define LOOK_BODY   LOOK_MM(98)

/* Of a quoted line on which the verdict rests. */
#define LOOK_DECISIVE "decisive"

struct look {
    const char *kind;
    const char *tag; /* for screen readers: ISO 32000-1, 14.8.4 */
    double size;     /* of the letters */
    double indent;   /* from the margin where the line begins */
    double gap;      /* above it, unless it joins what stands there */
    double own_gap;  /* above it when the same kind stands there */
    bool bold;
    bool fixed; /* letters of one width; runs from left to right in every language */
    bool shade;
    bool bullet;
    bool keeps_next; /* on the page of what follows */
    bool whole;      /* a few lines of it in a row are not parted */
    bool fresh_page;
};

/* NULL: no such kind. */
const struct look *look_of(struct bytes kind);
/* Of the small print: letterhead, foot. */
const struct look *look_small(void);

/* Does the language's script run from right to left? */
bool look_is_right_to_left(const char *language);

/* The language as fontconfig knows it, which has Chinese by countries: it chooses among fonts by that. */
PangoLanguage *look_language(const char *language);
/* The font; to be freed with pango_font_description_free. */
PangoFontDescription *look_font(const struct look *look);
