/*
 * mailbox: the only form in which a stranger's text becomes an address that a letter may go to.
 *
 * LOCAL@DOMAIN in plain ASCII: LOCAL is of letters, digits and "+-_=&'~" with single dots between them, and begins with no
 * '-'; DOMAIN is a host name of at least two labels whose last one is letters (or an A-label, "xn--..."). No quotes,
 * comments, display names, literals, line ends, nothing that a server could take for a route ("user%host", "host!user"), no
 * stars in the place of letters (registries hide addresses so), no character outside of ASCII: what looks like an address and
 * is none is not repaired.
 */
#pragma once

#include "base/bytes.h"

enum { MAILBOX_MOST = 254, MAILBOX_TEXT = MAILBOX_MOST + 1, MAILBOX_LOCAL_MOST = 64 };

/* Writes the address, its domain in lower case. False: it is none, and *out is empty. */
bool mailbox_take(struct bytes text, char out[MAILBOX_TEXT]);
/* A host name that a mailbox may have: LDH labels of 1 to 63, at least two, at most 253 characters. */
bool mailbox_is_domain(struct bytes name);
/* The address in a "mailto:" URI (RFC 6068), or the text itself where it has no scheme. What the URI says beside the address
 * ("?subject=") counts for nothing; one that needs decoding, or names several, is none. */
bool mailbox_take_uri(struct bytes uri, char out[MAILBOX_TEXT]);
