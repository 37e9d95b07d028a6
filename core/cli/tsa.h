/*
 * tsa: time-stamp services (RFC 3161) asked for a sealed bundle.
 */
#pragma once

#include "cli/args.h"

enum { TSA_MOST = 8 };

/* How long each may take, where nothing else is said. */
#define TSA_LIMIT (30 * SPAN_SECOND)

/* Zeroed but for the limit. */
struct tsa {
    const char *urls[TSA_MOST + 1]; /* ended by NULL; borrowed from argv */
    span limit;                     /* for each */
};

/* The value of an option --tsa; wrong usage is said. */
void tsa_take(struct args *a, struct tsa *t);
/* Asks all of them, and puts their time-stamps into the bundle. What goes wrong with one is said on stderr in the name
 * of `command`, and stops no other; the bundle is whole whatever happens. Gives how many time-stamps were added; all
 * that were asked for, or something was said. */
unsigned tsa_stamp(const char *command, const char *bundle, const struct tsa *t);
