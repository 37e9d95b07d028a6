/*
 * needles: the forms in which a text can stand in a case (hide.h).
 */
#pragma once

#include "evidence/hide.h"

enum { NEEDLES = 9, NEEDLE_SIZE = 2 * HIDE_TEXT };

struct needle {
    unsigned char bytes[NEEDLE_SIZE];
    size_t size;
    bool fold; /* letters in either case */
};

struct needles {
    struct needle all[NEEDLES];
    unsigned n;
};

/* False: the text is empty, or too long. */
bool needles_make(struct needles *out, struct bytes text);
/* How the escapes of a JSON text are resolved: as its strings are bytes or words (doc/evidence.md, "The payload"). */
enum needles_strings {
    NEEDLES_BYTES, /* \u00NN is the byte NN; others stay as they are */
    NEEDLES_WORDS, /* \uNNNN, or two of them, are a character in UTF-8 */
};
/* Appends a JSON text with its escapes resolved. False: no memory. */
bool needles_unescape(struct buf *out, struct bytes json, enum needles_strings strings);
