/*
 * mail: Internet messages (RFC 5322): the test message that a relay probe sends, and reading header
 * fields of one that came back.
 */
#pragma once

#include "base/addr.h"
#include "base/buf.h"
#include "base/time.h"

/* What every test message says of itself, so that whoever finds it knows what it is, who sent it and
 * how to object. All are copied into header fields: CR, LF and other control characters are refused. */
struct mail_facts {
    struct bytes token;     /* the attempt's token: in Message-ID, a header field and the body */
    struct bytes to;        /* the token's own mailbox, our domain */
    struct bytes from;      /* our own sender mailbox */
    struct bytes domain;    /* our mail domain, for the Message-ID */
    struct bytes target;    /* "127.0.0.1:25" */
    struct bytes probe;     /* "relay/third-party" */
    struct bytes authority; /* who asked for the test */
    struct bytes contact;   /* mailbox or URL for objections */
    struct bytes info;      /* URL that explains the tests */
    bool again;             /* a second message of another shape: other subject, longer text */
    instant when;
};

/* Appends the message: From, To, Date, Message-ID, Subject, Auto-Submitted (RFC 3834), the X-Test-
 * fields of the catalogue, and a short plain-text body (under 1 KiB) that says what this is. CRLF
 * line ends. False when a fact can't stand in a header field. */
bool mail_message_put(struct buf *out, const struct mail_facts *facts);

/* The test message's own text, in what somebody has written around it. Where it has a blank there may be any white space:
 * who passes it on may have wrapped its lines anew. */
struct mail_text {
    struct bytes form; /* which probe's it is, and the form: "relay/envelope R4" */
    struct bytes mark; /* all behind the words before the token */
};

/* Where its first words stand, at `from` or behind; or BYTES_NOT_FOUND. */
size_t mail_text_begin(struct bytes in, size_t from);
/* Reads on from there; false when the words before the form or the mark are missing. Views are into `in`. */
bool mail_text_read(struct bytes in, size_t begin, struct mail_text *out);

/* The target that they name: "192.0.2.1:25". False when no word ended by a dot follows. */
bool mail_text_target(struct bytes in, size_t begin, struct bytes *out);

/* What stands behind the first empty line, or nothing. */
struct bytes mail_body(struct bytes message);

/* The first header field called `name`, without name, colon and outer blanks, unfolded by the reader
 * (it is returned as it stands, folds included); nth = 0 is the first. False when there is none. The
 * header ends at the first empty line. */
bool mail_header(struct bytes message, const char *name, unsigned nth, struct bytes *value);
