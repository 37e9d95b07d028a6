/*
 * chain_file: where a key's chain of runs ends, kept in a file beside the key (doc/evidence.md, "The chain").
 *
 * Runs of one key that go on at the same time queue here when they are sealed. What is being sealed is written down
 * before the signature is made, and that it was sealed after it is on the disk: so whenever the program is ended, the
 * next run can tell what became of the one before.
 */
#pragma once

#include "evidence/chain_text.h"

struct chain_file;

/* Opens the file, or makes it. Fails when it is of another key, or is no chain, or (EPENDING) when a program was ended
 * while it sealed a bundle and that can't be read now: whether it has its place can't be told without it. */
struct chain_file *chain_file_open(const char *path, const struct public_key *key,
                                   struct fail *fail);
void chain_file_close(struct chain_file *c);

/* True when no run was sealed in it yet: the next one begins a chain. */
bool chain_file_is_new(const struct chain_file *c);

/* Whether a run of the key, whose signed end was seen elsewhere, is one of those here or before them. False: it came after what
 * the file knows, or the file has another run with that number. */
bool chain_file_knows(const struct chain_file *c, const struct chain_entry *seen);
/* The number of the last run that was sealed in it; 0: none. */
unsigned long chain_file_last(const struct chain_file *c);
/* Where its bundle was put; "": none. */
const char *chain_file_last_path(const struct chain_file *c);

/* Takes the next place, once it is free: until chain_file_end nobody else gets one. */
bool chain_file_next(struct chain_file *c, struct chain_link *out, struct fail *fail);
/* The bundle at `path` is about to be signed in that place; `head` is the digest of its tree head. */
bool chain_file_begin(struct chain_file *c, const unsigned char head[SHA256_SIZE],
                      unsigned long cases, const char *path, struct fail *fail);
/* It was sealed, or was not: then the place is free again. Of a run that was not begun nothing is written. */
bool chain_file_end(struct chain_file *c, bool sealed, struct fail *fail);
/* Whether it was sealed can't be told here: the next run looks for itself. */
void chain_file_leave(struct chain_file *c);
