/*
 * message: a letter as an Internet message (RFC 5322).
 *
 * text/plain, UTF-8, as quoted-printable or base64, whichever is shorter; with parts that follow it
 * multipart/mixed, or multipart/report (RFC 6522). Header fields in encoded words (RFC 2047); Content-Language (RFC 3282);
 * Auto-Submitted: auto-generated (RFC 3834); List-Unsubscribe, by one click (RFC 2369, 8058). CRLF line ends. GMime keeps state
 * of its own: message_begin before the first use, message_end after the last.
 */
#pragma once

#include "base/time.h"
#include "notice/dkim.h"
#include "notice/letter.h"

/* What follows the text. */
struct message_part {
    const char *type; /* Content-Type */
    const char *name; /* of the file as which it can be kept; NULL: it is shown */
    bool as_it_is;    /* 7-bit lines that end with CRLF (mime.h), else text that is made fit */
    struct bytes content;
};

/* A table, and of twenty findings two parts each, and one to spare. */
enum { MESSAGE_PARTS = 44 };

enum { MESSAGE_RECIPIENTS = 5 };

/* Texts may be NULL, views empty: then the message says nothing of it. */
struct message_envelope {
    const char *
        to; /* a mailbox, or up to MESSAGE_RECIPIENTS with ", " between them; NULL: "undisclosed-recipients:;", for the operator to fill in */
    instant when;    /* Date */
    struct bytes id; /* what stands before the @ of the Message-ID; the domain is the sender's */
    struct bytes follows;          /* the same of the letter that this one follows */
    struct bytes ticket;           /* the case; X-Ajar-Case */
    struct bytes return_path;      /* the address to which it bounces */
    struct bytes unsubscribe_url;  /* for one click; https */
    struct bytes unsubscribe_mail; /* an address */
    struct message_part parts[MESSAGE_PARTS];
    size_t part_count;
    const char *report; /* its report-type, where the parts make a multipart/report */
    const struct dkim_signer *signers; /* who sign it; their keys are open */
    size_t signer_count;
};

void message_begin(void);
void message_end(void);

/* True when the text is one mailbox, "name@host" or "Name <name@host>", and nothing else. */
bool message_is_mailbox(const char *text);
/* Is it a URL that can stand between angle brackets in a header: https, of printable ASCII? */
bool message_is_url(struct bytes text);

/* Appends the message. */
bool message_put(struct buf *out, const struct letter *letter,
                 const struct message_envelope *envelope, struct fail *fail);
