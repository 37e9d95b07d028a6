/*
 * received: a Received field of a message (RFC 5321, section 4.4): which host says that it took the message, and from whom.
 *
 * Anybody on the way, and the sender, can write such a field: what it says is what its writer claims.
 */
#pragma once

#include "base/buf.h"

/* Views into the text that was given; empty: it is not said. Comments stand with the word that they follow. */
struct received {
    struct bytes from; /* "probe.example ([192.0.2.1])" */
    struct bytes by;
    struct bytes with; /* "ESMTP" */
    struct bytes date; /* behind the last ";" */
};

/* Appends a field's value as mail_header gives it, without its folds: each is one blank (RFC 5322, section 2.2.3). */
bool received_unfold(struct buf *out, struct bytes value);
/* Reads an unfolded value. Any bytes do; where a word comes twice, the first counts. Fuzzed. */
void received_parse(struct bytes text, struct received *out);
