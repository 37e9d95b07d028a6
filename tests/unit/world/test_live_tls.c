/* TLS in both worlds: what the handshake gave stands on the tape, and gives the same again. */
#include "stage.h"

static char dir[] = "/tmp/ajar-live-tls-XXXXXX";
static char cert[64], key[64];

static struct stream_tls *client_tls, *server_tls;
static struct stream *server;

static int make_key(void **state)
{
    (void)state;
    char command[400];
    if (!mkdtemp(dir))
        return -1;
    snprintf(cert, sizeof cert, "%s/cert.pem", dir);
    snprintf(key, sizeof key, "%s/key.pem", dir);
    snprintf(command, sizeof command,
             "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
             "-subj /CN=mx.example -keyout %s -out %s 2>/dev/null",
             key, cert);
    return system(command);
}

static int drop_key(void **state)
{
    (void)state;
    unlink(cert);
    unlink(key);
    return rmdir(dir);
}

static int begin(void **state)
{
    struct fail fail;
    stage_begin(state);
    client_tls = stream_tls_client(&fail);
    server_tls = stream_tls_server(cert, key, &fail);
    stage.services.tls = client_tls;
    return client_tls && server_tls ? 0 : -1;
}

static int end(void **state)
{
    stage_end(state);
    stream_tls_free(client_tls);
    stream_tls_free(server_tls);
    return 0;
}

/* The server's half of the handshake goes on by itself, and then it says this. */
static void on_server(void *arg)
{
    struct fail fail;
    (void)arg;
    if (server && stream_secured(server, &fail) == STREAM_OK)
        stream_write(server, bytes_of("220 inside\r\n"), &fail);
}

static void server_secures(void)
{
    struct fail fail;
    if (!stage.live)
        return;
    fcntl(stage.peer, F_SETFL, O_NONBLOCK);
    server = stream_new(stage.loop, stage.peer, on_server, NULL);
    stage.peer = -1;
    assert_true(stream_secure(server, server_tls, bytes_of(""), &fail));
    on_server(NULL);
}

static void server_ends(void)
{
    if (stage.live)
        stream_free(server);
    server = NULL;
}

static void handshake(struct world *w)
{
    unsigned conn = does_connect(w);
    server_secures();
    assert_true(does_secure(w, conn, "mx.example"));
    assert_true(does_secured(w, conn, 5));
    does_receive_all(w, conn, 12);
    does_send(w, conn, "EHLO me\r\n");
    does_close(w, conn);
    server_ends();
}

static void a_handshake_and_what_is_said_inside(void **state)
{
    (void)state;
    plays_twice(handshake);
    log_has("secured: ready");
    log_has("receive: 220 inside");
}

static void tape_has(const char *text)
{
    struct buf tape = buf_new(TAPE_LIMIT);
    assert_true(live_records(stage.live, &tape));
    assert_non_null(memmem(tape.p, tape.n, text, strlen(text)));
    buf_free(&tape);
}

static void the_certificate_stands_on_the_tape(void **state)
{
    (void)state;
    stage_live();
    handshake(live_world(stage.live));
    tape_has("\"version\":\"TLSv1.3\"");
    tape_has("\"chain\":[\"MII");
    tape_has("\"op\":\"secure\",\"c\":1,\"data\":\"mx.example\"");
}

static void garbage(struct world *w)
{
    unsigned conn = does_connect(w);
    assert_true(does_secure(w, conn, ""));
    server_says("454 TLS not available\r\n");
    assert_false(does_secured(w, conn, 5));
    does_close(w, conn);
}

static void a_server_that_speaks_no_tls(void **state)
{
    (void)state;
    plays_twice(garbage);
    log_has("secured: ETLS, ");
}

static void silence(struct world *w)
{
    unsigned conn = does_connect(w);
    assert_true(does_secure(w, conn, "mx.example"));
    assert_false(does_secured(w, conn, 0.05));
    does_close(w, conn);
}

static void a_handshake_that_does_not_come(void **state)
{
    (void)state;
    plays_twice(silence);
    log_has("secured: ETIMEDOUT, ");
}

static void hang_up(struct world *w)
{
    unsigned conn = does_connect(w);
    assert_true(does_secure(w, conn, "mx.example"));
    server_closes();
    assert_false(does_secured(w, conn, 5));
    does_receive(w, conn, 5);
    does_close(w, conn);
}

static void a_server_that_hangs_up_in_the_handshake(void **state)
{
    (void)state;
    plays_twice(hang_up);
    log_has("secured: E");
}

/* What was said in plain text ahead of the handshake was injected (RFC 3207, section 5). */
static void injected(struct world *w)
{
    unsigned conn = does_connect(w);
    server_says("220 go\r\n250 injected\r\n");
    does_receive_all(w, conn, 22);
    buf_drop(world_input(w, conn), 8);
    assert_false(does_secure(w, conn, ""));
    does_close(w, conn);
}

static void plain_text_ahead_of_the_handshake(void **state)
{
    (void)state;
    plays_twice(injected);
    log_has("secure: EPROTO, the server sent plain text ahead of the TLS handshake");
}

static void without_tls_there_is_none(void **state)
{
    (void)state;
    stage.services.tls = NULL;
    stage_live();
    struct world *w = live_world(stage.live);
    assert_false(does_secure(w, does_connect(w), ""));
    log_has("secure: ENOTSUP");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(a_handshake_and_what_is_said_inside),
        TEST(the_certificate_stands_on_the_tape),
        TEST(a_server_that_speaks_no_tls),
        TEST(a_handshake_that_does_not_come),
        TEST(a_server_that_hangs_up_in_the_handshake),
        TEST(plain_text_ahead_of_the_handshake),
        TEST(without_tls_there_is_none),
    };
    return cmocka_run_group_tests(tests, make_key, drop_key);
}
