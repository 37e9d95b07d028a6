/*
 * secret: what a secret key is made of. For key_secret.c and sign.c alone.
 */
#pragma once

#include "evidence/key.h"

/* In memory from sodium_malloc: locked where the limits allow it, between guard pages, wiped. */
struct secret_key {
    unsigned char id[8];
    unsigned char ed25519[64]; /* libsodium's form: seed, public key */
};
