/*
 * sorting: what a mail that came back is, and about which letter.
 *
 * About a letter it is for certain when it came to an address with that letter's mark (ticket.h), or names our Message-ID,
 * which the recipient alone was told. What else says so (a case's name in a subject, in a returned header, in an address without a
 * mark) anybody can write, and is told apart.
 */
#pragma once

#include "mail/incoming.h"
#include "mail/ticket.h"

enum sorting_kind {
    SORTED_BOUNCED,      /* it can't be delivered */
    SORTED_DELAYED,      /* it is late, and still tried */
    SORTED_DELIVERED,    /* a server says that it was delivered, or passed on */
    SORTED_AUTO_REPLY,   /* a program answers: somebody is away, a ticket was made */
    SORTED_RETEST,       /* "it is closed, test again" */
    SORTED_STOP_TESTS,   /* the server is not to be tested any more */
    SORTED_STOP_LETTERS, /* no letters any more */
    SORTED_OBJECTION,    /* came to the address for objections, and says nothing of the two */
    SORTED_OTHER,        /* for a person to read */
};

enum sorting_match {
    MATCHED_NOT,
    MATCHED_ADDRESS,    /* an address with the letter's mark: certain */
    MATCHED_MESSAGE_ID, /* our Message-ID: certain */
    MATCHED_REPORT,     /* a case that a report or a returned header names */
    MATCHED_PLAIN,      /* an address without a mark */
    MATCHED_SUBJECT     /* the subject */
};

enum { SORTED_TICKET = 65 };

struct sorted {
    enum sorting_kind kind;
    const char *by; /* what the kind was told by: "report", "code", "address", "words", … Static */
    enum sorting_match match;
    char ticket[SORTED_TICKET]; /* empty: none */
    bool forged;                /* one of its addresses has a ticket with a mark that is not its */
};

/* Addresses of ours (NULL: we have none), and what we know of letters. */
struct sorting_ground {
    const struct ticket_key *key; /* NULL: no mark is known */
    const char *bounces, *retest, *objection, *stop_tests, *stop_letters, *unsubscribe;
    /* The letter with this Message-ID; NULL: ours it is not. */
    const char *(*letter_of)(void *arg, const char *id);
    /* Whether there is a letter of this name; where nothing is known of letters, NULL: a name is "c-" and 8 to 22 hexadecimal
     * digits, or "g-" and 16. */
    bool (*is_letter)(void *arg, struct bytes name);
    void *arg;
    const json_t *words; /* data/inbox.json */
};

struct sorted sorting_of(const struct sorting_ground *ground, const struct incoming *m);
const char *sorting_kind_name(enum sorting_kind kind);
const char *sorting_match_name(enum sorting_match match);
bool sorting_is_certain(enum sorting_match match);
