/*
 * needs: what the scripts of a bundle need of the program that is to run them again, as data/run.json says it.
 */
#pragma once

#include "base/fail.h"
#include "evidence/builtin.h"

enum { NEEDS_API = 64, NEEDS_NAME = 128 };

struct needs {
    unsigned
        interface; /* PROBES_INTERFACE of the program that made the bundle; 0: it does not say (before 1) */
    char made_by[32]; /* that program's version */
    size_t api_count; /* the API's scripts, in the order of loading; none where interface is 0 */
    char api[NEEDS_API][NEEDS_NAME]; /* "scripts/lib/ajar.lua" */
};

/* Reads data/run.json. Fails: EFORMAT, and EVERSION for a bundle of another format. Fuzzed. */
bool needs_read(struct bytes run_json, struct needs *out, struct fail *fail);
/* The interface alone, as the bundle's data/run.json says it; 0: it says none, or can't be read. */
unsigned needs_interface(const char *bundle);
/* Who seals a bundle may claim an older interface, whose rules ask less of its cases (CASE_FILES_SORTED). But scripts that are all
 * this program's own (`origin`) need this program's interface: false, EDIVERGED, where another one is claimed. */
bool needs_are_its_own(unsigned interface, enum builtin_origin origin, struct fail *fail);
/* The same of a bundle that claims this one; what can't be read has claimed nothing. */
bool needs_hold(const char *bundle, unsigned interface, struct fail *fail);
/* Can this program run them? Fails with EVERSION and a sentence that says what is needed and what is here. */
bool needs_served(const struct needs *needs, struct fail *fail);
