/*
 * notify_paper: the letters of `ajar notify --pdf DIR`, each as DIR/CASE.pdf.
 */
#pragma once

#include "notice/sheet.h"
#include "run/printing.h"

struct notify_paper {
    const char *folder; /* lent; NULL: none are printed */
    struct printing *printing;
    struct buf pdf;
};

/* Is there such a folder, and the program that prints? */
bool notify_paper_open(struct notify_paper *p, struct fail *fail);
/* Prints the letter; nothing is overwritten. The file's name goes to stdout. */
bool notify_paper_put(struct notify_paper *p, const char *id, const struct letter *letter,
                      const struct sheet_place *place, struct fail *fail);
void notify_paper_close(struct notify_paper *p);
