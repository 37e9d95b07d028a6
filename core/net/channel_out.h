/*
 * channel_out: the sending half of a channel: a queue of frames and descriptors, sent in batches.
 *
 * A batch is what one sendmsg offers: up to CHANNEL_BATCH_FDS descriptors and the bytes of their
 * frames. The next batch begins when the last byte of this one is sent, so that the receiver never
 * holds more descriptors than one batch ahead of the frames that take them. For channel.c alone.
 */
#pragma once

#include "base/bytes.h"

#include <stdint.h>

enum {
    CHANNEL_BATCH_FDS = 200,          /* the kernel takes 253 a message */
    CHANNEL_BATCH_BYTES = 256 * 1024, /* unless one frame is longer */
    CHANNEL_HEAD = 4,                 /* bytes before each payload */
};
/* Set in the length of a frame that a descriptor belongs to. */
#define CHANNEL_TAKES_FD UINT32_C(0x80000000)

enum channel_sent { CHANNEL_SENT_ALL, CHANNEL_SENT_SOME, CHANNEL_CROWDED, CHANNEL_BROKEN };

struct channel_out {
    unsigned char *p; /* what waits is p[head] to p[tail] */
    size_t head, tail, cap;
    size_t batch; /* bytes of the begun batch that are still to be sent */
    struct channel_fd {
        uint64_t at; /* where its frame ends in the row of all bytes ever queued */
        int fd;
    } * fds; /* fds[fd_head] to fds[fd_tail] wait */
    size_t fd_head, fd_tail, fd_cap;
    uint64_t sent; /* bytes sent so far */
};

void channel_out_free(struct channel_out *out);
/* Queues a frame; false when no memory is left. Takes ownership of fd in both cases. */
bool channel_out_put(struct channel_out *out, struct bytes payload, int fd);
size_t channel_out_waiting(const struct channel_out *out);
/* Sends as far as the socket takes it. CROWDED: the kernel has too many descriptors in flight; try
 * again a little later. */
enum channel_sent channel_out_send(struct channel_out *out, int socket);
