#include "evidence/new_tar.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool set_top(struct new_tar *t, struct fail *fail)
{
    const char *slash = strrchr(t->path, '/');
    const char *base = slash ? slash + 1 : t->path;
    size_t n = strlen(base);
    if (n > 4 && strcmp(base + n - 4, ".tar") == 0)
        n -= 4;
    snprintf(t->top, sizeof t->top, "%.*s", (int)n, base);
    return name_check_top(t->top, fail) ||
           fail_prefix(fail, "the file's name gives the name of the directory in it");
}

bool new_tar_open(struct new_tar *t, const char *path, struct fail *fail)
{
    *t = (struct new_tar){.path = path};
    if (!set_top(t, fail))
        return false;
    t->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (t->fd < 0 && errno == EEXIST)
        return fail_set(fail, "EEXIST", "%s is there already; evidence is never overwritten", path);
    if (t->fd < 0)
        return fail_errno(fail, errno, path);
    t->tar = tar_write_new(t->fd, t->top, fail);
    return t->tar || new_tar_close(t, false, fail);
}

bool new_tar_add(struct new_tar *t, const char *name, struct bytes content, struct fail *fail)
{
    if (!name_fits_ustar(t->top, name))
        return fail_set(fail, "ENAME", "%s: a name that is too long for ustar below %s", name,
                        t->top);
    return tar_write_file(t->tar, name, content, fail) && tar_write_flush(t->tar, fail);
}

bool new_tar_close(struct new_tar *t, bool ok, struct fail *fail)
{
    if (ok)
        tar_write_end(t->tar);
    ok = ok && tar_write_flush(t->tar, fail);
    if (ok && fsync(t->fd) != 0)
        ok = fail_errno(fail, errno, t->path);
    tar_write_free(t->tar);
    if (close(t->fd) != 0 && ok)
        ok = fail_errno(fail, errno, t->path);
    if (!ok)
        unlink(t->path);
    return ok;
}
