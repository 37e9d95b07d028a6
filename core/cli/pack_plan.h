/*
 * pack_plan: versions of packs that go together, and the change that makes them those that are used: all of it, or nothing.
 */
#pragma once

#include "cli/pack_choices.h"

struct pack_plan {
    struct pack_store *store; /* as it is */
    struct pack_choices *choices;
    struct resolve resolve;
    struct pack_choice *changes[RESOLVE_PACKS]; /* each behind what it requires */
    unsigned change_count;
};

/* Nothing is wanted yet; what is lent outlives it. NULL with a fail. */
struct pack_plan *pack_plan_new(const struct pack_install *how, struct pack_sources *s,
                                struct fail *fail);
void pack_plan_free(struct pack_plan *p);
/* The newest of this pack, within the range (NULL: the newest release), or what is installed of it. */
void pack_plan_want(struct pack_plan *p, const char *name, const struct version_range *range);
/* Finds the versions. Fails as resolve_run does. */
bool pack_plan_make(struct pack_plan *p, struct fail *fail);
/* Is there to be another version of this pack than the one installed? */
bool pack_plan_changes(const struct pack_plan *p, const char *name);
/* Shows each to the person, asks, and makes the change. */
bool pack_plan_carry_out(const struct pack_plan *p, struct fail *fail);
