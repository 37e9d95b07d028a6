/*
 * hide_view: bytes to be searched, and for each the part that it comes from.
 */
#pragma once

#include "evidence/hide.h"

struct hide_view {
    struct buf text;
    struct buf parts; /* a uint32_t for each byte of the text */
};

/* Empty, of at most `limit` bytes. */
struct hide_view hide_view_new(size_t limit);
void hide_view_free(struct hide_view *v);
void hide_view_clear(struct hide_view *v);
/* False: no memory. */
bool hide_view_put(struct hide_view *v, struct bytes text, uint32_t part);
/* Appends `from` without its line ends, soft ones (RFC 2045, section 6.7) included, and without the blanks that a
 * folded line begins with (RFC 5322, section 2.2.3); with `codes` also without what looks like the code ("250-") that the next
 * line of a reply begins with (RFC 5321, section 4.2.1). */
bool hide_view_unfold(struct hide_view *v, const struct hide_view *from, bool codes);
/* Marks each part of which a byte belongs to an occurrence. `fold`: letters in either case. True: there is
 * one. */
bool hide_view_search(const struct hide_view *v, struct bytes needle, bool fold,
                      unsigned char *hidden);
