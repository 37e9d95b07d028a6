/* Asking a service for a time-stamp, and what it answers. */
#include "evidence/stamp_inside.h"

#include "base/random.h"

#include <openssl/err.h>

enum { REASON = 160 };

struct stamp_request stamp_request_new(struct bytes content)
{
    struct stamp_request r;
    sha256_of(content, r.digest);
    random_bytes(r.nonce, sizeof r.nonce);
    r.nonce[0] |= 0x40; /* a positive number of full length */
    r.nonce[0] &= 0x7f;
    return r;
}

static bool set_imprint(TS_REQ *req, const unsigned char digest[SHA256_SIZE])
{
    TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
    X509_ALGOR *algorithm = X509_ALGOR_new();
    unsigned char copy[SHA256_SIZE]; /* OpenSSL takes no const */
    memcpy(copy, digest, sizeof copy);
    bool ok = imprint && algorithm &&
              X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL) == 1 &&
              TS_MSG_IMPRINT_set_algo(imprint, algorithm) == 1 &&
              TS_MSG_IMPRINT_set_msg(imprint, copy, sizeof copy) == 1 &&
              TS_REQ_set_msg_imprint(req, imprint) == 1;
    X509_ALGOR_free(algorithm);
    TS_MSG_IMPRINT_free(imprint);
    return ok;
}

static bool set_nonce(TS_REQ *req, const unsigned char nonce[STAMP_NONCE])
{
    BIGNUM *number = BN_bin2bn(nonce, STAMP_NONCE, NULL);
    ASN1_INTEGER *integer = number ? BN_to_ASN1_INTEGER(number, NULL) : NULL;
    bool ok = integer && TS_REQ_set_nonce(req, integer) == 1;
    ASN1_INTEGER_free(integer);
    BN_free(number);
    return ok;
}

/* nonce: or NULL. */
TS_REQ *stamp_new_request(const unsigned char digest[SHA256_SIZE], const unsigned char *nonce)
{
    TS_REQ *req = TS_REQ_new();
    if (req && TS_REQ_set_version(req, 1) == 1 && TS_REQ_set_cert_req(req, 1) == 1 &&
        set_imprint(req, digest) && (!nonce || set_nonce(req, nonce)))
        return req;
    TS_REQ_free(req);
    return NULL;
}

bool stamp_request_put(const struct stamp_request *request, struct buf *out, struct fail *fail)
{
    unsigned char *der = NULL;
    TS_REQ *req = stamp_new_request(request->digest, request->nonce);
    int n = req ? i2d_TS_REQ(req, &der) : -1;
    bool ok = n > 0 && buf_put(out, bytes_at(der, (size_t)n));
    OPENSSL_free(der);
    TS_REQ_free(req);
    return ok || stamp_fail_memory(fail);
}

static const char *refusal(const TS_STATUS_INFO *status)
{
    static const struct {
        int bit;
        const char *words;
    } causes[] = {
        {TS_INFO_BAD_ALG, "it does not take SHA-256"},
        {TS_INFO_BAD_REQUEST, "it takes the request for a bad one"},
        {TS_INFO_BAD_DATA_FORMAT, "it can't read the request"},
        {TS_INFO_TIME_NOT_AVAILABLE, "its clock is not available"},
        {TS_INFO_UNACCEPTED_POLICY, "the policy is not supported"},
        {TS_INFO_UNACCEPTED_EXTENSION, "an extension is not supported"},
        {TS_INFO_ADD_INFO_NOT_AVAILABLE, "further information is not available"},
        {TS_INFO_SYSTEM_FAILURE, "a failure on its side"},
    };
    const ASN1_BIT_STRING *bits = TS_STATUS_INFO_get0_failure_info(status);
    for (size_t i = 0; bits && i < sizeof causes / sizeof causes[0]; i++)
        if (ASN1_BIT_STRING_get_bit(bits, causes[i].bit))
            return causes[i].words;
    return "it does not say why";
}

static bool check_granted(const struct stamp_reading *r, struct fail *fail)
{
    const TS_STATUS_INFO *status = TS_RESP_get_status_info(r->response);
    long value = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(status));
    const STACK_OF(ASN1_UTF8STRING) *said = TS_STATUS_INFO_get0_text(status);
    if (value == TS_STATUS_GRANTED || value == TS_STATUS_GRANTED_WITH_MODS)
        return true;
    const ASN1_UTF8STRING *text =
        sk_ASN1_UTF8STRING_num(said) > 0 ? sk_ASN1_UTF8STRING_value(said, 0) : NULL;
    return fail_set(fail, "EREFUSED", "the service refuses: %s%s%.*s", refusal(status),
                    text ? ": " : "", text ? (text->length < REASON ? text->length : REASON) : 0,
                    text ? (const char *)text->data : "");
}

static bool take(const struct stamp_reading *r, const struct stamp_request *request,
                 struct buf *out, struct fail *fail)
{
    instant at;
    if (!check_granted(r, fail) || !stamp_check_token(r, fail) || !stamp_read_time(r, &at, fail))
        return false;
    TS_REQ *req = stamp_new_request(request->digest, request->nonce);
    bool ok = stamp_verify(r, req, stamp_certificates(r), at, fail) && stamp_put_kept(r, out, fail);
    TS_REQ_free(req);
    return ok;
}

bool stamp_take(const struct stamp_request *request, struct bytes answer, struct buf *out,
                struct fail *fail)
{
    struct stamp_reading r;
    bool ok = stamp_read(&r, answer, fail) && take(&r, request, out, fail);
    TS_RESP_free(r.response);
    ERR_clear_error();
    return ok;
}
