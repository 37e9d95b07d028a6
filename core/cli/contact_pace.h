/*
 * contact_pace: turns at the services that are asked about contacts. At each of them one question is under way at a time, so that
 * what it says of a range is known before the next is asked; and so many begin in a second as its rate says.
 *
 * All that waits is called from the loop, never from inside the call that asked.
 */
#pragma once

#include "base/fail.h"
#include "base/time.h"
#include "net/loop.h"

enum { PACE_FAILURES = 3 };

struct contact_pace;
struct pace_service;
struct pace_turn;
typedef void (*pace_fn)(void *arg);

struct contact_pace *contact_pace_new(struct loop *loop);
/* Nobody may wait any more. */
void contact_pace_free(struct contact_pace *p);
/* From here on nobody is waited for, and all services are shut (ESTOPPED). */
void contact_pace_stop(struct contact_pace *p);

/* The service of this name; the same each time. NULL: no memory. */
struct pace_service *pace_service(struct contact_pace *p, const char *name);

/* Whoever waits, one thing at a time. NULL: no memory. */
struct pace_turn *pace_turn_new(struct contact_pace *p, void *arg);
/* It waits for nothing, and has left. NULL is allowed. */
void pace_turn_free(struct pace_turn *t);

/* Calls fn when nobody else is in there, in the order of coming; who is in there leaves. */
void pace_enter(struct pace_service *s, struct pace_turn *t, pace_fn fn);
void pace_leave(struct pace_service *s);
/* Calls fn when the service may be asked again, `rate` times a second at most. For whoever is in there, and for who was
 * referred to it, from another one. */
void pace_wait(struct pace_service *s, unsigned rate, struct pace_turn *t, pace_fn fn);
/* Calls fn after this time. */
void pace_pause(struct pace_turn *t, span time, pace_fn fn);

/* A question is over: after PACE_FAILURES that failed one after the other the service is shut. */
void pace_note(struct pace_service *s, bool ok, const struct fail *why);
/* At once, as it has said so. */
void pace_shut(struct pace_service *s, const struct fail *why);
/* It is asked no more in this run: *why says so. */
bool pace_is_shut(const struct pace_service *s, struct fail *why);
