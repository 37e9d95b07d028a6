/* The proxy probes: a yes is proven by what comes back, and a page is no tunnel. */
#include "play.h"

#include <stdio.h>

#define HOST_AND_AGENT "Host: " SINK "\r\nUser-Agent: ajar (https://p.example/)\r\n\r\n"
#define CONNECT        "CONNECT " SINK " HTTP/1.1\r\n" HOST_AND_AGENT
#define GET            "GET http://" SINK "/" TOKEN " HTTP/1.1\r\n" HOST_AND_AGENT
#define QUESTION       "AJAR " TOKEN "\r\n"
#define REPLY          "250 AJAR " TOKEN " " ANSWER " 2026-11-24T02:10:16.123456Z\r\n"
/* The same for the control: a port of the sink's that is closed. */
#define CLOSED      "192.0.2.99:1"
#define CLOSED_MORE "Host: " CLOSED "\r\nUser-Agent: ajar (https://p.example/)\r\n\r\n"
#define NO          "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
#define YES         "HTTP/1.1 200 Connection established\r\n\r\n"

/* Another connection in place of the last. */
static void asked(const char *probe)
{
    probing(probe, "192.0.2.80:3128");
    takes_token();
    connects();
}

/* The control is asked on another connection. */
static void control(const char *request, const char *reply)
{
    connects_again();
    takes_token();
    hears(request);
    says(reply);
}

/* CONNECT once more, with HTTP/1.0 and an empty line of its own. */
static void asks_old_connect(void)
{
    writes((struct record){.op = RECORD_NOTE, .data = bytes_of("once more with HTTP/1.0")});
    connects_again();
    hears("CONNECT " SINK " HTTP/1.0\r\nUser-Agent: ajar (https://p.example/)\r\n\r\n");
    writes((struct record){.op = RECORD_PAUSED});
    hears("\r\n");
}

static void old_connect_ends(void)
{
    asks_old_connect();
    server_ends();
}

/* Every proxy probe: no connection, silence, an end. */
static void ends_without_an_answer(const char *probe, void (*request)(void))
{
    bool looks_at_the_sink = strcmp(probe, "proxy/http-get") == 0;
    bool tries_again = strcmp(probe, "proxy/http-connect") == 0;
    probing(probe, "192.0.2.80:3128");
    takes_token();
    opens();
    fails("ECONNREFUSED", "192.0.2.80:3128: Connection refused");
    concludes(VERDICT_UNREACHABLE, "192.0.2.80:3128: Connection refused");
    request();
    fails("ETIMEDOUT", "no answer in time");
    if (looks_at_the_sink)
        nothing_comes_back();
    if (tries_again) {
        hears("\r\n");
        fails("ETIMEDOUT", "no answer in time");
    }
    concludes(VERDICT_INCONCLUSIVE, "no answer in time");
    request();
    server_ends();
    if (looks_at_the_sink)
        nothing_comes_back();
    if (tries_again)
        old_connect_ends();
    concludes(VERDICT_INCONCLUSIVE, "the server closed the connection");
    probing(probe, "192.0.2.80:3128");
    takes_token();
    opens();
    fails("EDENIED", "192.0.2.80 is denied");
    concludes(VERDICT_ERROR, "192.0.2.80 is denied");
}

/* HTTP CONNECT ------------------------------------------------------------------------------------- */

static void asks_connect(void)
{
    asked("proxy/http-connect");
    hears(CONNECT);
}

static void connect_granted(void)
{
    asks_connect();
    says(YES);
    hears(QUESTION);
}

static void connect_control(const char *reply)
{
    control("CONNECT " CLOSED " HTTP/1.1\r\n" CLOSED_MORE, reply);
}

static void asks_a_method_that_does_not_exist(const char *reply)
{
    takes_token();
    connects_again();
    hears("MFRGGZDFMZTW " SINK " HTTP/1.1\r\n" HOST_AND_AGENT);
    says(reply);
}

static void connect_is_open_when_question_and_answer_pass(void **state)
{
    (void)state;
    connect_granted();
    says("220 the sink\r\n" REPLY);
    comes_back("line");
    connect_control(NO);
    concludes(VERDICT_OPEN, "token returned");
    has_proof();
    has_steps("[{\"line\":6,\"say\":\"the target says yes: HTTP 200 Connection established\"},"
              "{\"line\":8,\"say\":\"the sink's answer came back through the target\"},"
              "{\"line\":9,\"say\":\"our question reached our sink from 192.0.2.7:9\"},"
              "{\"line\":9,\"say\":\"its exit has another address than the target: 192.0.2.7\"},"
              "{\"line\":15,\"say\":\"control: refuses a port of ours that is closed: "
              "HTTP 403 Forbidden\"}]");
}

/* Proof is proof, but the odd control is told. */
static void connect_is_open_even_when_the_control_is_granted(void **state)
{
    (void)state;
    connect_granted();
    says(REPLY);
    comes_back("line");
    connect_control(YES);
    concludes(VERDICT_OPEN, "token returned");
    has_proof();
    assert_non_null(strstr(buf_text(&play.steps), "control: says yes to a port of ours that is "
                                                  "closed: HTTP 200"));
}

