/*
 * The receiving half of a channel, fed by a peer that breaks the rules: pieces of any size, each with up
 * to three descriptors. Input: for each piece its size (1 byte), its descriptors (1 byte), its bytes.
 */
#include "base/check.h"
#include "net/channel.h"
#include "net/channel_in.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static bool feed(struct channel_in *in, const unsigned char *p, size_t n)
{
    while (n > 0) {
        size_t room = 0;
        unsigned char *to = channel_in_room(in, &room);
        require(to && room > 0);
        size_t part = n < room ? n : room;
        memcpy(to, p, part);
        channel_in_commit(in, part);
        p += part;
        n -= part;
    }
    return true;
}

/* Takes all frames that are there; false when the peer is found out. */
static bool cut_all(struct channel_in *in, size_t *taken)
{
    struct bytes payload;
    const char *why = NULL;
    enum channel_cut cut;
    int fd = -1;
    while ((cut = channel_in_cut(in, &payload, &fd, &why)) == CHANNEL_FRAME_CUT) {
        require(payload.n <= CHANNEL_FRAME);
        *taken += payload.n + 4;
        if (fd >= 0)
            require(close(fd) == 0);
    }
    require(cut == CHANNEL_FRAME_MORE || why);
    return cut == CHANNEL_FRAME_MORE;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct channel_in in;
    int some = open("/dev/null", O_RDONLY | O_CLOEXEC);
    int next = dup(some);
    size_t taken = 0, at = 1;
    bool ok = true;
    close(next);
    require(size == 0 || channel_in_new(&in, data[0] & 1));
    while (ok && at + 2 < size) {
        size_t n = data[at] < size - at - 2 ? data[at] : size - at - 2;
        for (int i = 0; ok && i < (data[at + 1] & 3); i++)
            ok = channel_in_fd(&in, dup(some));
        ok = ok && feed(&in, data + at + 2, n) && cut_all(&in, &taken);
        at += 2 + n;
    }
    require(taken <= size);
    if (size > 0)
        channel_in_free(&in);
    /* Each descriptor was closed: the lowest free number is the same again. */
    int again = dup(some);
    require(again == next);
    close(again);
    close(some);
    return 0;
}
