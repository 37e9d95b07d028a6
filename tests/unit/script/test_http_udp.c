/* proxy/http-udp and proxy/h2-udp: our datagram through HTTP to our sink, and its answer back; a yes by itself is none. */
#include "play.h"

#include "proto/h2_server.h"
#include "proto/http_head.h"

#include <stdio.h>

#define TARGET "192.0.2.80:8080"
#define PATH   "/.well-known/masque/udp/192.0.2.99/2600/"
/* Where the port should stand there are letters of the token's. */
#define ODD_PATH "/.well-known/masque/udp/192.0.2.99/mfrggzdfmztw/"
#define REQUEST(path)                                                                              \
    "GET " path " HTTP/1.1\r\nHost: " TARGET "\r\n" AGENT                                          \
    "Connection: Upgrade\r\nUpgrade: connect-udp\r\nCapsule-Protocol: ?1\r\n\r\n"
#define YES                                                                                        \
    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: connect-udp\r\n"          \
    "Capsule-Protocol: ?1\r\n\r\n"
#define NO       "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
#define QUESTION "\0\x28\0AJAR " TOKEN "\r\n"
/* 89 bytes with the context. */
#define REPLY                                                                                      \
    "\0\x40\x59\0"                                                                                 \
    "250 AJAR " TOKEN " " ANSWER " [192.0.2.7]\r\n"

static void hears_question(void)
{
    hears_bytes(QUESTION, sizeof QUESTION - 1);
}

/* HTTP/1.1 ----------------------------------------------------------------------------------------- */

static void asked(void)
{
    probing("proxy/http-udp", TARGET);
    connects();
    hears(REQUEST(PATH));
}

static void granted(void)
{
    asked();
    says(YES);
    takes_token();
    hears_question();
}

static void control(const char *reply)
{
    connects_again();
    takes_token();
    hears(REQUEST(ODD_PATH));
    says(reply);
}

static void asked_in_vain(const char *code, const char *text)
{
    for (int i = 0; i < 3; i++) {
        if (i > 0)
            hears_question();
        fails(code, text);
    }
}

static void open_when_question_and_answer_pass(void **state)
{
    (void)state;
    granted();
    says_bytes(REPLY, sizeof REPLY - 1);
    comes_back("datagram");
    control(NO);
    concludes(VERDICT_OPEN, "token returned");
    has_proof();
    assert_non_null(strstr(buf_text(&play.steps), "\"form\":\"P6\",\"cause\":\"connect-udp\""));
    assert_non_null(strstr(buf_text(&play.steps), "its exit has another address than the target"));
    assert_non_null(strstr(buf_text(&play.steps), "control: refuses a port that is no number"));
}

/* RFC 9297, section 3.2: capsules come in pieces, and others may come before. */
static void open_by_an_answer_in_pieces_behind_other_capsules(void **state)
{
    (void)state;
    granted();
    says_bytes("\x17\0\0\3\2no\x17", 8);
    says_bytes("\0", 1);
    for (size_t i = 0; i < sizeof REPLY - 1; i++)
        says_bytes(&REPLY[i], 1);
    comes_back("datagram");
    control(NO);
    concludes(VERDICT_OPEN, "token returned");
}

static void open_when_the_answer_comes_with_the_yes(void **state)
{
    static const char both[] = YES REPLY;
    (void)state;
    asked();
    says_bytes(both, sizeof both - 1);
    takes_token();
    hears_question();
    comes_back("datagram");
    control(NO);
    concludes(VERDICT_OPEN, "token returned");
}

static void open_when_only_the_question_passes(void **state)
{
    (void)state;
    granted();
    asked_in_vain("ETIMEDOUT", "no answer in time");
    comes_back("datagram");
    control(NO);
    concludes(VERDICT_OPEN, "token returned, but its answer did not come back");
}

/* The odd yes is told; the proof stands. */
static void open_even_when_the_control_is_granted(void **state)
{
    (void)state;
    granted();
    says_bytes(REPLY, sizeof REPLY - 1);
    comes_back("datagram");
    control(YES);
    concludes(VERDICT_OPEN, "token returned");
    assert_non_null(strstr(buf_text(&play.steps), "control: says yes to a port that is no number"));
}

