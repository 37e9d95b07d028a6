/*
 * own_command: may this SMTP command be sent?
 *
 * Only some commands, none of which logs in. A path that MAIL or RCPT names is our own (own_path.h), and there
 * is one a line. DATA is not among them: it has a binding of its own, and so has the message.
 */
#pragma once

#include "script/task.h"

/* line: without its end. Naming the target's postmaster as a recipient holds the connection (conduct.h). The
 * fail says what is not allowed (ECONDUCT). */
bool own_command_check(struct task *t, unsigned conn, struct bytes line, struct fail *fail);
