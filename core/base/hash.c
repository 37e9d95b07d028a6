#include "base/hash.h"

#include "base/check.h"

/* OpenSSL 3 would rather have everything asked for by EVP, which takes memory for each digest and gives it back, in two
 * fifths of the time that a short one takes: a case has some sixty of them. These functions are the same code below it,
 * with the same instructions of the processor. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <sodium.h>
#include <stdlib.h>

struct sha256 {
    SHA256_CTX state;
};

void hash_start(void)
{
    require(sodium_init() >= 0);
}

struct sha256 *sha256_new(void)
{
    struct sha256 *h = malloc(sizeof *h);
    if (h)
        sha256_start(h);
    return h;
}

void sha256_free(struct sha256 *h)
{
    free(h);
}

void sha256_start(struct sha256 *h)
{
    require(SHA256_Init(&h->state) == 1);
}

void sha256_add(struct sha256 *h, struct bytes more)
{
    require(SHA256_Update(&h->state, more.p, more.n) == 1);
}

void sha256_finish(struct sha256 *h, unsigned char out[SHA256_SIZE])
{
    require(SHA256_Final(out, &h->state) == 1);
}

void sha256_of(struct bytes all, unsigned char out[SHA256_SIZE])
{
    struct sha256 h;
    sha256_start(&h);
    sha256_add(&h, all);
    sha256_finish(&h, out);
}

void shake256_of(struct bytes all, unsigned char *out, size_t out_size)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    require(context && EVP_DigestInit_ex(context, EVP_shake256(), NULL) == 1 &&
            EVP_DigestUpdate(context, all.p, all.n) == 1 &&
            EVP_DigestFinalXOF(context, out, out_size) == 1);
    EVP_MD_CTX_free(context);
}

void hash_hex(const unsigned char *bytes, size_t n, char *out)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < n; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    out[2 * n] = '\0';
}

void keyed_hash(const unsigned char key[KEYED_KEY], struct bytes what, unsigned char *out,
                size_t out_size)
{
    require(crypto_generichash(out, out_size, what.p, what.n, key, KEYED_KEY) == 0);
}

bool hash_equal(const void *a, const void *b, size_t n)
{
    return sodium_memcmp(a, b, n) == 0;
}
