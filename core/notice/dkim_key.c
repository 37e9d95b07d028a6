#include "notice/dkim_key.h"

#include "base/check.h"
#include "base/hash.h"
#include "evidence/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MOST = 16 * 1024, DER_MOST = 8 * 1024, SIGNATURE_MOST = 512 };
enum { RSA_LEAST = 1024, RSA_MOST = 4096 };

/* In memory from secret_locked. */
struct secret_der {
    int type;
    size_t n;
    unsigned char der[DER_MOST];
    char text[FILE_MOST]; /* while it is read */
};

struct dkim_key {
    struct secret_der *secret;
    EVP_PKEY *open;
};

static bool read_file(int fd, struct secret_der *s, size_t *n, struct fail *fail)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return fail_set(fail, fail_errno_name(errno), "%s", strerror(errno));
    if (!S_ISREG(st.st_mode))
        return fail_set(fail, "EFORMAT", "not a regular file");
    if ((st.st_mode & 077) != 0)
        return fail_set(fail, "EMODE",
                        "others can read or change this secret key (mode %04o); do: chmod 600 on "
                        "it, and think of making a new one",
                        (unsigned)st.st_mode & 07777);
    ssize_t got = read(fd, s->text, sizeof s->text);
    if (got < 0)
        return fail_set(fail, fail_errno_name(errno), "%s", strerror(errno));
    *n = (size_t)got;
    return true;
}

/* A key with a password can't be opened without asking, and that nobody does here. */
static int no_password(char *out, int size, int writing, void *asked)
{
    (void)writing;
    if (size > 0)
        out[0] = '\0';
    *(bool *)asked = true;
    return -1;
}

static bool keep(struct secret_der *s, EVP_PKEY *key, struct fail *fail)
{
    unsigned char *der = NULL;
    s->type = EVP_PKEY_base_id(key);
    int bits = EVP_PKEY_bits(key);
    if (s->type != EVP_PKEY_ED25519 && s->type != EVP_PKEY_RSA)
        return fail_set(fail, "EFORMAT", "neither an RSA nor an Ed25519 key");
    if (s->type == EVP_PKEY_RSA && (bits < RSA_LEAST || bits > RSA_MOST))
        return fail_set(fail, "EFORMAT",
                        "an RSA key of %d bits; for mail it has %d to %d, best 2048", bits,
                        RSA_LEAST, RSA_MOST);
    int n = i2d_PrivateKey(key, &der);
    bool ok = n > 0 && n <= DER_MOST;
    if (ok) {
        memcpy(s->der, der, (size_t)n);
        s->n = (size_t)n;
    }
    if (n > 0)
        OPENSSL_clear_free(der, (size_t)n);
    return ok || fail_set(fail, "EFORMAT", "a key that is too long");
}

static bool take_text(struct secret_der *s, size_t n, struct fail *fail)
{
    bool asked = false;
    BIO *text = BIO_new_mem_buf(s->text, (int)n);
    EVP_PKEY *key = text ? PEM_read_bio_PrivateKey(text, NULL, no_password, &asked) : NULL;
    BIO_free(text);
    if (!key)
        return fail_set(fail, "EFORMAT",
                        asked ? "the key has a password; `openssl pkey -in FILE -out NEW` takes it "
                                "away"
                              : "no private key in PEM");
    bool ok = keep(s, key, fail);
    EVP_PKEY_free(key);
    return ok;
}

static bool load(const char *path, struct secret_der *s, struct fail *fail)
{
    size_t n = 0;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return fail_errno(fail, errno, path);
    bool ok = read_file(fd, s, &n, fail) && take_text(s, n, fail);
    close(fd);
    sodium_memzero(s->text, sizeof s->text);
    return ok || fail_prefix(fail, "%s", path);
}

struct dkim_key *dkim_key_load(const char *path, struct fail *fail)
{
    struct dkim_key *key = calloc(1, sizeof *key);
    if (!key) {
        fail_set(fail, "ENOMEM", "no memory for a key");
        return NULL;
    }
    key->secret = secret_locked(sizeof *key->secret, fail);
    if (key->secret && load(path, key->secret, fail))
        return key;
    dkim_key_free(key);
    return NULL;
}

void dkim_key_free(struct dkim_key *key)
{
    if (!key)
        return;
    dkim_key_close(key);
    sodium_free(key->secret);
    free(key);
}

const char *dkim_key_algorithm(const struct dkim_key *key)
{
    return key->secret->type == EVP_PKEY_RSA ? "rsa-sha256" : "ed25519-sha256";
}

bool dkim_key_open(struct dkim_key *key, struct fail *fail)
{
    const unsigned char *der = key->secret->der;
    if (!key->open)
        key->open = d2i_AutoPrivateKey(NULL, &der, (long)key->secret->n);
    return key->open || fail_set(fail, "ENOMEM", "no memory for a key");
}

void dkim_key_close(struct dkim_key *key)
{
    EVP_PKEY_free(key->open);
    key->open = NULL;
}

/* Of Ed25519 it is the digest that is signed, as if it were the message (RFC 8463, section 3). */
bool dkim_key_sign(const struct dkim_key *key, struct bytes hashed, struct buf *out,
                   struct fail *fail)
{
    unsigned char digest[SHA256_SIZE];
    unsigned char signature[SIGNATURE_MOST];
    size_t n = sizeof signature;
    bool rsa = key->secret->type == EVP_PKEY_RSA;
    require(key->open);
    sha256_of(hashed, digest);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool ok = ctx &&
              EVP_DigestSignInit(ctx, NULL, rsa ? EVP_sha256() : NULL, NULL, key->open) == 1 &&
              (rsa ? EVP_DigestSign(ctx, signature, &n, hashed.p, hashed.n)
                   : EVP_DigestSign(ctx, signature, &n, digest, sizeof digest)) == 1;
    EVP_MD_CTX_free(ctx);
    return (ok && buf_put(out, bytes_at(signature, n))) ||
           fail_set(fail, "ECRYPTO", "a letter could not be signed");
}
