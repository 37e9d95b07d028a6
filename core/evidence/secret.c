#include "evidence/secret.h"

#include <sodium.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

_Static_assert(sizeof(struct secret_layout) == 158, "the layout has no padding");

/* A process that is forked, for whatever reason, finds zeros there. Kernels before 4.14 can't do that. */
static void wipe_on_fork(const void *p, size_t size)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t from = (uintptr_t)p / page * page;
    uintptr_t to = ((uintptr_t)p + size + page - 1) / page * page;
    madvise((void *)from, to - from, MADV_WIPEONFORK);
}

void *secret_locked(size_t size, struct fail *fail)
{
    if (sodium_init() < 0) {
        fail_set(fail, "ENOSYS", "libsodium can't be initialised");
        return NULL;
    }
    void *p = sodium_malloc(size);
    if (!p) {
        fail_set(fail, "ENOMEM", "no memory for a secret key");
        return NULL;
    }
    sodium_memzero(p, size);
    wipe_on_fork(p, size);
    return p;
}

char *key_password_new(struct fail *fail)
{
    return secret_locked(KEY_PASSWORD_SIZE, fail);
}

void key_password_free(char *password)
{
    sodium_free(password);
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
