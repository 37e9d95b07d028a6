/*
 * print_row: the rows of a transcript: columns, colours, and rows broken where they are too long.
 */
#pragma once

#include "tape/print.h"
#include "tape/record.h"

struct print_page {
    struct buf *out;
    unsigned width; /* 0: rows are never broken */
    bool colour;
    bool many; /* several connections: each row names its own */
};

/* Switches the colour, where there is colour. */
void print_ink(const struct print_page *page, enum print_ink which);
/* Appends text that may be anything, escaped. Where the row gets too long it goes on below, `hang`
 * columns in; `words`: broken at a blank where there is one. The row so far is taken to be `hang`
 * columns wide. */
void print_wrapped(const struct print_page *page, struct bytes text, unsigned hang, bool words);
/* One row of a record: number and seconds, unless it is a further row of the same; the mark; text. */
void print_row(const struct print_page *page, const struct record *r, unsigned line, bool further,
               const char *mark, enum print_ink which, struct bytes text);
/* The verdict and its steps. */
void print_conclusion(const struct print_page *page, const struct print_verdict *v);
