/*
 * notify_output: where the letters of `ajar notify` go.
 */
#pragma once

#include "base/addr.h"
#include "notice/maildir.h"
#include "notice/mbox.h"
#include "notice/message.h"

enum notify_form {
    NOTIFY_NOWHERE, /* not said, or nowhere but on paper */
    NOTIFY_FILES,   /* DIR/CASE.eml */
    NOTIFY_MBOX,
    NOTIFY_MAILDIR,
    NOTIFY_PRINT,  /* the text, for a person to read */
    NOTIFY_DRY_RUN /* what would go to whom */
};

struct notify_output {
    enum notify_form form;
    const char *path; /* lent */
    /* private */
    struct mbox *mbox;
    struct maildir maildir;
    unsigned long count;
};

/* One letter, as a message where its form is one. */
struct notify_message {
    const char *id; /* of the case */
    const struct addr *target;
    struct letter *letter;
    const struct message_envelope *envelope;
    struct bytes bytes; /* empty for NOTIFY_PRINT and NOTIFY_DRY_RUN */
};

/* Is a message to be made for it? */
bool notify_output_takes_messages(const struct notify_output *o);
bool notify_output_open(struct notify_output *o, struct fail *fail);
/* What is printed of it goes to stdout: the names of files, or the letter. */
bool notify_output_put(struct notify_output *o, const struct notify_message *m, struct fail *fail);
/* `ok`: the run went well so far. False: the fail is set, or was; of a mailbox nothing stays then, of folders what was
 * written. */
bool notify_output_close(struct notify_output *o, bool ok, struct fail *fail);
