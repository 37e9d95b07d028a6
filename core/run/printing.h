/*
 * printing: letters as PDF, by the program ajar-paper (paper/paper.h), which confines itself.
 *
 * It is looked for beside ajar, then in ../libexec/ajar.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

enum { PRINTING_PDF = 16 * 1024 * 1024 }; /* bytes of one letter at most */

struct printing;

/* Fails: ENOENT: the program is not installed. */
struct printing *printing_new(struct fail *fail);
void printing_free(struct printing *p);

/* Puts the letter's PDF (JSON, as paper/paper.h has it) in the place of what is in `pdf`. Fails with what the program
 * says of the letter; EWORKER, ETIMEDOUT: it died or took too long, and the next letter gets a new one. */
bool printing_put(struct printing *p, struct bytes letter, struct buf *pdf, struct fail *fail);
