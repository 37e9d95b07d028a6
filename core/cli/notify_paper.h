/*
 * notify_paper: the letters of `ajar notify --pdf DIR`, each as DIR/CASE.pdf.
 */
#pragma once

#include "base/file_batch.h"
#include "notice/sheet.h"
#include "run/printing.h"

struct notify_paper {
    const char *folder; /* lent; NULL: none are printed */
    bool resumes;       /* one that is there already is left as it is, and is not printed again */
    unsigned long written, kept;
    unsigned long boxed; /* printed with a box where no font has a character */
    /* private */
    struct printing *printing;
    struct buf pdf;
    struct file_batch *files;
};

/* Is there such a folder, and the program that prints? */
bool notify_paper_open(struct notify_paper *p, struct fail *fail);
/* Prints the letter; nothing is overwritten. Files that last now are named on stdout. */
bool notify_paper_put(struct notify_paper *p, const char *id, const struct letter *letter,
                      const struct sheet_place *place, struct fail *fail);
/* Those that wait get their names. False: some did not. */
bool notify_paper_flush(struct notify_paper *p, struct fail *fail);
void notify_paper_close(struct notify_paper *p);
