/*
 * stream_inside: the inside of a stream, shared by stream.c (its life and its waiting),
 * stream_bytes.c (what goes in and out) and stream_tls.c. For these three alone, and for inbox.c and outbox.c, each of which
 * has one function of it called.
 */
#pragma once

#include "net/alarm.h"
#include "net/inbox.h"
#include "net/outbox.h"
#include "net/stream.h"
#include "net/tls_session.h"

#include <event2/event_struct.h>

/* What the owner was told STREAM_AGAIN about. */
enum stream_wait { WAIT_NOTHING, WAIT_CONNECT, WAIT_READ, WAIT_FLUSH, WAIT_HANDSHAKE };

/* 20,000 of these are in flight: what few streams need hangs on a pointer. */
struct stream {
    struct event io;
    struct loop *loop;
    stream_wake wake;
    void *owner;
    instant deadline; /* 0 = none */
    struct alarm alarm;
    struct buf *unsent;      /* NULL when all is sent */
    struct buf *unread;      /* what came and was not asked for; NULL: nothing */
    struct tls_session *tls; /* NULL when plain */
    int fd;
    int error;              /* errno of what broke the connection, 0 while it is whole */
    short watching;         /* what io is registered for */
    unsigned short arrival; /* its place in the loop's inbox, counted from 1; 0: none */
    unsigned char waiting;
    bool readable;  /* a read may find something: not known to be drained */
    bool writable;  /* the loop said so at least once */
    bool connected; /* known to be */
    bool secured;   /* the handshake is done */
    bool finishing; /* our half is to be shut once all is sent */
    bool datagrams; /* the socket is UDP */
    bool spoken;    /* a write has gone out that the peer has not answered */
    bool hurries;   /* the socket has TCP_NODELAY */
    bool owes;      /* the loop's outbox holds something of it */
};

/* Says STREAM_AGAIN and arranges for the wake, or STREAM_FAILED when the deadline is over. */
enum stream_state stream_wait(struct stream *s, enum stream_wait what, struct fail *fail);
/* Marks the stream as broken and says how. */
enum stream_state stream_failed(struct stream *s, int error, struct fail *fail);
/* Watches for what is wanted now; false (and s->error) when the kernel refuses. */
bool stream_watch(struct stream *s);
/* Sends what waits, as far as the socket takes it now, and shuts our half when that is due. */
void stream_send_unsent(struct stream *s);
void stream_drop_unsent(struct stream *s);
/* What lies in the inbox for it is to be handed to its owner. */
void stream_arrived(struct stream *s);
/* Has nothing lie in the inbox for it: what does is read later. */
void stream_keep_arrived(struct stream *s);
void stream_drop_unread(struct stream *s);
/* Sends what the outbox has held, or keeps it. */
void stream_send_owed(struct stream *s, struct bytes what);
/* Has the outbox hold nothing of it. */
void stream_settle(struct stream *s);
