#include "evidence/directory.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

char *directory_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? strndup(path, (size_t)(slash + 1 - path)) : strdup(".");
}

bool directory_sync(const char *directory, struct fail *fail)
{
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return fail_errno(fail, errno, directory);
    bool ok = fsync(fd) == 0 || errno == EINVAL || /* some file systems can't */
              fail_errno(fail, errno, directory);
    close(fd);
    return ok;
}
