/*
 * names: host names being looked up, several at once, so that a resolver that is slow or dead keeps nobody
 * else waiting.
 */
#pragma once

#include "cli/args.h"
#include "cli/targets.h"
#include "net/dns.h"

enum { NAMES_AT_ONCE = 256 };

struct names;

/* The resolvers that a command's option --resolver names; none: those of /etc/resolv.conf. */
struct resolvers {
    struct addr at[DNS_RESOLVERS];
    size_t count;
};
/* Adds the current option's value; wrong usage when it is no ADDR[:PORT], or one too many. */
bool resolvers_take(struct args *a, struct resolvers *r);
/* None was named: takes those of /etc/resolv.conf. */
void resolvers_default(struct resolvers *r);
struct dns *resolvers_open(const struct resolvers *r, struct loop *loop, struct fail *fail);

/* dns is lent. NULL: no memory. */
struct names *names_new(struct dns *dns);
/* Before dns is freed or after it, but not while the loop still runs. */
void names_free(struct names *n);

/* NAMES_AT_ONCE are under way or wait to be taken: no names_add now. */
bool names_full(const struct names *n);
/* Any at all. */
bool names_busy(const struct names *n);
/* Begins with the target's name; the target is copied. `list` and `line` (NULL: none; list is lent) say where
 * it stood, should it have no address. */
bool names_add(struct names *n, const struct target *target, const char *list, unsigned long line,
               struct fail *fail);
/* One is done: names_take may be called. */
bool names_ready(const struct names *n);
/* The target as it was added and its addresses (port 0). False: it has none, and fail says why. */
bool names_take(struct names *n, struct target *target, struct addr addresses[DNS_ADDRESSES],
                size_t *count, struct fail *fail);
