/*
 * outbox: what the streams of a loop write during a round, and the sockets that they close, done together when the round
 * ends. The kernel's way of sending, and ours of deciding what to say, then each find their own code in the processor's
 * cache; taken in turns for each dialogue, one drives out the other. For the files of this house.
 *
 * Outside of a round nothing waits here.
 */
#pragma once

#include "base/bytes.h"

struct outbox;
struct stream;

struct outbox *outbox_new(void);
/* It must be empty. */
void outbox_free(struct outbox *o);
/* A round begins. It ends with outbox_end. */
void outbox_begin(struct outbox *o);
void outbox_end(struct outbox *o);
/* Sends and closes what waits; the round goes on. */
void outbox_empty(struct outbox *o);

/* Keeps a copy of what is to be written; false: it must be written now. The stream says outbox_empty before it is freed,
 * shut, secured or asked whether all is sent. */
bool outbox_write(struct outbox *o, struct stream *s, struct bytes what);
/* Closes the socket, when the round ends at the latest. */
void outbox_close(struct outbox *o, int fd);
