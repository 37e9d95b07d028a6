#include "evidence/tar_write.h"

#include "base/buf.h"
#include "evidence/name.h"
#include "evidence/tar_header.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HELD_MOST = 256 * 1024, END_BLOCKS = 2 };

struct tar_write {
    int fd;
    int error;        /* errno of the first write that failed, or 0 */
    uint64_t offset;  /* where `held` belongs */
    uint64_t left;    /* what is due of the file at hand, */
    uint64_t padding; /* and what fills its last block up */
    struct buf held;
    char top[NAME_LIMIT];
    char name[2 * NAME_LIMIT]; /* of the file at hand, with the top directory */
};

static int pwrite_all(int fd, struct bytes what, uint64_t at)
{
    while (what.n > 0) {
        ssize_t n = pwrite(fd, what.p, what.n, (off_t)at);
        if (n < 0 && errno != EINTR)
            return errno;
        if (n > 0) {
            what = bytes_slice(what, (size_t)n, what.n);
            at += (uint64_t)n;
        }
    }
    return 0;
}

static void put_out(struct tar_write *t, struct bytes what)
{
    if (!t->error)
        t->error = pwrite_all(t->fd, what, t->offset);
    t->offset += what.n;
}

static void put_held(struct tar_write *t)
{
    put_out(t, buf_view(&t->held));
    buf_clear(&t->held);
}

static void put(struct tar_write *t, struct bytes piece)
{
    if (t->held.n + piece.n > HELD_MOST)
        put_held(t);
    if (piece.n > HELD_MOST || !buf_put(&t->held, piece))
        put_out(t, piece);
}

static void put_zeros(struct tar_write *t, uint64_t n)
{
    static const unsigned char zeros[TAR_BLOCK];
    while (n > 0) {
        size_t piece = n < sizeof zeros ? (size_t)n : sizeof zeros;
        put(t, bytes_at(zeros, piece));
        n -= piece;
    }
}

/* Ends the file at hand; one that was left in the middle is filled up. */
static void finish_file(struct tar_write *t)
{
    put_zeros(t, t->left + t->padding);
    t->left = t->padding = 0;
}

struct tar_write *tar_write_new(int fd, const char *top, struct fail *fail)
{
    struct tar_write *t = calloc(1, sizeof *t);
    if (!t) {
        fail_set(fail, "ENOMEM", "no memory for writing a tar file");
        return NULL;
    }
    t->fd = fd;
    t->held = buf_new(HELD_MOST);
    snprintf(t->top, sizeof t->top, "%s", top);
    return t;
}

void tar_write_free(struct tar_write *t)
{
    if (!t)
        return;
    buf_free(&t->held);
    free(t);
}

bool tar_write_begin(struct tar_write *t, const char *name, uint64_t size, struct fail *fail)
{
    unsigned char header[TAR_BLOCK];
    finish_file(t);
    snprintf(t->name, sizeof t->name, "%s/%s", t->top, name);
    if (!tar_header_put(header, t->name, size))
        return fail_set(fail, "EARCHIVE", "%s: no tar file takes that name, or 8 GiB and more",
                        t->name);
    put(t, bytes_at(header, sizeof header));
    t->left = size;
    t->padding = tar_file_room(size) - TAR_BLOCK - size;
    return true;
}

bool tar_write_more(struct tar_write *t, struct bytes piece, struct fail *fail)
{
    if (piece.n > t->left)
        return fail_set(fail, "EARCHIVE", "%s: it is longer than was said", t->name);
    put(t, piece);
    t->left -= piece.n;
    return true;
}

bool tar_write_file(struct tar_write *t, const char *name, struct bytes content, struct fail *fail)
{
    if (!tar_write_begin(t, name, content.n, fail) || !tar_write_more(t, content, fail))
        return false;
    finish_file(t);
    return true;
}

void tar_write_end(struct tar_write *t)
{
    finish_file(t);
    put_zeros(t, (uint64_t)END_BLOCKS * TAR_BLOCK);
}

bool tar_write_flush(struct tar_write *t, struct fail *fail)
{
    finish_file(t);
    put_held(t);
    return t->error == 0 || fail_set(fail, fail_errno_name(t->error), "%s", strerror(t->error));
}

uint64_t tar_write_offset(const struct tar_write *t)
{
    return t->offset + t->held.n;
}

void tar_write_back(struct tar_write *t, uint64_t offset)
{
    buf_clear(&t->held);
    t->left = t->padding = 0;
    t->offset = offset;
    t->error = 0;
}

uint64_t tar_file_room(uint64_t size)
{
    return TAR_BLOCK + (size + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK;
}
