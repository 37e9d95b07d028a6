/*
 * custody: what became of a bundle after it was sealed: who handed it to whom, copied it, had it stamped.
 *
 * Each event is a signed record in a small bag beside the bundle, and names the record before it; the bundle stays as it
 * is. Records can be added at the end alone. doc/evidence.md, "Custody".
 */
#pragma once

#include "evidence/bundle.h"
#include "evidence/custody_text.h"

/* A record whose time is later by more than this is from the future. */
#define CUSTODY_AHEAD (600 * SPAN_SECOND)

struct custody_entry {
    struct custody_record record;
    unsigned char digest[SHA256_SIZE]; /* of its text: what the next one names */
};

struct custody {
    struct custody_entry *entries; /* in their order; at least one when it was read */
    size_t count;
};

/* Where it lies for the bundle at this path: "b.tar.custody", beside the file itself where the path is a link to it.
 * Malloc'd; NULL: no memory. */
char *custody_path(const char *bundle);

/* Reads the bag at `path` and checks it: each record by its own key, the row without a gap, each of the same bundle and
 * after the one before. The fail does not name the path. To be freed either way. */
bool custody_read(const char *path, struct custody *out, struct fail *fail);
void custody_free(struct custody *c);
/* Is it the custody of the bundle that this report is of, and not from the future? With keys: is each record by one of
 * them, trusted at its time? */
bool custody_check(const struct custody *c, const struct bundle_report *report,
                   const struct trust *keys, instant now, struct fail *fail);
/* Two copies of one chain: the same, or one the beginning of the other. Else it was forked. */
bool custody_agree(const struct custody *a, const struct custody *b, struct fail *fail);

/* What is to be recorded; NULL or "" where nothing is said. */
struct custody_event {
    const char *event;
    const char *by;
    const char *to;
    const char *note;
};

/* Can this be recorded? EINVAL with a sentence. custody_add asks the same. */
bool custody_event_check(const struct custody_event *event, struct fail *fail);
/* Adds a record to the bag at `path`, or begins it. The bundle is held meanwhile, and must verify as `trust` says: what
 * was verified is what is recorded. All or nothing: a crash leaves the old bag or the new one. *out is the new record. */
bool custody_add(const char *bundle, const char *path, const struct bundle_trust *trust,
                 const struct custody_event *event, const struct secret_key *key, instant now,
                 struct custody_entry *out, struct fail *fail);
