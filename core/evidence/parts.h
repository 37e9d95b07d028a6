/*
 * parts: the files of a case, cut into the parts that can be shown or hidden alone (doc/evidence.md, "The tree").
 */
#pragma once

#include "base/buf.h"
#include "base/hash.h"

#define PARTS_CASE     "case.json"
#define PARTS_TAPE     "tape.jsonl"
#define PARTS_CONTACTS "contacts.jsonl"

enum { PARTS_FILES = 80, PARTS_MOST = 1 << 22 /* of a case, for writers and readers */ };

/* A file of a case; the name is below the case's directory: "receipts/r-0.eml". */
struct part_file {
    const char *name;
    struct bytes content;
};

/* How a file is cut. */
enum parts_form {
    PARTS_LINES,
    PARTS_RECORDS, /* of the tape */
    PARTS_OBJECTS, /* JSON, one a line: of contacts.jsonl */
    PARTS_MEMBERS
};

/* A walk through all parts of a case. `files` is lent, and put in order. */
struct parts {
    struct part_file *files;
    size_t file_count;
    size_t file;          /* the one that the part is of */
    enum parts_form form; /* of that file */
    struct bytes part;
    size_t at; /* in the file, behind the part */
    bool open; /* the file has begun */
};

/* At most PARTS_FILES files. */
struct parts parts_begin(struct part_file *files, size_t n);
/* The next part; false at the end. */
bool parts_next(struct parts *p);
/* How many parts there are. */
uint64_t parts_count(struct part_file *files, size_t n);

/* Appends what stands for the part at hand when it is hidden; `leaf` is its hash. */
bool parts_put_hidden(struct buf *out, const struct parts *p,
                      const unsigned char leaf[SHA256_SIZE]);
/* The leaf, when the part at hand is such a stand-in. Fuzzed. */
bool parts_hidden(const struct parts *p, unsigned char leaf[SHA256_SIZE]);