static void connect_is_open_when_only_the_question_passes(void **state)
{
    (void)state;
    connect_granted();
    server_ends();
    comes_back("line");
    connect_control(NO);
    concludes(VERDICT_OPEN, "token returned, but its answer did not come back");
}

static void connect_is_open_when_the_answer_is_changed(void **state)
{
    (void)state;
    connect_granted();
    says("250 AJAR " TOKEN " 00000000000000000000000000000000 x\r\n");
    comes_back("line");
    connect_control(NO);
    concludes(VERDICT_OPEN, "token returned, with a changed answer");
}

static void connect_is_suspect_when_nothing_passes(void **state)
{
    (void)state;
    connect_granted();
    fails("ETIMEDOUT", "no answer in time");
    nothing_comes_back();
    connect_control(NO);
    asks_a_method_that_does_not_exist(NO);
    concludes(VERDICT_SUSPECT, "said yes, but is no way to our sink: no answer in time");
    assert_false(play.has_proof);
    connect_granted();
    server_ends();
    nothing_comes_back();
    connect_control(NO);
    asks_a_method_that_does_not_exist(NO);
    concludes(VERDICT_SUSPECT,
              "said yes, but is no way to our sink: the server closed the connection");
}

/* No control could be asked, or no time was left for what should come: that accuses nobody. */
static void connect_is_inconclusive_when_the_probes_own_time_is_up(void **state)
{
    (void)state;
    connect_granted();
    server_ends();
    nothing_comes_back();
    connects_again();
    takes_token();
    hears("CONNECT " CLOSED " HTTP/1.1\r\n" CLOSED_MORE);
    fails("ETIME", "no answer in time");
    hears("\r\n");
    fails("ETIME", "no answer in time");
    asks_a_method_that_does_not_exist(NO);
    concludes(VERDICT_INCONCLUSIVE, "said yes, but is no way to our sink: the server closed the "
                                    "connection: the probe's own time is up");
}

/* What says yes to nonsense has said nothing. */
static void connect_is_inconclusive_when_all_is_granted(void **state)
{
    (void)state;
    connect_granted();
    says(QUESTION QUESTION QUESTION QUESTION QUESTION QUESTION QUESTION QUESTION QUESTION QUESTION
             QUESTION QUESTION QUESTION QUESTION QUESTION QUESTION QUESTION QUESTION QUESTION
                 QUESTION QUESTION);
    nothing_comes_back();
    connect_control(YES);
    concludes(VERDICT_INCONCLUSIVE,
              "says yes to everything, to a port of ours that is closed as well");
    connect_granted();
    server_ends();
    nothing_comes_back();
    connect_control(NO);
    asks_a_method_that_does_not_exist(YES);
    concludes(VERDICT_INCONCLUSIVE,
              "says yes to everything, to a method that does not exist as well");
}

