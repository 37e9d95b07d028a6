#include "cli/operator_file.h"

#include "base/file.h"
#include "evidence/replace.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_MOST = 4096 };

bool operator_file_read(const char *path, struct buf *out, struct fail *fail)
{
    return access(path, F_OK) != 0 || file_read_regular(path, out, fail);
}

static bool make_folders(const char *path, struct fail *fail)
{
    char part[PATH_MOST];
    snprintf(part, sizeof part, "%s", path);
    for (char *slash = strchr(part + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(part, 0700) != 0 && errno != EEXIST)
            return fail_errno(fail, errno, part);
        *slash = '/';
    }
    return true;
}

bool operator_file_write(const char *path, struct bytes text, struct fail *fail)
{
    struct replace r;
    if (!make_folders(path, fail) || !replace_begin(&r, path, fail))
        return false;
    bool written = replace_write(&r, text, fail);
    return replace_end(&r, written, fail) || fail_prefix(fail, "%s", path);
}
