/*
 * replace: a file that takes another one's place, or a free one, in one step: whatever happens before, there is the old
 * one or none.
 */
#pragma once

#include "base/fail.h"

struct replace {
    char *path;
    char *copy; /* a name beside it */
    int fd;     /* to be written to */
};

/* Makes the new file beside `path`, mode 0600. To be ended whenever it succeeded. */
bool replace_begin(struct replace *r, const char *path, struct fail *fail);
/* `ok`: puts it on the disk and in its place. Otherwise, or when that fails, it is taken away; false then. Of a fail
 * only the reason is said, not the path. */
bool replace_end(struct replace *r, bool ok, struct fail *fail);
