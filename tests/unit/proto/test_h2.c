/* One tunnel over HTTP/2: what is asked, and what the answer's frames say. */
#include "proto/h2.h"
#include "proto/http_head.h"

#include "exact.h"

#define SETTINGS      "\0\0\0\x04\0\0\0\0\0"
#define SETTINGS_8441 "\0\0\x06\x04\0\0\0\0\0\0\x08\0\0\0\x01"
#define STATUS_200    "\0\0\x01\x01\x04\0\0\0\x01\x88"
#define STATUS_404    "\0\0\x01\x01\x05\0\0\0\x01\x8d"
#define DATA_HELLO    "\0\0\x06\0\0\0\0\0\x01hello\n"
#define RESET_CONNECT "\0\0\x04\x03\0\0\0\0\x01\0\0\0\x0a"
#define GOAWAY        "\0\0\x08\x07\0\0\0\0\0\0\0\0\0\0\0\0\x0d"
/* 407 with "proxy-authenticate: Basic", both as literals that are not indexed. */
#define STATUS_407                                                                                 \
    "\0\0\x13\x01\x05\0\0\0\x01\x08\x03"                                                           \
    "407"                                                                                          \
    "\x0f\x21\x05"                                                                                 \
    "Basic"                                                                                        \
    "\0\x01"                                                                                       \
    "a"                                                                                            \
    "\x01"                                                                                         \
    "b"

static bool feed(struct h2 *h, const char *p, size_t n)
{
    const char *why = "";
    return h2_feed(h, bytes_at(p, n), &why);
}

#define FEED(h, bytes) feed(h, bytes, sizeof(bytes) - 1)

static bool holds(struct bytes in, const char *p, size_t n)
{
    return memmem(in.p, in.n, p, n) != NULL;
}

/* A client that has asked for a tunnel; its preface and settings are out. */
static struct h2 *asked(const char *protocol)
{
    struct h2 *h = h2_new();
    struct h2_request r = {.authority = bytes_of("192.0.2.99:2600"),
                           .user_agent = bytes_of("ajar"),
                           .protocol = bytes_of(protocol),
                           .path = bytes_of("/token")};
    assert_non_null(h);
    assert_true(h2_connect(h, &r));
    return h;
}

