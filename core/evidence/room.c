#include "evidence/room.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { STEP = 4 * 1024 * 1024 };

struct room room_new(int fd)
{
    struct rlimit most;
    uint64_t limit = INT64_MAX;
    if (getrlimit(RLIMIT_FSIZE, &most) == 0 && most.rlim_cur < limit)
        limit = most.rlim_cur;
    return (struct room){.fd = fd, .limit = limit};
}

/* Returns an errno or 0. */
static int reserve(const struct room *r, uint64_t to)
{
    off_t from = (off_t)r->until;
    off_t length = (off_t)(to - r->until);
    if (fallocate(r->fd, FALLOC_FL_KEEP_SIZE, from, length) == 0)
        return 0;
    /* Some file systems can't keep space behind the end of a file; then the file is made longer, and
     * room_cut shortens it in the end. */
    return errno == EOPNOTSUPP ? posix_fallocate(r->fd, from, length) : errno;
}

bool room_reserve(struct room *r, uint64_t to, struct fail *fail)
{
    if (to <= r->until)
        return true;
    if (to > r->limit)
        return fail_set(fail, "EFBIG", "the limit on a file's size is reached (ulimit -f)");
    uint64_t generous = to / STEP * STEP + STEP;
    generous = generous > r->limit ? r->limit : generous;
    int error = reserve(r, generous);
    if (error) {
        generous = to;
        error = reserve(r, to);
    }
    if (error)
        return fail_set(fail, fail_errno_name(error), "%s", strerror(error));
    r->until = generous;
    return true;
}

bool room_cut(struct room *r, uint64_t size, struct fail *fail)
{
    r->until = size;
    return ftruncate(r->fd, (off_t)size) == 0 ||
           fail_set(fail, fail_errno_name(errno), "%s", strerror(errno));
}
