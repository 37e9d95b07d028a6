/*
 * mbox: letters added to a mailbox file in the form "mboxrd": LF line ends, a line that begins with "From " or with ">" and so on
 * before it gets one ">" more, so that each letter can be had back byte for byte.
 *
 * All letters or none: while they are added the file is locked, by fcntl and by FILE.lock, as mail programs do it, and FILE.lock
 * says how long the file was before. Whoever opens it after a crash cuts off what is behind that first; and so does a failure.
 */
#pragma once

#include "base/fail.h"
#include "base/time.h"

struct mbox;

/* Opens FILE, which is created with mode 0600, and locks it. Fails: EBUSY: somebody else holds it for over 10 seconds. What is no
 * regular file (/dev/null) is written to without that. */
struct mbox *mbox_open(const char *path, struct fail *fail);
/* Adds a message with CRLF or LF line ends; `sender` is the address to which it bounces. */
bool mbox_put(struct mbox *m, struct bytes sender, instant when, struct bytes message,
              struct fail *fail);
/* Writes what is still to be written, makes it last (fsync), and unlocks. False: nothing was added. Frees in any case. */
bool mbox_close(struct mbox *m, struct fail *fail);
/* Takes back what was added, and unlocks. */
void mbox_drop(struct mbox *m);
