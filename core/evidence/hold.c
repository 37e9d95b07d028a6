#include "evidence/hold.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* POSIX's own kind: children do not inherit it, so that it ends with the process that writes. */
void hold_file(int fd)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    (void)fcntl(fd, F_SETLK, &lock);
}

bool hold_look(const char *path, uint64_t *size, bool *held, struct fail *fail)
{
    struct stat st;
    struct flock lock = {.l_type = F_RDLCK, .l_whence = SEEK_SET};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0) {
        fail_set(fail, fail_errno_name(errno), "%s", strerror(errno));
        if (fd >= 0)
            close(fd);
        return false;
    }
    *size = (uint64_t)st.st_size;
    *held = fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    close(fd);
    return true;
}
