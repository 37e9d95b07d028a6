/*
 * notify_output: where the letters of `ajar notify` go.
 */
#pragma once

#include "base/addr.h"
#include "notice/group.h"
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
    bool
        resumes; /* a letter that is there already, by its Message-ID, is left as it is, and is not written again */
    unsigned long written; /* that are there for good, or printed */
    unsigned long kept;    /* that were there already */
    /* private */
    struct mbox *mbox;
    struct maildir maildir;
    struct file_batch *files;
    struct letter_ids *there; /* of the letters in the Maildir */
    unsigned long count;
};

/* One letter, as a message where its form is one. */
struct notify_message {
    const char *id;      /* its number: the case's, or one of its own */
    struct group *group; /* of findings that it is about; NULL: one */
    const struct addr *target;
    struct letter *letter;
    const struct message_envelope *envelope;
    struct bytes bytes; /* empty for NOTIFY_PRINT and NOTIFY_DRY_RUN */
};

/* Is a message to be made for it? */
bool notify_output_takes_messages(const struct notify_output *o);
bool notify_output_open(struct notify_output *o, struct fail *fail);
/* One more, some of which wait. What is printed goes to stdout: the letter, or the names of files that last now. */
bool notify_output_put(struct notify_output *o, const struct notify_message *m, struct fail *fail);
/* `ok`: the run went well so far. False: the fail is set, or was; of a mailbox nothing stays then, of folders what was
 * written. */
bool notify_output_close(struct notify_output *o, bool ok, struct fail *fail);
