/*
 * facts: a finding as the wording scripts take it. Everything that a stranger wrote is made fit for a
 * reader's eyes here, and cut; nothing else reaches Lua.
 */
#pragma once

#include "base/fail.h"
#include "notice/finding.h"

#include <jansson.h>

enum {
    FACTS_LINES = 40,   /* lines of dialogue at most; more is an error */
    FACTS_COLUMNS = 69, /* of one such line: 76 less "  > S: " */
    FACTS_NAME = 60,    /* of a host's name */
    FACTS_SOURCE = 250, /* of the names of the lists, together */
    FACTS_SAID = 2048,  /* bytes of what the server wrote that are looked at */
    FACTS_CAUSES = 64,  /* what was found, each form for itself; more is left out */
};

/* Members: see the head of scripts/notice/letter.lua; and dialogue = [ { who: "C" or "S", text, more: lines left out, decisive: true }, … ], which no
 * wording sees: a letter's quotes are filled in from here (notice/letter.h). The caller json_decref's it. NULL: see fail. */
json_t *facts_of(const struct finding *f, struct fail *fail);
