/*
 * case_differs: that case.json says something else than what lies beside it, in words for a person.
 */
#pragma once

#include "base/bytes.h"
#include "world/difference.h"

#include "tape/object.h"

/* "WHAT SAID, as case.json says", and "WHAT IS"; what is empty, missing or no text is "(none)". `line` is that of the tape, 0: it stands elsewhere. Returns false. */
bool case_differs(struct difference *out, unsigned line, const char *what, struct bytes said,
                  struct bytes is);
/* The same of two times, numbers or other words. */
bool case_differs_text(struct difference *out, unsigned line, const char *what, const char *said,
                       const char *is);
/* The same in whole words. */
bool case_differs_words(struct difference *out, unsigned line, const char *expected,
                        const char *got);
/* The member is not there, in a case.json of which members are hidden: it may be one of these, which is no difference. */
bool case_hides(json_t *said, const char *name);
/* How many members are called hidden ("hidden HASH":null). Anyone can write that: run/case_hidden.h counts them. */
unsigned case_hides_count(json_t *said);
