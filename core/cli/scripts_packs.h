/*
 * scripts_packs: packs and their probes, put among the scripts that a command works with. For scripts.c.
 */
#pragma once

#include "cli/scripts.h"

/* The probes of the pack in this file. */
bool scripts_add_pack(struct scripts *s, const char *path, struct fail *fail);
/* Those of the packs that are installed, but for one that is there by its file already, and those that can't be used
 * (changed since, their key trusted no longer): the first of these stands in `unusable`. */
bool scripts_add_installed(struct scripts *s, struct fail *fail);
/* A probe that was given by a path takes the place of an installed one of its id: who works on a pack that he has
 * installed runs the file that he works on. */
void scripts_drop_displaced(struct scripts *s);
/* Does a choice mean the pack of this script: by its file, or by its name ("acme/envelopes", or a glob)? */
bool scripts_is_of(const struct scripts *s, size_t i, const char *choice);
