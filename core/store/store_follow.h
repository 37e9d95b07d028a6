/*
 * store_follow: how a target goes on after its test: its states, what happened to it, and its letters.
 *
 * The rules (a script, not here) look at each target whose `next` has come: it has been tested, or a time that they have set
 * is over. They decide; this keeps what they decided, with its date.
 */
#pragma once

#include "store/store_targets.h"

enum { STORE_LETTER_ID = 64, STORE_EVENT_KIND = 40 };

/* How far somebody has come who goes through the targets that are due. A zeroed one begins. */
struct store_due {
    instant next;
    int64_t target;
};
/* Up to `most` targets that the rules are to look at now, the longest due first; `from`, or NULL, goes on behind the last one. Where
 * none is left, on_target is not called. */
bool store_for_rules(struct store *s, instant now, struct store_due *from, unsigned most,
                     store_on_target *on_target, void *arg, struct fail *fail);

struct store_move {
    int64_t target;
    enum store_state from; /* it must be in this state still, or nothing is done: ECONFLICT */
    enum store_state to;
    instant now;
    instant next;        /* when the rules look at it again; 0: when something happens to it */
    struct bytes detail; /* for people; may be empty */
};
/* Where `to` is another state than `from`, this is an event of that state's name. */
bool store_move(struct store *s, const struct store_move *move, struct fail *fail);
/* Has the rules look at a target at this time, if not sooner. */
bool store_look_at(struct store *s, int64_t target, instant when, struct fail *fail);

/* Something that has happened to a target and is no change of its state: "answered", "bounced". */
bool store_event(struct store *s, int64_t target, instant at, const char *kind, struct bytes detail,
                 struct fail *fail);

struct store_event_row {
    int64_t id;
    instant at;
    struct bytes kind;
    struct bytes detail;
};
/* In their order. */
bool store_events(struct store *s, int64_t target,
                  void (*on_event)(void *arg, const struct store_event_row *e), void *arg,
                  struct fail *fail);

/* ---- letters ---- */

struct store_letter {
    struct bytes id; /* the letter's code, as it stands in it */
    int64_t target;
    struct bytes case_id;
    struct bytes kind; /* "first", "reminder", "provider", "all-clear" */
    struct bytes recipient;
    struct bytes language;
    struct bytes
        state; /* "planned" (it is being written), "unwritten" (it could not be), "withheld" (its target is held out);
                          "written", "sent", "bounced", "answered" */
    instant made;
    instant changed; /* its state */
};
/* One that is there already stays as it is, unless it was never written ("planned", "unwritten"). */
bool store_letter_put(struct store *s, const struct store_letter *letter, struct fail *fail);
/* ENOENT: there is no letter of this code. */
bool store_letter_state(struct store *s, struct bytes id, struct bytes state, instant now,
                        struct fail *fail);
typedef void store_on_letter(void *arg, const struct store_letter *l);
/* Of a target, in their order. */
bool store_letters(struct store *s, int64_t target, store_on_letter *on_letter, void *arg,
                   struct fail *fail);
/* The one of this code; *found says whether there is one. */
bool store_letter(struct store *s, struct bytes id, store_on_letter *on_letter, void *arg,
                  bool *found, struct fail *fail);
