/*
 * notify_interval: nobody is written to more often than once in so many days: who was, by letters that lie in places of earlier runs.
 */
#pragma once

#include "base/fail.h"
#include "base/time.h"

struct notify_interval;

/* NULL: no memory. */
struct notify_interval *notify_interval_new(unsigned days);
void notify_interval_free(struct notify_interval *i);
/* Looks at the letters in a place: a folder of letters (NAME.eml) and what has become of them there (mail/queue.h), a Maildir, or a
 * mailbox file. Letters that failed for good were written to nobody. Before the first question. */
bool notify_interval_add(struct notify_interval *i, const char *place, struct fail *fail);
/* Was one of the mailboxes in `to` (as in the field To; or NULL: nobody's) written to within the days before `now`? *last is when last. */
bool notify_interval_holds(struct notify_interval *i, const char *to, instant now, instant *last);