static void suspect_when_nothing_passes(void **state)
{
    (void)state;
    granted();
    asked_in_vain("ETIMEDOUT", "no answer in time");
    nothing_comes_back();
    control(NO);
    concludes(VERDICT_SUSPECT, "said yes, but no datagram reached our sink: no answer in time");
}

/* A server that says 101 to everything. */
static void inconclusive_when_the_control_is_granted(void **state)
{
    (void)state;
    granted();
    asked_in_vain("ETIMEDOUT", "no answer in time");
    nothing_comes_back();
    control(YES);
    concludes(VERDICT_INCONCLUSIVE, "says yes to everything, to a port that is no number as well");
}

static void inconclusive_when_it_is_an_echo(void **state)
{
    (void)state;
    granted();
    says_bytes(QUESTION, sizeof QUESTION - 1);
    nothing_comes_back();
    concludes(VERDICT_INCONCLUSIVE, "says yes, and sends datagrams back to who sent them");
}

static void inconclusive_when_no_capsules_follow(void **state)
{
    (void)state;
    granted();
    says_bytes("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 16);
    nothing_comes_back();
    concludes(
        VERDICT_INCONCLUSIVE,
        "says yes, and then carries no datagrams: a capsule longer than any that we wait for");
    granted();
    server_ends();
    nothing_comes_back();
    concludes(VERDICT_INCONCLUSIVE,
              "says yes, and then carries no datagrams: the server closed the connection");
}

static void closed_by_a_refusal(void **state)
{
    (void)state;
    asked();
    says("HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nnot here\n");
    concludes(VERDICT_CLOSED, "HTTP 404 Not Found");
    asked();
    says("HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n");
    concludes(VERDICT_CLOSED, "asks for authentication: HTTP 407 Who");
    asked();
    says("HTTP/1.1 401 Who\r\nContent-Length: 0\r\n\r\n");
    concludes(VERDICT_CLOSED, "asks for authentication: HTTP 401 Who");
    asked();
    says("HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\n\r\n");
    concludes(VERDICT_INCONCLUSIVE, "HTTP 504 Gateway Timeout");
}

static void closed_by_a_page_or_another_protocol(void **state)
{
    (void)state;
    asked();
    says("HTTP/1.1 200 OK\r\n\r\n<html>");
    concludes(VERDICT_CLOSED, "answers with a page, not with datagrams: HTTP 200 OK");
    asked();
    says("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n");
    concludes(VERDICT_CLOSED, "changes to another protocol than it was asked for: "
                              "HTTP 101 Switching Protocols");
    asked();
    says("HTTP/1.1 101 Switching Protocols\r\n\r\n");
    concludes(VERDICT_CLOSED, "changes to another protocol than it was asked for: "
                              "HTTP 101 Switching Protocols");
}

static void nobody_is_asked_for_a_port_where_our_sink_hears_nothing(void **state)
{
    (void)state;
    probing("proxy/http-udp", TARGET);
    sink_has((struct ways){.ports = {2600}, .port_count = 1, .deaf = {2600}, .deaf_count = 1});
    concludes(VERDICT_INCONCLUSIVE, "our own sink hears no datagrams");
}

/* HTTP/2 ------------------------------------------------------------------------------------------- */

/* Both halves of the connection, as our client and a server have it. */
static struct h2 *client;
static struct h2 *server;

static void feed(struct h2 *to, struct h2 *from)
{
    const char *why = "";
    assert_true(h2_feed(to, buf_view(h2_output(from)), &why));
    buf_clear(h2_output(from));
}

static void h2_hears(void)
{
    struct buf *out = h2_output(client);
    hears_bytes((const char *)out->p, out->n);
    feed(server, client);
}

static void h2_says(void)
{
    struct buf *out = h2_output(server);
    says_bytes((const char *)out->p, out->n);
    feed(client, server);
}

static void h2_ends(void)
{
    h2_free(client);
    h2_free(server);
    client = server = NULL;
}

static void h2_begins(bool extended)
{
    h2_ends();
    client = h2_new();
    server = h2_serve(extended);
    h2_hears();
    h2_says();
    h2_hears(); /* the acknowledgement */
}

static void h2_is_asked(const char *path)
{
    struct h2_request r = {.authority = bytes_of(TARGET),
                           .user_agent = bytes_of("ajar (https://p.example/)"),
                           .protocol = bytes_of("connect-udp"),
                           .path = bytes_of(path),
                           .capsules = true};
    assert_true(h2_connect(client, &r));
    h2_hears();
}

static void h2_is_answered(const char *status, const char *name, const char *value)
{
    struct h2_field field = {bytes_of(name), bytes_of(value)};
    assert_true(h2_respond(server, bytes_of(status), &field, 1));
    h2_says();
}

static void h2_granted(void)
{
    probing("proxy/h2-udp", TARGET);
    connects();
    h2_begins(true);
    h2_is_asked(PATH);
    h2_is_answered("200", "capsule-protocol", "?1");
    takes_token();
    assert_true(h2_say(client, bytes_at(QUESTION, sizeof QUESTION - 1)));
    h2_hears();
}

static void h2_control(const char *status)
{
    connects_again();
    h2_begins(true);
    takes_token();
    h2_is_asked(ODD_PATH);
    h2_is_answered(status, "server", "sim");
}

static void open_over_http_2(void **state)
{
    (void)state;
    h2_granted();
    assert_true(h2_say(server, bytes_at(REPLY, sizeof REPLY - 1)));
    h2_says();
    comes_back("datagram");
    h2_control("400");
    concludes(VERDICT_OPEN, "token returned");
    has_proof();
    h2_ends();
}

static void inconclusive_over_http_2_when_the_control_is_granted(void **state)
{
    (void)state;
    h2_granted();
    for (int i = 0; i < 3; i++) {
        fails("ETIMEDOUT", "no answer in time");
        if (i < 2) {
            assert_true(h2_say(client, bytes_at(QUESTION, sizeof QUESTION - 1)));
            h2_hears();
        }
    }
    nothing_comes_back();
    h2_control("200");
    concludes(VERDICT_INCONCLUSIVE, "says yes to everything, to a port that is no number as well");
    h2_ends();
}

static void closed_over_http_2_without_extended_connect(void **state)
{
    (void)state;
    probing("proxy/h2-udp", TARGET);
    connects();
    h2_begins(false);
    concludes(VERDICT_CLOSED, "offers no extended CONNECT");
    h2_ends();
}

/* RFC 9297, section 3.2: such a field means that no capsules follow. */
static void closed_over_http_2_by_a_page(void **state)
{
    (void)state;
    probing("proxy/h2-udp", TARGET);
    connects();
    h2_begins(true);
    h2_is_asked(PATH);
    h2_is_answered("200", "content-type", "text/html");
    takes_token();
    assert_true(h2_say(client, bytes_at(QUESTION, sizeof QUESTION - 1)));
    h2_hears();
    server_ends();
    nothing_comes_back();
    concludes(VERDICT_CLOSED, "answers with a page, not with datagrams: HTTP/2 200");
    h2_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(open_when_question_and_answer_pass, end_play),
        cmocka_unit_test_teardown(open_by_an_answer_in_pieces_behind_other_capsules, end_play),
        cmocka_unit_test_teardown(open_when_the_answer_comes_with_the_yes, end_play),
        cmocka_unit_test_teardown(open_when_only_the_question_passes, end_play),
        cmocka_unit_test_teardown(open_even_when_the_control_is_granted, end_play),
        cmocka_unit_test_teardown(suspect_when_nothing_passes, end_play),
        cmocka_unit_test_teardown(inconclusive_when_the_control_is_granted, end_play),
        cmocka_unit_test_teardown(inconclusive_when_it_is_an_echo, end_play),
        cmocka_unit_test_teardown(inconclusive_when_no_capsules_follow, end_play),
        cmocka_unit_test_teardown(closed_by_a_refusal, end_play),
        cmocka_unit_test_teardown(closed_by_a_page_or_another_protocol, end_play),
        cmocka_unit_test_teardown(nobody_is_asked_for_a_port_where_our_sink_hears_nothing,
                                  end_play),
        cmocka_unit_test_teardown(open_over_http_2, end_play),
        cmocka_unit_test_teardown(inconclusive_over_http_2_when_the_control_is_granted, end_play),
        cmocka_unit_test_teardown(closed_over_http_2_without_extended_connect, end_play),
        cmocka_unit_test_teardown(closed_over_http_2_by_a_page, end_play),
    };
    return cmocka_run_group_tests(tests, load_probes, free_probes);
}
