/*
 * scope_inside: what scope.c and scope_file.c share; nobody else includes it.
 */
#pragma once

#include "base/hash.h"
#include "guard/prefix_set.h"
#include "guard/scope.h"

enum word { AUTHORITY, CONTACT, INFO, WORDS };

struct scope {
    struct prefix_set *allowed;
    struct prefix_set *denied;
    struct prefix_set *opted_out;
    struct prefix_set *own;      /* said in the file */
    struct prefix_set *near;     /* the machine's networks */
    struct prefix_set *stranger; /* of these, those that do not count */
    char said[WORDS][SCOPE_TEXT_LIMIT + 1];
    char digest[SHA256_HEX];
    bool beyond_loopback; /* something else than loopback is allowed */
};

/* An empty scope with the digest of `text`. */
struct scope *scope_new(struct bytes text, struct fail *fail);
/* What was not said comes from us: for a scope that allows nothing but loopback. */
void scope_fill(struct scope *s);
