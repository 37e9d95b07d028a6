/*
 * scripts: which probes a command works with: the built-in ones, and scripts given by path.
 */
#pragma once

#include "script/probes.h"

enum { SCRIPTS_MOST = 200 };

/* The scripts and, of each, what it says of itself. */
struct scripts {
    struct script_source sources[SCRIPTS_MOST];
    size_t count;
    struct probe_info infos[SCRIPTS_MOST];
    bool chosen[SCRIPTS_MOST];
    bool any_chosen;
    struct bytes args[SCRIPTS_MOST]; /* what each is told, as JSON, or empty; owned */
    void *files[SCRIPTS_MOST];       /* texts read from files; owned */
};

/* The built-in probes, and those among `choices` (NULL-ended) that are paths of scripts. A choice is
 * "relay", "proxy", an id, a glob over ids, or a path that ends in ".lua"; one that names nothing is an
 * error that says what there is. */
bool scripts_load(struct scripts *s, const char *const *choices, struct fail *fail);
/* Does a choice mean this probe? */
bool scripts_match(const char *choice, const struct probe_info *info);
void scripts_free(struct scripts *s);
