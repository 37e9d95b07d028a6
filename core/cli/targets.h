/*
 * targets: what is to be probed, from the command line and from lists, one after the other.
 *
 * A target is written as target_text.h has it. A list is a file (or "-")
 * with one a line, '#' for comments; or a CSV whose header names a column "ip" (and "port", "hostname"
 * or "source"), as Shadowserver's reports come. Lists are read as they are needed: memory stays flat.
 */
#pragma once

#include "base/addr.h"
#include "base/fail.h"

struct targets;

struct target {
    struct addr addr;    /* port 0: none was given */
    struct prefix range; /* the network that it came from, with the port; a single one: itself */
    bool last;           /* of that network */
    unsigned long count; /* addresses that it stands for: 1, but see targets_reckon */
    char name[256];      /* or empty */
    char source[256]; /* the list's name, or what its "source" column says; empty: command line */
};

enum targets_step {
    TARGETS_ONE,
    TARGETS_BAD, /* this line is no target (fail says which and why); go on with the next */
    TARGETS_LATER, /* names are being looked up, or a pipe is empty: ask again after a round of the loop */
    TARGETS_NONE
};

struct loop;
struct names;

/* Operands first, then the lists; both NULL-ended and lent. A name is one target without an address: for
 * counting. */
struct targets *targets_new(char *const *operands, const char *const *lists);
/* From here on names (lent) looks names up, each address being a target, and pipes are not waited for. */
void targets_attach(struct targets *t, struct loop *loop, struct names *names);
/* For counting: networks are unfolded as long as all of them together have at most so many addresses. A larger one comes as
 * one target, which stands for all of them. */
void targets_reckon(struct targets *t, unsigned long most);
void targets_free(struct targets *t);
enum targets_step targets_next(struct targets *t, struct target *out, struct fail *fail);
/* A list's line is to blame for *fail, which a caller has found: its file and line go before the sentence, and the
 * code is EFORMAT. An operand's stays as it is. */
void targets_blame(const struct targets *t, struct fail *fail);
/* True when a list is a pipe or a device: it can be read only once. */
bool targets_once(const char *const *lists);
