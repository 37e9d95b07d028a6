#include "cli/operator_file.h"

#include "base/file.h"
#include "evidence/replace.h"

#include <unistd.h>

bool operator_file_read(const char *path, struct buf *out, struct fail *fail)
{
    return access(path, F_OK) != 0 || file_read_regular(path, out, fail);
}

bool operator_file_write(const char *path, struct bytes text, struct fail *fail)
{
    struct replace r;
    if (!file_directories_above(path, 0700, fail) || !replace_begin(&r, path, fail))
        return false;
    bool written = replace_write(&r, text, fail);
    return replace_end(&r, written, fail) || fail_prefix(fail, "%s", path);
}
