/*
 * flow: which lines of which block stand on which page.
 */
#pragma once

#include "base/fail.h"
#include "paper/look.h"

/* A block, laid out. */
struct piece {
    const struct look *look;
    PangoLayout *layout; /* owned */
    char label[8];       /* "C: " of a quote; or empty */
    bool right_to_left;
    bool joins; /* the block above is of the same kind */
};

/* Lines of one piece that stand together. */
struct strip {
    size_t piece;
    int first;
    int count;
    unsigned page; /* from 0 */
    double top;
};

struct flow {
    struct piece *pieces; /* PIECES_MOST at most */
    size_t piece_count;
    struct strip *strips;
    size_t strip_count;
    size_t strip_room;
    unsigned pages;
    double top; /* of the first page's text */
};

/* Height of a line of a layout. */
double flow_line_height(PangoLayout *layout, int line);
/* Puts all pieces on pages. Fails: ELIMIT, ENOMEM. */
bool flow_place(struct flow *f, unsigned pages_most, struct fail *fail);
/* Frees pieces and strips. */
void flow_free(struct flow *f);
