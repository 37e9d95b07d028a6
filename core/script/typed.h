/*
 * typed: lines of a script that a person types, one at a time, while the script runs, and what each gave (ajar repl).
 *
 * Its script asks for the next line (raw.next_line) and waits until there is one. Each is a function of its own, in the
 * script's environment.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

struct probe_run;
struct vm;

/* The name by which the script runs, and which the errors of its lines bear. */
#define TYPED_SCRIPT "session.lua"

enum { TYPED_LINE = 256 * 1024, TYPED_SAID = 16 * 1024 };

enum typed_said {
    TYPED_READY, /* the next line is waited for */
    TYPED_VALUE, /* what the line gave, on one line; empty: nothing */
    TYPED_ERROR, /* what it failed with, and the calls that led there, a line each */
    TYPED_NAMES, /* the answer to typed_complete: names, a line each */
    TYPED_SAIDS
};

struct typed {
    /* Text is lent for the call; it may hold anything. */
    void (*said)(void *arg, enum typed_said what, struct bytes text);
    void *arg;
    struct buf line; /* given and not yet taken */
    bool asked;
    bool given;
    bool over; /* there are no more */
};

struct typed typed_new(void (*said)(void *arg, enum typed_said what, struct bytes text), void *arg);
void typed_free(struct typed *s);

/* The next line: a chunk that returns a function. Wakes the run. False: none was asked for, or it is too long. */
bool typed_give(struct typed *s, struct bytes chunk, struct probe_run *run);
/* There is no next line. Wakes the run. False as above. */
bool typed_end(struct typed *s, struct probe_run *run);
/* What a name that begins so could be, in the script's environment: "ajar.sm", "c:e". Nothing of the script is run. */
void typed_complete(struct typed *s, struct vm *vm, struct bytes begun);

/* Is this a chunk by itself? What a person types is not always at its end. */
enum typed_text { TYPED_WHOLE, TYPED_UNFINISHED, TYPED_WRONG };
/* `name` is what an error names, and `line` the first line's number. */
enum typed_text typed_check(struct vm *vm, const char *name, struct bytes text, unsigned line,
                            struct fail *why);
