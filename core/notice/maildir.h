/*
 * maildir: letters delivered into a Maildir, as its format has it (https://cr.yp.to/proto/maildir.html): they are written under
 * tmp/, made to last, many at a time, and moved to new/ whole. LF line ends.
 */
#pragma once

#include "base/buf.h"
#include "base/file_batch.h"
#include "base/time.h"

struct maildir {
    const char *path; /* lent */
    char host[300];   /* of names: no "/", no ":" */
    unsigned long count;
    struct buf text;
    struct file_batch *batch;
};

/* Makes the folder and its three where they are not there. `placed` is told of each file in new/ that lasts now. */
bool maildir_open(struct maildir *m, const char *path, void (*placed)(void *arg, const char *name),
                  void *arg, struct fail *fail);
/* One more; those that wait may be delivered by it. */
bool maildir_put(struct maildir *m, instant when, struct bytes message, struct fail *fail);
/* Those that wait. */
bool maildir_flush(struct maildir *m, struct fail *fail);
/* What waits still is taken away. */
void maildir_close(struct maildir *m);