/* Some proxies say that their tunnel is 0 bytes long. */
static void connect_is_a_tunnel_with_a_length_of_nothing(void **state)
{
    (void)state;
    asks_connect();
    says("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    hears(QUESTION);
    says(REPLY);
    comes_back("line");
    connect_control(NO);
    concludes(VERDICT_OPEN, "token returned");
}

static void connect_is_tried_as_1_0_where_1_1_is_not_understood(void **state)
{
    (void)state;
    asks_connect();
    says("HTTP/1.0 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    asks_old_connect();
    says(YES);
    hears(QUESTION);
    says(REPLY);
    comes_back("line");
    connects_again();
    takes_token();
    hears("CONNECT " CLOSED " HTTP/1.0\r\nUser-Agent: ajar (https://p.example/)\r\n\r\n");
    writes((struct record){.op = RECORD_PAUSED});
    hears("\r\n");
    says(NO);
    concludes(VERDICT_OPEN, "token returned");
    asks_connect();
    says("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    old_connect_ends();
    concludes(VERDICT_CLOSED, "HTTP 400 Bad Request");
}

/* A proxy that waits for one more line gets it where it stays silent. */
static void connect_sends_an_empty_line_into_silence(void **state)
{
    (void)state;
    asks_connect();
    fails("ETIMEDOUT", "no answer in time");
    hears("\r\n");
    says(NO);
    concludes(VERDICT_CLOSED, "HTTP 403 Forbidden");
}

static void connect_is_closed_by_a_page(void **state)
{
    (void)state;
    asks_connect();
    says("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    hears(QUESTION);
    server_ends(); /* behind half a line, */
    server_ends(); /* and when asked again */
    nothing_comes_back();
    concludes(VERDICT_CLOSED, "answers CONNECT with a page, not a tunnel: HTTP 200 OK");
    asks_connect();
    says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    hears(QUESTION);
    server_ends();
    nothing_comes_back();
    concludes(VERDICT_CLOSED, "answers CONNECT with a page, not a tunnel: HTTP 200 OK");
}

/* RFC 9110, section 9.3.6: in a yes to CONNECT such fields mean nothing. */
static void connect_is_open_by_its_token_whatever_the_answers_length(void **state)
{
    (void)state;
    asks_connect();
    says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    hears(QUESTION);
    says(REPLY);
    comes_back("line");
    connects_again();
    takes_token();
    hears("CONNECT 192.0.2.99:1 HTTP/1.1\r\nHost: 192.0.2.99:1\r\n"
          "User-Agent: ajar (https://p.example/)\r\n\r\n");
    says(NO);
    concludes(VERDICT_OPEN, "token returned");
    has_proof();
}

static void connect_is_closed_by_a_refusal(void **state)
{
    (void)state;
    asks_connect();
    says("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    concludes(VERDICT_CLOSED, "HTTP 403 Forbidden");
    has_steps("[{\"line\":6,\"say\":\"HTTP 403 Forbidden\"}]");
}

static void connect_is_closed_when_it_asks_for_authentication(void **state)
{
    (void)state;
    asks_connect();
    says("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=x\r\n"
         "Content-Length: 0\r\n\r\n");
    concludes(VERDICT_CLOSED, "asks for authentication: HTTP 407 Proxy Authentication Required");
    has_steps("[{\"line\":6,\"say\":\"it asks for: Basic realm=x\"},"
              "{\"line\":6,\"say\":\"HTTP 407 Proxy Authentication Required\"}]");
}

static void connect_is_inconclusive_when_the_proxy_has_trouble(void **state)
{
    (void)state;
    asks_connect();
    says("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
    concludes(VERDICT_INCONCLUSIVE, "HTTP 503 Service Unavailable");
}

static void connect_is_inconclusive_when_it_is_no_http(void **state)
{
    (void)state;
    asks_connect();
    says("220 mx.example ESMTP\r\n");
    concludes(VERDICT_INCONCLUSIVE, "not an HTTP/1 response");
    ends_without_an_answer("proxy/http-connect", asks_connect);
}

/* HTTP GET ----------------------------------------------------------------------------------------- */

#define OWN_PAGE "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhm"

static void asks_get(void)
{
    asked("proxy/http-get");
    hears(GET);
}

static void get_control(void)
{
    control("GET http://" CLOSED "/" TOKEN " HTTP/1.1\r\n" CLOSED_MORE, NO);
}

static void get_is_open_when_our_page_comes_back(void **state)
{
    (void)state;
    asks_get();
    says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
         "73\r\nAJAR " TOKEN " " ANSWER
         " [192.0.2.7]\nGot Via: 1.1 some.proxy.example\n\r\n0\r\n\r\n");
    comes_back("http");
    get_control();
    concludes(VERDICT_OPEN, "token returned");
    has_proof();
    has_steps(
        "[{\"line\":6,\"say\":\"the sink's page came back through the target: HTTP 200 OK\"},"
        "{\"line\":6,\"say\":\"the target added to our request: Via: 1.1 some.proxy.example\"},"
        "{\"line\":7,\"say\":\"our request reached our sink from 192.0.2.7:9\"},"
        "{\"line\":7,\"say\":\"its exit has another address than the target: 192.0.2.7\"},"
        "{\"line\":13,\"say\":\"control: refuses a port of ours that is closed: "
        "HTTP 403 Forbidden\"}]");
}

#define ELSEWHERE "our request reached our sink from another address, 192.0.2.7, and "
#define VISITED                                                                                    \
    ELSEWHERE "our sink's answer did not come back (something may visit, or repeat, what it sees " \
              "in requests): "

/* A scanner may visit what stands in requests: the answer is what a proxy is for. */
static void get_is_inconclusive_when_only_the_request_passes(void **state)
{
    (void)state;
    asks_get();
    says(OWN_PAGE);
    comes_back("http");
    get_control();
    concludes(VERDICT_INCONCLUSIVE, VISITED "it answers with HTTP 200 OK");
    assert_false(play.has_proof);
}

static void get_is_inconclusive_when_something_visits_and_a_page_comes_for_everything(void **state)
{
    (void)state;
    asks_get();
    says(OWN_PAGE);
    comes_back("http");
    control("GET http://" CLOSED "/" TOKEN " HTTP/1.1\r\n" CLOSED_MORE, OWN_PAGE);
    concludes(VERDICT_INCONCLUSIVE,
              ELSEWHERE "the target answers everything alike: it answers with HTTP 200 OK");
}

static void get_is_inconclusive_when_the_answer_is_not_our_sinks(void **state)
{
    (void)state;
    asks_get();
    says("HTTP/1.1 200 OK\r\nContent-Length: 71\r\n\r\nAJAR " TOKEN
         " 00000000000000000000000000000000 ");
    comes_back("http");
    nothing_comes_back();
    get_control();
    concludes(VERDICT_INCONCLUSIVE, ELSEWHERE "another answer came back than our sink's");
}

static void get_is_inconclusive_when_a_visit_comes_and_no_answer(void **state)
{
    (void)state;
    asks_get();
    fails("ETIMEDOUT", "no answer in time");
    comes_back("http");
    concludes(VERDICT_INCONCLUSIVE, VISITED "no answer in time");
    asks_get();
    says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n");
    comes_back("http");
    server_ends();
    concludes(VERDICT_INCONCLUSIVE, VISITED "no chunk size where one should be");
}

/* Tinyproxy loses the head of a page now and then. */
static void get_is_open_when_our_answer_comes_without_a_head(void **state)
{
    (void)state;
    asks_get();
    says("eaders from the client\r\n\r\nAJAR " TOKEN " " ANSWER " [192.0.2.7]\n");
    comes_back("http");
    get_control();
    concludes(VERDICT_OPEN, "token returned");
    has_proof();
}

/* A web server that says 200 to everything, and an echo of the token is no answer. */
static void get_is_closed_by_a_page_of_its_own(void **state)
{
    (void)state;
    asks_get();
    says("HTTP/1.1 200 OK\r\nContent-Length: 39\r\n\r\n/" TOKEN " seen");
    server_ends();
    nothing_comes_back();
    concludes(VERDICT_CLOSED, "answers with a page of its own: HTTP 200 OK");
}

static void get_is_inconclusive_when_no_time_is_left_for_the_token(void **state)
{
    (void)state;
    asks_get();
    says("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    play.conn = 0;
    fails("ETIME", "nothing came back to the sink in time");
    concludes(VERDICT_INCONCLUSIVE, "accepted, but nothing came back: the probe's own time is up");
}

static void get_is_closed_by_a_refusal(void **state)
{
    (void)state;
    asks_get();
    says("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    concludes(VERDICT_CLOSED, "HTTP 404 Not Found");
    asks_get();
    says("HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n");
    concludes(VERDICT_CLOSED, "asks for authentication: HTTP 407 No");
}

/* Who does not read what was posted resets the connection behind his answer. */
static void post_is_closed_by_a_refusal_that_a_reset_cuts_off(void **state)
{
    (void)state;
    asked("proxy/http-post");
    hears("POST http://" SINK "/ HTTP/1.1\r\nHost: " SINK
          "\r\nUser-Agent: ajar (https://p.example/)\r\n"
          "Content-Type: text/plain\r\nContent-Length: 39\r\nConnection: close\r\n\r\n" QUESTION);
    says("HTTP/1.0 407 Proxy Authentication Required\r\n\r\n<?xml version=");
    fails("ECONNRESET", "connection: Connection reset by peer");
    nothing_comes_back();
    concludes(VERDICT_CLOSED, "asks for authentication: HTTP 407 Proxy Authentication Required");
}

static void get_is_inconclusive_when_it_is_no_http(void **state)
{
    (void)state;
    asks_get();
    says("hello\r\n\r\n");
    nothing_comes_back();
    concludes(VERDICT_INCONCLUSIVE, "not an HTTP/1 response");
    ends_without_an_answer("proxy/http-get", asks_get);
}

/* SOCKS 4 ------------------------------------------------------------------------------------------ */

static void asks_socks4(void)
{
    asked("proxy/socks4");
    hears_bytes("\x04\x01\x0a\x28\xc0\x00\x02\x63"
                "ajar\0",
                13);
}

static void socks4_control(char code)
{
    char reply[8] = {0, code};
    connects_again();
    hears_bytes("\x04\x01\x00\x01\xc0\x00\x02\x63"
                "ajar\0",
                13);
    says_bytes(reply, sizeof reply);
}

static void socks4_answers(int code)
{
    char reply[8] = {0, (char)code};
    asks_socks4();
    says_bytes(reply, sizeof reply);
}

static void socks4_is_open_when_question_and_answer_pass(void **state)
{
    (void)state;
    socks4_answers(90);
    hears(QUESTION);
    says(REPLY);
    comes_back("line");
    socks4_control(91);
    concludes(VERDICT_OPEN, "token returned");
    has_proof();
}

static void socks4_is_suspect_when_nothing_passes(void **state)
{
    (void)state;
    socks4_answers(90);
    hears(QUESTION);
    server_ends();
    nothing_comes_back();
    socks4_control(91);
    concludes(VERDICT_SUSPECT,
              "said yes, but is no way to our sink: the server closed the connection");
}

static void socks4_is_inconclusive_when_all_is_granted(void **state)
{
    (void)state;
    socks4_answers(90);
    hears(QUESTION);
    server_ends();
    nothing_comes_back();
    socks4_control(90);
    concludes(VERDICT_INCONCLUSIVE,
              "says yes to everything, to a port of ours that is closed as well");
}

static void socks4_is_closed_by_a_refusal(void **state)
{
    (void)state;
    socks4_answers(91);
    concludes(VERDICT_CLOSED, "SOCKS 4 91: rejected or failed");
    socks4_answers(92);
    concludes(
        VERDICT_CLOSED,
        "asks for authentication: SOCKS 4 92: rejected: the proxy could not reach our identd");
    socks4_answers(93);
    concludes(VERDICT_CLOSED,
              "asks for authentication: SOCKS 4 93: rejected: our identd named another user");
}

static void socks4_is_inconclusive_without_an_answer(void **state)
{
    (void)state;
    socks4_answers(94);
    concludes(VERDICT_INCONCLUSIVE, "SOCKS 4 94: a code that SOCKS 4 does not know");
    asks_socks4();
    says("HTTP/1.1 400 Bad Request\r\n\r\n");
    concludes(VERDICT_INCONCLUSIVE, "not a SOCKS 4 reply");
    ends_without_an_answer("proxy/socks4", asks_socks4);
}

/* SOCKS 5 ------------------------------------------------------------------------------------------ */

static void asks_socks5(void)
{
    asked("proxy/socks5");
    hears_bytes("\x05\x02\x00\x02", 4);
}

static void socks5_answers(int code)
{
    char reply[10] = {5, (char)code, 0, 1};
    asks_socks5();
    says_bytes("\x05\x00", 2);
    hears_bytes("\x05\x01\x00\x01\xc0\x00\x02\x63\x0a\x28", 10);
    says_bytes(reply, sizeof reply);
}

static void socks5_control(char code)
{
    char reply[10] = {5, code, 0, 1};
    connects_again();
    hears_bytes("\x05\x02\x00\x02", 4);
    says_bytes("\x05\x00", 2);
    hears_bytes("\x05\x01\x00\x01\xc0\x00\x02\x63\x00\x01", 10);
    says_bytes(reply, sizeof reply);
}

static void socks5_is_open_when_question_and_answer_pass(void **state)
{
    (void)state;
    socks5_answers(0);
    hears(QUESTION);
    says(REPLY);
    comes_back("line");
    socks5_control(5);
    concludes(VERDICT_OPEN, "token returned");
    has_proof();
}

static void socks5_is_suspect_when_nothing_passes(void **state)
{
    (void)state;
    socks5_answers(0);
    hears(QUESTION);
    fails("ECONNRESET", "reset");
    nothing_comes_back();
    socks5_control(2);
    concludes(VERDICT_SUSPECT, "said yes, but is no way to our sink: reset");
}

static void socks5_is_inconclusive_when_all_is_granted(void **state)
{
    (void)state;
    socks5_answers(0);
    hears(QUESTION);
    server_ends();
    nothing_comes_back();
    socks5_control(0);
    concludes(VERDICT_INCONCLUSIVE,
              "says yes to everything, to a port of ours that is closed as well");
}

/* The server chooses the password, and then, alone with it, wants nothing but that. */
static void socks5_chooses(const char *method, const char *alone)
{
    asks_socks5();
    says_bytes(method, 2);
    connects_again();
    hears_bytes("\x05\x01\x00", 3);
    says_bytes(alone, 2);
}

static void socks5_is_closed_when_it_asks_for_authentication(void **state)
{
    (void)state;
    socks5_chooses("\x05\x02", "\x05\xff");
    concludes(VERDICT_CLOSED,
              "asks for authentication: SOCKS 5 method 2: asks for username and password");
    socks5_chooses("\x05\x01", "\x05\xff");
    concludes(VERDICT_CLOSED, "asks for authentication: SOCKS 5 method 1: asks for GSSAPI");
}

static void socks5_is_open_when_the_password_is_only_preferred(void **state)
{
    char granted[10] = {5, 0, 0, 1};
    char refused[10] = {5, 5, 0, 1};
    (void)state;
    socks5_chooses("\x05\x02", "\x05\x00");
    hears_bytes("\x05\x01\x00\x01\xc0\x00\x02\x63\x0a\x28", 10);
    says_bytes(granted, sizeof granted);
    hears(QUESTION);
    says(REPLY);
    comes_back("line");
    connects_again();
    hears_bytes("\x05\x01\x00", 3);
    says_bytes("\x05\x00", 2);
    hears_bytes("\x05\x01\x00\x01\xc0\x00\x02\x63\x00\x01", 10);
    says_bytes(refused, sizeof refused);
    concludes(VERDICT_OPEN, "token returned");
}

/* The sink's IPv4 address in the form of IPv6. */
static void socks5_ipv6_asks_for_the_mapped_address(void **state)
{
    (void)state;
    asked("proxy/socks5-ipv6");
    hears_bytes("\x05\x02\x00\x02", 4);
    says_bytes("\x05\x00", 2);
    hears_bytes("\x05\x01\x00\x04\0\0\0\0\0\0\0\0\0\0\xff\xff\xc0\x00\x02\x63\x0a\x28", 22);
    says_bytes("\x05\x08\x00\x01\0\0\0\0\0\0", 10);
    concludes(VERDICT_CLOSED, "SOCKS 5 8: address type not supported");
}

/* "localhost" is ours only where the target stands on the same machine. */
static void socks5_name_needs_a_name_of_ours(void **state)
{
    (void)state;
    asked("proxy/socks5-name");
    hears_bytes("\x05\x02\x00\x02", 4);
    says_bytes("\x05\x00", 2);
    concludes(VERDICT_INCONCLUSIVE, "no name is known that leads to our sink");
}

static void socks5_is_closed_by_a_refusal(void **state)
{
    (void)state;
    asks_socks5();
    says_bytes("\x05\xff", 2);
    concludes(VERDICT_CLOSED, "SOCKS 5 method 255: no acceptable method");
    socks5_answers(2);
    concludes(VERDICT_CLOSED, "SOCKS 5 2: not allowed by the proxy's rules");
}

static void socks5_is_inconclusive_when_it_can_not(void **state)
{
    (void)state;
    socks5_answers(5);
    concludes(VERDICT_INCONCLUSIVE, "SOCKS 5 5: connection refused");
    asks_socks5();
    says("HTTP/1.1 400 Bad Request\r\n\r\n");
    concludes(VERDICT_INCONCLUSIVE, "more than a method came back: no SOCKS 5 server");
    ends_without_an_answer("proxy/socks5", asks_socks5);
}

/* Several ports ------------------------------------------------------------------------------------- */

static void asked_with_ports(const char *probe)
{
    probing(probe, "192.0.2.80:3128");
    assert_true(addr_parse(bytes_of("192.0.2.99:25"), &play.head.sink));
    sink_has((struct ways){.ports = {25, 443}, .port_count = 2, .closed = 40001});
    takes_token();
    connects();
}

static void asks_for_port(const char *port, const char *reply)
{
    char text[300];
    snprintf(text, sizeof text,
             "CONNECT 192.0.2.99:%s HTTP/1.1\r\nHost: 192.0.2.99:%s\r\n"
             "User-Agent: ajar (https://p.example/)\r\n\r\n",
             port, port);
    hears(text);
    if (reply)
        says(reply);
}

static void asks_for_the_next(const char *port, const char *reply)
{
    takes_token();
    connects_again();
    asks_for_port(port, reply);
}

static void the_token_passes(void)
{
    hears(QUESTION);
    says(REPLY);
    comes_back("line");
}

static void connect_is_open_when_only_a_later_port_passes(void **state)
{
    (void)state;
    asked_with_ports("proxy/http-connect");
    asks_for_port("25", NO);
    asks_for_the_next("443", YES);
    the_token_passes();
    connects_again();
    takes_token();
    asks_for_port("40001", NO);
    concludes(VERDICT_OPEN, "token returned; leads only to some of our ports: 443, not to 25");
    has_proof();
    has_steps("[{\"line\":6,\"say\":\"HTTP 403 Forbidden\"},"
              "{\"line\":6,\"say\":\"our port 25: not reached: HTTP 403 Forbidden\"},"
              "{\"line\":12,\"say\":\"the target says yes: HTTP 200 Connection established\"},"
              "{\"line\":14,\"say\":\"the sink's answer came back through the target\"},"
              "{\"line\":15,\"say\":\"our question reached our sink from 192.0.2.7:9\"},"
              "{\"line\":15,\"say\":\"our port 443: reached\"},"
              "{\"line\":15,\"say\":\"its exit has another address than the target: 192.0.2.7\"},"
              "{\"line\":15,\"say\":\"the way does not lead to port 25, which mail takes\"},"
              "{\"line\":21,\"say\":\"control: refuses a port of ours that is closed: "
              "HTTP 403 Forbidden\"}]");
}

static void a_port_is_reached_where_the_token_came(void **state)
{
    (void)state;
    asked_with_ports("proxy/http-connect");
    asks_for_port("25", YES);
    hears(QUESTION);
    says(REPLY);
    comes_back_at("line", "443");
    asks_for_the_next("443", YES);
    hears(QUESTION);
    says(REPLY);
    comes_back_at("line", "443");
    connects_again();
    takes_token();
    asks_for_port("40001", NO);
    concludes(VERDICT_OPEN, "token returned; leads only to some of our ports: 443, not to 25; "
                            "asked for our port 25 it led to 443");
    assert_non_null(strstr(buf_text(&play.steps), "our port 25: not reached: it led to port 443"));
    assert_non_null(strstr(buf_text(&play.steps), "the way does not lead to port 25"));
}

static void connect_is_inconclusive_when_no_time_is_left_for_a_later_port(void **state)
{
    (void)state;
    asked_with_ports("proxy/http-connect");
    asks_for_port("25", NO);
    takes_token();
    opens();
    fails("ETIME", "no time is left to open a connection");
    concludes(VERDICT_INCONCLUSIVE, "HTTP 403 Forbidden: the probe's own time is up");
}

static void connect_tells_that_mail_could_be_sent(void **state)
{
    (void)state;
    asked_with_ports("proxy/http-connect");
    asks_for_port("25", YES);
    the_token_passes();
    asks_for_the_next("443", YES);
    the_token_passes();
    connects_again();
    takes_token();
    asks_for_port("40001", NO);
    concludes(VERDICT_OPEN, "token returned; leads to our ports 25, 443");
    assert_non_null(strstr(buf_text(&play.steps), "mail can be sent through it"));
}

/* The empty line that some proxies wait for goes out between the two. */
static void asks_in_vain(const char *port)
{
    char text[300];
    snprintf(text, sizeof text,
             "CONNECT 192.0.2.99:%s HTTP/1.1\r\nHost: 192.0.2.99:%s\r\n"
             "User-Agent: ajar (https://p.example/)\r\n\r\n",
             port, port);
    hears(text);
    fails("ETIMEDOUT", "no answer in time");
    hears("\r\n");
    fails("ETIMEDOUT", "no answer in time");
}

static void slow_for_the_first_port(void)
{
    asked_with_ports("proxy/http-connect");
    asks_in_vain("25");
    asks_for_the_next("443", YES);
    the_token_passes();
    takes_token();
    connects_again();
}

static void a_port_without_an_answer_in_time_is_not_said_to_be_closed_to_us(void **state)
{
    (void)state;
    slow_for_the_first_port();
    asks_in_vain("25");
    connects_again();
    takes_token();
    asks_for_port("40001", NO);
    concludes(VERDICT_OPEN, "token returned; leads to our ports 443; no answer in time from 25");
    assert_non_null(strstr(buf_text(&play.steps), "our port 25: no answer in time"));
    assert_null(strstr(buf_text(&play.steps), "not reached"));
}

static void a_port_without_an_answer_is_asked_once_more_where_another_is_reached(void **state)
{
    (void)state;
    slow_for_the_first_port();
    asks_for_port("25", YES);
    the_token_passes();
    connects_again();
    takes_token();
    asks_for_port("40001", NO);
    concludes(VERDICT_OPEN, "token returned; leads to our ports 25, 443");
}

/* The operator has stopped the run: no answer comes, and the control can't be asked. */
static void asks_for_port_when_stopped(const char *port)
{
    static const char why[] = "the run was stopped before an answer came";
    asks_for_port(port, NULL);
    fails("ESTOPPED", why);
    opens();
    fails("ESTOPPED", why);
}

static void
a_port_that_was_asked_when_the_run_was_stopped_is_not_said_to_be_closed_to_us(void **state)
{
    (void)state;
    asked_with_ports("proxy/http-connect");
    asks_for_port("25", YES);
    the_token_passes();
    takes_token();
    connects_again();
    asks_for_port_when_stopped("443");
    concludes(VERDICT_OPEN,
              "token returned; leads to our ports 25; stopped before an answer from 443");
    assert_non_null(strstr(buf_text(&play.steps), "our port 443: the run was stopped before"));
    assert_null(strstr(buf_text(&play.steps), "not reached"));
}

static void a_port_asked_once_more_when_the_run_was_stopped_has_given_no_answer(void **state)
{
    (void)state;
    slow_for_the_first_port();
    asks_for_port_when_stopped("25");
    concludes(VERDICT_OPEN, "token returned; leads to our ports 443; no answer in time from 25");
    assert_null(strstr(buf_text(&play.steps), "does not lead to port 25"));
}

static void who_refuses_all_ports_is_closed(void **state)
{
    (void)state;
    asked_with_ports("proxy/http-connect");
    asks_for_port("25", NO);
    asks_for_the_next("443", NO);
    concludes(VERDICT_CLOSED, "HTTP 403 Forbidden");
}

/* What goes for one port goes for all. */
static void who_asks_for_a_password_is_asked_once(void **state)
{
    (void)state;
    asked_with_ports("proxy/http-connect");
    asks_for_port("25", "HTTP/1.1 407 Who\r\nContent-Length: 0\r\n\r\n");
    concludes(VERDICT_CLOSED, "asks for authentication: HTTP 407 Who");
    asked_with_ports("proxy/http-connect");
    asks_for_port("25", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc");
    hears(QUESTION);
    server_ends(); /* behind half a line, */
    server_ends(); /* and when asked again */
    nothing_comes_back();
    concludes(VERDICT_CLOSED, "answers CONNECT with a page, not a tunnel: HTTP 200 OK");
}

/* Who says yes before he connects says it to the control as well; his way to one port may be filtered, and lead to
 * another. */
static void says_yes_to_all(void)
{
    asked_with_ports("proxy/http-connect");
    asks_for_port("25", YES);
    hears(QUESTION);
    server_ends();
    nothing_comes_back();
    connects_again();
    takes_token();
    asks_for_port("40001", YES);
    takes_token();
    connects_again();
    asks_for_port("443", YES);
}

static void who_says_yes_to_the_control_is_asked_for_all_ports(void **state)
{
    (void)state;
    says_yes_to_all();
    hears(QUESTION);
    server_ends();
    nothing_comes_back();
    concludes(VERDICT_INCONCLUSIVE,
              "says yes to everything, to a port of ours that is closed as well");
}

static void and_is_open_where_one_of_them_is_reached(void **state)
{
    (void)state;
    says_yes_to_all();
    the_token_passes();
    concludes(VERDICT_OPEN, "token returned; leads only to some of our ports: 443, not to 25");
    has_proof();
}

/* A name is asked for where no port is reached by address. */
static void connect_is_asked_for_our_name_at_last(void **state)
{
    (void)state;
    asked_with_ports("proxy/http-connect");
    sink_has((struct ways){.closed = 40001, .name = bytes_of("sink.example")});
    asks_for_port("25", NO);
    takes_token();
    connects_again();
    hears("CONNECT sink.example:25 HTTP/1.1\r\nHost: sink.example:25\r\n"
          "User-Agent: ajar (https://p.example/)\r\n\r\n");
    says(YES);
    the_token_passes();
    connects_again();
    takes_token();
    hears("CONNECT sink.example:40001 HTTP/1.1\r\nHost: sink.example:40001\r\n"
          "User-Agent: ajar (https://p.example/)\r\n\r\n");
    says(NO);
    concludes(VERDICT_OPEN, "token returned, by our sink's name alone");
}

/* An IPv6 sink can't be named in SOCKS 4. */
static void socks4_can_not_name_an_ipv6_sink(void **state)
{
    (void)state;
    asked("proxy/socks4");
    struct buf *tape = &play.tape;
    char *sink = memmem(tape->p, tape->n, SINK, strlen(SINK));
    assert_non_null(sink);
    assert_true(addr_parse(bytes_of("[2001:db8::1]:2600"), &play.head.sink));
    concludes(VERDICT_ERROR,
              "this SOCKS version can't name the sink's address (SOCKS 4 has no IPv6)");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_teardown(f, end_play)
    const struct CMUnitTest tests[] = {
        TEST(connect_is_open_when_question_and_answer_pass),
        TEST(connect_is_open_even_when_the_control_is_granted),
        TEST(connect_is_open_when_only_the_question_passes),
        TEST(connect_is_open_when_the_answer_is_changed),
        TEST(connect_is_suspect_when_nothing_passes),
        TEST(connect_is_inconclusive_when_the_probes_own_time_is_up),
        TEST(connect_is_inconclusive_when_all_is_granted),
        TEST(connect_is_a_tunnel_with_a_length_of_nothing),
        TEST(connect_is_tried_as_1_0_where_1_1_is_not_understood),
        TEST(connect_sends_an_empty_line_into_silence),
        TEST(connect_is_closed_by_a_page),
        TEST(connect_is_open_by_its_token_whatever_the_answers_length),
        TEST(connect_is_closed_by_a_refusal),
        TEST(connect_is_closed_when_it_asks_for_authentication),
        TEST(connect_is_inconclusive_when_the_proxy_has_trouble),
        TEST(connect_is_inconclusive_when_it_is_no_http),
        TEST(get_is_open_when_our_page_comes_back),
        TEST(get_is_inconclusive_when_only_the_request_passes),
        TEST(get_is_inconclusive_when_something_visits_and_a_page_comes_for_everything),
        TEST(get_is_inconclusive_when_the_answer_is_not_our_sinks),
        TEST(get_is_inconclusive_when_a_visit_comes_and_no_answer),
        TEST(get_is_open_when_our_answer_comes_without_a_head),
        TEST(get_is_closed_by_a_page_of_its_own),
        TEST(get_is_inconclusive_when_no_time_is_left_for_the_token),
        TEST(get_is_closed_by_a_refusal),
        TEST(post_is_closed_by_a_refusal_that_a_reset_cuts_off),
        TEST(get_is_inconclusive_when_it_is_no_http),
        TEST(socks4_is_open_when_question_and_answer_pass),
        TEST(socks4_is_suspect_when_nothing_passes),
        TEST(socks4_is_inconclusive_when_all_is_granted),
        TEST(socks4_is_closed_by_a_refusal),
        TEST(socks4_is_inconclusive_without_an_answer),
        TEST(socks5_is_open_when_question_and_answer_pass),
        TEST(socks5_is_suspect_when_nothing_passes),
        TEST(socks5_is_inconclusive_when_all_is_granted),
        TEST(socks5_is_closed_when_it_asks_for_authentication),
        TEST(socks5_is_open_when_the_password_is_only_preferred),
        TEST(socks5_ipv6_asks_for_the_mapped_address),
        TEST(socks5_name_needs_a_name_of_ours),
        TEST(socks5_is_closed_by_a_refusal),
        TEST(socks5_is_inconclusive_when_it_can_not),
        TEST(connect_is_open_when_only_a_later_port_passes),
        TEST(a_port_is_reached_where_the_token_came),
        TEST(connect_is_inconclusive_when_no_time_is_left_for_a_later_port),
        TEST(connect_tells_that_mail_could_be_sent),
        TEST(a_port_without_an_answer_in_time_is_not_said_to_be_closed_to_us),
        TEST(a_port_without_an_answer_is_asked_once_more_where_another_is_reached),
        TEST(a_port_that_was_asked_when_the_run_was_stopped_is_not_said_to_be_closed_to_us),
        TEST(a_port_asked_once_more_when_the_run_was_stopped_has_given_no_answer),
        TEST(who_refuses_all_ports_is_closed),
        TEST(who_asks_for_a_password_is_asked_once),
        TEST(who_says_yes_to_the_control_is_asked_for_all_ports),
        TEST(and_is_open_where_one_of_them_is_reached),
        TEST(connect_is_asked_for_our_name_at_last),
        TEST(socks4_can_not_name_an_ipv6_sink),
    };
    return cmocka_run_group_tests(tests, load_probes, free_probes);
}