static void it_begins_with_the_preface(void **state)
{
    struct h2 *h = h2_new();
    static const char preface[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\x0c\x04\0\0\0\0\0";
    (void)state;
    assert_true(h2_output(h)->n > sizeof preface - 1);
    assert_memory_equal(h2_output(h)->p, preface, sizeof preface - 1);
    h2_free(h);
}

static void the_settings_are_acknowledged(void **state)
{
    struct h2 *h = h2_new();
    (void)state;
    assert_false(h2_has_settings(h));
    buf_clear(h2_output(h));
    assert_true(FEED(h, SETTINGS));
    assert_true(h2_has_settings(h));
    assert_false(h2_is_extended(h));
    assert_true(holds(buf_view(h2_output(h)), "\0\0\0\x04\x01\0\0\0\0", 9));
    h2_free(h);
}

static void a_server_says_that_it_knows_extended_connect(void **state)
{
    struct h2 *h = h2_new();
    (void)state;
    assert_true(FEED(h, SETTINGS_8441));
    assert_true(h2_is_extended(h));
    h2_free(h);
}

static void a_tunnel_is_granted_and_carries_bytes_both_ways(void **state)
{
    struct h2 *h = asked("");
    (void)state;
    assert_false(h2_connect(h, &(struct h2_request){.authority = bytes_of("again")}));
    assert_int_equal(h2_answer(h).code, 0);
    assert_true(FEED(h, SETTINGS STATUS_200));
    assert_int_equal(h2_answer(h).code, 200);
    assert_false(h2_answer(h).ended);
    buf_clear(h2_output(h));
    assert_true(h2_say(h, bytes_of("AJAR\r\n")));
    assert_true(holds(buf_view(h2_output(h)),
                      "\0\0\x06\0\0\0\0\0\x01"
                      "AJAR\r\n",
                      15));
    assert_true(FEED(h, DATA_HELLO));
    assert_bytes(buf_view(h2_heard(h)), "hello\n");
    h2_free(h);
}

static void what_comes_in_pieces_is_the_same(void **state)
{
    static const char all[] = SETTINGS STATUS_200 DATA_HELLO;
    struct h2 *h = asked("");
    (void)state;
    for (size_t i = 0; i + 1 < sizeof all; i++)
        assert_true(feed(h, all + i, 1));
    assert_int_equal(h2_answer(h).code, 200);
    assert_bytes(buf_view(h2_heard(h)), "hello\n");
    h2_free(h);
}

static void an_extended_request_is_sent(void **state)
{
    struct h2 *h = asked("websocket");
    (void)state;
    assert_true(FEED(h, SETTINGS_8441 STATUS_200));
    assert_int_equal(h2_answer(h).code, 200);
    h2_free(h);
}

static void a_refusal_ends_the_stream(void **state)
{
    struct h2 *h = asked("");
    (void)state;
    assert_true(FEED(h, SETTINGS STATUS_404));
    assert_int_equal(h2_answer(h).code, 404);
    assert_true(h2_answer(h).ended);
    assert_false(h2_say(h, bytes_of("x")));
    h2_free(h);
}

static void fields_of_the_answer_can_be_found(void **state)
{
    struct h2 *h = asked("");
    struct bytes value;
    (void)state;
    assert_true(FEED(h, SETTINGS STATUS_407));
    assert_int_equal(h2_answer(h).code, 407);
    assert_true(http_field(h2_answer(h).fields, "Proxy-Authenticate", 0, &value));
    assert_bytes(value, "Basic");
    h2_free(h);
}

static void a_reset_says_why(void **state)
{
    struct h2 *h = asked("");
    (void)state;
    assert_true(FEED(h, SETTINGS RESET_CONNECT));
    assert_true(h2_answer(h).ended);
    assert_int_equal(h2_answer(h).error, 0xa);
    h2_free(h);
}

static void goodbye_ends_it(void **state)
{
    struct h2 *h = asked("");
    (void)state;
    assert_true(FEED(h, SETTINGS GOAWAY));
    assert_true(h2_answer(h).ended);
    assert_int_equal(h2_answer(h).error, 0xd);
    h2_free(h);
}

static void other_protocols_are_not_http_2(void **state)
{
    struct h2 *h = asked("");
    (void)state;
    assert_false(FEED(h, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"));
    h2_free(h);
    h = asked("");
    assert_false(FEED(h, "220 mail.example ESMTP Postfix\r\n"));
    h2_free(h);
}

static void a_flood_of_frames_is_ended(void **state)
{
    static const char ping[] = "\0\0\x08\x06\x01\0\0\0\0"
                               "12345678";
    struct h2 *h = asked("");
    unsigned n = 0;
    (void)state;
    assert_true(FEED(h, SETTINGS));
    while (n <= H2_FRAMES && feed(h, ping, sizeof ping - 1))
        n++;
    assert_true(n < H2_FRAMES);
    h2_free(h);
}

static void an_authority_with_a_line_end_is_not_sent(void **state)
{
    struct h2 *h = h2_new();
    struct h2_request r = {.authority = bytes_of("a\r\nb"), .user_agent = bytes_of("ajar")};
    (void)state;
    assert_false(h2_connect(h, &r));
    h2_free(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_begins_with_the_preface),
        cmocka_unit_test(the_settings_are_acknowledged),
        cmocka_unit_test(a_server_says_that_it_knows_extended_connect),
        cmocka_unit_test(a_tunnel_is_granted_and_carries_bytes_both_ways),
        cmocka_unit_test(what_comes_in_pieces_is_the_same),
        cmocka_unit_test(an_extended_request_is_sent),
        cmocka_unit_test(a_refusal_ends_the_stream),
        cmocka_unit_test(fields_of_the_answer_can_be_found),
        cmocka_unit_test(a_reset_says_why),
        cmocka_unit_test(goodbye_ends_it),
        cmocka_unit_test(other_protocols_are_not_http_2),
        cmocka_unit_test(a_flood_of_frames_is_ended),
        cmocka_unit_test(an_authority_with_a_line_end_is_not_sent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
