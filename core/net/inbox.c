#include "net/inbox.h"

#include "net/stream_inside.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

enum { ARRIVALS_MOST = 128, BYTES_MOST = 64 * 1024, ROOM_LEAST = 16 * 1024 };

struct inbox {
    unsigned count;
    size_t used;
    struct arrival arrivals[ARRIVALS_MOST];
    unsigned char bytes[BYTES_MOST];
};

struct inbox *inbox_new(void)
{
    return calloc(1, sizeof(struct inbox));
}

void inbox_free(struct inbox *in)
{
    free(in);
}

void inbox_read(struct inbox *in, struct stream *s)
{
    if (in->count == ARRIVALS_MOST || BYTES_MOST - in->used < ROOM_LEAST)
        inbox_hand_out(in);
    unsigned char *to = in->bytes + in->used;
    size_t room = BYTES_MOST - in->used;
    ssize_t n = recv(s->fd, to, room, MSG_DONTWAIT);
    int error = n < 0 ? errno : 0;
    /* Less than there was room for: the socket is drained, and the loop tells what comes later. */
    s->readable = n == (ssize_t)room || (n <= 0 && error != EAGAIN);
    if (error == EAGAIN)
        return;
    in->arrivals[in->count++] = (struct arrival){.stream = s, .p = to, .n = n, .error = error};
    in->used += n > 0 ? (size_t)n : 0;
    s->arrival = (unsigned short)in->count;
}

struct arrival inbox_take(struct inbox *in, struct stream *s)
{
    struct arrival *a = &in->arrivals[s->arrival - 1];
    struct arrival taken = *a;
    a->stream = NULL;
    s->arrival = 0;
    return taken;
}

void inbox_hand_out(struct inbox *in)
{
    for (unsigned i = 0; i < in->count; i++) {
        struct stream *s = in->arrivals[i].stream;
        if (s)
            stream_arrived(s);
        if (in->arrivals[i].stream) /* it is still there, and did not ask */
            stream_keep_arrived(s);
    }
    in->count = 0;
    in->used = 0;
}
