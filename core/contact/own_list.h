/*
 * own_list: the operator's own table of whom to write to, which comes before all that others say; and the table of national
 * CERTs, which comes last.
 *
 * CSV with a header (RFC 4180, one record a line; semicolons where the header has no comma; '#' begins a comment):
 *
 *     scope,contact,language
 *     192.0.2.0/24,abuse@example.net,nb
 *     example.org,postmaster@example.org security@example.org,
 *     198.51.100.7,none,
 *
 * scope: a prefix, an address, or a domain (with all below it, by the confirmed name of an address); the longest one counts,
 * an address before a domain. contact: addresses with blanks between them, or "none": nobody is written to about it.
 */
#pragma once

#include "contact/answer.h"

enum { OWN_LIST_ROWS = 200000 };

struct own_list;

struct own_list *own_list_new(void);
void own_list_free(struct own_list *l);
/* Takes one line; the first one that is neither empty nor a comment is the header. Fails: EFORMAT, ELIMIT, ENOMEM. Fuzzed. */
bool own_list_line(struct own_list *l, struct bytes line, struct fail *fail);
/* After the last line, before the first question. */
void own_list_ready(struct own_list *l);
/* Does the name of an address count? */
bool own_list_has_domains(const struct own_list *l);
/* What it says of an address and its name (may be empty), and the scope by which it says so, lent by the list. False:
 * nothing. */
bool own_list_find(const struct own_list *l, const struct addr *a, struct bytes host,
                   struct contact_answer *out, const char **scope);

struct certs;

/* [{"country": "NO", "name": TEXT, "address": MAILBOX, "web": URL}...]: as data/contact/certs.json; one of the last two is
 * enough, other members are for people. Of two entries for a country the later one counts. NULL with fail: EFORMAT. Fuzzed. */
struct certs *certs_read(struct bytes json, struct fail *fail);
void certs_free(struct certs *c);
struct cert_entry {
    const char *name; /* NULL: the table has none for the country */
    const char *web;  /* where it takes reports, or else its site; or empty */
};
/* False: the table has no address for the country. *entry is lent by the table. */
bool certs_find(const struct certs *c, const char *country, struct contact_answer *out,
                struct cert_entry *entry);
