/*
 * mail_source: the mails in a Maildir, or in a mailbox of the form mbox; nothing is changed there.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

/* `name`: the file's in a Maildir, "mail 3" in an mbox. `cut`: it is longer than was read of it. False ends it. */
typedef bool (*mail_source_fn)(void *arg, const char *name, struct bytes mail, bool cut,
                               struct fail *fail);

/* Calls fn for each mail, with `most` bytes of it. A folder must be a Maildir (have new/ or cur/); a file must begin as an mbox
 * does ("From "), or be empty; "-": an mbox on standard input. */
bool mail_source_each(const char *path, size_t most, mail_source_fn fn, void *arg,
                      struct fail *fail);
