/*
 * message: a letter as an Internet message (RFC 5322), made by GMime.
 *
 * text/plain, UTF-8, as quoted-printable or base64, whichever is shorter; header fields in encoded
 * words (RFC 2047); Content-Language (RFC 3282); Auto-Submitted: auto-generated (RFC 3834). CRLF line
 * ends. GMime keeps state of its own: message_begin before the first use, message_end after the last.
 */
#pragma once

#include "base/time.h"
#include "notice/letter.h"

struct message_envelope {
    const char
        *to; /* one mailbox, or NULL: "undisclosed-recipients:;", for the operator to fill in */
    instant when;    /* Date */
    struct bytes id; /* what stands before the @ of the Message-ID; the domain is the sender's */
};

void message_begin(void);
void message_end(void);

/* True when the text is one mailbox, "name@host" or "Name <name@host>", and nothing else. */
bool message_is_mailbox(const char *text);

/* Appends the message. */
bool message_put(struct buf *out, const struct letter *letter,
                 const struct message_envelope *envelope, struct fail *fail);
