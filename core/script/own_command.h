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
/* Appends the line and its end to what will be sent, where it may be (else ECONDUCT) and is one line (else
 * EARGUMENT). */
bool own_command_put(struct task *t, unsigned conn, struct bytes line, struct buf *out,
                     struct fail *fail);
/* The same for a verb with a path behind it ("RCPT TO:"), which gets < and > where it does not begin with <. */
bool own_command_put_path(struct task *t, unsigned conn, const char *verb, struct bytes path,
                          struct buf *out, struct fail *fail);
/* "RCPT TO:<TOKEN@HOST>": somebody whom the target does not have, at a name of its own (else ECONDUCT). Holds the
 * connection, as naming its postmaster does. */
bool own_command_put_nobody(struct task *t, unsigned conn, const struct token *token,
                            struct bytes host, struct buf *out, struct fail *fail);
/* A command may be sent only when nothing has been said ahead of it: of a server that talks out of turn no
 * reply can be told to be the answer to this command. */
bool own_command_is_in_turn(struct task *t, unsigned conn, struct fail *fail);
