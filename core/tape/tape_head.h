/*
 * tape_head: the first line of a tape: all that the probe was given.
 *
 * With the head, the records and the script, a reader has everything that the verdict came from.
 * doc/evidence.md is the specification.
 *
 *     {"tape":1,"probe":"relay/envelope","pack":"builtin@0.1.0",
 *      "target":{"address":"127.0.0.1","port":2525,"name":null},
 *      "started":"2026-11-24T02:10:16.123456Z",
 *      "run":{"sink":"127.0.0.1:2600","mail_domain":…,"sender_domain":…,"helo":…,"authority":…,"contact":…,
 *             "info":…,"wait_us":10000000,"ways":{"ports":[2600,2601],"closed":41234,"name":"sink.example"}},
 *      "args":{}}
 *
 * (on one line; "ways" has "ports" where there are several, "deaf" where it hears no datagrams on some, "closed" and "name" where they are known;
 * "sender_domain" is not on tapes of before interface 11). Strings stand for bytes, as in a record.
 */
#pragma once

#include "base/addr.h"
#include "base/buf.h"
#include "base/fail.h"
#include "base/time.h"
#include "base/ways.h"

enum { TAPE_HEAD_LIMIT = 64 * 1024 };

/* Fields are views: into the caller's memory when written, into the hold when read. */
struct tape_head {
    struct bytes probe;         /* "relay/envelope" */
    struct bytes pack;          /* "builtin@0.1.0" */
    struct addr target;         /* address and port */
    struct bytes name;          /* the name that the target came with; empty: none */
    instant started;            /* wall clock; the records' t counts from here */
    struct addr sink;           /* where tokens come back; family ADDR_NONE: there is none */
    struct ways ways;           /* its other ports, its name, and the control */
    struct bytes mail_domain;   /* of the token mailboxes */
    struct bytes sender_domain; /* of the tests' senders; empty: the mail domain */
    struct bytes helo;
    struct bytes authority; /* of the scope, as are the next two */
    struct bytes contact;
    struct bytes info;
    span wait;         /* how long a token is waited for */
    struct bytes args; /* options for the probe: the text of a JSON object; empty is {} */
    struct bytes tail; /* all from the sink on, by tape_head_tail; empty: not made yet. Not read */
};

/* Appends the line, or nothing: false when it would pass TAPE_HEAD_LIMIT or the buffer's limit.
 * `args` is written as given: the caller made it (compact, as jansson's JSON_COMPACT makes it). */
bool tape_head_put(struct buf *tape, const struct tape_head *head);
/* The part of the line that is the same for all tapes of a probe's run, for those who write many. */
bool tape_head_tail(struct buf *out, const struct tape_head *head);
/* Reads the line (without its line end). Memory of the head is in *hold (buf_new'd by the caller,
 * cleared here; a limit of 2 * TAPE_HEAD_LIMIT is enough). Fails: EFORMAT, ELIMIT, and EVERSION for
 * a tape of another TAPE_VERSION; *out is then unchanged. Fuzzed. */
bool tape_head_get(struct bytes line, struct tape_head *out, struct buf *hold, struct fail *fail);
