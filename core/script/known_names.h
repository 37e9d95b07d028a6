/*
 * known_names: what a script finds when it asks for a global, or for a field of one: as the sandbox and the API have it.
 */
#pragma once

#include "script/free_names.h"
#include "script/scenarios.h"

struct known_names;

/* As probes find it, or scenarios. Nothing but ajar's own scripts is loaded. */
struct known_names *known_names_of_probes(struct fail *fail);
struct known_names *known_names_of_scenarios(const struct sim_hooks *hooks, struct fail *fail);
/* As letters find it: the sandbox alone. */
struct known_names *known_names_of_letters(struct fail *fail);
void known_names_free(struct known_names *k);
/* How many parts of the name there are: all of them, or those before the first that is nil. What stands behind a value that
 * is no table is taken for there. */
unsigned known_names_parts(const struct known_names *k, const struct free_name *name);
