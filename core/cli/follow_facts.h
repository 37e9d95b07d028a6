/*
 * follow_facts: what a campaign's store knows of a target that is due, as its rules are told it (data/campaign/rules.lua).
 */
#pragma once

#include "cli/campaign_folder.h"
#include "run/ruling.h"
#include "store/store_follow.h"
#include "store/store_jobs.h"

enum { FOLLOW_LETTERS = 32 /* the last ones */ };

/* What all its tests together say. */
enum follow_found {
    FOLLOW_OPEN,
    FOLLOW_SUSPECT,
    FOLLOW_CLOSED,  /* it was open or suspect, and each test that found it so says closed now */
    FOLLOW_UNKNOWN, /* it was, and one of them can't tell now */
    FOLLOW_NOTHING  /* it never was */
};

/* A case, and the bundle that the store says it is in. */
struct follow_case {
    char id[STORE_CASE_ID];
    char bundle[CAMPAIGN_FILE];
};

struct follow_letter {
    enum ruling_letter kind;
    instant made;
    bool withheld; /* not written, as the target is held out */
    bool bounced;
    struct follow_case about;
};

struct follow_target {
    int64_t id;
    struct addr addr;
    bool holdout;
    enum store_state state;
    instant since;
    instant next;
    enum follow_found found;
    unsigned rounds; /* that it was tested in */
    instant tested;  /* last; 0: never */
    struct follow_letter letters[FOLLOW_LETTERS];
    size_t letter_count;
    struct follow_case ground; /* what a letter is about now; no id: there is none */
    bool ground_is_told;       /* there is a letter about it */
    bool planned;              /* one was being written when somebody was cut off: `plan` */
    struct follow_letter plan;
    struct ruling ruling; /* what the rules say, once they were asked */
};

/* Begins one; what is known of it by follow_facts_read. */
void follow_facts_begin(struct follow_target *out, const struct store_target *t);
/* Asks the store for its letters and cases. ELIMIT: it has cases of more than 256 probes. */
bool follow_facts_read(struct store *s, struct follow_target *t, struct fail *fail);
/* In which state it is, by all this, in place of its own. */
enum store_state follow_facts_state(const struct follow_target *t);
/* The last letter that went out; NULL: none has. */
const struct follow_letter *follow_facts_last(const struct follow_target *t);
/* What the rules are told, to be json_decref'd. NULL: no memory. */
json_t *follow_facts_json(const struct follow_target *t, instant now);
