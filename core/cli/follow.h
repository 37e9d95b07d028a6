/*
 * follow: going through the targets of a campaign that are due, as its rules say.
 *
 * A page of them at a time is read, the rules are asked, and what they say is done: tested again, stopped, left for later, or, by
 * who goes through them, written to. Every step may be cut off: what was done is seen in the store, and nothing is done twice.
 */
#pragma once

#include "cli/follow_facts.h"

struct scope;

enum { FOLLOW_PAGE = 500 };

struct follow {
    /* Filled in by the command; lent. */
    const char *command; /* for messages */
    struct store *store;
    struct rulings *rulings;
    const struct scope *optouts;
    bool dry_run; /* nothing is changed */
    /* Those of a page that a letter is to be written to: it writes them, and says so in the store. NULL: they are left as they are. */
    bool (*write)(void *arg, struct follow_target **targets, size_t count, struct fail *fail);
    void *arg;

    /* When it has ended, or nearly so. */
    instant now; /* the store's */
    unsigned long looked_at;
    unsigned long rechecked;
    unsigned long stopped;
    unsigned long objected;
    unsigned long withheld;
    unsigned long to_write; /* letters */
};

/* Goes through all that are due. */
bool follow_run(struct follow *f, struct fail *fail);
/* Moves a target, which may be where it is, to be looked at again `after` from now on (0: when something happens to it). Where somebody
 * else has moved it nothing is done. */
bool follow_move(struct follow *f, struct follow_target *t, enum store_state to, span after,
                 const char *detail, struct fail *fail);
/* Has it tested again after that time. */
bool follow_recheck(struct follow *f, struct follow_target *t, span after, const char *why,
                    struct fail *fail);
/* The letter that is to be written to it. */
struct follow_letter follow_letter(const struct follow_target *t);
