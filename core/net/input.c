#include "net/input.h"

#include <errno.h>
#include <event2/event.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROOM = 2 * INPUT_LINE_MOST };

struct input {
    int fd;
    struct event *event; /* NULL: reading never waits, or may */
    bool readable;       /* the event came and nothing was read since */
    bool ended;
    bool skipping; /* the rest of a line that was too long */
    size_t from;   /* of what was read and not handed out */
    size_t to;
    char name[256];
    unsigned char bytes[ROOM];
};

static void on_readable(evutil_socket_t fd, short events, void *arg)
{
    (void)fd, (void)events;
    ((struct input *)arg)->readable = true;
}

/* All others (a regular file, /dev/null) never keep anybody waiting, and can't be watched. */
static bool keeps_waiting(int fd)
{
    struct stat st;
    return fstat(fd, &st) == 0 && (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode) || isatty(fd));
}

static bool watch(struct input *in, struct loop *loop)
{
    if (!loop || !keeps_waiting(in->fd))
        return true;
    in->event = event_new(loop_base(loop), in->fd, EV_READ, on_readable, in);
    return in->event && event_add(in->event, NULL) == 0;
}

struct input *input_open(const char *path, struct loop *loop, struct fail *fail)
{
    struct stat st;
    bool is_stdin = strcmp(path, "-") == 0;
    int flags = O_RDONLY | O_CLOEXEC | (loop ? O_NONBLOCK : 0);
    struct input *in = malloc(sizeof *in);
    if (!in) {
        fail_set(fail, "ENOMEM", "out of memory for a list");
        return NULL;
    }
    in->fd = is_stdin ? STDIN_FILENO : open(path, flags);
    in->event = NULL;
    in->readable = in->ended = in->skipping = false;
    in->from = in->to = 0;
    snprintf(in->name, sizeof in->name, "%s", is_stdin ? "standard input" : path);
    if (in->fd < 0)
        fail_errno(fail, errno, path);
    else if (fstat(in->fd, &st) == 0 && S_ISDIR(st.st_mode))
        fail_errno(fail, EISDIR, path);
    else if (!watch(in, loop))
        fail_set(fail, "ENOMEM", "out of memory for a list");
    else
        return in;
    input_close(in);
    return NULL;
}

void input_close(struct input *in)
{
    if (!in)
        return;
    if (in->event)
        event_free(in->event);
    if (in->fd > STDIN_FILENO)
        close(in->fd);
    free(in);
}

/* Takes a line out of what was read; at the end also one without a line end. */
static bool take(struct input *in, struct bytes *line)
{
    struct bytes rest = bytes_at(in->bytes + in->from, in->to - in->from);
    size_t end = bytes_index(rest, '\n', 0);
    bool whole = end != BYTES_NOT_FOUND;
    size_t n = whole ? end : rest.n;
    bool skipped = in->skipping;
    if (!whole && !in->ended && n <= INPUT_LINE_MOST)
        return false;
    in->skipping = !whole && !in->ended;
    in->from += whole ? n + 1 : n;
    *line = bytes_slice(rest, 0, n > INPUT_LINE_MOST ? INPUT_LINE_MOST + 1 : n);
    if (skipped)
        return take(in, line);
    return n > 0 || whole;
}

static ssize_t read_once(struct input *in)
{
    ssize_t n;
    do
        n = read(in->fd, in->bytes + in->to, ROOM - in->to);
    while (n < 0 && errno == EINTR);
    return n;
}

/* Reads once; false when nothing is there yet. */
static bool fill(struct input *in, struct fail *fail)
{
    bool wait = in->event && !in->readable;
    memmove(in->bytes, in->bytes + in->from, in->to - in->from);
    in->to -= in->from;
    in->from = 0;
    in->readable = false;
    ssize_t n = wait ? -1 : read_once(in);
    if (n > 0)
        in->to += (size_t)n;
    else if (n == 0)
        in->ended = true;
    else if (in->event && (wait || errno == EAGAIN))
        event_add(in->event, NULL);
    else
        in->ended = true, fail_errno(fail, errno, in->name);
    return n > 0 || in->ended;
}

enum input_state input_next(struct input *in, struct bytes *line, struct fail *fail)
{
    while (!take(in, line)) {
        if (in->ended)
            return INPUT_END;
        if (!fill(in, fail))
            return INPUT_LATER;
    }
    return INPUT_LINE;
}
