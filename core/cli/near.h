/*
 * near: the word that was probably meant.
 *
 *     struct near near = near_to(typed);
 *     for (…)
 *         near_try(&near, word);
 *     if (near.best) …
 */
#pragma once

#include <stddef.h>

struct near {
    const char *typed;
    const char *best; /* or NULL: none is near */
    size_t least;     /* its distance */
};

struct near near_to(const char *typed);
/* Takes the word when what was typed is its beginning, or differs in at most two letters (added, left out or
 * changed; in less letters than the word has) and no word before was as near. */
void near_try(struct near *n, const char *word);
