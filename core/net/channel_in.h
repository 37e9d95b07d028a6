/*
 * channel_in: the receiving half of a channel: frames are cut where they stand in a growing buffer,
 * with the descriptors that came beside them. Sans-I/O, so that hostile bytes can be tried on it. For
 * channel.c alone (and the tests).
 */
#pragma once

#include "base/bytes.h"

enum { CHANNEL_IN_FDS = 512 }; /* a peer that keeps the rules has at most two batches under way */

struct channel_in {
    unsigned char *p; /* what was received and not yet taken: p[head] to p[tail] */
    size_t head, tail, cap;
    int *fds; /* a ring of CHANNEL_IN_FDS, NULL when none may come */
    size_t fd_head, fd_count;
};

enum channel_cut { CHANNEL_FRAME_CUT, CHANNEL_FRAME_MORE, CHANNEL_FRAME_BAD };

/* False when no memory is left. */
bool channel_in_new(struct channel_in *in, bool with_fds);
/* Closes the descriptors that no frame took. */
void channel_in_free(struct channel_in *in);
/* Room for the bytes that come next: at least one byte of it. NULL when no memory is left. It grows
 * with what has come, never with what a length claims. */
unsigned char *channel_in_room(struct channel_in *in, size_t *n);
void channel_in_commit(struct channel_in *in, size_t n);
/* Takes ownership of a descriptor that came; false, and it is closed, when it is one too many. */
bool channel_in_fd(struct channel_in *in, int fd);
/* The next frame: its payload is lent until the next call; fd is -1 or the caller's from now on. */
enum channel_cut channel_in_cut(struct channel_in *in, struct bytes *payload, int *fd,
                                const char **why);
