#include "net_test.h"

#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

/* A key and certificate for each run, in a folder of its own. */
static char dir[] = "/tmp/ajar-tls-XXXXXX";
static char cert[64], der[64], key[64];

static struct loop *loop;
static struct stream_tls *client_tls, *server_tls;
static struct side client, server;

static int make_key(void **state)
{
    (void)state;
    char command[512];
    if (!mkdtemp(dir))
        return -1;
    snprintf(cert, sizeof cert, "%s/cert.pem", dir);
    snprintf(der, sizeof der, "%s/cert.der", dir);
    snprintf(key, sizeof key, "%s/key.pem", dir);
    snprintf(command, sizeof command,
             "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
             "-subj /CN=mx.example -keyout %s -out %s 2>/dev/null && "
             "openssl x509 -in %s -outform DER -out %s",
             key, cert, cert, der);
    return system(command);
}

static int drop_key(void **state)
{
    (void)state;
    unlink(cert);
    unlink(der);
    unlink(key);
    return rmdir(dir);
}

static int set_up(void **state)
{
    (void)state;
    struct fail fail;
    int fds[2];
    loop = new_loop();
    client_tls = stream_tls_client(&fail);
    server_tls = stream_tls_server(cert, key, &fail);
    assert_non_null(client_tls);
    assert_non_null(server_tls);
    tcp_pair(fds);
    side_open(&client, loop, fds[0]);
    side_open(&server, loop, fds[1]);
    fcntl(fds[1], F_SETFL, O_NONBLOCK);
    return 0;
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

static void expect_secured(void)
{
    struct fail fail = {0};
    enum stream_state a = STREAM_AGAIN, b = STREAM_AGAIN;
    while (a == STREAM_AGAIN || b == STREAM_AGAIN) {
        a = stream_secured(client.stream, &fail);
        b = stream_secured(server.stream, &fail);
        if (a == STREAM_AGAIN && b == STREAM_AGAIN)
            run_loop(loop);
    }
    assert_int_equal(a, STREAM_OK);
    assert_int_equal(b, STREAM_OK);
}

static void secure_both(void)
{
    struct fail fail;
    assert_true(stream_secure(server.stream, server_tls, bytes_of(""), &fail));
    assert_true(stream_secure(client.stream, client_tls, bytes_of("mx.example"), &fail));
    expect_secured();
}

static enum stream_state await_secured(struct side *side, struct fail *fail)
{
    enum stream_state state;
    while ((state = stream_secured(side->stream, fail)) == STREAM_AGAIN)
        run_loop(loop);
    return state;
}

static void say(struct side *from, struct side *to, const char *text)
{
    struct fail fail;
    struct bytes got;
    assert_int_equal(stream_write(from->stream, bytes_of(text), &fail), STREAM_OK);
    assert_int_equal(await_read(to, &got, &fail), STREAM_OK);
    assert_bytes(got, text);
}

static void bytes_go_both_ways_inside_tls(void **state)
{
    (void)state;
    secure_both();
    say(&client, &server, "EHLO a\r\n");
    say(&server, &client, "250 b\r\n");
    assert_string_equal(stream_tls_version(client.stream), "TLSv1.3");
    assert_string_equal(stream_tls_cipher(client.stream), stream_tls_cipher(server.stream));
}

static void a_plain_dialogue_can_turn_to_tls(void **state)
{
    (void)state;
    say(&server, &client, "220 ready\r\n");
    say(&client, &server, "STARTTLS\r\n");
    say(&server, &client, "220 go ahead\r\n");
    assert_null(stream_tls_version(client.stream));
    secure_both();
    say(&client, &server, "EHLO again\r\n");
}

static void the_servers_certificate_is_kept_as_it_came(void **state)
{
    (void)state;
    unsigned char file[2048];
    struct buf got = buf_new(8192);
    secure_both();
    FILE *f = fopen(der, "rb");
    size_t n = fread(file, 1, sizeof file, f);
    fclose(f);
    assert_true(stream_tls_certificate(client.stream, 0, &got));
    assert_int_equal(got.n, n);
    assert_memory_equal(got.p, file, n);
    assert_false(stream_tls_certificate(client.stream, 1, &got));
    buf_free(&got);
}

static void large_writes_pass_in_both_directions_at_once(void **state)
{
    (void)state;
    enum { SIZE = 900 * 1024 };
    struct fail fail;
    struct bytes got;
    static unsigned char p[SIZE];
    size_t n[2] = {0};
    struct side *sides[2] = {&client, &server};
    secure_both();
    for (size_t i = 0; i < SIZE; i++)
        p[i] = (unsigned char)(i * 13 >> 5);
    for (int i = 0; i < 2; i++)
        assert_int_equal(stream_write(sides[i]->stream, bytes_at(p, SIZE), &fail), STREAM_OK);
    while (n[0] < SIZE || n[1] < SIZE) {
        unsigned again = 0;
        for (int i = 0; i < 2; i++) {
            enum stream_state at = stream_read(sides[i]->stream, &got, &fail);
            again += at == STREAM_AGAIN;
            if (at == STREAM_AGAIN)
                continue;
            assert_int_equal(at, STREAM_OK);
            assert_memory_equal(got.p, p + n[i], got.n);
            n[i] += got.n;
        }
        if (again == 2)
            run_loop(loop);
    }
}

static void the_closing_alert_is_an_end(void **state)
{
    (void)state;
    struct fail fail;
    struct bytes got;
    secure_both();
    assert_int_equal(stream_write(server.stream, bytes_of("bye"), &fail), STREAM_OK);
    stream_finish(server.stream);
    assert_int_equal(await_read(&client, &got, &fail), STREAM_OK);
    assert_bytes(got, "bye");
    assert_int_equal(await_read(&client, &got, &fail), STREAM_END);
}

static void garbage_in_place_of_tls_is_named(void **state)
{
    (void)state;
    struct fail fail;
    assert_true(stream_secure(client.stream, client_tls, bytes_of(""), &fail));
    assert_int_equal(stream_secured(client.stream, &fail), STREAM_AGAIN);
    assert_int_equal(stream_write(server.stream, bytes_of("220 hello there\r\n"), &fail),
                     STREAM_OK);
    assert_int_equal(await_secured(&client, &fail), STREAM_FAILED);
    assert_string_equal(fail.code, "ETLS");
    assert_string_equal(fail.text, "TLS: wrong version number");
    assert_int_equal(await_secured(&client, &fail), STREAM_FAILED);
}

static void garbage_from_a_client_is_named(void **state)
{
    (void)state;
    struct fail fail;
    assert_int_equal(stream_write(client.stream, bytes_of("GET / HTTP/1.0\r\n\r\n"), &fail),
                     STREAM_OK);
    assert_true(stream_secure(server.stream, server_tls, bytes_of(""), &fail));
    assert_int_equal(await_secured(&server, &fail), STREAM_FAILED);
    assert_string_equal(fail.text, "TLS: http request");
}

static void a_peer_that_hangs_up_in_the_handshake_is_a_failure(void **state)
{
    (void)state;
    struct fail fail;
    assert_true(stream_secure(client.stream, client_tls, bytes_of(""), &fail));
    assert_int_equal(stream_secured(client.stream, &fail), STREAM_AGAIN);
    stream_finish(server.stream);
    assert_int_equal(await_secured(&client, &fail), STREAM_FAILED);
}

static void a_silent_peer_ends_at_the_deadline(void **state)
{
    (void)state;
    struct fail fail;
    assert_true(stream_secure(client.stream, client_tls, bytes_of(""), &fail));
    stream_deadline(client.stream, loop_monotonic() + 30000);
    assert_int_equal(await_secured(&client, &fail), STREAM_FAILED);
    assert_string_equal(fail.code, "ETIMEDOUT");
}

static void a_server_that_talks_ahead_of_the_handshake_is_refused(void **state)
{
    (void)state;
    struct fail fail;
    assert_int_equal(stream_write(server.stream, bytes_of("250 injected\r\n"), &fail), STREAM_OK);
    assert_false(stream_secure(client.stream, client_tls, bytes_of(""), &fail));
    assert_string_equal(fail.code, "ETLS");
}

static void nothing_goes_in_or_out_before_the_handshake_is_done(void **state)
{
    (void)state;
    struct fail fail;
    struct bytes got;
    assert_true(stream_secure(client.stream, client_tls, bytes_of(""), &fail));
    assert_int_equal(stream_write(client.stream, bytes_of("secret"), &fail), STREAM_FAILED);
    assert_int_equal(stream_read(client.stream, &got, &fail), STREAM_FAILED);
}

/* The first message of the handshake, as the server gets it. */
static struct bytes hello_for(const char *name)
{
    struct fail fail;
    struct bytes got;
    assert_true(stream_secure(client.stream, client_tls, bytes_of(name), &fail));
    assert_int_equal(stream_secured(client.stream, &fail), STREAM_AGAIN);
    assert_int_equal(await_read(&server, &got, &fail), STREAM_OK);
    return got;
}

static void a_host_name_goes_into_the_hello(void **state)
{
    (void)state;
    assert_true(bytes_find(hello_for("mx.example"), bytes_of("mx.example")) != BYTES_NOT_FOUND);
}

static void an_address_does_not(void **state)
{
    (void)state;
    assert_true(bytes_find(hello_for("192.0.2.1"), bytes_of("192.0.2.1")) == BYTES_NOT_FOUND);
}

static void a_key_file_that_is_none_is_named(void **state)
{
    (void)state;
    struct fail fail;
    assert_null(stream_tls_server(cert, cert, &fail));
    assert_string_equal(fail.code, "ETLS");
    assert_non_null(strstr(fail.text, cert));
}

/* What a worker lives under: no new sockets, no files. */
static void confine(void)
{
    static const int forbidden[] = {SCMP_SYS(socket),  SCMP_SYS(connect), SCMP_SYS(accept),
                                    SCMP_SYS(accept4), SCMP_SYS(open),    SCMP_SYS(openat)};
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, forbidden[i], 0);
    if (seccomp_load(filter) != 0)
        _exit(2);
}

