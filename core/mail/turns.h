/*
 * turns: which letter is sent when, so that no recipient's domain, and nobody's smarthost, gets too many in a minute.
 *
 * One in each domain's turn: a domain with thousands of letters keeps the others waiting no longer than itself.
 */
#pragma once

#include "base/time.h"

#include <stdbool.h>
#include <stddef.h>

struct turns;

struct turns_rates {
    unsigned all;    /* a minute; 0: as fast as can be */
    unsigned domain; /* a minute for each; 0: likewise */
};

struct turns *turns_new(const struct turns_rates *rates);
void turns_free(struct turns *t);
/* The letter's name and its recipient; before the first turns_next. False: no memory. */
bool turns_add(struct turns *t, const char *name, const char *to);
size_t turns_left(const struct turns *t);
size_t turns_domains(struct turns *t);
/* The next letter's name, lent until turns_free, and when it may be sent (not before `now`), which counts as done. NULL:
 * there is none left. */
const char *turns_next(struct turns *t, instant now, instant *at);
