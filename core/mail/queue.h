/*
 * queue: a folder of letters (NAME.eml, as 'ajar notify --out' writes them) and what has become of each.
 *
 * The letters are never touched. Beside them lies the folder "delivery": one file for each letter that was tried,
 * NAME.json (entry.h), which takes the place of the one before in one step; "journal" (journal.h), what became of those that are
 * being sent; and "lock", held by whoever sends. A letter of which neither says anything was never tried.
 */
#pragma once

#include "mail/entry.h"

struct queue;

/* Takes the folder; `writes`: to be the one that sends from it ("EBUSY": somebody else does), which also settles what a
 * killed one left: a letter whose end was being said, or may have been, becomes uncertain. */
struct queue *queue_open(const char *folder, bool writes, struct fail *fail);
void queue_close(struct queue *q);

/* One letter. `e` is as the folder says, "uncertain" where it says "sending" and nobody sends; one that was never tried has
 * no tries; of a waiting one sender, recipient and Message-ID are the letter's own. `wrong`: NULL, or why it can't be sent
 * as it is: the fails of envelope_read, and EDIVERGED: it was tried for good, and is another one now. */
struct queue_letter {
    struct entry e;
    bool sends; /* somebody is saying its end now */
    const struct fail *wrong;
};

/* Calls fn for each letter, in the order of their names, until it returns false. False: that, or the folder can't be
 * read. Files of other names are no letters. */
bool queue_each(struct queue *q, bool (*fn)(void *arg, const struct queue_letter *l), void *arg,
                struct fail *fail);
/* One of them; ENOENT: there is none of this name. */
bool queue_get(struct queue *q, const char *name, struct queue_letter *out, struct fail *why,
               struct fail *fail);
/* Appends the letter. */
bool queue_read(const struct queue *q, const char *name, struct buf *out, struct fail *fail);

/* The following only where queue_open was told that it writes. */

/* Notes what has become of a letter, outside of sending; on the disk when it returns. */
bool queue_put(struct queue *q, const struct entry *e, struct fail *fail);
/* These letters are about to be sent, in the state ENTRY_SENDING: on the disk when it returns, so that from now on none of them is
 * ever sent again by itself when it can't be known whether it was. */
bool queue_intend(struct queue *q, const struct entry *all, size_t count, struct fail *fail);
/* The end of one of them is about to be said. */
bool queue_begin(struct queue *q, const char *name, struct fail *fail);
/* One that was not begun is not sent after all, and is as it was. */
bool queue_withdraw(struct queue *q, const char *name, struct fail *fail);
/* What came of it. It lasts with what queue_intend or queue_settle does next; a killed process loses nothing of it. */
bool queue_note(struct queue *q, const struct entry *e, struct fail *fail);
/* Puts all that was noted into the letters' files. */
bool queue_settle(struct queue *q, struct fail *fail);
/* How many files there are that end in .eml and have a name that no letter has. */
unsigned long queue_strangers(const struct queue *q);
