/*
 * entry: what one line of a list says: an address, who says so, what and when.
 *
 * Texts are as they came, which is as strangers wrote them: who shows them makes them printable (base/text.h).
 */
#pragma once

#include "base/addr.h"
#include "base/time.h"

enum { ENTRY_SOURCE = 128, ENTRY_SAID = 500, ENTRY_NETWORK = 100 };

struct entry {
    struct addr addr;              /* with its port, or 0 */
    struct prefix range;           /* what the line names; a single address: itself */
    instant when;                  /* it was said; 0: the line has no date */
    char source[ENTRY_SOURCE + 1]; /* empty: the line names none, as the next four */
    char said[ENTRY_SAID + 1];     /* "open HTTP proxy; server: squid" */
    char name[256];                /* the host's */
    char country[3];
    char network[ENTRY_NETWORK + 1]; /* "AS64500" */
};

enum intake_answer {
    INTAKE_ENTRY,
    INTAKE_NOTHING, /* a header, a remark, or somebody who is no suspect */
    INTAKE_BAD      /* *fail says why */
};

/* One address and, if there is one, its port as text; empty: 0. ETARGET: they are none. */
bool entry_place(struct entry *e, struct bytes ip, struct bytes port, struct fail *fail);
/* Copies a text into one of an entry's, cut at `size` - 1. */
void entry_copy(char *out, size_t size, struct bytes text);
/* Adds to what is said: "WORDS", or "NAME: WORDS" behind a semicolon; nothing where there are no words. */
void entry_say(struct entry *e, const char *name, struct bytes words);
