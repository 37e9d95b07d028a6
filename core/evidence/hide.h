/*
 * hide: which parts of a case hold what must not be shown.
 *
 * A text is looked for in UTF-8, letters in either case (letter_case.h), wherever a reader could find it again: as it
 * stands; behind JSON's escapes; across the records of a connection, as answers come in pieces; across a mail's folded lines
 * and soft line ends; in base64, at each of its three alignments; as a name in the DNS's own form; with its @ as =40, %40,
 * &#64; or &#x40;. Other codings of it are not found: whoever redacts reads what is left.
 */
#pragma once

#include "base/fail.h"
#include "evidence/parts.h"

enum { HIDE_TEXTS = 64, HIDE_TEXT = 1024 };

struct hide {
    struct part_file *files; /* lent, and put in order */
    size_t n;
    uint64_t parts;
    unsigned char *hidden; /* for each part: not 0 */
};

/* To be freed only when it succeeds. */
bool hide_begin(struct hide *h, struct part_file *files, size_t n, struct fail *fail);
void hide_free(struct hide *h);
/* Marks all parts that hold the text; *found: there are some. */
bool hide_text(struct hide *h, struct bytes text, bool *found, struct fail *fail);
/* *found: this file, which is of no case, holds the text in one of these ways. */
bool hide_is_in(const char *name, struct bytes content, struct bytes text, bool *found,
                struct fail *fail);
/* Marks these lines of the tape, counted from 1; false: it has not so many. */
bool hide_lines(struct hide *h, unsigned long from, unsigned long to);
/* A file's digest tells whoever tries out what may stand in it: where a part of a file is marked, marks those that hold
 * its SHA-256. The last step. */
bool hide_digests(struct hide *h, struct fail *fail);
