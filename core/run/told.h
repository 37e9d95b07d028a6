/*
 * told: what each probe of a run is told beside its target, as the settings say it.
 */
#pragma once

#include "run/settings.h"

/* For the script at this index, whose probe has this id; views of the settings. */
struct run_facts told_script(const struct settings *s, size_t i, struct bytes id);
/* For each of the probes, which are the settings' scripts in their order; malloc'd. NULL: no memory. */
struct run_facts *told_probes(const struct settings *s, const struct probes *probes);
