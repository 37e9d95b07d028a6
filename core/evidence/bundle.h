/*
 * bundle: reading and verifying a bundle that anyone may have made.
 *
 * The tar is read once, front to back, in memory that is bounded whatever the
 * file claims. Refused, each with its own sentence: what is no tar, a truncated one, entries that are
 * not regular files or directories (links, devices), absolute names, "..", names outside
 * [A-Za-z0-9._/-], two entries of one name, a second top directory, files over BUNDLE_FILE_LIMIT,
 * bytes behind the end, and whatever tar programs read in different ways (evidence/tar_gate.h).
 *
 * Reading is not verifying: who relies on what bundle_each, bundle_cases and bundle_read give calls
 * bundle_verify first.
 */
#pragma once

#include "evidence/beside.h"
#include "evidence/builtin.h"
#include "evidence/name.h"
#include "evidence/parts.h"
#include "evidence/stamp.h"
#include "evidence/tree_head.h"
#include "evidence/trust.h"

enum { BUNDLE_FILE_LIMIT = 64 * 1024 * 1024, BUNDLE_RECEIPTS = 64 };
/* Verification goes through all cases of a bundle that has so many at most; of a larger one through the first so many, and of
 * all others it checks the place in the tree. */
enum { BUNDLE_ALL_CASES = 10000, BUNDLE_FIRST_CASES = 1000 };
/* Two clocks that are said to go right may be apart by so much. */
#define BUNDLE_CLOCKS (600 * SPAN_SECOND)

/* Called for each regular file but manifest-sha256.txt (which has no limit), in the order of the
 * tar. `name` is below the top directory. Content is lent for the call. Return false to stop
 * (bundle_each then returns false with the fail you set, the bundle's path before it). */
typedef bool (*bundle_file)(void *arg, const char *name, struct bytes content, struct fail *fail);
bool bundle_each(const char *path, bundle_file fn, void *arg, struct fail *fail);

/* Whom a reader believes. All zeros: nobody; then a bundle is only asked to agree with itself. */
struct bundle_trust {
    const struct trust *keys; /* or NULL */
    unsigned threshold;       /* how many of them must have signed; 0: one */
    /* Who vouches for time-stamp services, or NULL. When given, a time-stamp that they vouch for must be there, and it
     * decides whether the sealer's key was still trusted. */
    const struct stamp_trust *services;
};

/* What is known of the key that made a signature. */
enum bundle_signer {
    BUNDLE_OWN,     /* it lies in the bundle itself, and no keys were given */
    BUNDLE_TRUSTED, /* it was given, and trusted when it signed */
    BUNDLE_EXPIRED, /* it was given, and not trusted then: `why` */
    BUNDLE_UNKNOWN  /* it is none of those that were given */
};

struct bundle_signature {
    struct public_key key;
    enum bundle_signer signer;
    char name[TRUST_NAME]; /* whose the trusted key is, or "" */
    char at[TIME_TEXT];    /* when, as the signer says: RFC 3339, UTC */
    struct fail why;
};

/* What verification found. */
struct bundle_report {
    struct public_key signer;
    bool signer_given; /* signed by keys that the caller trusts, not just by the bundle's own */
    struct bundle_signature signatures[1 + BESIDE_COSIGNATURES]; /* the first is the sealer's */
    unsigned signature_count;
    unsigned trusted_count;             /* of them */
    struct stamp stamps[BESIDE_STAMPS]; /* of the first signature */
    unsigned stamp_count;
    bool stamp_trusted;         /* one of them is by a service that the caller trusts */
    instant stamped;            /* the earliest of those */
    char trusted_comment[1024]; /* printable but for its TABs */
    char name[128];     /* of the bundle: its top directory, an extract's where it comes from */
    unsigned version;   /* of the format: 2, or 1, which has no tree */
    char sealed[32];    /* when, as the signer says: RFC 3339, UTC */
    char recovered[32]; /* "", or when it was recovered after its run had been cut off */
    unsigned char seal
        [SHA256_SIZE]; /* digest of the first signature's file: what was sealed, whatever was added since */
    unsigned long files;       /* payload files */
    unsigned long long octets; /* their bytes */
    unsigned long cases;       /* of the bundle, also when this is an extract */
    /* data/run.json names another key than the signer's as the one that was to sign: this. */
    bool operator_is_other;
    struct public_key operator_key;
    bool packs_told; /* data/run.json says of which packs the scripts are: old ones do not */
    enum builtin_origin builtin; /* whose the scripts of that pack are */

