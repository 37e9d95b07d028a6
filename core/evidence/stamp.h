/*
 * stamp: a time-stamp service's word that certain bytes were there at a certain time (RFC 3161), by OpenSSL.
 *
 * The service is told a SHA-256 and nothing else. What it answers may be anything, as may a stamp that lies in a
 * bundle: each fault has a sentence of its own. A stamp is checked as of its own time: that the service's
 * certificate has run out since does not matter.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"
#include "base/hash.h"
#include "base/time.h"

enum { STAMP_LIMIT = 64 * 1024, STAMP_NONCE = 8, STAMP_SERVICE = 256 };

/* What is asked, and must come back. */
struct stamp_request {
    unsigned char digest[SHA256_SIZE];
    unsigned char nonce[STAMP_NONCE];
};

/* For these bytes, with a new nonce. */
struct stamp_request stamp_request_new(struct bytes content);
/* Appends it as it is sent: a TimeStampReq in DER, which asks for the service's certificates too. */
bool stamp_request_put(const struct stamp_request *request, struct buf *out, struct fail *fail);
/* Reads the service's answer, a TimeStampResp in DER, and appends the stamp to be kept: the same with the status
 * "granted" and nothing else beside the token. Fails: EREFUSED (the service says no, and why), EFORMAT, EMISMATCH
 * (for other bytes, or another request), ESIGNATURE. Fuzzed. */
bool stamp_take(const struct stamp_request *request, struct bytes answer, struct buf *out,
                struct fail *fail);

/* The certificates that a reader trusts to vouch for services. */
struct stamp_trust;
/* From the text of a PEM file with one or more. */
struct stamp_trust *stamp_trust_parse(struct bytes pem, struct fail *fail);
void stamp_trust_free(struct stamp_trust *trust);

struct stamp {
    instant at;
    char service[STAMP_SERVICE]; /* its certificate's subject, printable */
    bool trusted;
    struct fail why; /* not trusted though a trust was given */
};

/* Checks a kept stamp of these bytes: its form, that it is for them, and its signature by the certificate in it. With
 * `trust` (or NULL) also whether that certificate is vouched for, which is said in *out. Fuzzed. */
bool stamp_check(struct bytes text, struct bytes content, const struct stamp_trust *trust,
                 struct stamp *out, struct fail *fail);
