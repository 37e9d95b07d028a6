/* A time-stamp that lies in a bundle, and whom its reader trusts. */
#include "evidence/stamp_inside.h"

#include "base/text.h"

#include <limits.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdlib.h>

struct stamp_trust {
    STACK_OF(X509) * certificates;
};

static void name_service(const struct stamp_reading *r, char out[STAMP_SERVICE])
{
    STACK_OF(X509) *signers = PKCS7_get0_signers(r->token, NULL, 0);
    BIO *text = BIO_new(BIO_s_mem());
    X509_NAME *name =
        sk_X509_num(signers) > 0 ? X509_get_subject_name(sk_X509_value(signers, 0)) : NULL;
    out[0] = '\0';
    if (text && name &&
        X509_NAME_print_ex(text, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) > 0) {
        int n = BIO_read(text, out, STAMP_SERVICE - 1);
        out[n > 0 ? n : 0] = '\0';
    }
    text_make_printable(out);
    BIO_free(text);
    sk_X509_free(signers);
}

/* Then it is put out as it came in. */
static bool is_as_kept(const struct stamp_reading *r, struct bytes text)
{
    struct fail ignored;
    struct buf again = buf_new(STAMP_LIMIT);
    bool ok = stamp_put_kept(r, &again, &ignored) && bytes_equal(buf_view(&again), text);
    buf_free(&again);
    return ok;
}

static bool check(const struct stamp_reading *r, struct bytes text, struct bytes content,
                  const struct stamp_trust *trust, struct stamp *out, struct fail *fail)
{
    unsigned char digest[SHA256_SIZE];
    if (!stamp_check_token(r, fail) || !stamp_read_time(r, &out->at, fail))
        return false;
    if (!is_as_kept(r, text))
        return fail_set(fail, "EFORMAT",
                        "not the one form in which a time-stamp is kept: it was changed");
    name_service(r, out->service);
    sha256_of(content, digest);
    TS_REQ *req = stamp_new_request(digest, NULL);
    bool ok = stamp_verify(r, req, stamp_certificates(r), out->at, fail);
    out->trusted = ok && trust && stamp_verify(r, req, trust->certificates, out->at, &out->why);
    TS_REQ_free(req);
    return ok;
}

bool stamp_check(struct bytes text, struct bytes content, const struct stamp_trust *trust,
                 struct stamp *out, struct fail *fail)
{
    struct stamp_reading r;
    *out = (struct stamp){.at = 0};
    bool ok = stamp_read(&r, text, fail) && check(&r, text, content, trust, out, fail);
    TS_RESP_free(r.response);
    ERR_clear_error();
    return ok;
}

static bool read_certificates(struct stamp_trust *t, BIO *from)
{
    X509 *certificate;
    while ((certificate = PEM_read_bio_X509(from, NULL, NULL, NULL)))
        if (sk_X509_push(t->certificates, certificate) <= 0) {
            X509_free(certificate);
            return false;
        }
    ERR_clear_error();
    return true;
}

struct stamp_trust *stamp_trust_parse(struct bytes pem, struct fail *fail)
{
    struct stamp_trust *t = calloc(1, sizeof *t);
    const void *text = pem.n > 0 ? pem.p : (const unsigned char *)"";
    BIO *from = pem.n <= INT_MAX ? BIO_new_mem_buf(text, (int)pem.n) : NULL;
    if (t)
        t->certificates = sk_X509_new_null();
    bool ok = t && from && t->certificates && read_certificates(t, from);
    BIO_free(from);
    if (!ok)
        stamp_fail_memory(fail);
    else if (sk_X509_num(t->certificates) > 0)
        return t;
    else
        fail_set(fail, "EFORMAT",
                 "there is no certificate in it (PEM: -----BEGIN CERTIFICATE-----)");
    stamp_trust_free(t);
    return NULL;
}

void stamp_trust_free(struct stamp_trust *trust)
{
    if (!trust)
        return;
    sk_X509_pop_free(trust->certificates, X509_free);
    free(trust);
}
