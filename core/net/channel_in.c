#include "net/channel_in.h"

#include "net/channel.h"
#include "net/channel_out.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIRST_CAP = 64 * 1024, MOST_CAP = CHANNEL_HEAD + CHANNEL_FRAME };

bool channel_in_new(struct channel_in *in, bool with_fds)
{
    *in = (struct channel_in){0};
    in->p = malloc(FIRST_CAP);
    in->cap = FIRST_CAP;
    if (with_fds)
        in->fds = malloc(CHANNEL_IN_FDS * sizeof *in->fds);
    if (in->p && (in->fds || !with_fds))
        return true;
    channel_in_free(in);
    return false;
}

static int take_fd(struct channel_in *in)
{
    int fd = in->fds[in->fd_head];
    in->fd_head = (in->fd_head + 1) % CHANNEL_IN_FDS;
    in->fd_count--;
    return fd;
}

void channel_in_free(struct channel_in *in)
{
    while (in->fds && in->fd_count > 0)
        close(take_fd(in));
    free(in->fds);
    free(in->p);
    *in = (struct channel_in){0};
}

static bool grow(struct channel_in *in)
{
    size_t cap = in->cap * 2 < MOST_CAP ? in->cap * 2 : MOST_CAP;
    unsigned char *p = cap > in->cap ? realloc(in->p, cap) : NULL;
    if (!p)
        return false;
    in->p = p;
    in->cap = cap;
    return true;
}

unsigned char *channel_in_room(struct channel_in *in, size_t *n)
{
    size_t left = in->tail - in->head;
    if (left > 0 && in->head > 0)
        memmove(in->p, in->p + in->head, left);
    in->head = 0;
    in->tail = left;
    if (left == in->cap && !grow(in))
        return NULL;
    *n = in->cap - in->tail;
    return in->p + in->tail;
}

void channel_in_commit(struct channel_in *in, size_t n)
{
    in->tail += n;
}

bool channel_in_fd(struct channel_in *in, int fd)
{
    if (!in->fds || in->fd_count == CHANNEL_IN_FDS) {
        close(fd);
        return false;
    }
    in->fds[(in->fd_head + in->fd_count) % CHANNEL_IN_FDS] = fd;
    in->fd_count++;
    return true;
}

static uint32_t read_head(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static enum channel_cut bad(const char *because, const char **why)
{
    *why = because;
    return CHANNEL_FRAME_BAD;
}

enum channel_cut channel_in_cut(struct channel_in *in, struct bytes *payload, int *fd,
                                const char **why)
{
    size_t left = in->tail - in->head;
    if (left < CHANNEL_HEAD)
        return CHANNEL_FRAME_MORE;
    uint32_t head = read_head(in->p + in->head);
    uint32_t length = head & ~CHANNEL_TAKES_FD;
    bool takes_fd = head & CHANNEL_TAKES_FD;
    if (length > CHANNEL_FRAME)
        return bad("a frame is longer than allowed", why);
    if (left < CHANNEL_HEAD + (size_t)length)
        return CHANNEL_FRAME_MORE;
    if (takes_fd && in->fd_count == 0)
        return bad("a frame came without its descriptor", why);
    *payload = bytes_at(in->p + in->head + CHANNEL_HEAD, length);
    *fd = takes_fd ? take_fd(in) : -1;
    in->head += CHANNEL_HEAD + (size_t)length;
    return CHANNEL_FRAME_CUT;
}
