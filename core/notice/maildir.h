/*
 * maildir: letters delivered into a Maildir, as its format has it (https://cr.yp.to/proto/maildir.html): each is written under
 * tmp/, made to last, and moved to new/ whole. LF line ends.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"
#include "base/time.h"

enum { MAILDIR_NAME = 400 };

struct maildir {
    const char *path; /* lent */
    char host[300];   /* of names: no "/", no ":" */
    unsigned long count;
    struct buf text;
};

/* Makes the folder and its three where they are not there. */
bool maildir_open(struct maildir *m, const char *path, struct fail *fail);
/* `name`: that of the file in new/. */
bool maildir_put(struct maildir *m, instant when, struct bytes message, char name[MAILDIR_NAME],
                 struct fail *fail);
/* Makes the names last as well. Frees in any case. */
bool maildir_close(struct maildir *m, struct fail *fail);
