/*
 * typeset: a letter's texts as Pango's layouts.
 */
#pragma once

#include "base/bytes.h"
#include "paper/flow.h"

#include <jansson.h>

struct typeset;

/* NULL: no memory. */
struct typeset *typeset_new(void);
void typeset_free(struct typeset *t);

/* A text in this look and language, at most `width` wide; owned by the caller (g_object_unref). */
PangoLayout *typeset_text(struct typeset *t, const struct look *look, const char *language,
                          double width, const char *text);
/* The letter's pieces: its title, and its blocks. The letter has been checked (letter_text.h). False: no memory. To be freed
 * by flow_free, whatever it gives. */
bool typeset_letter(struct typeset *t, const json_t *letter, struct flow *out);
