/*
 * notify_desk: findings become letters, many at a time: facts go to the process that words, words come back, are laid out, made
 * a message of, signed, and put where they are to go.
 */
#pragma once

#include "cli/notify_case.h"
#include "cli/notify_dkim.h"
#include "cli/notify_group.h"
#include "cli/notify_interval.h"
#include "cli/notify_output.h"
#include "cli/notify_paper.h"
#include "cli/notify_profile.h"
#include "cli/notify_recipient.h"
#include "cli/notify_word.h"

enum { NOTIFY_BATCH = 64, NOTIFY_ID = 65 };

/* The letter that another one comes after. */
struct notify_earlier {
    const char *case_id; /* that it was about */
    const char *digest;  /* of the bundle that this is in */
    const char *tone;    /* static; NULL: it went to somebody else, and is no answer to it */
    instant sent;
};

/* A finding that waits for its letter; all of it is its own. */
struct notify_waiting {
    char id[NOTIFY_ID];
    struct notify_case read;
    struct buf mail_back;
    char earlier_case[NOTIFY_ID];    /* of the same server, in the bundle before; or "" */
    char earlier[NOTIFY_ID];         /* the number of the letter about that; "": that of this one */
    char earlier_digest[SHA256_HEX]; /* of that case's bundle; "": the desk's `since` */
    const char *earlier_tone;        /* of that letter; NULL: the desk's `follows` */
    struct notify_group *group; /* of which it is the first; NULL: the letter is about it alone */
    json_t *facts;
    struct letter letter;
    bool worded;
};

struct notify_desk {
    /* Filled in by the command; lent. */
    const char *bundle; /* for messages */
    const char *tone;
    const char *follows; /* the tone of the letters that these follow, or NULL */
    const char *since;   /* the digest of the bundle that they were about; NULL: this one's */
    struct notify_groups
        *before;          /* of that bundle: whose letters were about several; NULL: nobody's */
    instant earlier_sent; /* when they were sent; 0: not known */
    const struct ticket_key *tickets; /* NULL: addresses have no mark */
    unsigned interval_days;           /* that letters promise; 0: none */
    struct notify_interval *interval; /* NULL: whoever was written to before */
    enum machine machine;
    struct notify_recipients recipients;
    struct notify_dkim dkim;
    struct notify_output output;
    struct notify_paper paper;
    struct composing *composing;
    struct notify_where where;
    /* Told of each letter that is put where it is to go; it lasts once the desk has ended well. Or NULL. */
    void (*on_letter)(void *arg, const struct notify_message *m);
    void *on_letter_arg;

    /* When it has ended. */
    unsigned long written;
    unsigned long there; /* already */
    unsigned long held_back;
    unsigned long unworded; /* to be told of, and the wording gave no letter */

    /* private */
    struct notify_profile profile;
    unsigned deaths; /* of the process that words the letters, one after the other */
    struct notify_waiting *waiting;
    size_t count;
    size_t held; /* bytes of the tables of those that wait */
    struct layout_kept *kept;
    struct buf message;
    struct machine_parts parts;
};

/* Once the letters can be worded: reads the profile, loads the keys, opens the output. */
bool notify_desk_begin(struct notify_desk *d, struct fail *fail);
/* The next place: the case is to be read into it. */
struct notify_waiting *notify_desk_place(struct notify_desk *d);
/* Is no letter to go to the recipient of what was read there, as he was written to lately? Then it is counted, told of where nothing
 * but that is done, and freed. */
bool notify_desk_holds_back(struct notify_desk *d);
/* What was read there becomes its own: the bundle's case need not stay. Where it fails it is freed. */
bool notify_desk_own(struct notify_desk *d, struct fail *fail);
/* What became its own comes after that letter, which was about a case of another bundle. */
void notify_desk_follow(struct notify_desk *d, const struct notify_earlier *earlier);
/* It is to be told, alone (NULL), or with the group that it is the first of, which is the desk's from here on. */
bool notify_desk_take(struct notify_desk *d, struct notify_group *group, struct fail *fail);
/* The address that letters come from. */
struct bytes notify_desk_from(const struct notify_desk *d);
/* Ends: what waits is written, also when a later case could not be read (`ok` is false then, and `fail` stays). Frees in any
 * case. */
bool notify_desk_end(struct notify_desk *d, bool ok, struct fail *fail);
