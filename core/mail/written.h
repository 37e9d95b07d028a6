/*
 * written: to whom a letter of ours was written, and when, out of its header. GMime keeps state of its own: call
 * notice/message.h's message_begin before.
 */
#pragma once

#include "base/buf.h"
#include "base/time.h"
#include "mail/envelope.h"

enum { WRITTEN_MOST = 16 }; /* recipients that are looked at */

struct written {
    char to[WRITTEN_MOST][ENVELOPE_MAILBOX]; /* in small letters */
    size_t count;
    instant when; /* Date */
};

/* False: it is no letter of 'ajar notify' (it has no X-Ajar-Case), or has no date. Fuzzed. */
bool written_read(struct bytes message, struct written *out);
/* The mailboxes in a list as To has it, in small letters. */
void written_to(const char *list, struct written *out);
