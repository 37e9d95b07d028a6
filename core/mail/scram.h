/*
 * scram: the client's side of SCRAM-SHA-256 (RFC 5802, RFC 7677), without channel binding: the server gets a proof that we know
 * the password, never the password, and has to prove that it knows it, too.
 *
 * User's name and password are printable ASCII, of which SASLprep (RFC 4013) makes nothing else; others are refused.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"
#include "base/hash.h"

enum { SCRAM_NONCE = 25, SCRAM_FIRST = 1200 };

struct scram {
    char bare[SCRAM_FIRST]; /* our first message, without its head */
    char nonce[SCRAM_NONCE];
    unsigned char server[SHA256_SIZE]; /* the signature that the server must give */
    bool proven;
};

/* Are these such as can be used here? */
bool scram_takes(const char *user, const char *password);
/* Appends our first message, "n,,n=user,r=NONCE". `nonce`: printable, without a comma, never used before. */
bool scram_first(struct scram *s, const char *user, const char *nonce, struct buf *out);
/* Appends our answer to the server's first message. EPROTO: it is none, or asks for too little work or too much. Fuzzed. */
bool scram_final(struct scram *s, const char *password, struct bytes server_first, struct buf *out,
                 struct fail *fail);
/* The server's last message; false: it does not know the password. */
bool scram_verify(struct scram *s, struct bytes server_final, struct fail *fail);
