#include "evidence/hold.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of this descriptor, not of the process as POSIX's own kind: that would end as soon as the process, reading its own
 * file, closes another descriptor of it. Children close theirs when they execute (O_CLOEXEC). */
void hold_file(int fd)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    (void)fcntl(fd, F_OFD_SETLK, &lock);
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
