/*
 * store_targets: looking at a campaign's targets: one, those that a search finds, and how many there are of each kind.
 *
 * All texts that a function is handed are lent for the call.
 */
#pragma once

#include "store/store.h"

/* Where a target stands. */
enum store_state {
    STORE_SUSPECTED, /* a list has named it */
    STORE_TESTED,    /* its jobs are finished; what was found is its verdict */
    STORE_NOTIFIED,  /* a letter went to its owner, */
    STORE_REMINDED,  /* a second one, */
    STORE_ESCALATED, /* one to the provider */
    STORE_CLOSED,    /* it was open and is no longer */
    STORE_OBJECTED,  /* its owner wants no more tests */
    STORE_STOPPED,   /* the rules have no more for it */
    STORE_STATES
};

/* "suspected". Static. */
const char *store_state_name(enum store_state state);
bool store_state_parse(struct bytes name, enum store_state *out);

struct store_target {
    int64_t id;
    struct addr addr;
    struct bytes name; /* or empty, as the next two */
    struct bytes country;
    struct bytes network;
    bool holdout;
    unsigned priority;
    enum store_state state;
    instant since; /* it is in this state */
    instant added;
    instant said;         /* last, by any list */
    instant next;         /* when the rules look at it; 0: not by themselves */
    struct bytes verdict; /* of the last round; empty: not tested yet */
    unsigned round;
};

typedef void store_on_target(void *arg, const struct store_target *t);

/* ENOENT: there is none. */
bool store_target(struct store *s, int64_t id, store_on_target *on_target, void *arg,
                  struct fail *fail);

/* What is looked for. A zeroed one finds all; more than one condition must hold together. */
struct store_search {
    int64_t after; /* the last one of the page before; 0: from the beginning */
    unsigned most; /* targets to a page */
    bool in_network;
    struct prefix network; /* the address is in it */
    bool in_state;
    enum store_state state;
    struct bytes verdict; /* empty: any, as the next two */
    struct bytes country;
    struct bytes source;
};
/* In the order of their numbers. Networks, states and verdicts have an index; the others are looked for among those. */
bool store_search(struct store *s, const struct store_search *search, store_on_target *on_target,
                  void *arg, struct fail *fail);

/* Who said what of a target. */
struct store_said {
    struct bytes source;
    struct bytes said;
    instant first;
    instant last;
    unsigned long times;
};
bool store_sightings(struct store *s, int64_t target,
                     void (*on_said)(void *arg, const struct store_said *said), void *arg,
                     struct fail *fail);

/* The cases of a target, the newest first. */
struct store_case_row {
    struct bytes id;
    struct bytes probe;
    struct addr addr;
    unsigned round;
    struct bytes verdict;
    struct bytes reason;
    struct bytes cause;
    struct bytes software;
    instant started;
    span elapsed;
    instant finished;
    struct bytes bundle;
    struct bytes line;
};
bool store_cases(struct store *s, int64_t target,
                 void (*on_case)(void *arg, const struct store_case_row *c), void *arg,
                 struct fail *fail);

/* ---- counts ---- */

/* How many targets of each state, verdict or source there are: one call for each name that has any. */
enum store_count_by { STORE_BY_STATE, STORE_BY_VERDICT, STORE_BY_SOURCE, STORE_BY_COUNTRY };
bool store_count(struct store *s, enum store_count_by by,
                 void (*on_count)(void *arg, struct bytes name, unsigned long count), void *arg,
                 struct fail *fail);

struct store_totals {
    unsigned long targets;
    unsigned long holdout; /* of them */
    unsigned long sightings;
    unsigned long jobs;
    unsigned long due;    /* waiting, due now or later */
    unsigned long leased; /* under way */
    unsigned long cases;
    unsigned long letters;  /* that were written */
    unsigned long machines; /* at work */
};
bool store_totals(struct store *s, struct store_totals *out, struct fail *fail);
