/*
 * format: a bundle in a form that other programs read. One file of this house writes each form.
 *
 * All of them are derived: what is evidence is the bundle (doc/evidence.md), and each form says which one it was made
 * from. The same bundle gives the same bytes.
 */
#pragma once

#include "evidence/bundle.h"

/* What is written from, by whom: a bundle that was verified. */
struct exporting {
    const char *file_name; /* the bundle's, without its directory */
    const char *file_sha256;
    const struct bundle_report *report;
    struct bytes run_json; /* data/run.json */
    const char *wanted;    /* the one case that is exported, or NULL: all are */
    struct buf out;        /* what is to be written; the caller empties it */

    unsigned long cases; /* so far; counted by the caller */
};

struct export_format {
    const char *name; /* "json" */
    bool binary;      /* nothing for a terminal */
    bool states; /* it repeats verdicts as something stated: not one that its case contradicts */
    /* In this order: the beginning, each case, the end; each NULL where there is nothing to write. They append to
     * `out`. The fail of a case does not name it. */
    bool (*begin)(struct exporting *e, struct fail *fail);
    bool (*each)(struct exporting *e, const struct bundle_case *c, struct fail *fail);
    bool (*end)(struct exporting *e, struct fail *fail);
};

/* One JSON object a line: the bundle, then each case, with its tape and its receipts. */
extern const struct export_format export_json;
/* What was asked and answered in HTTP/1, as a web archive. */
extern const struct export_format export_warc;
/* An in-toto statement about the bundle: its run, and each case's verdict. */
extern const struct export_format export_in_toto;
/* The connections as packets with synthetic headers. */
extern const struct export_format export_pcapng;
