/*
 * inbox: what the peers of a loop's streams have sent, read as the events of a round come, and handed to the streams'
 * owners when all have come. As with the outbox, the kernel's way of receiving and ours of judging what was said then each
 * find their own code in the processor's cache. For the files of this house.
 *
 * Outside of a round nothing lies here.
 */
#pragma once

#include "base/bytes.h"

#include <sys/types.h>

struct inbox;
struct stream;

/* What one read gave: bytes, 0 at the end of what the peer has to say, or -1 with an error. */
struct arrival {
    struct stream *stream; /* NULL: it was taken, or the stream is gone */
    const unsigned char *p;
    ssize_t n;
    int error;
};

struct inbox *inbox_new(void);
/* It must be empty. */
void inbox_free(struct inbox *in);

/* Reads what has come for a plain stream that waits for it; its owner is woken by inbox_hand_out, if there was something. */
void inbox_read(struct inbox *in, struct stream *s);
/* Takes out what lies here for the stream (s->arrival); its bytes are lent until inbox_hand_out has returned. */
struct arrival inbox_take(struct inbox *in, struct stream *s);
/* Wakes the owners, at the end of a round. */
void inbox_hand_out(struct inbox *in);
