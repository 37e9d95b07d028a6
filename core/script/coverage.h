/*
 * coverage: which lines of some scripts could run, and which did.
 *
 * A VM that is given one (vm_limits) notes each line of these scripts that it runs; a hook on each line makes it many times
 * slower, so it is for tests alone.
 */
#pragma once

#include "base/bytes.h"
#include "base/fail.h"

enum { COVERAGE_SCRIPTS = 64 };

struct covered {
    const char *name;    /* as probes and messages name it; lent */
    struct bytes text;   /* lent */
    unsigned lines;      /* from 1 on; the next two have a bit for each, and for a line 0 */
    size_t size;         /* their bytes */
    unsigned char *code; /* lines with something to run; one that only closes a block is none */
    unsigned char *ran;
};

struct coverage {
    struct covered scripts[COVERAGE_SCRIPTS];
    size_t count;
    size_t last; /* the script whose line was noted last */
};

struct coverage *coverage_new(void);
void coverage_free(struct coverage *c);
/* False: no memory, or too many. */
bool coverage_add(struct coverage *c, const char *name, struct bytes text);
/* A line of the chunk "@name" has run; of other chunks nothing is noted. */
void coverage_note(struct coverage *c, const char *chunk, int line);
/* Finds the lines with something to run, of all scripts. They are compiled, and not run. */
bool coverage_measure(struct coverage *c, struct fail *fail);

bool coverage_has(const unsigned char *bits, unsigned line);
