/* TLS to a peer that must be who it is said to be. */
#include "net_test.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

static char dir[] = "/tmp/ajar-verified-XXXXXX";

static struct loop *loop;
static struct stream_tls *client_tls, *server_tls;
static struct side client, server;

static const char *in_dir(const char *name)
{
    static char paths[4][96];
    static unsigned next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", dir, name);
    return path;
}

/* An authority, another one, and a server's certificates: for a name, for an address, and one of yesterday. */
static int make_keys(void **state)
{
    char command[2000];
    (void)state;
    if (!mkdtemp(dir))
        return -1;
    snprintf(command, sizeof command,
             "cd %s && new='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes' && "
             "for ca in ca other; do openssl req -x509 $new -days 2 -subj /CN=$ca -keyout $ca.key "
             "-out $ca.pem; done && "
             "openssl req $new -subj /CN=x -keyout key.pem -out csr && "
             "sign() { echo \"$2\" >ext && openssl x509 -req -in csr -CA ca.pem -CAkey ca.key "
             "-extfile ext $3 -out $1; } && "
             "sign name.pem subjectAltName=DNS:mx.example '-days 2' && "
             "sign address.pem subjectAltName=IP:127.0.0.1 '-days 2' && "
             "sign old.pem subjectAltName=DNS:mx.example '-days -1'",
             dir);
    char quiet[2100];
    snprintf(quiet, sizeof quiet, "{ %s; } >/dev/null 2>&1", command);
    return system(quiet);
}

static int drop_keys(void **state)
{
    char command[100];
    (void)state;
    snprintf(command, sizeof command, "rm -r %s", dir);
    return system(command);
}

static int tear_down(void **state)
{
    (void)state;
    stream_free(client.stream);
    stream_free(server.stream);
    stream_tls_free(client_tls);
    stream_tls_free(server_tls);
    loop_free(loop);
    return 0;
}

static void begin(const char *certificate, const char *authority, const char *host)
{
    struct fail fail;
    int fds[2];
    loop = new_loop();
    client_tls = stream_tls_verified(in_dir(authority), host, &fail);
    server_tls = stream_tls_server(in_dir(certificate), in_dir("key.pem"), &fail);
    if (!client_tls || !server_tls)
        fail_msg("%s", fail.text);
    tcp_pair(fds);
    side_open(&client, loop, fds[0]);
    side_open(&server, loop, fds[1]);
    fcntl(fds[1], F_SETFL, O_NONBLOCK);
    assert_true(stream_secure(server.stream, server_tls, bytes_of(""), &fail));
    assert_true(stream_secure(client.stream, client_tls, bytes_of(host), &fail));
}

/* How the handshake ends for the client. */
static enum stream_state shake_hands(struct fail *fail)
{
    struct fail ignored;
    enum stream_state a = STREAM_AGAIN, b = STREAM_AGAIN;
    while (a == STREAM_AGAIN) {
        a = stream_secured(client.stream, fail);
        if (b == STREAM_AGAIN)
            b = stream_secured(server.stream, &ignored);
        if (a == STREAM_AGAIN && b == STREAM_AGAIN)
            run_loop(loop);
    }
    return a;
}

static void assert_verified(const char *certificate, const char *authority, const char *host)
{
    struct fail fail = {0};
    begin(certificate, authority, host);
    if (shake_hands(&fail) != STREAM_OK)
        fail_msg("%s", fail.text);
}

static void assert_refused(const char *certificate, const char *authority, const char *host,
                           const char *why)
{
    struct fail fail = {0};
    begin(certificate, authority, host);
    assert_int_equal(shake_hands(&fail), STREAM_FAILED);
    assert_string_equal(fail.code, "ETLS");
    assert_string_equal(fail.text, why);
}

static void a_name_from_a_trusted_authority_holds(void **state)
{
    (void)state;
    assert_verified("name.pem", "ca.pem", "mx.example");
}

static void so_does_an_address(void **state)
{
    (void)state;
    assert_verified("address.pem", "ca.pem", "127.0.0.1");
}

static void another_authority_does_not(void **state)
{
    (void)state;
    assert_refused("name.pem", "other.pem", "mx.example",
                   "TLS: unable to get local issuer certificate");
}

static void another_name_does_not(void **state)
{
    (void)state;
    assert_refused("name.pem", "ca.pem", "mail.example", "TLS: hostname mismatch");
}

static void another_address_does_not(void **state)
{
    (void)state;
    assert_refused("address.pem", "ca.pem", "127.0.0.2", "TLS: IP address mismatch");
}

static void a_certificate_of_yesterday_does_not(void **state)
{
    (void)state;
    assert_refused("old.pem", "ca.pem", "mx.example", "TLS: certificate has expired");
}

static void a_file_without_authorities_is_named(void **state)
{
    struct fail fail;
    (void)state;
    assert_null(stream_tls_verified(in_dir("key.pem"), "mx.example", &fail));
    assert_non_null(strstr(fail.text, "key.pem: no certificates of authorities can be read there"));
    assert_null(stream_tls_verified(in_dir("none"), "mx.example", &fail));
    loop = NULL;
    client = server = (struct side){0};
    client_tls = server_tls = NULL;
}

#define TEST(name) cmocka_unit_test_teardown(name, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_name_from_a_trusted_authority_holds),
        TEST(so_does_an_address),
        TEST(another_authority_does_not),
        TEST(another_name_does_not),
        TEST(another_address_does_not),
        TEST(a_certificate_of_yesterday_does_not),
        cmocka_unit_test(a_file_without_authorities_is_named),
    };
    return cmocka_run_group_tests(tests, make_keys, drop_keys);
}
