/*
 * decisive: which lines of a dialogue decided its verdict, and which belong to them.
 *
 * Each step of a verdict points at a line of the tape. Of the messages or ways that a probe tried one is told of: that by which
 * the token came back that is the proof, else the first of which a step speaks. What the steps point at there is decisive; to it
 * belong what was sent for it, what was said just before, and how the connection began. Of a relay, one try is what follows MAIL.
 */
#pragma once

#include "tape/record.h"

#include <jansson.h>

enum { DECISIVE_MOST = 64 };

/* Lines of the tape, both ends among them; 1 is its head. */
struct tape_span {
    unsigned from;
    unsigned to;
};

/* One line that a step points at. */
struct decisive_line {
    unsigned line;
    unsigned connection;
    struct tape_span
        opening; /* from the connection's first words to what stands before the first MAIL; of a proxy empty */
    struct tape_span sender; /* MAIL and its answer, where there was one */
    struct tape_span before; /* from what was sent before, and its answer, to the line itself */
    bool marked;             /* the token is in it, or in what was sent for it */
};

/* What is known of the connection at hand while a tape is read. */
struct decisive_place {
    unsigned connection;
    bool ours;               /* who spoke last */
    unsigned first;          /* the line of its first words; 0: none yet */
    unsigned first_sender;   /* of its first MAIL */
    struct tape_span sender; /* of the latest */
    bool sender_open;        /* nothing was sent behind it yet */
    unsigned sent;           /* where the latest that was sent begins */
    unsigned sent_before;    /* and what was sent before that */
    bool marked;             /* the token is in what was sent latest */
};

struct decisive {
    unsigned steps[DECISIVE_MOST]; /* lines that steps point at, ascending */
    size_t step_count;
    struct bytes mark;
    bool relay;
    bool over; /* the token is back: what comes later confirms, or is about something else */
    struct decisive_place at;
    struct decisive_line found[DECISIVE_MOST];
    size_t count; /* none: the steps point at nothing that was said */
};

/* Begins. steps: case.json's; mark: the token that is the proof (lent), empty where there is none. */
void decisive_begin(struct decisive *d, const json_t *steps, struct bytes mark, bool relay);
/* Takes the tape's next record, which stands in its line `line`. */
void decisive_take(struct decisive *d, const struct record *record, unsigned line);
/* All are taken: leaves in `found` those of the one try. */
void decisive_choose(struct decisive *d);

/* Does a turn belong to them which begins in this line of the tape? */
bool decisive_has(const struct decisive *d, unsigned connection, unsigned line);
/* And is it no more than how the connection began? */
bool decisive_is_opening(const struct decisive *d, unsigned line);
/* Does a step point at this line? */
bool decisive_is(const struct decisive *d, unsigned line);
