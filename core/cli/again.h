/*
 * again: this program once more, as a command by hand would run it, for commands that are made of others.
 */
#pragma once

#include "base/fail.h"

#include <stdio.h>
#include <sys/types.h>

enum { AGAIN_WORDS = 1400 };

/* The words of a command; more than there is room for are an error when it is to start. */
struct again_words {
    const char *list[AGAIN_WORDS + 1];
    size_t count;
};

void again_say(struct again_words *w, const char *word);

struct again {
    pid_t pid;
    FILE *out; /* what it says */
};

/* Runs ajar with these words (the first is its own name), and this to read, if it is not NULL. It gets SIGTERM when we
 * end. */
bool again_start(struct again *a, struct again_words *w, FILE *in, struct fail *fail);
/* Waits for its end: its exit status; 1 when it did not end by itself. */
int again_end(struct again *a);
