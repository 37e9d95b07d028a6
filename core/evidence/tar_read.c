#include "evidence/tar_read.h"

#include "evidence/name.h"
#include "evidence/tar_gate.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER = 128 * 1024 }; /* stays in the processor's cache */

struct tar_read {
    int fd;
    struct tar_gate gate;
    uint64_t left; /* of the entry's content */
    char top[NAME_LIMIT];
    size_t top_size;
    bool has_top;     /* as an entry of its own */
    const char *name; /* within the gate's */
    size_t at;        /* of what is in the buffer, this much was handed out */
    size_t n;
    unsigned char buffer[BUFFER];
};

/* Fills the buffer until a block or the end of the file is in it. */
static bool fill(struct tar_read *t, struct fail *fail)
{
    memmove(t->buffer, t->buffer + t->at, t->n - t->at);
    t->n -= t->at;
    t->at = 0;
    while (t->n < TAR_BLOCK) {
        ssize_t n = read(t->fd, t->buffer + t->n, sizeof t->buffer - t->n);
        if (n == 0)
            return true;
        if (n < 0 && errno != EINTR)
            return fail_set(fail, fail_errno_name(errno), "%s", strerror(errno));
        t->n += n > 0 ? (size_t)n : 0;
    }
    return true;
}

/* The next bytes through the gate: a header, or as much of a file as is in the buffer. Empty at the end. */
static bool next_piece(struct tar_read *t, struct bytes *out, struct fail *fail)
{
    if (t->n - t->at < TAR_BLOCK && !fill(t, fail))
        return false;
    uint64_t want = tar_gate_want(&t->gate);
    size_t have = (t->n - t->at) / TAR_BLOCK * TAR_BLOCK;
    *out = bytes_at(t->buffer + t->at, want < have ? (size_t)want : have);
    t->at += out->n;
    if (out->n == 0)
        return tar_gate_end(&t->gate, t->n - t->at, fail);
    return tar_gate_pass(&t->gate, *out, fail);
}

/* A pipe would be waited for, maybe for ever, and can't be read twice. */
static bool open_file(struct tar_read *t, const char *path, struct fail *fail)
{
    struct stat st;
    t->fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (t->fd < 0 || fstat(t->fd, &st) != 0)
        return fail_set(fail, fail_errno_name(errno), "%s", strerror(errno));
    if (S_ISDIR(st.st_mode))
        return fail_set(fail, "EISDIR", "%s", strerror(EISDIR));
    return S_ISREG(st.st_mode) || fail_set(fail, "EFORMAT", "not a regular file");
}

struct tar_read *tar_read_open(const char *path, struct fail *fail)
{
    struct tar_read *t = calloc(1, sizeof *t);
    if (!t) {
        fail_set(fail, "ENOMEM", "no memory for reading a tar file");
        return NULL;
    }
    if (open_file(t, path, fail))
        return t;
    tar_read_close(t);
    return NULL;
}

void tar_read_close(struct tar_read *t)
{
    if (!t)
        return;
    if (t->fd >= 0)
        close(t->fd);
    free(t);
}

static bool take_top(struct tar_read *t, size_t n, struct fail *fail)
{
    if (n >= sizeof t->top)
        return fail_set(fail, "ENAME", "a top directory with a name that is too long");
    memcpy(t->top, t->gate.name, n);
    t->top[n] = '\0';
    t->top_size = n;
    return name_check_top(t->top, fail);
}

static bool take_name(struct tar_read *t, struct fail *fail)
{
    const char *whole = t->gate.name;
    if (!name_check(whole, fail))
        return false;
    size_t n = strcspn(whole, "/");
    if (whole[n] == '\0' && !t->gate.directory)
        return fail_set(fail, "ENAME", "%s: a file beside the bundle's directory", whole);
    if (t->top[0] == '\0' && !take_top(t, n, fail))
        return false;
    if (t->top_size != n || memcmp(t->top, whole, n) != 0)
        return fail_set(fail, "ENAME", "%s: a second top directory beside %s", whole, t->top);
    if (whole[n] == '\0' && t->has_top)
        return fail_set(fail, "EDUPLICATE", "%s is a directory that is in the bundle twice", whole);
    t->has_top |= whole[n] == '\0';
    t->name = whole[n] ? whole + n + 1 : whole + n;
    return true;
}

/* Past what was not read of this entry. */
static bool skip(struct tar_read *t, struct fail *fail)
{
    struct bytes piece = {NULL, 1};
    while (t->left > 0)
        if (!tar_read_piece(t, &piece, fail))
            return false;
    return true;
}

/* What is in the buffer already is not read again. */
bool tar_read_seek(struct tar_read *t, uint64_t place, struct fail *fail)
{
    uint64_t behind = t->gate.blocks * TAR_BLOCK; /* stands at t->at */
    if (place <= behind && behind - place <= t->at)
        t->at -= behind - place;
    else if (place > behind && place - behind <= t->n - t->at)
        t->at += place - behind;
    else if (lseek(t->fd, (off_t)place, SEEK_SET) < 0)
        return fail_set(fail, fail_errno_name(errno), "%s", strerror(errno));
    else
        t->at = t->n = 0;
    t->gate = (struct tar_gate){.blocks = place / TAR_BLOCK};
    t->left = 0;
    t->has_top = t->has_top && place > 0;
    return true;
}

enum tar_step tar_read_next(struct tar_read *t, struct tar_entry *out, struct fail *fail)
{
    struct bytes block;
    if (!skip(t, fail))
        return TAR_FAIL;
    do {
        if (!next_piece(t, &block, fail))
            return TAR_FAIL;
        if (block.n == 0)
            return TAR_END;
    } while (tar_gate_at_end(&t->gate));
    if (!take_name(t, fail))
        return TAR_FAIL;
    t->left = t->gate.size;
    *out = (struct tar_entry){t->name, t->gate.directory, t->gate.size,
                              (t->gate.blocks - 1) * TAR_BLOCK};
    return TAR_ENTRY;
}

bool tar_read_piece(struct tar_read *t, struct bytes *out, struct fail *fail)
{
    *out = bytes_at(NULL, 0);
    if (t->left == 0)
        return true;
    if (!next_piece(t, out, fail))
        return false;
    *out = bytes_slice(*out, 0, t->left < out->n ? (size_t)t->left : out->n); /* without padding */
    t->left -= out->n;
    return true;
}

bool tar_read_all(struct tar_read *t, const struct tar_entry *entry, struct buf *out,
                  struct fail *fail)
{
    struct bytes piece = {NULL, 1};
    if (entry->size > out->limit - out->n)
        return fail_set(fail, "ELIMIT", "%s: a file of more than %zu bytes", entry->name,
                        out->limit);
    while (piece.n > 0) {
        if (!tar_read_piece(t, &piece, fail))
            return false;
        if (!buf_put(out, piece))
            return fail_set(fail, "ENOMEM", "%s: no memory", entry->name);
    }
    return true;
}

const char *tar_read_top(const struct tar_read *t)
{
    return t->top;
}
