/*
 * difference: where a replay leaves its tape, in words for a person: the line, what stands there, what came.
 */
#pragma once

#include "tape/record.h"

enum { DIFFERENCE_TEXT = 200 };

/* Texts are one printable line each: "send on connection 1 (EHLO b\r\n)", "verdict (closed)". */
struct difference {
    unsigned line; /* of the tape; 0: none, or it is not about the tape (run/case_agrees.h) */
    char expected[DIFFERENCE_TEXT];
    char got[DIFFERENCE_TEXT];
};

/* What stands on the line (NULL: the tape is at its end) and what came. Of two long texts the place is shown where
 * they part. */
void difference_of_records(struct difference *d, unsigned line, const struct record *stands,
                           const struct record *came);
/* Two verdicts that agree but for the reason, or but for the steps (JSON lists, see tape/steps.h). */
void difference_of_reasons(struct difference *d, unsigned line, struct bytes stands,
                           struct bytes came);
void difference_of_steps(struct difference *d, unsigned line, struct bytes stands,
                         struct bytes came);
/* The sentence, with the code "EDIVERGED". Returns false. */
bool difference_fail(const struct difference *d, struct fail *fail);
