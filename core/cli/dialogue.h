/*
 * dialogue: what a letter quotes of a tape: who said what, in few lines.
 *
 * Bytes that one side sent in a row are one turn, however they were cut into packets. Of a turn of
 * text the first lines are kept, empty ones left out; a turn of other bytes is one line. Which turns these are say the verdict's
 * steps (cli/decisive.h). Where they say nothing, of a long dialogue the beginning is kept, and the turns in which the proof's
 * token was sent; without a token the end, since the last turns are those that decided.
 */
#pragma once

#include "base/buf.h"
#include "cli/decisive.h"
#include "notice/facts.h"

struct dialogue {
    struct finding_line lines[FACTS_LINES];
    size_t count;
    unsigned before;   /* how many are left out ahead of the first */
    struct bytes said; /* what the server sent, from its first byte on, cut */
    struct addr from;  /* our own end of the first connection, or ADDR_NONE */

    struct buf text; /* private: what the views point into */
};

/* Reads the tape. mark: the token that came back; empty: none did. choice: of which turns it is made; NULL, or nothing found: as
 * above. On failure there is nothing to free. */
bool dialogue_read(struct dialogue *out, struct bytes tape, struct bytes mark,
                   const struct decisive *choice, struct fail *fail);
void dialogue_free(struct dialogue *d);
