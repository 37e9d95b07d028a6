/*
 * zones: the public DNS lists (RFC 5782) that are known, and what their answers say.
 *
 * The table is data/lists.json, built in; files of the same form add to it, and replace what they name
 * again. An entry:
 *
 *     {"zone": "list.example.org", "name": "Example", "state": "alive", "families": ["IPv4"], "rate": 10,
 *      "codes": {"127.0.0.2": ["relay", "open relay"]}, "errors": {"127.255.255.254": "…"}}
 *
 * `mask` in place of `codes`: the last byte of the answer is a sum ("1", "2", "4", …). `state` "closed"
 * wants a `note` that says since when. `rate`: queries a second at most.
 */
#pragma once

#include "base/addr.h"

enum zone_kind { ZONE_RELAY, ZONE_PROXY, ZONE_OTHER };

enum { ZONE_MEANINGS = 48, ZONE_TEXT = 120, ZONE_NAME = 128, ZONE_RATE = 10, ZONE_SAYS_MOST = 8 };

struct zone_meaning {
    struct addr code;   /* of codes and errors */
    unsigned char mask; /* of a mask */
    bool is_error;
    enum zone_kind kind;
    char text[ZONE_TEXT];
};

struct zone {
    char zone[ZONE_NAME];
    char name[64];
    char note[ZONE_TEXT];
    bool closed;
    bool families[2]; /* IPv4, IPv6 */
    unsigned rate;
    bool is_mask;
    struct zone_meaning meanings[ZONE_MEANINGS];
    size_t count;
};

struct zones {
    struct zone *all;
    size_t count;
};

/* The built-in table and then these files; `paths` ends with NULL. */
bool zones_load(struct zones *zones, const char *const *paths, struct fail *fail);
void zones_free(struct zones *zones);
/* By its zone, without regard to case; NULL: not known. */
const struct zone *zones_find(const struct zones *zones, const char *zone);
bool zone_takes(const struct zone *z, const struct addr *a);
/* "relay", "proxy", "other". */
const char *zone_kind_name(enum zone_kind kind);

enum zone_answer { ZONE_LISTED, ZONE_ERROR, ZONE_NONSENSE };

/* What an answer is: 127.255.255.x is an error and never a listing, and what is outside 127.0.0.0/8 is
 * nonsense (a zone that was taken over, a resolver that lies). */
enum zone_answer zone_classify(const struct addr *answer);
/* The meanings that the table knows for it, at most ZONE_SAYS_MOST; how many. */
size_t zone_says(const struct zone *z, const struct addr *answer,
                 const struct zone_meaning *out[ZONE_SAYS_MOST]);
