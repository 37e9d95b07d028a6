/*
 * store_policy: what holds for all machines of a campaign: its scope and rules as texts, opt-outs, and how fast the fleet
 * may knock.
 *
 * All of it can be asked for cheaply and often: who works on the campaign asks every second whether something has changed.
 */
#pragma once

#include "base/buf.h"
#include "store/store.h"

enum { STORE_TEXT_NAME = 40, STORE_REASON = 300 };

/* ---- texts: "scope", "optout", "rules.lua" ---- */

/* A text that is the same as before is no new version. */
bool store_text_put(struct store *s, const char *name, struct bytes content, instant now,
                    struct fail *fail);
/* Appends it. *version 0: there is none; it grows with each change. */
bool store_text_get(struct store *s, const char *name, struct buf *out, int64_t *version,
                    struct fail *fail);
/* The same without the text. */
bool store_text_version(struct store *s, const char *name, int64_t *version, struct fail *fail);

/* ---- opt-outs that came one by one ---- */

struct store_optout {
    int64_t number; /* they are numbered in their order */
    struct prefix network;
    instant at;
    struct bytes reason;
};
/* One that is there already stays as it is. They are never taken back. */
bool store_optout_add(struct store *s, const struct prefix *network, instant at,
                      struct bytes reason, struct fail *fail);
/* Those behind number `after`, in their order. */
bool store_optouts(struct store *s, int64_t after,
                   void (*on_optout)(void *arg, const struct store_optout *o), void *arg,
                   struct fail *fail);

/* ---- pace ---- */

/* A turn at something that has a rate: the fleet as a whole, a network, a host. */
struct store_turn {
    struct bytes key; /* of at most 64 bytes; the same for all who share the rate */
    span gap;         /* from one to the next: a second by the rate */
};
/* Takes one at each, all or none, for no earlier than `from`; *when says when all of them have come. So what is asked for is
 * paid for: who asks for many at once is told later and later times, evenly. */
bool store_take_turns(struct store *s, const struct store_turn *turns, size_t count, instant from,
                      instant *when, struct fail *fail);
/* Forgets those that have come to pass: nobody has to wait for them. */
bool store_turns_tidy(struct store *s, instant now, struct fail *fail);

/* Test messages at a host: how many of `wanted` it may get still, `most` in 24 hours without one of them to spare; they count
 * from here on (guard/budget.h says the rule). *granted is `wanted` or 0. */
bool store_take_messages(struct store *s, const struct addr *host, unsigned wanted, unsigned most,
                         instant now, unsigned *granted, struct fail *fail);
/* Gives back what was not sent. */
bool store_return_messages(struct store *s, const struct addr *host, unsigned unsent,
                           struct fail *fail);
