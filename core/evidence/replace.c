#include "evidence/replace.h"

#include "evidence/directory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail_io(struct fail *fail, int error)
{
    return fail_set(fail, fail_errno_name(error), "%s", strerror(error));
}

bool replace_begin(struct replace *r, const char *path, struct fail *fail)
{
    *r = (struct replace){.path = strdup(path), .fd = -1};
    if (!r->path || asprintf(&r->copy, "%s.new-XXXXXX", path) < 0) {
        free(r->path);
        return fail_errno(fail, ENOMEM, path);
    }
    r->fd = mkostemp(r->copy, O_CLOEXEC);
    if (r->fd >= 0)
        return true;
    fail_errno(fail, errno, path);
    free(r->path);
    free(r->copy);
    return false;
}

bool replace_write(const struct replace *r, struct bytes content, struct fail *fail)
{
    while (content.n > 0) {
        ssize_t n = write(r->fd, content.p, content.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail_io(fail, errno);
        content = bytes_slice(content, (size_t)n, content.n);
    }
    return true;
}

static bool fail_exists(struct fail *fail, const char *path)
{
    return fail_set(fail, "EEXIST", "%s is there already; nothing is overwritten", path);
}

/* As if open(2) had made it. */
static bool open_to_others(int fd)
{
    mode_t mask = umask(0);
    umask(mask);
    return fchmod(fd, 0666 & ~mask) == 0;
}

bool replace_begin_new(struct replace *r, const char *path, struct fail *fail)
{
    struct stat st;
    if (lstat(path, &st) == 0)
        return fail_exists(fail, path);
    if (!replace_begin(r, path, fail))
        return false;
    r->fresh = true;
    if (open_to_others(r->fd))
        return true;
    fail_errno(fail, errno, path);
    replace_end(r, false, fail);
    return false;
}

/* Into the free place. Not every file system can rename so; those that can't can link, or have no links at all. */
static bool move_new(const struct replace *r, struct fail *fail)
{
    bool ok = renameat2(AT_FDCWD, r->copy, AT_FDCWD, r->path, RENAME_NOREPLACE) == 0;
    if (!ok && errno == EINVAL)
        ok = link(r->copy, r->path) == 0 && unlink(r->copy) == 0;
    if (!ok && errno == EEXIST)
        return fail_set(fail, "EEXIST", "it is there already; nothing is overwritten");
    return ok || fail_io(fail, errno);
}

static bool move(const struct replace *r, struct fail *fail)
{
    return r->fresh ? move_new(r, fail) : rename(r->copy, r->path) == 0 || fail_io(fail, errno);
}

/* From the rename on the new one is there; that its name lasts is the directory's matter. */
static bool take_place(const struct replace *r, bool *placed, struct fail *fail)
{
    if (fsync(r->fd) != 0)
        return fail_io(fail, errno);
    if (!move(r, fail))
        return false;
    *placed = true;
    char *directory = directory_of(r->path);
    bool ok = directory ? directory_sync(directory, fail) : fail_io(fail, ENOMEM);
    free(directory);
    return ok || fail_prefix(fail, "it was written and is in its place, but may be lost when the "
                                   "power fails now");
}

bool replace_end(struct replace *r, bool ok, struct fail *fail)
{
    bool placed = false;
    ok = ok && take_place(r, &placed, fail);
    close(r->fd);
    if (!placed)
        unlink(r->copy);
    free(r->path);
    free(r->copy);
    return ok;
}
