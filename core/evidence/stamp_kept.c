/* The one form in which a time-stamp is kept. */
#include "evidence/stamp_inside.h"

#include <openssl/err.h>

enum { GRANTED = 0, SIGNED_DATA_VERSION = 3, SIGNER_VERSION = 1 };

static bool set_status(TS_RESP *response)
{
    TS_STATUS_INFO *status = TS_STATUS_INFO_new();
    bool ok = status && TS_STATUS_INFO_set_status(status, GRANTED) == 1 &&
              TS_RESP_set_status_info(response, status) == 1;
    TS_STATUS_INFO_free(status);
    return ok;
}

static bool set_digest(X509_ALGOR *algorithm, int digest)
{
    return algorithm && X509_ALGOR_set0(algorithm, OBJ_nid2obj(digest), V_ASN1_NULL, NULL) == 1;
}

/* The list of digests has the signer's and no other. */
static bool set_digests(PKCS7_SIGNED *data, int digest)
{
    while (sk_X509_ALGOR_num(data->md_algs) > 1)
        X509_ALGOR_free(sk_X509_ALGOR_pop(data->md_algs));
    return sk_X509_ALGOR_num(data->md_algs) == 1 &&
           set_digest(sk_X509_ALGOR_value(data->md_algs, 0), digest);
}

/* How it was signed is told by key and digest: OpenSSL does not look at what is said of it here. */
static bool set_algorithm(PKCS7_SIGNER_INFO *signer, const X509 *certificate, int digest)
{
    int both = NID_undef;
    EVP_PKEY *key = X509_get0_pubkey(certificate);
    int kind = key ? EVP_PKEY_get_base_id(key) : NID_undef;
    if (kind == EVP_PKEY_RSA)
        return X509_ALGOR_set0(signer->digest_enc_alg, OBJ_nid2obj(NID_rsaEncryption), V_ASN1_NULL,
                               NULL) == 1;
    return OBJ_find_sigid_by_algs(&both, digest, kind) == 1 &&
           X509_ALGOR_set0(signer->digest_enc_alg, OBJ_nid2obj(both), V_ASN1_UNDEF, NULL) == 1;
}

/* Of the signer's own part no signature covers these. */
static bool set_signer(PKCS7_SIGNER_INFO *signer, X509 *certificate)
{
    int digest = OBJ_obj2nid(signer->digest_alg->algorithm);
    sk_X509_ATTRIBUTE_pop_free(signer->unauth_attr, X509_ATTRIBUTE_free);
    signer->unauth_attr = NULL;
    return ASN1_INTEGER_set(signer->version, SIGNER_VERSION) == 1 &&
           X509_NAME_set(&signer->issuer_and_serial->issuer, X509_get_issuer_name(certificate)) ==
               1 &&
           set_digest(signer->digest_alg, digest) && set_algorithm(signer, certificate, digest);
}

static bool set_token(PKCS7 *token)
{
    PKCS7_SIGNED *data = token->d.sign;
    STACK_OF(PKCS7_SIGNER_INFO) *signers = PKCS7_get_signer_info(token);
    STACK_OF(X509) *certificates = PKCS7_get0_signers(token, NULL, 0);
    bool ok = sk_PKCS7_SIGNER_INFO_num(signers) == 1 && sk_X509_num(certificates) == 1;
    PKCS7_SIGNER_INFO *signer = ok ? sk_PKCS7_SIGNER_INFO_value(signers, 0) : NULL;
    sk_X509_CRL_pop_free(data->crl, X509_CRL_free);
    data->crl = NULL;
    ok = ok && ASN1_INTEGER_set(data->version, SIGNED_DATA_VERSION) == 1 &&
         set_signer(signer, sk_X509_value(certificates, 0)) &&
         set_digests(data, OBJ_obj2nid(signer->digest_alg->algorithm));
    sk_X509_free(certificates);
    return ok;
}

bool stamp_put_kept(const struct stamp_reading *r, struct buf *out, struct fail *fail)
{
    unsigned char *der = NULL;
    bool ok = set_status(r->response) && set_token(r->token);
    int n = ok ? i2d_TS_RESP(r->response, &der) : -1;
    ok = n > 0 && buf_put(out, bytes_at(der, (size_t)n));
    OPENSSL_free(der);
    ERR_clear_error();
    return ok || fail_set(fail, "EFORMAT", "a time-stamp that is too long, or of an unusual form");
}
