/*
 * entry: what has become of one letter, as the spool keeps it: a JSON object of a few hundred bytes (doc/delivery.md).
 */
#pragma once

#include "base/buf.h"
#include "base/hash.h"
#include "base/time.h"
#include "mail/envelope.h"
#include "mail/submit.h"

enum entry_state {
    ENTRY_WAITING, /* to be sent; `next` says when, 0: now */
    ENTRY_SENDING, /* its end is being said at this moment, or was when we were killed */
    ENTRY_SENT,    /* the smarthost answers for it */
    ENTRY_FAILED,  /* refused for good, or put off for too long */
    ENTRY_UNCERTAIN, /* its end was said, and nobody knows the answer: it may or may not have been sent */
};

enum { ENTRY_NAME = 65, ENTRY_HOST = 280, ENTRY_LIMIT = 8192 };

struct entry {
    char name[ENTRY_NAME]; /* of the letter's file, without ".eml" */
    enum entry_state state;
    char digest[SHA256_HEX]; /* of the letter, as it was at the last try; empty: there was none */
    char to[ENVELOPE_TO];
    char from[ENVELOPE_MAILBOX]; /* the envelope's sender */
    char id[ENVELOPE_ID];
    char bounces[ENVELOPE_MAILBOX]; /* as in struct envelope; not kept */
    unsigned tries;
    instant first; /* 0: never tried */
    instant last;
    instant next;
    char host[ENTRY_HOST]; /* which smarthost was talked to, "mail.example:587" */
    unsigned code;         /* of its reply; 0: there was none */
    char said[SUBMIT_SAID];
};

const char *entry_state_name(enum entry_state state);
/* The object, with a line end. */
bool entry_put(struct buf *out, const struct entry *e);
/* False with a reason: this is none. The name is the caller's to compare. Fuzzed. */
bool entry_get(struct bytes text, struct entry *out, struct fail *fail);
/* One that a file can have and a bounce's address can carry: letters, digits, "-", "_", ".", the first no dot. */
bool entry_is_name(struct bytes name);

/* How often, and for how long. */
struct entry_patience {
    span first; /* after the first try; twice as long after each further one, four hours at most */
    span give_up; /* since the first try */
};
/* Notes what came of a try. A letter that is put off for too long fails. */
void entry_conclude(struct entry *e, const struct submit_outcome *outcome, instant now,
                    const struct entry_patience *patience);
