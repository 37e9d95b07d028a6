#include "evidence/append.h"

#include "base/check.h"
#include "evidence/name.h"
#include "evidence/replace.h"
#include "evidence/tar_gate.h"
#include "evidence/tar_write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 64 * 1024 };

struct append {
    char *path; /* where the bundle truly lies: no link */
    int from;
    bool done;
};

/* Another program may have put a new bundle in its place before the lock was had. */
static bool is_still_there(const struct append *a)
{
    struct stat held;
    struct stat named;
    return fstat(a->from, &held) == 0 && stat(a->path, &named) == 0 &&
           held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

static bool hold(struct append *a, const char *path, struct fail *fail)
{
    a->path = realpath(path, NULL);
    if (!a->path)
        return fail_errno(fail, errno, path);
    a->from = open(a->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC); /* a pipe is not waited for */
    if (a->from < 0)
        return fail_errno(fail, errno, path);
    if (flock(a->from, LOCK_EX | LOCK_NB) != 0 || !is_still_there(a))
        return fail_set(fail, "EBUSY", "%s: another program is adding to it; try again", path);
    return true;
}

struct append *append_begin(const char *path, struct fail *fail)
{
    struct append *a = calloc(1, sizeof *a);
    if (!a) {
        fail_set(fail, "ENOMEM", "%s: no memory", path);
        return NULL;
    }
    a->from = -1;
    if (hold(a, path, fail))
        return a;
    append_end(a);
    return NULL;
}

const char *append_held(const struct append *a, char out[APPEND_HELD])
{
    snprintf(out, APPEND_HELD, "/proc/self/fd/%d", a->from);
    return out;
}

void append_end(struct append *a)
{
    if (!a)
        return;
    if (a->from >= 0)
        close(a->from);
    free(a->path);
    free(a);
}

static bool fail_io(struct fail *fail, int error)
{
    return fail_set(fail, fail_errno_name(error), "%s", strerror(error));
}

/* Exactly n bytes, a multiple of a block; fewer are a file that was cut. */
static bool read_piece(int fd, unsigned char *to, size_t n, struct fail *fail)
{
    for (size_t got = 0; got < n;) {
        ssize_t more = read(fd, to + got, n - got);
        if (more < 0 && errno != EINTR)
            return fail_io(fail, errno);
        if (more == 0)
            return fail_set(fail, "ETRUNCATED", "the tar file is cut off");
        got += more > 0 ? (size_t)more : 0;
    }
    return true;
}

static bool write_piece(int fd, struct bytes piece, struct fail *fail)
{
    while (piece.n > 0) {
        ssize_t n = write(fd, piece.p, piece.n);
        if (n < 0 && errno != EINTR)
            return fail_io(fail, errno);
        if (n > 0)
            piece = bytes_slice(piece, (size_t)n, piece.n);
    }
    return true;
}

static void take_top(const struct tar_gate *gate, char top[NAME_LIMIT])
{
    if (top[0] == '\0')
        snprintf(top, NAME_LIMIT, "%.*s", (int)strcspn(gate->name, "/"), gate->name);
}

/* All entries, without the end marks; *end is where they would stand. */
static bool copy_entries(const struct append *a, int to, char top[NAME_LIMIT], uint64_t *end,
                         struct fail *fail)
{
    unsigned char piece[PIECE];
    struct tar_gate gate = {.blocks = 0};
    for (*end = 0;;) {
        uint64_t want = tar_gate_want(&gate);
        size_t n = want < PIECE ? (size_t)want : PIECE;
        if (!read_piece(a->from, piece, n, fail) || !tar_gate_pass(&gate, bytes_at(piece, n), fail))
            return false;
        if (gate.zeros > 0)
            return true;
        take_top(&gate, top);
        if (!write_piece(to, bytes_at(piece, n), fail))
            return false;
        *end += n;
    }
}

static bool write_files(int to, const char *top, uint64_t end, const struct bag_file *files,
                        size_t n, struct fail *fail)
{
    struct tar_write *tar = tar_write_new(to, top, fail);
    bool ok = tar != NULL;
    if (ok)
        tar_write_back(tar, end);
    for (size_t i = 0; ok && i < n; i++)
        ok = tar_write_file(tar, files[i].name, files[i].content, fail);
    if (ok)
        tar_write_end(tar);
    ok = ok && tar_write_flush(tar, fail);
    tar_write_free(tar);
    return ok;
}

static bool write_copy(const struct append *a, int to, const struct bag_file *files, size_t n,
                       struct fail *fail)
{
    char top[NAME_LIMIT] = "";
    uint64_t end = 0;
    struct stat st;
    if (lseek(a->from, 0, SEEK_SET) != 0 || fstat(a->from, &st) != 0 ||
        fchmod(to, st.st_mode & 07777) != 0)
        return fail_io(fail, errno);
    return copy_entries(a, to, top, &end, fail) && write_files(to, top, end, files, n, fail);
}

bool append_files(struct append *a, const struct bag_file *files, size_t n, struct fail *fail)
{
    struct replace new;
    require(!a->done);
    a->done = true;
    if (!replace_begin(&new, a->path, fail))
        return false;
    return replace_end(&new, write_copy(a, new.fd, files, n, fail), fail) ||
           fail_prefix(fail, "%s", a->path);
}
