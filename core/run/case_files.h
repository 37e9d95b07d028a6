/*
 * case_files: a case as it lies in a bundle, as its verdict is derived again from it.
 */
#pragma once

#include "evidence/bundle.h"
#include "run/run.h"

#include "tape/object.h"

struct case_file {
    struct bytes name; /* "receipts/r-0.eml" */
    struct bytes content;
    bool hidden; /* lines of it are, so that it is not what its digest was taken of */
};

/* Everything is lent. */
struct case_files {
    struct bytes id; /* "c-…"; empty: it is not looked at */
    struct bytes tape;
    struct bytes case_json; /* empty: it is not looked at */
    json_t *said;           /* what object_load makes of that, for who has it already; else NULL */
    struct case_file receipts[RUN_RECEIPTS];
    unsigned receipt_count;
    struct case_file contacts; /* contacts.jsonl; without a name: there is none */
    unsigned hidden_members;   /* of case.json, as tree.txt says */
    bool hidden_records;       /* are any of the tape? */
    const json_t *run;         /* data/run.json; NULL: it is not looked at */
    unsigned interface; /* of the bundle (run/needs.h), which tells how old it is; 0: not known */
    instant sealed;     /* when the bundle was; 0: not known */
    struct digests
        *tests; /* of the bundle's cases so far (run/case_test.h); NULL: it is not asked */
};

/* From this interface on a receipt's kind says of each mail whether it is the test message, and each receipt and each tape
 * has what earlier builds did not write: its token, its digest. */
enum { CASE_FILES_SORTED = 10 };
/* From this one on what a relay probe doubts that has seen its mail come back is `open` later by its second message alone
 * (tape/awaited.h). */
enum { CASE_FILES_DOUBTED = 12 };

struct case_files case_files_of(const struct bundle_case *bundled);
/* The receipt's number, or receipt_count: there is no file of this name. */
unsigned case_files_find(const struct case_files *files, struct bytes name);
/* Is this the SHA-256 of the content, in hexadecimal? */
bool case_file_is(struct bytes content, struct bytes digest);
/* Does a token's text stand in it? Servers write mailboxes in whatever case they like. */
bool case_file_holds(struct bytes content, const char *token);
/* Longer than any case that a run makes? Then `why` says what. */
bool case_files_are_too_long(const struct case_files *files, struct fail *why);
/* By its bytes the file is no receipt of this token, as the entry of `receipts` says what it is (sink/kept.h): why, or NULL. */
const char *case_file_flaw(const json_t *entry, const struct token *token, struct bytes content);
