/*
 * incoming: a mail that came to one of our addresses, which may be anybody's and hold anything, read by GMime into a small
 * JSON object; and that object, taken for what it is.
 *
 * incoming_read runs in a confined process (run/mail_reader.h); what that gives is believed as little as the mail.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

#include <jansson.h>

enum {
    INCOMING_MAIL = 1024 * 1024, /* what is read of a mail; a longer one is cut */
    INCOMING_ANSWER = 1024 * 1024,
    INCOMING_FIELD = 1000, /* bytes of a text */
    INCOMING_BODY = 4000,
    INCOMING_LIST = 64 /* texts in a list */
};

/* Before the process is confined: GMime's tables, and those of the character sets that mails come in. */
void incoming_begin(void);
/* Appends the object. `subject_folded` and `text_folded` are for comparing, without case. What the mail does not have is
 * not there. Not fit for what lies deeper than 16 parts within each other, or behind the hundredth. Fuzzed. */
void incoming_read(struct bytes mail, struct buf *out);

/* A mail as it was read. */
struct incoming {
    json_t *object;
};

/* Takes an answer: texts become printable, what is longer than it may be, or of another kind, is refused (EFORMAT). Fuzzed. */
bool incoming_get(struct bytes answer, struct incoming *out, struct fail *fail);
void incoming_free(struct incoming *m);
/* "from", "subject", "id", …; empty where there is none. */
const char *incoming_text(const struct incoming *m, const char *name);
/* The nth of "recipients", "references", …; NULL: there is no such. */
const char *incoming_nth(const struct incoming *m, const char *name, size_t nth);
bool incoming_is(const struct incoming *m, const char *name);
