/*
 * whois: an answer about an address in the words of the five registries (RFC 3912 says nothing of them).
 *
 * RIPE, APNIC, AFRINIC: objects of RPSL with "abuse-c:" or "mnt-irt:" that names a role or irt whose "abuse-mailbox:" counts,
 * and the remark "% Abuse contact for 'A - B' is 'x@y'"; LACNIC: "abuse-c:" and a person's "e-mail:"; ARIN: "OrgAbuseEmail:"
 * and the network's own "RAbuseEmail:". Of several networks the smallest that holds the address counts.
 */
#pragma once

#include "contact/answer.h"

enum { WHOIS_LIMIT = 256 * 1024, WHOIS_OBJECTS = 64, WHOIS_REMARKS = 256 };

/* The contacts; where there is none for abuse, or the registry's own alone, what "remarks:", "descr:" or "Comment:" name
 * (contact/remark.h), else the technical one's address. Beside them the range, the country, and the host
 * that the answer refers to ("ReferralServer: whois://..."), if any. An answer that says that there is nothing is an empty one.
 * Fails: EBUSY: it says that it is asked too often; EFORMAT: it is about no network in which the address is. Fuzzed. */
bool whois_read(struct bytes text, const struct addr *about, struct contact_answer *out,
                struct fail *fail);
/* The line to send: the form with the address in the place of its "%s", and CR LF. False: it has not exactly one. */
bool whois_question(struct buf *out, const char *form, const struct addr *about);
