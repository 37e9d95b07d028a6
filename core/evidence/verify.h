/*
 * verify: what is collected while a bundle streams by, and judged at its end. For bundle_verify.
 */
#pragma once

#include "evidence/bundle.h"
#include "evidence/listed.h"
#include "evidence/once.h"
#include "evidence/packs_told.h"
#include "evidence/sign.h"
#include "evidence/spool.h"
#include "evidence/tar_read.h"

enum {
    VERIFY_TAGS = 64,
    VERIFY_TAG_LIMIT = 128 * 1024,
    VERIFY_RUN_LIMIT = PACKS_TOLD_LIMIT,
    VERIFY_RUN_JSON_LIMIT = 256 * 1024
};

/* A file beside data/, kept whole. */
struct verify_tag {
    char name[256];
    struct buf content; /* but for manifest-sha256.txt, which is `listed` */
};

struct verify {
    struct tar_read *tar;
    const struct bundle_trust *trust;
    struct listed listed; /* manifest-sha256.txt */
    struct spool *found;  /* what it should be, in the order of the tar */
    struct once *once;    /* its names */
    struct spool *data_directories;
    struct spool *tag_directories;
    struct buf tag_lines;   /* what tagmanifest-sha256.txt should be, in the order of the tar */
    struct sha256 *of_file; /* the digest at work */
    struct spool *leaves;   /* of the tree, one for each tree.txt */
    struct buf tree_text;   /* the tree.txt at hand */
    struct buf
        recovery; /* data/recovery.json, if there is one; it overflows when that is too long */
    struct buf run_json;    /* data/run.json, if there is one; it overflows when that is too long */
    struct buf run_lines;   /* what the manifest should have of files that belong to no case */
    unsigned long redacted; /* tree.txt in which something is hidden */
    bool has_manifest;
    struct verify_tag tags[VERIFY_TAGS];
    unsigned tag_count;
    const struct verify_tag *early; /* one that stands before a file of data/, or NULL */
    unsigned long long files;
    unsigned long long octets;
    unsigned long long cases;
};

/* Reads the whole bundle. */
bool verify_collect(struct verify *v, struct fail *fail);
/* The file beside data/, or NULL; verify_need: with a fail. */
const struct verify_tag *verify_find(const struct verify *v, const char *name);
const struct verify_tag *verify_need(const struct verify *v, const char *name, struct fail *fail);

/* verify_stamps.c: each holds; where its reader asks for a trusted one, there is one. */
bool verify_stamps(const struct verify *v, struct bundle_report *report, struct fail *fail);

/* verify_signers.c: the key to check the sealer's signature with: the trusted one of its number, else the bundle's. */
bool verify_sealer(const struct verify *v, const struct signature *s, struct bundle_report *report,
                   struct fail *fail);
/* The other signatures; then whether enough of those that are trusted have signed. */
bool verify_signers(const struct verify *v, struct bundle_report *report, struct fail *fail);

/* verify_tree.c: a tree.txt was read whole into tree_text: its leaf. */
bool verify_tree_take(struct verify *v, struct bytes id, struct fail *fail);
/* Is tree-head.txt that of the cases? A bundle of version 1 has none. */
bool verify_tree(struct verify *v, struct bundle_report *report, struct fail *fail);
/* The head of a bundle or extract, with the trusted comment's number of cases and the run's files. */
bool verify_head(const struct verify *v, struct bundle_report *report, struct fail *fail);

/* verify_packs.c: are the files of each pack those that data/run.json says? And whose they are, into the report. Asked once
 * the files have been found to be the listed ones. */
bool verify_packs(const struct verify *v, struct bundle_report *report, struct fail *fail);

/* verify_extract.c: one case, with the proof that it was sealed among others. */
bool verify_is_extract(const struct verify *v);
bool verify_extract(struct verify *v, struct bundle_report *report, struct fail *fail);

/* verify_order.c: the files beside data/ stand behind it, in the order of their list, and behind them what was added to
 * that. To be asked once all else holds, as a file that is missing has a sentence of its own. */
bool verify_order_tags(const struct verify *v, struct fail *fail);
/* The files of a whole bundle's data/ stand in the order of the manifest, once it has the same lines. */
bool verify_order_payload(struct verify *v, struct fail *fail);

/* Judges what was collected. */
bool verify_judge(struct verify *v, struct bundle_report *report, struct fail *fail);
