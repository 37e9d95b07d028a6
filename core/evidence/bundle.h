/*
 * bundle: reading and verifying a bundle that anyone may have made.
 *
 * The tar is read once, front to back, through libarchive, in memory that is bounded whatever the
 * file claims. Refused, each with its own sentence: what is no tar, a truncated one, entries that are
 * not regular files or directories (links, devices), absolute names, "..", names outside
 * [A-Za-z0-9._/-], two entries of one name, a second top directory, files over BUNDLE_FILE_LIMIT,
 * bytes behind the end, and whatever tar programs read in different ways (evidence/tar_gate.h).
 *
 * Reading is not verifying: who relies on what bundle_each, bundle_cases and bundle_read give calls
 * bundle_verify first.
 */
#pragma once

#include "evidence/key.h"

enum { BUNDLE_FILE_LIMIT = 64 * 1024 * 1024, BUNDLE_RECEIPTS = 64 };

/* Called for each regular file but manifest-sha256.txt (which has no limit), in the order of the
 * tar. `name` is below the top directory. Content is lent for the call. Return false to stop
 * (bundle_each then returns false with the fail you set, the bundle's path before it). */
typedef bool (*bundle_file)(void *arg, const char *name, struct bytes content, struct fail *fail);
bool bundle_each(const char *path, bundle_file fn, void *arg, struct fail *fail);

/* What verification found. */
struct bundle_report {
    struct public_key signer;
    bool signer_given; /* checked against a key that the caller trusts, not the bundle's own */
    char trusted_comment[1024]; /* printable but for its TABs */
    char name[128];             /* of the bundle: its top directory */
    char sealed[32];            /* when, as the signer says: RFC 3339, UTC */
    unsigned long files;        /* payload files */
    unsigned long long octets;  /* their bytes */
    unsigned long cases;
};

/* Every digest, the Payload-Oxum, the completeness, the signature. `key` may be NULL: then the key in
 * the bundle (keys/operator.pub) is used and the report says so. The fail names the file. */
bool bundle_verify(const char *path, const struct public_key *key, struct bundle_report *report,
                   struct fail *fail);

/* One case as a reader wants it. Views are lent for the call. */
struct bundle_case {
    const char *id; /* "c-…" */
    struct bytes
        case_json;     /* case.json: the result line of the command line, see doc/evidence.md */
    struct bytes tape; /* tape.jsonl */
    struct {
        const char *name; /* "r-0.eml" */
        struct bytes content;
    } receipts[BUNDLE_RECEIPTS];
    unsigned receipt_count;
};
/* Calls fn for each case (or for the one named `only`; it is an error when there is none). The files
 * of a case must stand together, as bag_add puts them. */
typedef bool (*bundle_case_fn)(void *arg, const struct bundle_case *c, struct fail *fail);
bool bundle_cases(const char *path, const char *only, bundle_case_fn fn, void *arg,
                  struct fail *fail);
/* Appends the content of the one file `name` ("data/run.json"). */
bool bundle_read(const char *path, const char *name, struct buf *out, struct fail *fail);
