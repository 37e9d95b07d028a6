/*
 * print: a tape as a person reads it, in a terminal or in a letter.
 *
 *     relay/third-party of builtin@0.1.0 on 127.0.0.1:2525
 *     begun 2026-11-24 02:10:16 UTC
 *
 *        2    0.000 · connects to 127.0.0.1:2525
 *        4    0.080 ← 220 mx.example ESMTP
 *       12    0.161 → RCPT TO:<k7…@t.example>
 *       13    0.204 ← 250 2.1.5 Ok
 *                     = the server accepts the recipient
 *
 *     Verdict: open: token returned
 *        13  recipient accepted
 *
 * The steps of the verdict stand in the order of the lines that they point at, whatever the probe's was. Number of the
 * tape's line, seconds, then → for what we sent, ← for what came, · for what happened.
 * A reply of several lines takes a row for each; an end of line by CR LF is not shown, any other
 * control character is, as \xNN. Remarks (remark.h) stand on rows of their own that begin with "=", so
 * that no peer can write one: what it sends begins with "←" or is indented below it.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"
#include "base/time.h"

enum print_ink { INK_PLAIN, INK_FAINT, INK_SENT, INK_CAME, INK_REMARK, INK_BAD, INK_GOOD };

/* A row as another page than text wants it. */
struct print_cells {
    unsigned line; /* of the tape */
    span t;        /* since the tape's start, in microseconds */
    unsigned c;    /* the connection; 0: none */
    bool further;  /* one more row of the same record */
    bool hidden;   /* the record was redacted: all else but `line` is empty */
    enum print_ink
        of; /* SENT, CAME, REMARK, FAINT (what is not shown is counted), PLAIN: what happened */
    struct bytes text; /* may be anything; lent for the call */
};
typedef void (*print_cells_fn)(void *arg, const struct print_cells *row);

struct print_options {
    unsigned width;       /* columns; longer rows are broken; 0: never */
    bool colour;          /* with the terminal's colours */
    unsigned from;        /* only the tape's lines from this one … */
    unsigned to;          /* … to this one; 0: to its end */
    size_t most;          /* bytes shown of one record, the rest counted; 0: all */
    bool bare;            /* the dialogue alone, without title and verdict: for a letter */
    print_cells_fn cells; /* gets the rows in the place of `out`; or NULL */
    void *arg;
};

/* Appends the transcript. Fails as tape_reader does, with what came before the bad line printed; and
 * ELIMIT when `out` is full. */
bool print_tape(struct buf *out, struct bytes tape, const struct print_options *options,
                struct fail *fail);

/* A dialogue that is printed while it goes on: the rows of one record after the other, to options.cells. */
struct record;
struct print_live;
/* NULL: no memory. */
struct print_live *print_live_new(const struct print_options *options);
void print_live_free(struct print_live *live);
/* `line`: the record's on its tape. A verdict gives no rows. */
void print_live_record(struct print_live *live, unsigned line, const struct record *r);

/* What was concluded, from elsewhere than the tape. */
struct print_verdict {
    struct bytes verdict; /* each of the three: no bytes where it is not known */
    struct bytes reason;
    struct bytes steps; /* JSON: [{"line":13,"say":"recipient accepted"}, …] */
};
/* Does the tape begin with its title? In a redacted case that may be hidden. */
bool print_has_title(struct bytes tape);
/* Does the tape show its verdict? In a redacted case its record may be hidden. */
bool print_has_verdict(struct bytes tape);
/* Appends the verdict as print_tape does; what is not known is said to be hidden. */
void print_verdict(struct buf *out, const struct print_verdict *v,
                   const struct print_options *options);
