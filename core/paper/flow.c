#include "paper/flow.h"

#include <stdlib.h>

/* TOGETHER: lines of a block that never stand alone at the foot or the head of a page; CHAIN: blocks in a row that are kept
 * with what follows; WHOLE: of a command's lines those that are not parted. */
enum { TOGETHER = 2, CHAIN = 4, WHOLE = 12 };

struct place {
    unsigned page;
    double y;
    bool fresh; /* nothing stands on the page yet */
};

double flow_line_height(PangoLayout *layout, int line)
{
    PangoRectangle logical;
    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, line), NULL, &logical);
    return (double)logical.height / PANGO_SCALE;
}

static double height(const struct piece *piece, int first, int count)
{
    double sum = 0;
    for (int i = first; i < first + count; i++)
        sum += flow_line_height(piece->layout, i);
    return sum;
}

static double gap(const struct piece *piece)
{
    return piece->joins ? piece->look->own_gap : piece->look->gap;
}

static int lines_of(const struct piece *piece)
{
    return pango_layout_get_line_count(piece->layout);
}

/* How many lines, from the first, fit between y and the foot of the page. */
static int fitting(const struct piece *piece, int first, double y)
{
    int n = 0;
    int all = lines_of(piece);
    while (first + n < all && (y += flow_line_height(piece->layout, first + n)) <= LOOK_BOTTOM)
        n++;
    return n;
}

/* What must stand on one page from this piece on: a title is not parted from the first lines below it, nor a command's lines. */
static double beginning(const struct flow *f, size_t i)
{
    const struct piece *piece = &f->pieces[i];
    double sum = 0;
    for (int n = 0; n < CHAIN && piece->look->keeps_next && i + 1 < f->piece_count; n++) {
        sum += gap(piece) + height(piece, 0, lines_of(piece));
        piece = &f->pieces[++i];
    }
    for (int n = 1; n < WHOLE && piece->look->whole && i + 1 < f->piece_count && piece[1].joins;
         n++) {
        sum += gap(piece) + height(piece, 0, lines_of(piece));
        piece = &f->pieces[++i];
    }
    int lines = lines_of(piece);
    return sum + gap(piece) + height(piece, 0, lines < TOGETHER ? lines : TOGETHER);
}

/* How many of the lines left stand on this page, so that no line is left alone. */
static int parted(int left, int fit)
{
    if (fit >= left)
        return left;
    if (left - fit < TOGETHER)
        fit = left - TOGETHER;
    return fit < TOGETHER ? 0 : fit;
}

static bool add(struct flow *f, struct strip strip)
{
    if (f->strip_count == f->strip_room) {
        size_t room = f->strip_room ? 2 * f->strip_room : 128;
        struct strip *more = realloc(f->strips, room * sizeof *more);
        if (!more)
            return false;
        f->strips = more;
        f->strip_room = room;
    }
    f->strips[f->strip_count++] = strip;
    return true;
}

static void turn(struct place *at)
{
    *at = (struct place){.page = at->page + 1, .y = LOOK_TOP, .fresh = true};
}

static bool place_lines(struct flow *f, size_t i, struct place *at)
{
    const struct piece *piece = &f->pieces[i];
    int all = lines_of(piece);
    for (int first = 0; first < all;) {
        int count = parted(all - first, fitting(piece, first, at->y));
        if (count == 0 && at->fresh)
            count = 1; /* whatever its height */
        if (count == 0) {
            turn(at);
            continue;
        }
        if (!add(f, (struct strip){i, first, count, at->page, at->y}))
            return false;
        at->y += height(piece, first, count);
        at->fresh = false;
        first += count;
    }
    return true;
}

bool flow_place(struct flow *f, unsigned pages_most, struct fail *fail)
{
    struct place at = {.y = f->top, .fresh = true};
    for (size_t i = 0; i < f->piece_count; i++) {
        const struct piece *piece = &f->pieces[i];
        if (!at.fresh && (piece->look->fresh_page || at.y + beginning(f, i) > LOOK_BOTTOM))
            turn(&at);
        if (!at.fresh)
            at.y += gap(piece);
        if (!place_lines(f, i, &at))
            return fail_set(fail, "ENOMEM", "no memory for a letter on paper");
        if (at.page >= pages_most)
            return fail_set(fail, "ELIMIT", "a letter on paper would have over %u pages",
                            pages_most);
    }
    f->pages = at.page + 1;
    return true;
}

void flow_free(struct flow *f)
{
    for (size_t i = 0; i < f->piece_count; i++)
        g_object_unref(f->pieces[i].layout);
    free(f->pieces);
    free(f->strips);
    *f = (struct flow){0};
}
