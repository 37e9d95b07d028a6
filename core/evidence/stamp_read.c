/* Time-stamps taken apart and verified, by OpenSSL. */
#include "evidence/stamp_inside.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <time.h>

enum { CERTIFICATES_MOST = 16, REASON = 160 };

bool stamp_fail_memory(struct fail *fail)
{
    return fail_set(fail, "ENOMEM", "no memory for a time-stamp");
}

const STACK_OF(X509) * stamp_certificates(const struct stamp_reading *r)
{
    return r->token->d.sign ? r->token->d.sign->cert : NULL;
}

bool stamp_read(struct stamp_reading *r, struct bytes der, struct fail *fail)
{
    const unsigned char *p = der.p;
    *r = (struct stamp_reading){NULL, NULL, NULL};
    if (der.n > 0 && der.n <= STAMP_LIMIT)
        r->response = d2i_TS_RESP(NULL, &p, (long)der.n);
    ERR_clear_error();
    if (!r->response || p != der.p + der.n)
        return fail_set(fail, "EFORMAT", "not a time-stamp reply as RFC 3161 describes it");
    r->token = TS_RESP_get_token(r->response);
    r->info = TS_RESP_get_tst_info(r->response);
    return true;
}

bool stamp_check_token(const struct stamp_reading *r, struct fail *fail)
{
    if (!r->token || !r->info || !PKCS7_type_is_signed(r->token))
        return fail_set(fail, "EFORMAT", "a time-stamp reply without a time-stamp");
    if (sk_X509_num(stamp_certificates(r)) > CERTIFICATES_MOST)
        return fail_set(fail, "ELIMIT", "a time-stamp with more than %d certificates",
                        CERTIFICATES_MOST);
    return sk_X509_num(stamp_certificates(r)) > 0 ||
           fail_set(fail, "EFORMAT",
                    "a time-stamp without the certificate of its signer: it can't be checked");
}

bool stamp_read_time(const struct stamp_reading *r, instant *out, struct fail *fail)
{
    struct tm tm;
    const ASN1_GENERALIZEDTIME *time = TS_TST_INFO_get_time(r->info);
    if (!time || ASN1_TIME_to_tm(time, &tm) != 1 || timegm(&tm) < 0)
        return fail_set(fail, "EFORMAT", "a time-stamp with a time that is none");
    *out = (instant)timegm(&tm) * SPAN_SECOND;
    return true;
}

/* Trusts these certificates, at that time, whether they stand at the end of a chain or within it. */
static X509_STORE *new_store(const STACK_OF(X509) * trusted, instant at)
{
    X509_STORE *store = X509_STORE_new();
    bool ok = store != NULL;
    for (int i = 0; ok && i < sk_X509_num(trusted); i++)
        ok = X509_STORE_add_cert(store, sk_X509_value(trusted, i)) == 1;
    if (!ok) {
        X509_STORE_free(store);
        return NULL;
    }
    X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), (time_t)(at / SPAN_SECOND));
    X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
    return store;
}

/* What OpenSSL says last, in words for whoever asked for a stamp or reads one. */
static bool fail_openssl(struct fail *fail)
{
    static const char detail[] = "Verify error:";
    const char *data = NULL;
    int flags = 0;
    unsigned long error = ERR_peek_last_error_data(&data, &flags);
    const char *reason = ERR_reason_error_string(error);
    char why[REASON];
    if (data && (flags & ERR_TXT_STRING) && strncmp(data, detail, sizeof detail - 1) == 0)
        reason = data + sizeof detail - 1;
    snprintf(why, sizeof why, "%s", reason ? reason : "unknown");
    int code = ERR_GET_LIB(error) == ERR_LIB_TS ? ERR_GET_REASON(error) : 0;
    ERR_clear_error();
    switch (code) {
    case TS_R_MESSAGE_IMPRINT_MISMATCH:
        return fail_set(fail, "EMISMATCH",
                        "the time-stamp is for something else: its digest is "
                        "another one");
    case TS_R_NONCE_MISMATCH:
    case TS_R_NONCE_NOT_RETURNED:
        return fail_set(fail, "EMISMATCH",
                        "the time-stamp answers another request: its nonce is "
                        "not the one that was sent");
    case TS_R_CERTIFICATE_VERIFY_ERROR:
        return fail_set(fail, "ECERTIFICATE", "the certificate of the time-stamp's signer: %s",
                        why);
    case TS_R_SIGNATURE_FAILURE:
        return fail_set(fail, "ESIGNATURE", "the signature of the time-stamp does not hold");
    default:
        return fail_set(fail, "ESIGNATURE", "the time-stamp can't be verified: %s", why);
    }
}

bool stamp_verify(const struct stamp_reading *r, TS_REQ *req, const STACK_OF(X509) * trusted,
                  instant at, struct fail *fail)
{
    TS_VERIFY_CTX *context = req ? TS_REQ_to_TS_VERIFY_CTX(req, NULL) : NULL;
    X509_STORE *store = new_store(trusted, at);
    if (!context || !store) {
        TS_VERIFY_CTX_free(context);
        X509_STORE_free(store);
        return stamp_fail_memory(fail);
    }
    TS_VERIFY_CTX_add_flags(context, TS_VFY_SIGNATURE);
    TS_VERIFY_CTX_set_store(context, store); /* which is the context's from here on */
    ERR_clear_error();
    bool ok = TS_RESP_verify_response(context, r->response) == 1 || fail_openssl(fail);
    TS_VERIFY_CTX_free(context);
    ERR_clear_error();
    return ok;
}
