#include "evidence/tar_write.h"

#include "base/buf.h"
#include "evidence/name.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 512, HELD_MOST = 256 * 1024 };

struct tar_write {
    struct archive *archive;
    struct archive_entry *entry;
    int fd;
    int error;       /* errno of the first write that failed, or 0 */
    uint64_t offset; /* where `held` belongs */
    struct buf held;
    char top[NAME_LIMIT];
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

/* libarchive's output. It never hears of a failure: after one it would refuse to go on. */
static la_ssize_t take(struct archive *archive, void *data, const void *p, size_t n)
{
    (void)archive;
    struct tar_write *t = data;
    struct bytes piece = bytes_at(p, n);
    if (t->held.n + n > HELD_MOST)
        put_held(t);
    if (n > HELD_MOST || !buf_put(&t->held, piece))
        put_out(t, piece);
    return (la_ssize_t)n;
}

static bool open_archive(struct tar_write *t)
{
    t->archive = archive_write_new();
    t->entry = archive_entry_new();
    return t->archive && t->entry && archive_write_set_format_ustar(t->archive) == ARCHIVE_OK &&
           archive_write_set_bytes_per_block(t->archive, 0) == ARCHIVE_OK &&
           archive_write_open2(t->archive, t, NULL, take, NULL, NULL) == ARCHIVE_OK;
}

struct tar_write *tar_write_new(int fd, const char *top, struct fail *fail)
{
    struct tar_write *t = calloc(1, sizeof *t);
    if (t) {
        t->fd = fd;
        t->held = buf_new(HELD_MOST);
        snprintf(t->top, sizeof t->top, "%s", top);
        if (open_archive(t))
            return t;
        tar_write_free(t);
    }
    fail_set(fail, "ENOMEM", "no memory for writing a tar file");
    return NULL;
}

void tar_write_free(struct tar_write *t)
{
    if (!t)
        return;
    t->error = ECANCELED; /* freeing an open archive would still write its end marks */
    archive_entry_free(t->entry);
    archive_write_free(t->archive);
    buf_free(&t->held);
    free(t);
}

static bool fail_archive(struct tar_write *t, const char *name, struct fail *fail)
{
    const char *why = archive_error_string(t->archive);
    return fail_set(fail, "EARCHIVE", "%s: %s", name, why ? why : "can't be put into a tar file");
}

bool tar_write_begin(struct tar_write *t, const char *name, uint64_t size, struct fail *fail)
{
    char whole[2 * NAME_LIMIT];
    snprintf(whole, sizeof whole, "%s/%s", t->top, name);
    archive_entry_clear(t->entry);
    archive_entry_set_pathname(t->entry, whole);
    archive_entry_set_size(t->entry, (la_int64_t)size);
    archive_entry_set_filetype(t->entry, AE_IFREG);
    archive_entry_set_perm(t->entry, 0644);
    archive_entry_set_mtime(t->entry, 0, 0);
    return archive_write_header(t->archive, t->entry) == ARCHIVE_OK || fail_archive(t, name, fail);
}

bool tar_write_more(struct tar_write *t, struct bytes piece, struct fail *fail)
{
    if (archive_write_data(t->archive, piece.p, piece.n) == (la_ssize_t)piece.n)
        return true;
    return fail_archive(t, archive_entry_pathname(t->entry), fail);
}

static bool finish_entry(struct tar_write *t, struct fail *fail)
{
    return archive_write_finish_entry(t->archive) == ARCHIVE_OK ||
           fail_archive(t, archive_entry_pathname(t->entry), fail);
}

bool tar_write_file(struct tar_write *t, const char *name, struct bytes content, struct fail *fail)
{
    return tar_write_begin(t, name, content.n, fail) &&
           (content.n == 0 || tar_write_more(t, content, fail)) && finish_entry(t, fail);
}

bool tar_write_end(struct tar_write *t, struct fail *fail)
{
    return archive_write_close(t->archive) == ARCHIVE_OK || fail_archive(t, "the end", fail);
}

bool tar_write_flush(struct tar_write *t, struct fail *fail)
{
    archive_write_finish_entry(t->archive);
    put_held(t);
    return t->error == 0 || fail_set(fail, fail_errno_name(t->error), "%s", strerror(t->error));
}

uint64_t tar_write_offset(const struct tar_write *t)
{
    return t->offset + t->held.n;
}

void tar_write_back(struct tar_write *t, uint64_t offset)
{
    archive_write_finish_entry(t->archive); /* fills up a file that was left in the middle */
    buf_clear(&t->held);
    t->offset = offset;
    t->error = 0;
}

uint64_t tar_file_room(uint64_t size)
{
    return BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
}
