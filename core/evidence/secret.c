#include "evidence/secret.h"

#include <sodium.h>
#include <string.h>

_Static_assert(sizeof(struct secret_layout) == 158, "the layout has no padding");

void *secret_locked(size_t size, struct fail *fail)
{
    if (sodium_init() < 0) {
        fail_set(fail, "ENOSYS", "libsodium can't be initialised");
        return NULL;
    }
    void *p = sodium_malloc(size);
    if (p)
        sodium_memzero(p, size);
    else
        fail_set(fail, "ENOMEM", "no memory for a secret key");
    return p;
}

void secret_put_little(unsigned char out[8], uint64_t value)
{
    for (int i = 0; i < 8; i++)
        out[i] = (unsigned char)(value >> 8 * i);
}

uint64_t secret_get_little(const unsigned char in[8])
{
    uint64_t value = 0;
    for (int i = 7; i >= 0; i--)
        value = value << 8 | in[i];
    return value;
}

void secret_checksum(const struct secret_box *box, unsigned char out[SECRET_CHECKSUM])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, SECRET_CHECKSUM);
    crypto_generichash_update(&state, (const unsigned char *)"Ed", 2);
    crypto_generichash_update(&state, box->id, sizeof box->id);
    crypto_generichash_update(&state, box->ed25519, sizeof box->ed25519);
    crypto_generichash_final(&state, out, SECRET_CHECKSUM);
}

bool secret_cipher(struct secret_desk *d, const char *password, struct fail *fail)
{
    unsigned char *stream = (unsigned char *)&d->stream;
    unsigned char *box = (unsigned char *)&d->layout.box;
    uint64_t memory = secret_get_little(d->layout.memory);
    if (crypto_pwhash_scryptsalsa208sha256(stream, sizeof d->stream, password, strlen(password),
                                           d->layout.salt, secret_get_little(d->layout.operations),
                                           (size_t)memory) != 0)
        return fail_set(fail, "ENOMEM",
                        "no memory for scrypt: the password needs %llu MiB for a moment",
                        (unsigned long long)(memory >> 20));
    for (size_t i = 0; i < sizeof d->stream; i++)
        box[i] ^= stream[i];
    return true;
}
