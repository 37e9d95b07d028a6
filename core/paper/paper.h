/*
 * paper: a letter as a PDF to print: ISO A4, the recipient where an envelope has its window, numbered pages.
 *
 * Pango gives each script its shapes, its line ends and its direction, cairo draws, fontconfig finds the fonts (Noto, where it
 * is installed). The text and its headings are marked for screen readers. The house is a program of its own, build/ajar-paper
 * (main.c): its libraries are large, and no other process needs them.
 *
 * A letter is a JSON object:
 *   title      what it is about; printed, and the document's title
 *   language   the letter's own, a BCP 47 tag: that of title and letterhead
 *   author     who writes: the document's author
 *   created    when, as in RFC 3339, UTC; the document's date
 *   head       a list of lines: the writer's letterhead
 *   to         a list of lines: the recipient; may be empty
 *   beside     a list of lines that stand at the other side of the address: date, case
 *   blocks     { kind, text, language; of a quote: who; of a table: cells }: the kinds stand at the head of scripts/notice/letter.lua; language is
 *              a BCP 47 tag
 * All texts are one line. Whatever stands in them is drawn as text and nothing else.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

#include <jansson.h>

enum {
    PAPER_PAGES = 100,   /* of a letter at most */
    PAPER_BLOCKS = 2000, /* and blocks */
    PAPER_TEXT = 8192,   /* bytes of a text */
};

struct paper;

/* Loads the fonts' list. NULL: no memory. */
struct paper *paper_new(void);
void paper_free(struct paper *p);

/* Appends the PDF. Fails: EFORMAT: it is no letter; ELIMIT: it is over a limit, or over that of `pdf`. */
bool paper_put(struct paper *p, const json_t *letter, struct buf *pdf, struct fail *fail);
/* How many characters of the last letter's title and blocks no font has: a box stands for each. */
unsigned paper_boxes(const struct paper *p);
