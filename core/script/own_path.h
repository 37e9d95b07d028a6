/*
 * own_path: may this mailbox stand in an envelope?
 *
 * A relay test has one recipient, the attempt's own token mailbox at our own sink, in whatever spelling
 * the test is about (source route, percent, bang, quotes, SRS, full-width letters). Every host that a path names must be
 * one of our domains (that of the mailboxes, that of the senders), the target itself (its address; the name it was given by
 * or gave itself, once the DNS has led that to its address: see conduct.h) or localhost, and a recipient must hold the
 * probe's own token and one of our domains. A sender may be of a host below the mail domain, too. So no probe, however
 * written, sends a stranger mail.
 */
#pragma once

#include "script/task.h"

enum own_path { OWN_RECIPIENT, OWN_SENDER };
enum { OWN_PATH_MOST = 1024 };

/* path: what stands between < and >. A sender may be empty. The fail says which part is foreign. */
bool own_path_check(struct task *t, enum own_path what, struct bytes path, struct fail *fail);
/* Is that the target itself: its address literal, a name of its own that the DNS has led to it, "localhost"? */
bool own_path_is_target(struct task *t, struct bytes host);
/* Is it the target's own postmaster, "postmaster@[192.0.2.1]" or by a name that the target goes by? As a recipient that
 * one may be named, and no message sent after it: the caller holds the connection. */
bool own_path_is_postmaster(struct task *t, struct bytes path);
