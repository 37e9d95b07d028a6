/*
 * secret: what a secret key and its file are made of. For key_secret.c, key_secret_load.c, sign.c; the memory, for keys of other
 * kinds too (notice/dkim_key.h).
 */
#pragma once

#include "evidence/key.h"

/* In memory from secret_locked. */
struct secret_key {
    unsigned char id[8];
    unsigned char ed25519[64]; /* libsodium's form: seed, public key */
};

enum { SECRET_CHECKSUM = 32, SECRET_TEXT = 2048 };

/* What the password protects. All of single bytes: no padding. */
struct secret_box {
    unsigned char id[8];
    unsigned char ed25519[64];
    unsigned char checksum[SECRET_CHECKSUM];
};

/* The 158 bytes of the file. */
struct secret_layout {
    unsigned char algorithm[2];
    unsigned char kdf[2];
    unsigned char checksum_algorithm[2];
    unsigned char salt[32];
    unsigned char operations[8]; /* little-endian, as memory is */
    unsigned char memory[8];
    struct secret_box box;
};

/* All that is secret while a file is read or written, in locked memory. */
struct secret_desk {
    struct secret_layout layout;
    struct secret_box stream;
    char text[SECRET_TEXT];
};

/* Zeroed memory between guard pages, kept out of swap (where the limits allow it), of core dumps and of forked
 * processes, which find zeros there; sodium_free wipes it. */
void *secret_locked(size_t size, struct fail *fail);
void secret_put_little(unsigned char out[8], uint64_t value);
uint64_t secret_get_little(const unsigned char in[8]);
/* BLAKE2b over algorithm, key number and key: how a wrong password is told. */
void secret_checksum(const struct secret_box *box, unsigned char out[SECRET_CHECKSUM]);
/* XORs the box with scrypt's stream, at the cost that stands in the layout: the same step both ways.
 */
bool secret_cipher(struct secret_desk *d, const char *password, struct fail *fail);
