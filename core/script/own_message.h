/*
 * own_message: the one message that a relay test can send. It says what it is, who asks for the test, and how to
 * object; its words are proto/mail.h's, its facts the run's.
 */
#pragma once

#include "script/task.h"

struct own_message {
    struct token token; /* one of the task's own */
    struct bytes form;  /* of the envelope, "S6": letters and digits; or empty */
    bool again;         /* the second one, of another shape */
};

/* Its mailboxes: the attempt's own, and the sender to whom refusals come back. */
struct own_mailboxes {
    char to[400];
    char from[400];
};
struct own_mailboxes own_mailboxes_of(struct task *t, const struct token *token);

/* Appends it; the time in it comes from the world. */
bool own_message_put(struct task *t, const struct own_message *m, struct buf *out,
                     struct fail *fail);
