/*
 * draw: pages with what stands on them, as cairo draws them.
 */
#pragma once

#include "paper/flow.h"
#include "paper/typeset.h"

#include <cairo.h>

/* Draws all pages of a letter whose pieces have their places. */
void draw_letter(cairo_t *to, struct typeset *t, const json_t *letter, const struct flow *flow);
/* Height of the letterhead, above which nothing of the text may stand. */
double draw_head_height(struct typeset *t, const json_t *letter);
