/*
 * journal: what becomes of letters while they are sent, a line for each step, in one file, so that many letters share one write
 * to the disk; journal_fold takes it over into the letters' own files and empties it.
 *
 * Three kinds of steps, each a JSON object on a line of its own (doc/delivery.md): an entry; {"begun": NAME}; {"withdrawn": NAME}.
 * A letter that is about to be sent is an entry in the state "sending", and those entries alone are made to last before anything
 * is sent (journal_sync). That its end is about to be said, and what came of it, is written down at once, and lasts when the next
 * ones do: a killed process loses nothing of it, a power cut does. Which of the two it was is told by the number that the system
 * has for its time since it was started, on the first line: after a power cut a letter that was about to be sent may have been.
 */
#pragma once

#include "mail/entry.h"

struct journal;

/* To be written to; what is in it is as it was left. The file is made where it is not there. */
struct journal *journal_open(const char *path, struct fail *fail);
void journal_close(struct journal *j);
bool journal_put(struct journal *j, const struct entry *e, struct fail *fail);
/* All of them, in one piece. */
bool journal_put_all(struct journal *j, const struct entry *all, size_t count, struct fail *fail);
enum journal_mark { JOURNAL_BEGUN, JOURNAL_WITHDRAWN };
bool journal_mark(struct journal *j, enum journal_mark mark, const char *name, struct fail *fail);
/* Makes it last, and room for what is to come of so many letters. */
bool journal_sync(struct journal *j, size_t letters, struct fail *fail);
/* Writes what it says of each letter to FOLDER/NAME.json, and empties it; both last. A letter whose end may have been said, and
 * of which nothing is known, is uncertain from then on. */
bool journal_fold(struct journal *j, const char *folder, struct fail *fail);

/* What it says of the letters, all steps taken together. */
struct journal_view;
/* Of the file; none, where there is no file. */
struct journal_view *journal_read(const char *path, struct fail *fail);
/* Of a journal's text; `boot` is the number of this time since the start. What is no step is passed over: it was never made to
 * last, and what it may have said of a letter is taken for not known. NULL: no memory. Fuzzed. */
struct journal_view *journal_view_of(struct bytes text, const char *boot);
void journal_view_free(struct journal_view *v);
/* Its entry; one that is "sending" is one whose end may have been said. NULL: nothing else than before is known of it. */
const struct entry *journal_find(const struct journal_view *v, const char *name);
/* Calls fn for each of which something is known, until it returns false. */
bool journal_each(const struct journal_view *v, bool (*fn)(void *arg, const struct entry *e),
                  void *arg);
