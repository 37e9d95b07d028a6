/*
 * rederive: does the verdict follow from the bytes? The scripts of a bundle run again, each against its
 * tape, with no network and no clock, and must come to the same end: the same verdict, reason and steps, with
 * every byte sent as it was.
 *
 * Scripts and tapes may be an enemy's: they run in a child that is confined as a worker is, and that is
 * ended when it takes too long.
 */
#pragma once

#include "evidence/builtin.h"
#include "pack/pack.h"
#include "run/case_agrees.h"
#include "script/coverage.h"
#include "script/probes.h"

enum { REDERIVED_TOLD = 80 };

enum rederived_outcome {
    REDERIVED_SAME,    /* the verdict follows from the bytes */
    REDERIVED_NOTHING, /* it is `error`, and there are no bytes from which it could follow */
    REDERIVED_ENDED, /* it is `error`, as the script's process was ended: it came to no end, and is not let loose again */
    REDERIVED_DIFFERS, /* it does not */
    REDERIVED_UNABLE,  /* it could not be tried to the end, which says nothing about the verdict */
    REDERIVED_OUTCOMES
};

/* What came of one case. */
struct rederived {
    enum rederived_outcome outcome;
    /* Where the script's verdict, which was derived, is not the case's: both, and why; else empty. */
    char told[REDERIVED_TOLD];
    struct difference difference; /* where it differs */
    /* What the script itself failed with, when that is the difference: its error with the calls that led to it, a
     * line each; where the script was not run, the reason on the tape; else empty. Bytes that a script may have chosen: not
     * yet fit to be shown. */
    char error[CONCLUSION_REASON + 1];
    struct fail fail; /* why it could not be tried */
};

/* In this process: the case's tape again through these probes. And case.json must say what the tape says
 * (run/case_agrees.h), and the script lie in the pack that it names; empty: that is not looked at.
 *
 * Where the probe's process was ended (reason_is_lost) its script, which may do the same here, is not run:
 * REDERIVED_ENDED. A tape may also hold the verdict `error` and nothing else. Of such a script that is REDERIVED_NOTHING. Another one is run;
 * should it come to another end than this, that is no difference but REDERIVED_NOTHING too, as there is nothing on the
 * tape that it could be held against. */
void rederive(struct probes *probes, const struct case_files *files, struct rederived *out);
/* Does the tape end because a script had spent its budget? */
bool rederive_is_spent(struct bytes tape);

typedef void (*rederive_case)(void *arg, const char *id, const struct rederived *what);
/* All cases of a bundle (or `only` one), in a confined child, in the bundle's order; with `instead` (may be NULL) by the
 * probes of this pack in the place of those that the bundle has of it. With `coverage` (may be NULL), which has the
 * probes of that pack, it is noted there which lines of them have run, unless
 * another pack in the bundle has a script of the same name. False: the bundle can't be read,
 * its scripts can't be run by this program (EVERSION) or are not those that data/run.json names, or there is no confined child;
 * the bundle's other digests are not looked at here. *origin: whose the scripts of the pack builtin are, known before fn is called. */
bool rederive_bundle(const char *path, const char *only, const struct pack *instead,
                     struct coverage *coverage, rederive_case fn, void *arg,
                     enum builtin_origin *origin, struct fail *fail);