    /* version 2: */
    struct tree_head head;
    unsigned char head_digest[SHA256_SIZE]; /* what the next run of the chain names */
    unsigned long
        parts_cases; /* of so many cases it was checked that the tree is that of their parts */

    /* an extract: */
    char case_id[NAME_LIMIT]; /* "": it is none */
    unsigned long place;      /* of its case in the tree, from 1 */
    unsigned long parts;
    unsigned long hidden;                   /* of them */
    unsigned char tree_digest[SHA256_SIZE]; /* of its tree.txt, which says what is hidden */
};

/* Every digest, the Payload-Oxum, the completeness, the signature. `key` may be NULL: then the key in
 * the bundle (keys/operator.pub) is used and the report says so. The fail names the file. */
bool bundle_verify(const char *path, const struct public_key *key, struct bundle_report *report,
                   struct fail *fail);
/* The same for a reader who trusts several keys, at certain times. When too few of them have signed, the report's
 * signatures are there all the same. */
bool bundle_verify_by(const char *path, const struct bundle_trust *trust,
                      struct bundle_report *report, struct fail *fail);

/* How many of this bundle's cases verification goes through by itself. */
unsigned long bundle_most_cases(const struct bundle_report *report);
/* Whether the tree of each case is that of its parts: of the first `most` cases (ULONG_MAX: all), counted in the
 * report. Files of a case that don't stand together, as a signer may list them, are looked for one case
 * after the other, of a few dozen cases; with ULONG_MAX it fails when there are more. */
bool bundle_check_parts(const char *path, unsigned long most, struct bundle_report *report,
                        struct fail *fail);

/* One case as a reader wants it. Views are lent for the call. */
struct bundle_case {
    const char *id; /* "c-…" */
    struct bytes
        case_json;         /* case.json: the result line of the command line, see doc/evidence.md */
    struct bytes tape;     /* tape.jsonl */
    struct bytes tree;     /* tree.txt; empty in bundles of version 1 */
    struct bytes contacts; /* contacts.jsonl, */
    bool has_contacts;     /* where there is one */
    unsigned long hidden;  /* parts that were redacted, as tree.txt says */
    unsigned long hidden_members;  /* of them of case.json, */
    unsigned long hidden_records;  /* of the tape, */
    unsigned long hidden_contacts; /* and of contacts.jsonl */
    struct {
        const char *file; /* "receipts/r-0.eml" */
        const char *name; /* "r-0.eml" */
        struct bytes content;
        unsigned long hidden; /* of its parts */
    } receipts[BUNDLE_RECEIPTS];
    unsigned receipt_count;
};
/* The files of which its tree is made; returns how many. */
size_t bundle_case_parts(const struct bundle_case *c, struct part_file out[PARTS_FILES]);
/* Calls fn for each case (or for the one named `only`; it is an error when there is none). The files
 * of a case must stand together, as bag_add puts them. */
typedef bool (*bundle_case_fn)(void *arg, const struct bundle_case *c, struct fail *fail);
bool bundle_cases(const char *path, const char *only, bundle_case_fn fn, void *arg,
                  struct fail *fail);
/* Appends the content of the one file `name` ("data/run.json"). */
bool bundle_read(const char *path, const char *name, struct buf *out, struct fail *fail);
