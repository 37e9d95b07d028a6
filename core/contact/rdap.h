/*
 * rdap: an answer about an address by RDAP (RFC 9083), and the table of who answers for which address (RFC 9224).
 */
#pragma once

#include "contact/answer.h"

enum {
    RDAP_LIMIT = 512 * 1024,   /* bytes of an answer */
    RDAP_DEPTH = 8,            /* entities within entities */
    RDAP_ENTITIES = 1000,      /* of an answer that are looked at */
    BOOTSTRAP_PREFIXES = 8192, /* of all files */
    BOOTSTRAP_LIMIT = 1024 * 1024,
    RDAP_URL = 512
};

/* The contacts of an "ip network" object: entities with the role abuse, however deep (at ARIN within the registrant); where
 * there is none, or the registry's own alone, what the remarks of it and its entities name (contact/remark.h), else those with noc
 * and technical. Entities that are removed count for nothing. Beside them the range, the
 * country, and the languages of the contacts' vCards. Fails: EFORMAT: no JSON, or no such object; ERANGE: it is about a
 * range in which the address is not. Fuzzed. */
bool rdap_read(struct bytes body, const struct addr *about, struct contact_answer *out,
               struct fail *fail);

struct bootstrap;

/* Without a prefix. NULL: no memory. */
struct bootstrap *bootstrap_new(void);
void bootstrap_free(struct bootstrap *b);
/* Adds what a file says, {"services": [[[PREFIX...], [URL...]]...]}, of addresses; entries of names and of numbers of
 * autonomous systems are passed over. Of several URLs the first https one counts; http is for addresses of loopback alone.
 * Fails: EFORMAT (says which entry), ELIMIT. Fuzzed. */
bool bootstrap_add(struct bootstrap *b, struct bytes json, struct fail *fail);
/* The URL that answers for the address, which ends in '/', by the longest prefix, and of equally long ones by the one that was
 * added last. NULL: none does. */
const char *bootstrap_find(const struct bootstrap *b, const struct addr *a);
/* The n-th URL, each once; NULL: no more. */
const char *bootstrap_url(const struct bootstrap *b, size_t n);
/* Prefixes in all. */
size_t bootstrap_count(const struct bootstrap *b);
