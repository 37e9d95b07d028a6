#include "evidence/replace.h"

#include "evidence/directory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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
    fail_errno(fail, errno, r->copy);
    free(r->path);
    free(r->copy);
    return false;
}

/* From the rename on the new one is there; that its name lasts is the directory's matter. */
static bool take_place(const struct replace *r, bool *placed, struct fail *fail)
{
    if (fsync(r->fd) != 0 || rename(r->copy, r->path) != 0)
        return fail_io(fail, errno);
    *placed = true;
    char *directory = directory_of(r->path);
    bool ok = directory ? directory_sync(directory, fail) : fail_io(fail, ENOMEM);
    free(directory);
    return ok;
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
