/*
 * delivery_batch: letters whose turn it is, handed over one behind the other on one connection, with one write to the disk for
 * all of them (mail/queue.h).
 */
#pragma once

#include "cli/delivery.h"

/* After a power cut so many letters may be uncertain at most. */
enum { BATCH_LETTERS = 32, BATCH_BYTES = 4 * 1024 * 1024 };

struct batch_letter {
    struct entry e;
    struct buf message; /* what of it is sent */
};

struct batch {
    const struct delivery_order *order;
    struct delivery_counts *counts;
    struct fail *fail;
    /* private */
    struct batch_letter *letters; /* BATCH_LETTERS */
    size_t count, at;
    size_t bytes;
    struct buf file;
    struct postman *postman; /* NULL: no connection */
    bool asked;          /* the next letter has been given to the postman behind the one before */
    unsigned long noted; /* since the letters' files were written */
};

bool batch_begin(struct batch *b);
void batch_end(struct batch *b);
/* Adds the letter, if it is to be sent still. */
bool batch_add(struct batch *b, const char *name);
bool batch_is_full(const struct batch *b);
/* Tries each of them. False: it was broken off, or stopped by a signal; what was not sent is waiting. */
bool batch_send(struct batch *b);
/* Ends the connection, if there is one. */
void batch_hang_up(struct batch *b);
bool batch_stopped(struct fail *fail);
