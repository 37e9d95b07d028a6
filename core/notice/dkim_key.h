/*
 * dkim_key: the private keys that sign mail: RSA for rsa-sha256 (RFC 6376), Ed25519 for ed25519-sha256 (RFC 8463), in PEM.
 *
 * A key lies in memory that a forked process finds empty (evidence/secret.h), and nowhere else but while it is open: so that no
 * process that is forked meanwhile holds it, it is opened for some letters and closed again.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

struct dkim_key;

/* Reads the file: a regular one that nobody else can read (EMODE), with one key in PEM that has no password, RSA of 1024 to 4096
 * bits (RFC 8301) or Ed25519; EFORMAT: it is something else. */
struct dkim_key *dkim_key_load(const char *path, struct fail *fail);
void dkim_key_free(struct dkim_key *key);

/* "rsa-sha256" or "ed25519-sha256". */
const char *dkim_key_algorithm(const struct dkim_key *key);

bool dkim_key_open(struct dkim_key *key, struct fail *fail);
void dkim_key_close(struct dkim_key *key);
/* Appends the signature of what is hashed. The key is open. */
bool dkim_key_sign(const struct dkim_key *key, struct bytes hashed, struct buf *out,
                   struct fail *fail);
