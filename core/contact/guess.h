/*
 * guess: what a DNS zone of contacts says, and the names that RFC 2142 gives to mailboxes.
 */
#pragma once

#include "contact/answer.h"

enum { TXT_LIMIT = 4096 };

/* One TXT record of a zone of contacts (Abusix: <reversed address>.abuse-contacts.abusix.zone): addresses with commas between
 * them. False: there is none in it. Fuzzed. */
bool txt_read(struct bytes text, struct contact_answer *out);
/* abuse@, security@, noc@ and postmaster@ of a host name; none is known to exist. False: the name can't have mailboxes. */
bool guess_mailboxes(struct bytes host, struct contact_answer *out);
