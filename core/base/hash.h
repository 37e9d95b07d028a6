/*
 * hash: SHA-256 (FIPS 180-4) and SHAKE-256 (FIPS 202), by OpenSSL, which uses the processor's SHA extensions.
 */
#pragma once

#include "base/bytes.h"

enum { SHA256_SIZE = 32, SHA256_HEX = 65 };

/* Makes libsodium ready, files that it reads included: once, before a process is confined. */
void hash_start(void);

struct sha256; /* a digest in the making */

/* NULL when no memory is left. */
struct sha256 *sha256_new(void);
void sha256_free(struct sha256 *h);
/* Begins anew; an object can be used for any number of digests. */
void sha256_start(struct sha256 *h);
void sha256_add(struct sha256 *h, struct bytes more);
void sha256_finish(struct sha256 *h, unsigned char out[SHA256_SIZE]);

/* The digest of one piece. */
void sha256_of(struct bytes all, unsigned char out[SHA256_SIZE]);
/* SHAKE-256 (FIPS 202): as many bytes as are wanted; they depend on each other in no way that can be found out.
 * Not in a confined process, as OpenSSL may read its configuration for it. */
void shake256_of(struct bytes all, unsigned char *out, size_t out_size);
/* Lower-case hexadecimal of n bytes, with a NUL: 2n + 1 bytes. */
void hash_hex(const unsigned char *bytes, size_t n, char *out);

enum { KEYED_KEY = 32 };

/* BLAKE2b with a key (libsodium), out_size of 16 to 64 bytes: a message authentication code. */
void keyed_hash(const unsigned char key[KEYED_KEY], struct bytes what, unsigned char *out,
                size_t out_size);
/* Equal in constant time. */
bool hash_equal(const void *a, const void *b, size_t n);
