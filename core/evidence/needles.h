/*
 * needles: the forms in which a text can stand in a case (hide.h).
 */
#pragma once

#include "evidence/hide.h"

enum { NEEDLES = 5, NEEDLE_SIZE = 2 * HIDE_TEXT };

struct needle {
    unsigned char bytes[NEEDLE_SIZE];
    size_t size;
    bool fold; /* ASCII letters in either case */
};

struct needles {
    struct needle all[NEEDLES];
    unsigned n;
};

/* False: the text is empty, or too long. */
bool needles_make(struct needles *out, struct bytes text);
/* Appends a JSON text with its escapes resolved, \u00NN as the byte NN; others stay as they are. False: no memory. */
bool needles_unescape(struct buf *out, struct bytes json);
