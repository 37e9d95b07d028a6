#include "evidence/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    HELD_LIMIT = 16 * 1024 * 1024,
    HELD_MUCH = 256 * 1024,
    KEPT_MUCH = 64 * 1024,
    PATH_LIMIT = 4096
};

struct spool {
    int fd; /* -1: what was written is in `few` */
    uint64_t written;
    struct buf held;
    size_t kept; /* of held: what is complete */
    struct buf few;
    void *map;
    size_t map_size;
};

/* Where O_TMPFILE is not to be had (some network file systems), the name is taken away at once. */
static int open_nameless(const char *dir)
{
    char path[PATH_LIMIT];
    int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0)
        return fd;
    if (snprintf(path, sizeof path, "%s/.ajar-XXXXXX", dir) >= (int)sizeof path)
        return -1;
    fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0)
        unlink(path);
    return fd;
}

static int open_in(const char *dir, struct fail *fail)
{
    const char *temporary = getenv("TMPDIR");
    if (!dir)
        dir = temporary && temporary[0] == '/' ? temporary : "/tmp";
    int fd = open_nameless(dir);
    if (fd < 0) {
        fail_errno(fail, errno, dir);
        fail_prefix(fail, "no temporary file");
    }
    return fd;
}

struct spool *spool_new(const char *dir, struct fail *fail)
{
    struct spool *s = calloc(1, sizeof *s);
    if (!s) {
        fail_set(fail, "ENOMEM", "no memory for a temporary file");
        return NULL;
    }
    s->held = buf_new(HELD_LIMIT);
    s->few = buf_new(HELD_MUCH);
    s->fd = dir ? open_in(dir, fail) : -1;
    if (s->fd >= 0 || !dir)
        return s;
    free(s);
    return NULL;
}

static void unmap(struct spool *s)
{
    if (s->map)
        munmap(s->map, s->map_size);
    s->map = NULL;
}

void spool_free(struct spool *s)
{
    if (!s)
        return;
    unmap(s);
    if (s->fd >= 0)
        close(s->fd);
    buf_free(&s->held);
    buf_free(&s->few);
    free(s);
}

bool spool_put(struct spool *s, struct bytes what, struct fail *fail)
{
    if (!buf_put(&s->held, what))
        return fail_set(fail, "ENOMEM", "no memory for a temporary file's lines");
    return s->held.n < HELD_MUCH || spool_write(s, fail);
}

static bool write_at(int fd, struct bytes left, off_t at)
{
    while (left.n > 0) {
        ssize_t n = pwrite(fd, left.p, left.n, at);
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0) {
            left = bytes_slice(left, (size_t)n, left.n);
            at += n;
        }
    }
    return true;
}

/* A file only when there is so much that memory is not the place for it. */
static bool write_held(struct spool *s, struct fail *fail)
{
    if (s->fd < 0 && s->few.n + s->held.n <= s->few.limit)
        return buf_put(&s->few, buf_view(&s->held)) ||
               fail_set(fail, "ENOMEM", "no memory for a temporary file's lines");
    if (s->fd < 0 && (s->fd = open_in(NULL, fail)) < 0)
        return false;
    /* What waits in memory, if anything, goes to the file's beginning. */
    bool ok = write_at(s->fd, buf_view(&s->few), 0) &&
              write_at(s->fd, buf_view(&s->held), (off_t)s->written);
    if (ok)
        buf_clear(&s->few);
    return ok || fail_errno(fail, errno, "a temporary file can't be written");
}

bool spool_write(struct spool *s, struct fail *fail)
{
    bool ok = write_held(s, fail);
    if (ok)
        s->written += s->held.n;
    buf_clear(&s->held);
    s->kept = 0;
    return ok;
}

bool spool_keep(struct spool *s, struct fail *fail)
{
    bool is_much = s->held.n >= KEPT_MUCH;
    if (is_much && !write_held(s, fail)) {
        spool_drop(s);
        return false;
    }
    if (is_much) {
        s->written += s->held.n;
        buf_clear(&s->held);
    }
    s->kept = s->held.n;
    return true;
}

