/*
 * envelope: who a letter is from and to, out of its header (RFC 5322), by GMime. GMime keeps state of its own: call
 * notice/message.h's message_begin before.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

enum { ENVELOPE_MAILBOX = 320, ENVELOPE_ID = 512 };
/* Recipients of a letter, and the room for all of them. */
enum { ENVELOPE_RECIPIENTS = 5, ENVELOPE_TO = ENVELOPE_RECIPIENTS * (ENVELOPE_MAILBOX + 2) };

struct envelope {
    char from[ENVELOPE_MAILBOX]; /* the mailbox of From; names of domains in their ASCII form */
    char to[ENVELOPE_TO];        /* the mailboxes of To, with ", " between them */
    char id[ENVELOPE_ID];        /* of Message-ID, with its angle brackets */
    char bounces
        [ENVELOPE_MAILBOX]; /* of Return-Path, where the letter says to whom it bounces; else empty */
};

/* Fails: ENODATA: To names no mailbox, which the operator is to put there; EFORMAT: the letter has no other field that
 * it must have, or more than ENVELOPE_RECIPIENTS, or Cc or Bcc, which nobody would be sent. Fuzzed. */
bool envelope_read(struct bytes message, struct envelope *out, struct fail *fail);

/* Appends the letter without Return-Path, which is the envelope's matter and no field of a message under way (RFC 5321,
 * section 4.4). */
bool envelope_strip(struct bytes message, struct buf *out);
