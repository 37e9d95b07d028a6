/*
 * file_batch: files of one folder that come to their names many at a time, so that making them last costs little: each is
 * written under another name; then all are put on the disk in one go (syncfs), given their names, and these are put there.
 *
 * Whenever the process is killed or the power fails, there is under each name a whole file or none, and what `placed` was
 * told of is there for good.
 */
#pragma once

#include "base/bytes.h"
#include "base/fail.h"

struct file_batch;

/* `ending` is lent for as long as the batch lives. */
struct file_batch_order {
    const char *folder; /* which is there */
    const char *ending; /* of each file's name: ".eml" */
    const char *
        made; /* the folder of the same file system in which files are written; NULL: `folder` itself, as
                           NAME.new-PID; what a killed process has left there under such names is taken away */
    unsigned mode;
    bool replaces; /* a file takes the place of one that is there; else that is EEXIST, and stays */
    unsigned most; /* so many wait at most */
    void (*placed)(void *arg,
                   const char *name); /* has its name now, and lasts; NULL: nobody is told */
    void *arg;
};

struct file_batch *file_batch_new(const struct file_batch_order *order, struct fail *fail);
/* A file NAME (without its ending) with this content; no two of a batch have one name. Those that wait may be placed by it. */
bool file_batch_put(struct file_batch *b, const char *name, struct bytes content,
                    struct fail *fail);
/* Those that wait get their names. False: some did not, and are taken away. */
bool file_batch_flush(struct file_batch *b, struct fail *fail);
/* What waits still is taken away. NULL is allowed. */
void file_batch_free(struct file_batch *b);
