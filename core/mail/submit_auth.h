/*
 * submit_auth: how we say to the smarthost who we are (RFC 4954): SCRAM-SHA-256 where it is offered and name and password are
 * such as it takes (scram.h), else PLAIN, else LOGIN.
 */
#pragma once

#include "mail/scram.h"
#include "proto/smtp_extension.h"

struct submit_auth {
    const char *user, *password; /* lent */
    enum { AUTH_SCRAM, AUTH_PLAIN, AUTH_LOGIN } how;
    unsigned answers; /* given so far */
    struct scram scram;
};

/* Appends the command, with its line end. EAUTH: the server takes none of them, or it is too long. */
bool submit_auth_begin(struct submit_auth *a, const struct smtp_extensions *offered,
                       struct buf *out, struct fail *fail);
/* The same of the answer to a reply 334. */
bool submit_auth_answer(struct submit_auth *a, const struct smtp_reply *r, struct buf *out,
                        struct fail *fail);
/* The server says that it knows us: may it, by then? */
bool submit_auth_is_done(const struct submit_auth *a, struct fail *fail);
