/*
 * replace: a file that takes another one's place, or a free one, in one step: whatever happens before, there is the old
 * one or none. A process that is killed leaves the copy, which is in nobody's way.
 */
#pragma once

#include "base/fail.h"

struct replace {
    bool fresh; /* nothing may be in its place */
    char *path;
    char *copy; /* a name beside it */
    int fd;     /* to be written to */
};

/* Makes the new file beside `path`, mode 0600. To be ended whenever it succeeded. */
bool replace_begin(struct replace *r, const char *path, struct fail *fail);
/* The same for a file that must not be there, with the mode that open(2) gives a new one. EEXIST: it is there. */
bool replace_begin_new(struct replace *r, const char *path, struct fail *fail);
/* Writes all of it. Of a fail only the reason is said, as by the next. */
bool replace_write(const struct replace *r, struct bytes content, struct fail *fail);
/* `ok`: puts it on the disk and in its place. Otherwise, or when that fails, it is taken away; false then. Of a fail
 * only the reason is said, not the path. False also when it is in its place and only the directory could not be put on
 * the disk: then the fail says that. */
bool replace_end(struct replace *r, bool ok, struct fail *fail);
