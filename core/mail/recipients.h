/*
 * recipients: the mailboxes to which a letter goes, as a text: "a@example.org, b@example.org".
 */
#pragma once

#include "mail/submit.h"

/* Can it stand between < and > as it is (RFC 5321, section 4.1.2, without quoted strings)? */
bool recipients_is_path(const char *mailbox);
/* The next of a list, which moves on; false at its end, or where it is none. */
bool recipients_next(const char **list, char out[SUBMIT_MAILBOX]);
/* How many they are; 0: it is no list of mailboxes that can stand in an envelope, or of over SUBMIT_RECIPIENTS. */
unsigned recipients_count(const char *list);
