/* The certificates that simulated servers show, seen by a client: each is what its kind says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "net/self_signed.h"
#include "net/tls_session.h"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

/* A handshake in memory. */
struct meeting {
    struct stream_tls *tls;
    SSL_CTX *context;
    SSL *client;
    SSL *server;
};

static struct meeting meet(const struct self_signed *how, const char *offer)
{
    struct fail fail;
    struct meeting m = {.tls = self_signed_server(how, &fail)};
    BIO *a = NULL;
    BIO *b = NULL;
    assert_non_null(m.tls);
    m.context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_cipher_list(m.context, "DEFAULT:@SECLEVEL=0");
    SSL_CTX_set_min_proto_version(m.context, TLS1_VERSION);
    m.client = SSL_new(m.context);
    m.server = SSL_new(stream_tls_context(m.tls));
    assert_int_equal(BIO_new_bio_pair(&a, 0, &b, 0), 1);
    SSL_set_bio(m.client, a, a);
    SSL_set_bio(m.server, b, b);
    SSL_set_connect_state(m.client);
    SSL_set_accept_state(m.server);
    SSL_set_max_cert_list(m.client, 1 << 20);
    if (offer)
        SSL_set_alpn_protos(m.client, (const unsigned char *)offer, (unsigned)strlen(offer));
    for (int i = 0; i < 1000 && !(SSL_is_init_finished(m.client) && SSL_is_init_finished(m.server));
         i++) {
        SSL_do_handshake(m.client);
        SSL_do_handshake(m.server);
    }
    assert_true(SSL_is_init_finished(m.client));
    return m;
}

static void part(struct meeting *m)
{
    SSL_free(m->client);
    SSL_free(m->server);
    SSL_CTX_free(m->context);
    stream_tls_free(m->tls);
}

static struct self_signed usual(void)
{
    return (struct self_signed){.name = "mail.sim.test", .from_days = -1, .to_days = 90};
}

static void a_good_one_names_its_server_and_is_valid_today(void **state)
{
    (void)state;
    char name[64];
    struct self_signed how = usual();
    struct meeting m = meet(&how, NULL);
    X509 *cert = SSL_get0_peer_certificate(m.client);
    X509_NAME_get_text_by_NID(X509_get_subject_name(cert), NID_commonName, name, sizeof name);
    assert_string_equal(name, "mail.sim.test");
    assert_true(X509_cmp_current_time(X509_get0_notBefore(cert)) < 0);
    assert_true(X509_cmp_current_time(X509_get0_notAfter(cert)) > 0);
    assert_int_equal(X509_verify(cert, X509_get0_pubkey(cert)), 1);
    assert_int_equal(EVP_PKEY_get_base_id(X509_get0_pubkey(cert)), EVP_PKEY_EC);
    assert_string_equal(SSL_get_version(m.client), "TLSv1.3");
    part(&m);
}

static void the_days_may_lie_in_the_past_or_in_the_future(void **state)
{
    (void)state;
    struct self_signed how = usual();
    how.from_days = -400;
    how.to_days = -30;
    struct meeting m = meet(&how, NULL);
    X509 *cert = SSL_get0_peer_certificate(m.client);
    assert_true(X509_cmp_current_time(X509_get0_notAfter(cert)) < 0);
    part(&m);
    how.from_days = 30;
    how.to_days = 90;
    m = meet(&how, NULL);
    cert = SSL_get0_peer_certificate(m.client);
    assert_true(X509_cmp_current_time(X509_get0_notBefore(cert)) > 0);
    part(&m);
}

static void other_keys_are_what_they_are_called(void **state)
{
    (void)state;
    struct self_signed how = usual();
    how.ed25519 = true;
    struct meeting m = meet(&how, NULL);
    X509 *cert = SSL_get0_peer_certificate(m.client);
    assert_int_equal(EVP_PKEY_get_base_id(X509_get0_pubkey(cert)), EVP_PKEY_ED25519);
    part(&m);
    how = usual();
    how.weak = true;
    m = meet(&how, NULL);
    cert = SSL_get0_peer_certificate(m.client);
    assert_int_equal(EVP_PKEY_get_base_id(X509_get0_pubkey(cert)), EVP_PKEY_RSA);
    assert_int_equal(EVP_PKEY_get_bits(X509_get0_pubkey(cert)), 1024);
    assert_int_equal(X509_get_signature_nid(cert), NID_sha1WithRSAEncryption);
    part(&m);
}

static void an_old_server_speaks_the_oldest_tls_alone(void **state)
{
    (void)state;
    struct self_signed how = usual();
    how.old = true;
    struct meeting m = meet(&how, NULL);
    assert_string_equal(SSL_get_version(m.client), "TLSv1");
    part(&m);
}

static void a_chain_is_as_long_as_was_asked_for(void **state)
{
    (void)state;
    struct self_signed how = usual();
    how.chain = 400;
    struct meeting m = meet(&how, NULL);
    assert_int_equal(sk_X509_num(SSL_get_peer_cert_chain(m.client)), 401);
    part(&m);
}

static struct bytes chosen(const struct meeting *m)
{
    const unsigned char *p = NULL;
    unsigned n = 0;
    SSL_get0_alpn_selected(m->client, &p, &n);
    return bytes_at(p, n);
}

static void it_chooses_http_2_only_where_it_is_liked(void **state)
{
    (void)state;
    struct self_signed how = usual();
    struct meeting m = meet(&how, "\x02h2\x08http/1.1");
    assert_true(bytes_equal_text(chosen(&m), "http/1.1"));
    part(&m);
    how.h2 = true;
    m = meet(&how, "\x02h2\x08http/1.1");
    assert_true(bytes_equal_text(chosen(&m), "h2"));
    part(&m);
    m = meet(&how, "\x03"
                   "foo");
    assert_int_equal(chosen(&m).n, 0);
    part(&m);
    m = meet(&how, NULL);
    assert_int_equal(chosen(&m).n, 0);
    part(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_one_names_its_server_and_is_valid_today),
        cmocka_unit_test(the_days_may_lie_in_the_past_or_in_the_future),
        cmocka_unit_test(other_keys_are_what_they_are_called),
        cmocka_unit_test(an_old_server_speaks_the_oldest_tls_alone),
        cmocka_unit_test(a_chain_is_as_long_as_was_asked_for),
        cmocka_unit_test(it_chooses_http_2_only_where_it_is_liked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