static void a_confined_process_can_do_it_all(void **state)
{
    (void)state;
    int status = 0;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        struct fail fail;
        confine();
        secure_both();
        say(&client, &server, "EHLO a\r\n");
        say(&server, &client, "250 b\r\n");
        stream_finish(client.stream);
        stream_write(server.stream, bytes_of("x"), &fail);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(bytes_go_both_ways_inside_tls),
        TEST(a_plain_dialogue_can_turn_to_tls),
        TEST(the_servers_certificate_is_kept_as_it_came),
        TEST(large_writes_pass_in_both_directions_at_once),
        TEST(the_closing_alert_is_an_end),
        TEST(garbage_in_place_of_tls_is_named),
        TEST(garbage_from_a_client_is_named),
        TEST(a_peer_that_hangs_up_in_the_handshake_is_a_failure),
        TEST(a_silent_peer_ends_at_the_deadline),
        TEST(a_server_that_talks_ahead_of_the_handshake_is_refused),
        TEST(nothing_goes_in_or_out_before_the_handshake_is_done),
        TEST(a_host_name_goes_into_the_hello),
        TEST(an_address_does_not),
        TEST(a_key_file_that_is_none_is_named),
        TEST(a_confined_process_can_do_it_all),
    };
    return cmocka_run_group_tests(tests, make_key, drop_key);
}
