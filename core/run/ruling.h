/*
 * ruling: an operator's rules (script/rules.h) are asked in a confined process (run/child.h), which has no file and no socket. What it
 * gives is one of few things, and checked to be one.
 */
#pragma once

#include "base/time.h"
#include "script/rules.h"

enum { RULING_WHY = 300 };

enum ruling_what {
    RULING_WAIT,    /* nothing now; asked again after `after` */
    RULING_RECHECK, /* it is tested again after `after` */
    RULING_NOTIFY,  /* a letter; asked again after `after` */
    RULING_STOP
};

enum ruling_letter {
    RULING_FIRST,
    RULING_REMINDER,
    RULING_PROVIDER,
    RULING_ALL_CLEAR,
    RULING_LETTERS
};

struct ruling {
    enum ruling_what what;
    enum ruling_letter letter;
    span after;
    char why[RULING_WHY + 1]; /* printable; or empty */
};

/* "first": a letter's kind, which is its tone. Static. */
const char *ruling_letter_name(enum ruling_letter letter);
bool ruling_letter_parse(struct bytes name, enum ruling_letter *out);

struct rulings;

/* The text is lent as long. ESCRIPT: the rules can't be used; EWORKER, ETIMEDOUT: the process took too long, or died. */
struct rulings *rulings_new(struct bytes text, const char *name, struct fail *fail);
void rulings_free(struct rulings *r);
/* Asks about targets: an array of what rules.next is told of each. `out` has room for all of them. A script that fails at one, or gives
 * what it may not, fails at all; `at` says at which. */
bool rulings_ask(struct rulings *r, json_t *targets, struct ruling *out, size_t *at,
                 struct fail *fail);

/* What the process says of one target. EPROTO: it is broken; ESCRIPT: its script fails, or gives what is no ruling. Fuzzed. */
bool ruling_read(struct bytes answer, struct ruling *out, struct fail *fail);
