#include "net/stream_inside.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { NAME_LIMIT = 253 };

struct stream_tls {
    SSL_CTX *context;
    bool client;
};

struct tls_session {
    SSL *ssl;
    const char *why;
    bool wants_write;
    bool broken; /* after a fatal error OpenSSL must not be called again */
};

static const char *last_reason(void)
{
    const char *reason = ERR_reason_error_string(ERR_peek_last_error());
    ERR_clear_error();
    return reason ? reason : "broken off by the peer";
}

static struct stream_tls *new_context(const SSL_METHOD *method, bool client, struct fail *fail)
{
    struct stream_tls *tls = calloc(1, sizeof *tls);
    if (tls && (tls->context = SSL_CTX_new(method))) {
        tls->client = client;
        SSL_CTX_set_mode(tls->context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_RELEASE_BUFFERS |
                                           SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
        SSL_CTX_set_session_cache_mode(tls->context, SSL_SESS_CACHE_OFF);
        SSL_CTX_set_options(tls->context, SSL_OP_NO_RENEGOTIATION | SSL_OP_IGNORE_UNEXPECTED_EOF);
        return tls;
    }
    fail_set(fail, "ETLS", "TLS can't start: %s", last_reason());
    stream_tls_free(tls);
    return NULL;
}

/* Old servers are what we look for: whatever they can still speak is accepted and recorded. */
struct stream_tls *stream_tls_client(struct fail *fail)
{
    struct stream_tls *tls = new_context(TLS_client_method(), true, fail);
    if (!tls)
        return NULL;
    SSL_CTX_set_min_proto_version(tls->context, TLS1_VERSION);
    SSL_CTX_set_cipher_list(tls->context, "DEFAULT:@SECLEVEL=0");
    SSL_CTX_set_options(tls->context, SSL_OP_LEGACY_SERVER_CONNECT);
    SSL_CTX_set_verify(tls->context, SSL_VERIFY_NONE, NULL);
    return tls;
}

/* Where Debian has all of them in one file; a folder would be read in the midst of a handshake. */
#define SYSTEM_AUTHORITIES "/etc/ssl/certs/ca-certificates.crt"

static bool expect_host(SSL_CTX *context, const char *host)
{
    X509_VERIFY_PARAM *param = SSL_CTX_get0_param(context);
    struct addr address;
    X509_VERIFY_PARAM_set_hostflags(param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (addr_parse_ip(bytes_of(host), &address))
        return X509_VERIFY_PARAM_set1_ip(param, address.ip, addr_ip_length(&address)) == 1;
    return X509_VERIFY_PARAM_set1_host(param, host, 0) == 1;
}

struct stream_tls *stream_tls_verified(const char *ca_file, const char *host, struct fail *fail)
{
    const char *own = getenv("SSL_CERT_FILE");
    const char *file = ca_file ? ca_file : own ? own : SYSTEM_AUTHORITIES;
    struct stream_tls *tls = new_context(TLS_client_method(), true, fail);
    if (!tls)
        return NULL;
    tzset(); /* or the C library reads the time zone when the certificate's dates are compared */
    SSL_CTX_set_min_proto_version(tls->context, TLS1_2_VERSION);
    SSL_CTX_set_verify(tls->context, SSL_VERIFY_PEER, NULL);
    ERR_clear_error();
    if (SSL_CTX_load_verify_locations(tls->context, file, NULL) != 1)
        fail_set(fail, "ETLS", "%s: no certificates of authorities can be read there: %s", file,
                 last_reason());
    else if (!expect_host(tls->context, host))
        fail_set(fail, "ETLS", "'%s' can't stand in a certificate", host);
    else
        return tls;
    stream_tls_free(tls);
    return NULL;
}

struct stream_tls *stream_tls_bare_server(struct fail *fail)
{
    return new_context(TLS_server_method(), false, fail);
}

struct ssl_ctx_st *stream_tls_context(const struct stream_tls *tls)
{
    return tls->context;
}

struct stream_tls *stream_tls_server(const char *cert, const char *key, struct fail *fail)
{
    struct stream_tls *tls = stream_tls_bare_server(fail);
    if (!tls)
        return NULL;
    const char *file = cert;
    bool ok = SSL_CTX_use_certificate_chain_file(tls->context, cert) == 1;
    if (ok) {
        file = key;
        ok = SSL_CTX_use_PrivateKey_file(tls->context, key, SSL_FILETYPE_PEM) == 1;
    }
    if (ok)
        return tls;
    fail_set(fail, "ETLS", "%s: %s", file, last_reason());
    stream_tls_free(tls);
    return NULL;
}

void stream_tls_free(struct stream_tls *tls)
{
    if (!tls)
        return;
    SSL_CTX_free(tls->context);
    free(tls);
}

bool stream_tls_is_client(const struct stream_tls *tls)
{
    return tls->client;
}

/* RFC 6066, section 3: SNI carries host names alone, no addresses. */
static void set_name(SSL *ssl, struct bytes name)
{
    char text[NAME_LIMIT + 1];
    struct addr ignored;
    if (name.n == 0 || name.n > NAME_LIMIT || memchr(name.p, 0, name.n) ||
        addr_parse(name, &ignored))
        return;
    memcpy(text, name.p, name.n);
    text[name.n] = '\0';
    SSL_set_tlsext_host_name(ssl, text);
}

struct tls_session *tls_session_new(struct stream_tls *tls, int fd, struct bytes name)
{
    struct tls_session *t = calloc(1, sizeof *t);
    if (!t || !(t->ssl = SSL_new(tls->context)) || SSL_set_fd(t->ssl, fd) != 1) {
        tls_session_free(t);
        return NULL;
    }
    t->why = "";
    if (!tls->client) {
        SSL_set_accept_state(t->ssl);
        return t;
    }
    SSL_set_connect_state(t->ssl);
    set_name(t->ssl, name);
    return t;
}

void tls_session_free(struct tls_session *t)
{
    if (!t)
        return;
    SSL_free(t->ssl);
    free(t);
}

static int broken(struct tls_session *t, const char *why)
{
    t->broken = true;
    t->why = why;
    return EPROTO;
}

/* A certificate that does not hold says more than that it does not. */
static const char *failure_of(const SSL *ssl)
{
    long verified = SSL_get_verify_result(ssl);
    const char *reason = last_reason();
    return SSL_get_verify_mode(ssl) != SSL_VERIFY_NONE && verified != X509_V_OK
               ? X509_verify_cert_error_string(verified)
               : reason;
}

/* Turns what OpenSSL returned into the terms of tls_session.h. */
static ssize_t result(struct tls_session *t, int ret, int *error)
{
    int socket_error = errno;
    t->wants_write = false;
    *error = 0;
    if (ret > 0)
        return ret;
    switch (SSL_get_error(t->ssl, ret)) {
    case SSL_ERROR_ZERO_RETURN:
        return 0;
    case SSL_ERROR_WANT_WRITE:
        t->wants_write = true;
        *error = EAGAIN;
        return -1;
    case SSL_ERROR_WANT_READ:
        *error = EAGAIN;
        return -1;
    case SSL_ERROR_SYSCALL:
        t->broken = true;
        *error = socket_error ? socket_error : ECONNRESET;
        return -1;
    default:
        *error = broken(t, failure_of(t->ssl));
        return -1;
    }
}

static bool may_go_on(struct tls_session *t, int *error)
{
    ERR_clear_error();
    errno = 0;
    *error = EPROTO;
    return !t->broken;
}

ssize_t tls_session_handshake(struct tls_session *t, int *error)
{
    if (!may_go_on(t, error))
        return -1;
    ssize_t n = result(t, SSL_do_handshake(t->ssl), error);
    if (n == 0)
        *error = broken(t, "the peer closed the connection during the handshake");
    return n > 0 ? n : -1;
}

ssize_t tls_session_read(struct tls_session *t, void *to, size_t n, int *error)
{
    if (!may_go_on(t, error))
        return -1;
    return result(t, SSL_read(t->ssl, to, (int)n), error);
}

ssize_t tls_session_write(struct tls_session *t, struct bytes what, int *error)
{
    if (!may_go_on(t, error))
        return -1;
    ssize_t n = result(t, SSL_write(t->ssl, what.p, (int)what.n), error);
    if (n == 0)
        *error = ECONNRESET;
    return n > 0 ? n : -1;
}

void tls_session_finish(struct tls_session *t)
{
    int error;
    if (may_go_on(t, &error))
        SSL_shutdown(t->ssl);
    ERR_clear_error();
}

bool tls_session_pending(const struct tls_session *t)
{
    return SSL_has_pending(t->ssl);
}

bool tls_session_wants_write(const struct tls_session *t)
{
    return t->wants_write;
}

const char *tls_session_why(const struct tls_session *t)
{
    return t->why;
}

void stream_tls_offer(struct stream *s, struct bytes protocol)
{
    unsigned char list[1 + UINT8_MAX];
    if (!s->tls || protocol.n == 0 || protocol.n > UINT8_MAX)
        return;
    list[0] = (unsigned char)protocol.n;
    memcpy(list + 1, protocol.p, protocol.n);
    SSL_set_alpn_protos(s->tls->ssl, list, (unsigned)protocol.n + 1);
}

const char *stream_tls_version(const struct stream *s)
{
    return s->secured ? SSL_get_version(s->tls->ssl) : NULL;
}

const char *stream_tls_cipher(const struct stream *s)
{
    return s->secured ? SSL_get_cipher_name(s->tls->ssl) : NULL;
}

static bool put_der(X509 *cert, struct buf *out)
{
    unsigned char *der = NULL;
    int n = i2d_X509(cert, &der);
    bool ok = n > 0 && buf_put(out, bytes_at(der, (size_t)n));
    OPENSSL_free(der);
    return ok;
}

bool stream_tls_certificate(const struct stream *s, unsigned nth, struct buf *out)
{
    STACK_OF(X509) *chain = s->secured ? SSL_get_peer_cert_chain(s->tls->ssl) : NULL;
    if (!chain || nth >= (unsigned)sk_X509_num(chain))
        return false;
    return put_der(sk_X509_value(chain, (int)nth), out);
}
