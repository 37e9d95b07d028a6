/*
 * printing: letters as PDF, by the program ajar-paper (paper/paper.h), which confines itself.
 *
 * It is looked for beside ajar, then in ../libexec/ajar.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

enum {
    PRINTING_PDF = 16 * 1024 * 1024, /* bytes of one letter at most */
    PRINTING_ANSWER = PRINTING_PDF + 64,
};

/* Begins what the program answers with a PDF: the line "boxes 3", then the PDF. */
#define PRINTING_BOXES "boxes "

struct printing;

/* Fails: ENOENT: the program is not installed. */
struct printing *printing_new(struct fail *fail);
void printing_free(struct printing *p);

/* Puts the letter's PDF (JSON, as paper/paper.h has it) in the place of what is in `pdf`, whose limit is PRINTING_ANSWER. Fails with what the program
 * says of the letter; EWORKER, ETIMEDOUT: it died or took too long, and the next letter gets a new one. */
bool printing_put(struct printing *p, struct bytes letter, struct buf *pdf, struct fail *fail);
/* How many characters of the last letter no font has, as the program says: a box is printed for each. */
unsigned long printing_boxes(const struct printing *p);
