/*
 * channel: length-prefixed messages, and descriptors with them, over a socketpair.
 *
 * Frame: u32 length (big-endian, the payload alone; the top bit is set when a descriptor belongs to the
 * frame) and the payload. Descriptors travel by SCM_RIGHTS beside the bytes of their frames, in the order
 * of the frames; the receiver gets each with its frame. Frames are batched: sends gather in a buffer
 * until channel_flush (called by loop_after_round) or 64 KiB wait.
 *
 * Neither end trusts the other: a frame over CHANNEL_FRAME bytes, an unexpected descriptor or a broken
 * length ends the channel.
 */
#pragma once

#include "base/buf.h"
#include "net/loop.h"

enum { CHANNEL_FRAME = 4 * 1024 * 1024 };

struct channel;
/* fd is -1 when the frame brought none; else the receiver owns it. payload is lent for the call. */
typedef void (*channel_frame)(void *arg, struct bytes payload, int fd);
/* The channel ended: the peer is gone, or broke the rules (why says so). */
typedef void (*channel_end)(void *arg, const char *why);

/* A connected pair of non-blocking sockets. */
bool channel_pair(int fds[2], struct fail *fail);
/* Takes ownership of fd, also when it returns NULL (no memory). Its callbacks come from the loop alone,
 * never from inside one of its functions, and may free it. `with_fds`: frames of the peer may carry
 * descriptors. */
struct channel *channel_new(struct loop *loop, int fd, bool with_fds, channel_frame on_frame,
                            channel_end on_end, void *arg);
void channel_free(struct channel *c);
/* Queues one frame. The descriptor (or -1) is closed here once it is sent: ownership passes, also when
 * this returns false: the frame is too long, the channel has ended, no memory is left, or the peer is so
 * slow that CHANNEL_QUEUE bytes wait. */
enum { CHANNEL_QUEUE = 64 * 1024 * 1024 };
bool channel_send(struct channel *c, struct bytes payload, int fd);
/* Sends what is queued, as far as the socket takes it now; the rest goes out by itself. */
void channel_flush(struct channel *c);
/* Bytes that wait to be sent. */
size_t channel_queued(const struct channel *c);
/* Sends all that is queued, blocking, for at most `limit`: before a process ends. */
void channel_drain(struct channel *c, span limit);
