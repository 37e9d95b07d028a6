/*
 * run_session: a run of one script on one target whose lines are typed while it goes on (ajar repl).
 *
 * The script waits for its lines in its cell, as any that is not built in runs there. The bundle gets the scripts once the
 * probe has ended, as they are then in run_options: who writes them down as they are typed has them replayed.
 */
#pragma once

#include "run/session_ipc.h"

struct supervisor;

struct run_session {
    /* From the script. TYPED_READY comes again with a new script where its process has died: then nothing is left of
     * what was before. */
    void (*on_said)(void *arg, enum typed_said what, struct bytes text);
    /* Ctrl-C. */
    void (*on_interrupt)(void *arg);
    /* The run shall end: so the script is to be told SESSION_OVER, as soon as it waits for a line. */
    void (*on_stop)(void *arg);
    void *arg;
    struct supervisor *supervisor; /* set by run_all */
    uint64_t job;                  /* the one that runs */
};

/* To the script. Nothing happens where none runs. */
void run_session_tell(const struct run_session *s, enum session_line what, struct bytes text);
/* What the line waits for shall fail, and what it will wait for, until the next line. */
void run_session_break(const struct run_session *s);
