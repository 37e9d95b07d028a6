/*
 * answer: what one answer of one source says of whom to write to, and in which language.
 *
 * Made by the parsers of this house from bytes of the network, in a confined process; written as JSON there, read back by
 * whoever has asked, who believes nothing of it but its form.
 */
#pragma once

#include "base/addr.h"
#include "base/buf.h"
#include "base/time.h"
#include "contact/mailbox.h"

enum { ANSWER_CONTACTS = 16, ANSWER_LANGUAGES = 8, ANSWER_LANGUAGE = 36, ANSWER_HOST = 254 };

/* What the source says that the address is for. In the order in which a letter goes to them. */
enum contact_role {
    CONTACT_ABUSE,     /* reports of abuse */
    CONTACT_SECURITY,  /* security.txt, security@ */
    CONTACT_NOC,       /* who runs the network */
    CONTACT_TECHNICAL, /* the technical contact: a person, more often than not */
    CONTACT_CERT,      /* the country's CERT */
    CONTACT_ROLES
};

struct contact {
    char address[MAILBOX_TEXT];
    enum contact_role role;
};

struct contact_answer {
    struct contact contacts[ANSWER_CONTACTS]; /* each address once, by role */
    size_t count;
    struct addr first; /* the range that it is about; ADDR_NONE: it does not say */
    struct addr last;
    char country[3];                                   /* ISO 3166, "NO"; or empty */
    char languages[ANSWER_LANGUAGES][ANSWER_LANGUAGE]; /* BCP 47, the preferred one first */
    size_t language_count;
    char referral[ANSWER_HOST]; /* WHOIS: the host that knows more; or empty */
    bool opted_out;             /* the operator's own list: nobody is written to */
};

const char *contact_role_name(enum contact_role role);
bool contact_role_parse(struct bytes name, enum contact_role *out);

/* Each of them takes what is well-formed, once, and leaves out all else; what it takes it says. More than there is room for
 * is left out. */
bool answer_add(struct contact_answer *a, struct bytes address, enum contact_role role);
bool answer_add_language(struct contact_answer *a, struct bytes tag);
bool answer_set_country(struct contact_answer *a, struct bytes code);
/* False when it does not hold `about`, whose family both have. */
bool answer_set_range(struct contact_answer *a, struct bytes first, struct bytes last,
                      const struct addr *about);
/* By role, and as they came where that is the same. */
void answer_sort(struct contact_answer *a);
/* 0: the first is below, 1: they are equal or of two families, 2: above. For ranges. */
int answer_compare(const struct addr *a, const struct addr *b);

/* Members of a JSON object, behind its '{' or another member. */
void answer_put(struct buf *out, const struct contact_answer *a);
/* What answer_put wrote between { and }, every member checked as if a stranger had written it. Fails: EFORMAT. Fuzzed. */
bool answer_get(struct bytes json, struct contact_answer *out, struct fail *fail);
