/*
 * record: one line of a tape, written and read. doc/evidence.md is the specification.
 *
 * A tape is JSON Lines: a head (line 1) that holds all that the probe was given, then one record
 * for each thing that crossed the world's border, in order. Bytes of the wire stand in `data`
 * exactly (json_put_bytes): byte NN is the character U+00NN. `t` is microseconds since the head's
 * `started`.
 */
#pragma once

#include "base/addr.h"
#include "base/buf.h"
#include "base/fail.h"
#include "base/time.h"

enum {
    TAPE_VERSION = 1,
    TAPE_LIMIT = 1024 * 1024,
    RECORD_LINE_LIMIT = 512 * 1024,
    RECORD_FIELDS = 7
};

enum record_op {
    RECORD_OPEN,   /* c, to: a connection is asked for; "ADDR:PORT", for UDP "udp ADDR:PORT",
                     * for a connection that the sink is to make "sink ADDR:PORT" */
    RECORD_OPENED, /* c, from, messages: it stands; our own end; of a relay's test how many messages its host may get still,
                     * in digits; empty: as many as there are */
    RECORD_SEND,   /* c, data */
    RECORD_RECV,   /* c, data */
    RECORD_END,    /* c: the peer closed in order */
    RECORD_FAIL,   /* c (0: no connection), code, text: what was waited for failed */
    RECORD_SECURE, /* c, data: TLS begins; the server name asked for */
    RECORD_SECURED, /* c, version, cipher, chain */
    RECORD_CLOSE,   /* c: we closed */
    RECORD_TOKEN,   /* data: the attempt's token */
    RECORD_NOW,     /* data: the wall clock as read */
    RECORD_PAUSED,  /* a pause is over */
    RECORD_RECEIPT, /* token, kind, peer, at, digest, answer, port: what the sink got; the port in digits, or empty */
    RECORD_ASK,     /* name, type: the DNS is asked ("MX") */
    RECORD_ANSWER,  /* from, data: the resolver, and its message as it came */
    RECORD_NOTE,    /* data: the script's own remark */
    RECORD_VERDICT, /* verdict, reason, steps: always the last line */
    RECORD_OPS
};

/* Fields are views: into the caller's memory when written, into the hold when read. All strings are
 * bytes, kept exactly. Two lists are JSON text: `chain`, an array of base64 strings (DER, the
 * server's own certificate first), and `steps`, an array of {"line":N,"say":"…"} with N counted
 * from 1, the head; written they stand as given, read they have been checked; empty is []. */
struct record {
    enum record_op op;
    span t;
    unsigned c;
    struct bytes data; /* data; also to, from, code, version, token, name, verdict */
    struct bytes more[RECORD_FIELDS - 1]; /* in the order of the comments above, behind the first */
};

/* Appends one line, or nothing: false when it would pass RECORD_LINE_LIMIT or the buffer's limit
 * (`overflow` is then set, and nothing can follow until buf_clear). */
bool record_put(struct buf *tape, const struct record *r);
/* Reads one line (without its line end). Memory of the record is in *hold (buf_new'd by the caller,
 * cleared here; a limit of 2 * RECORD_LINE_LIMIT is enough for any line that record_put wrote),
 * valid until the next call. Fails: EFORMAT, ELIMIT; *out is then unchanged. */
bool record_get(struct bytes line, struct record *out, struct buf *hold, struct fail *fail);
/* What stands in an open record's `to`, after the word for its way; written into the caller's array and returned. */
enum { RECORD_PEER = ADDR_TEXT + 5 };
const char *record_peer(const struct addr *to, const char *way, char out[RECORD_PEER]);
/* "open", "opened", … */
const char *record_op_name(enum record_op op);
