/*
 * bag: writing a bundle as a stream (BagIt, RFC 8493, in a ustar file; doc/evidence.md).
 *
 * Nothing is held for a finished file but a line in an unlinked temporary file beside the bundle, so
 * memory does not grow with the number of cases. A group of files is added whole or not at all, and
 * room for the closing files is reserved on the disk before each group is taken: when the disk fills
 * up, bag_add fails, and bag_seal still makes a valid bundle of what was added before.
 */
#pragma once

#include "evidence/chain_file.h"

struct bag;

struct bag_file {
    const char *name; /* below the bag's top directory: "data/cases/c-…/tape.jsonl" */
    struct bytes content;
    const unsigned char *digest; /* its SHA-256, where the caller has it already; else NULL */
};

/* Creates PATH (EEXIST when it is there: evidence is never overwritten). The top directory in the tar
 * is PATH's base name without ".tar". */
struct bag *bag_new(const char *path, struct fail *fail);
/* Adds all n files or none. Names: below data/, as evidence/name.h allows them, each once (for files of
 * cases that is the care of the caller, who makes up their names). Content: at most
 * BUNDLE_FILE_LIMIT. The files of a case come all at once, and alone; its tree.txt is added to them. */
bool bag_add(struct bag *bag, const struct bag_file *files, size_t n, struct fail *fail);
/* Further lines of bag-info.txt, "Label: value"; the Payload-Oxum and the date come by themselves. */
bool bag_info(struct bag *bag, const char *label, const char *value, struct fail *fail);
/* The bundle is to take the next place in this chain when it is sealed; lent until then. */
void bag_chain(struct bag *bag, struct chain_file *chain);
/* To be asked of the whole, signed file before it takes its place in the chain; when it says no, sealing fails. */
typedef bool (*bag_check)(const void *arg, const char *path, struct fail *fail);
void bag_check_by(struct bag *bag, bag_check check, const void *arg);
/* Writes manifests, VERIFY.txt and the signature, syncs, closes the file. */
bool bag_seal(struct bag *bag, const struct secret_key *key, struct fail *fail);
/* Frees memory; a bag that was not sealed stays on the disk as it is. */
void bag_free(struct bag *bag);
