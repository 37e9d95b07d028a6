#include "net/self_signed.h"

#include "net/tls_session.h"

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

enum { WEAK_BITS = 1024 };

static EVP_PKEY *make_key(const struct self_signed *how)
{
    if (how->weak)
        return EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)WEAK_BITS);
    return how->ed25519 ? EVP_PKEY_Q_keygen(NULL, NULL, "ED25519")
                        : EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
}

static bool describe(X509 *cert, const struct self_signed *how, EVP_PKEY *key)
{
    X509_NAME *name = X509_get_subject_name(cert);
    return X509_set_version(cert, X509_VERSION_3) == 1 &&
           ASN1_INTEGER_set(X509_get_serialNumber(cert), 1) == 1 &&
           X509_time_adj_ex(X509_getm_notBefore(cert), how->from_days, 0, NULL) &&
           X509_time_adj_ex(X509_getm_notAfter(cert), how->to_days, 0, NULL) &&
           X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)how->name,
                                      -1, -1, 0) == 1 &&
           X509_set_issuer_name(cert, name) == 1 && X509_set_pubkey(cert, key) == 1;
}

static X509 *make_certificate(const struct self_signed *how, EVP_PKEY *key)
{
    X509 *cert = X509_new();
    const EVP_MD *digest = how->ed25519 ? NULL : how->weak ? EVP_sha1() : EVP_sha256();
    if (cert && describe(cert, how, key) && X509_sign(cert, key, digest) > 0)
        return cert;
    X509_free(cert);
    return NULL;
}

/* arg: not NULL when HTTP/2 is liked. */
static int choose(SSL *ssl, const unsigned char **out, unsigned char *n, const unsigned char *in,
                  unsigned in_n, void *arg)
{
    static const unsigned char both[] = "\x02h2\x08http/1.1";
    const unsigned char *ours = both + (arg ? 0 : 3);
    unsigned char *chosen = NULL;
    (void)ssl;
    if (SSL_select_next_proto(&chosen, n, ours, arg ? 12 : 9, in, in_n) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_NOACK;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

static bool equip(SSL_CTX *context, const struct self_signed *how)
{
    EVP_PKEY *key = make_key(how);
    X509 *cert = key ? make_certificate(how, key) : NULL;
    bool ok = cert && SSL_CTX_use_certificate(context, cert) == 1 &&
              SSL_CTX_use_PrivateKey(context, key) == 1;
    for (unsigned i = 0; ok && i < how->chain; i++)
        ok = SSL_CTX_add1_chain_cert(context, cert) == 1;
    X509_free(cert);
    EVP_PKEY_free(key);
    return ok;
}

struct stream_tls *self_signed_server(const struct self_signed *how, struct fail *fail)
{
    struct stream_tls *tls = stream_tls_bare_server(fail);
    if (!tls)
        return NULL;
    SSL_CTX *context = stream_tls_context(tls);
    if (how->old || how->weak)
        SSL_CTX_set_cipher_list(context, "DEFAULT:@SECLEVEL=0");
    if (how->old) {
        SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context, TLS1_VERSION);
    }
    SSL_CTX_set_alpn_select_cb(context, choose, how->h2 ? context : NULL);
    if (equip(context, how))
        return tls;
    fail_set(fail, "ETLS", "TLS: no certificate can be made for %s", how->name);
    stream_tls_free(tls);
    return NULL;
}
