/*
 * dns: questions and answers of the DNS (RFC 1035) as bytes; c-ares's own functions do the parsing.
 *
 * An answer is a stranger's: what comes out of here is bounded in number and length, and names are names
 * (printable ASCII, no blanks). Text of TXT records is bytes as they came.
 */
#pragma once

#include "base/addr.h"
#include "base/buf.h"
#include "base/fail.h"

enum dns_type { DNS_A = 1, DNS_PTR = 12, DNS_MX = 15, DNS_TXT = 16, DNS_AAAA = 28 };

enum {
    DNS_RECORDS_MOST = 32,   /* of an answer that are kept; more are left out */
    DNS_TEXT_MOST = 1024,    /* bytes of a TXT record that are kept */
    DNS_NAME_MOST = 253,     /* characters of a name */
    DNS_NAME_TEXT = 254,     /* room for one */
    DNS_ANSWER_MOST = 65535, /* bytes of a message that are looked at */
};

struct dns_record {
    struct bytes text;   /* A, AAAA: the address; PTR, MX: the name; TXT: its strings, joined */
    unsigned preference; /* MX */
};

/* Views point into `hold`, which dns_answer_free gives back. */
struct dns_answer {
    struct dns_record records[DNS_RECORDS_MOST];
    size_t count;
    struct buf hold;
};

/* "A", …; and back: false for all others. */
const char *dns_type_name(enum dns_type type);
bool dns_type_parse(struct bytes name, enum dns_type *out);

/* Letters, digits, '-', '_' and '/' in labels of 1 to 63, at most 253 in all; no dot at the end. */
bool dns_is_name(struct bytes name);
/* "4.3.2.1.ZONE" for 1.2.3.4, nibbles for IPv6 (RFC 5782, 2.4). False when it would be too long. */
bool dns_reversed(const struct addr *a, const char *zone, char out[DNS_NAME_TEXT]);
/* The same below in-addr.arpa or ip6.arpa: whom to ask for PTR. */
void dns_reverse_name(const struct addr *a, char out[DNS_NAME_TEXT]);

/* Appends a query for one record type, recursion desired. False: EARGUMENT (no name), ENOMEM. */
bool dns_query_put(struct buf *out, struct bytes name, enum dns_type type, uint16_t id,
                   struct fail *fail);
/* True when the message is an answer to that query: same identifier, same question. */
bool dns_is_answer(struct bytes query, struct bytes message);
/* True when it says that it did not fit: to be asked again over TCP. */
bool dns_is_truncated(struct bytes message);
/* Reads an answer. Fails: ENONAME (no such name), ENODATA (no records of this type), ESERVFAIL, EREFUSED,
 * EFORMAT, ENOMEM; *out is then empty, and need not be freed. */
bool dns_answer_get(struct bytes message, enum dns_type type, struct dns_answer *out,
                    struct fail *fail);
void dns_answer_free(struct dns_answer *answer);