void spool_drop(struct spool *s)
{
    s->held.n = s->kept;
    s->held.overflow = false;
}

bool spool_cut(struct spool *s, uint64_t size, struct fail *fail)
{
    unmap(s);
    s->held.n = size > s->written ? (size_t)(size - s->written) : 0;
    s->kept = s->held.n;
    if (size >= s->written)
        return true;
    if (ftruncate(s->fd, (off_t)size) != 0)
        return fail_errno(fail, errno, "a temporary file can't be cut");
    s->written = size;
    return true;
}

uint64_t spool_size(const struct spool *s)
{
    return s->written + s->held.n;
}

static size_t copy_some(struct bytes from, uint64_t offset, void *out, size_t size)
{
    size_t at = offset < from.n ? (size_t)offset : from.n;
    size_t n = from.n - at < size ? from.n - at : size;
    if (n > 0)
        memcpy(out, from.p + at, n);
    return n;
}

bool spool_read(const struct spool *s, uint64_t offset, void *out, size_t size, size_t *got,
                struct fail *fail)
{
    ssize_t n;
    if (offset >= s->written) {
        *got = copy_some(bytes_at(s->held.p, s->kept), offset - s->written, out, size);
        return true;
    }
    if (s->fd < 0) {
        *got = copy_some(buf_view(&s->few), offset, out, size);
        return true;
    }
    do
        n = pread(s->fd, out, size, (off_t)offset);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return fail_errno(fail, errno, "a temporary file can't be read");
    *got = (size_t)n;
    return true;
}

static bool refill(struct spool_walk *w, struct fail *fail)
{
    size_t got = 0;
    memmove(w->buffer, w->buffer + w->at, w->n - w->at);
    w->n -= w->at;
    w->at = 0;
    if (!spool_read(w->spool, w->offset, w->buffer + w->n, sizeof w->buffer - w->n, &got, fail))
        return false;
    w->n += got;
    w->offset += got;
    return true;
}

bool spool_line(struct spool_walk *w, struct bytes *line, bool *more, struct fail *fail)
{
    unsigned char *end = memchr(w->buffer + w->at, '\n', w->n - w->at);
    if (!end) {
        if (!refill(w, fail))
            return false;
        end = memchr(w->buffer, '\n', w->n);
    }
    *more = w->n > w->at;
    if (!*more)
        return true;
    if (!end)
        return fail_set(fail, "EFORMAT", "a line without an end");
    *line = bytes_at(w->buffer + w->at, (size_t)(end - w->buffer) - w->at);
    w->at += line->n + 1;
    return true;
}

bool spool_map(struct spool *s, struct bytes *out, struct fail *fail)
{
    unmap(s);
    *out = bytes_at("", 0);
    if (s->fd < 0 || s->written == 0) {
        *out = s->few.n > 0 ? buf_view(&s->few) : *out;
        return true;
    }
    s->map_size = (size_t)s->written;
    s->map = mmap(NULL, s->map_size, PROT_READ, MAP_SHARED, s->fd, 0);
    if (s->map == MAP_FAILED) {
        s->map = NULL;
        return fail_errno(fail, errno, "a temporary file can't be read");
    }
    *out = bytes_at(s->map, s->map_size);
    return true;
}

/* The blocks are allocated at once: a full disk must be an error here, not a signal later. */
static void *map_file(int fd, size_t size, struct fail *fail)
{
    int error = posix_fallocate(fd, 0, (off_t)size);
    void *p = error ? MAP_FAILED : mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (p != MAP_FAILED)
        return p;
    fail_errno(fail, error ? error : errno, "no room for a temporary file");
    return NULL;
}

void *spool_memory(size_t size, struct fail *fail)
{
    if (size <= HELD_MUCH) {
        void *few = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (few == MAP_FAILED)
            fail_errno(fail, errno, "no memory");
        return few == MAP_FAILED ? NULL : few;
    }
    int fd = open_in(NULL, fail);
    if (fd < 0)
        return NULL;
    void *p = map_file(fd, size, fail);
    close(fd);
    return p;
}
