#include "base/hash.h"

#include "base/check.h"

#include <openssl/evp.h>
#include <sodium.h>
#include <stdlib.h>

struct sha256 {
    EVP_MD_CTX *context;
};

void hash_start(void)
{
    unsigned char digest[SHA256_SIZE];
    require(sodium_init() >= 0);
    sha256_of(bytes_at(NULL, 0), digest);
}

struct sha256 *sha256_new(void)
{
    struct sha256 *h = calloc(1, sizeof *h);
    if (h && (h->context = EVP_MD_CTX_new())) {
        require(EVP_DigestInit_ex(h->context, EVP_sha256(), NULL) == 1);
        return h;
    }
    free(h);
    return NULL;
}

void sha256_free(struct sha256 *h)
{
    if (!h)
        return;
    EVP_MD_CTX_free(h->context);
    free(h);
}

void sha256_start(struct sha256 *h)
{
    require(EVP_DigestInit_ex(h->context, NULL, NULL) == 1); /* SHA-256 again, not looked up anew */
}

void sha256_add(struct sha256 *h, struct bytes more)
{
    require(EVP_DigestUpdate(h->context, more.p, more.n) == 1);
}

void sha256_finish(struct sha256 *h, unsigned char out[SHA256_SIZE])
{
    require(EVP_DigestFinal_ex(h->context, out, NULL) == 1);
}

void sha256_of(struct bytes all, unsigned char out[SHA256_SIZE])
{
    require(EVP_Digest(all.p ? (const void *)all.p : "", all.n, out, NULL, EVP_sha256(), NULL) ==
            1);
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
