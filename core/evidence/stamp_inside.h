/*
 * stamp_inside: what the files about time-stamps share of OpenSSL's.
 */
#pragma once

#include "evidence/stamp.h"

#include <openssl/ts.h>

/* A stamp or an answer, taken apart. */
struct stamp_reading {
    TS_RESP *response;
    PKCS7 *token;      /* of the response; NULL: there is none */
    TS_TST_INFO *info; /* likewise */
};

bool stamp_fail_memory(struct fail *fail);
/* The request for a digest; nonce: or NULL. NULL: no memory. */
TS_REQ *stamp_new_request(const unsigned char digest[SHA256_SIZE], const unsigned char *nonce);

/* Exactly one TimeStampResp; r->response is to be freed either way. */
bool stamp_read(struct stamp_reading *r, struct bytes der, struct fail *fail);
/* That there is a token with its signer's certificate. */
bool stamp_check_token(const struct stamp_reading *r, struct fail *fail);
/* The certificates in the token. */
const STACK_OF(X509) * stamp_certificates(const struct stamp_reading *r);
bool stamp_read_time(const struct stamp_reading *r, instant *out, struct fail *fail);
/* Version, digest, nonce where the request has one, signature, and that its certificate leads to one of those trusted. */
bool stamp_verify(const struct stamp_reading *r, TS_REQ *req, const STACK_OF(X509) * trusted,
                  instant at, struct fail *fail);
/* Appends the stamp as it is kept, in DER: status "granted", no words beside it, no revocation lists, no attributes that
 * are not signed; and what else no signature covers has its usual value. So the stamp that a service signed has one
 * form. What was read is changed to that. */
bool stamp_put_kept(const struct stamp_reading *r, struct buf *out, struct fail *fail);
