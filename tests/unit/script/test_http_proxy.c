/* HTTP proxies: a yes is proven by what comes back, and a page is no tunnel. */
#include "proxy_play.h"

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
    concludes(VERDICT_INCONCLUSIVE, "it does not speak HTTP: it says \"220 mx.example ESMTP\"");
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
    waits_without_an_end(HTTP_LOOKS);
    comes_back("http");
    fails("ETIMEDOUT", "no answer in time");
    concludes(VERDICT_INCONCLUSIVE, VISITED "no answer in time");
    asks_get();
    says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n");
    comes_back("http");
    server_ends();
    concludes(VERDICT_INCONCLUSIVE, VISITED "it answers with HTTP 200");
}

/* Looked for in what is there once the token is known to have come, not when the whole time is up. */
static void get_is_open_when_our_answer_comes_without_an_end(void **state)
{
    (void)state;
    static const char *const heads[] = {
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n",
        "HTTP/1.1 200 OK\r\nX-Page: ",
    };
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        asks_get();
        says(heads[i]);
        says("AJAR " TOKEN " " ANSWER " [192.0.2.7]\n");
        fails("ETIMEDOUT", "no answer in time");
        comes_back("http");
        get_control();
        concludes(VERDICT_OPEN, "token returned");
        has_proof();
    }
}

static void get_is_open_when_our_answer_is_cut_by_chunks_of_which_the_last_never_comes(void **state)
{
    (void)state;
    asks_get();
    says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
         "a\r\nAJAR mfrgg\r\n30\r\nzdfmztwq2lknnwg23tpobyxe43u 0123456789abcdef0123\r\n"
         "10\r\n456789abcdef [1]\r\n");
    waits_without_an_end(1);
    comes_back("http");
    get_control();
    concludes(VERDICT_OPEN, "token returned");
}

static void get_is_open_when_our_answer_comes_in_a_page_that_is_not_valid(void **state)
{
    (void)state;
    asks_get();
    says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nAJAR " TOKEN " " ANSWER " [1]\n");
    comes_back("http");
    get_control();
    concludes(VERDICT_OPEN, "token returned");
}

/* Advertising, a transcoder, a status that is none. */
static void get_is_open_whatever_stands_around_our_answer(void **state)
{
    (void)state;
    static char advertising[8192];
    const char *pages[] = {
        advertising,
        "HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n<p><b>AJAR&nbsp;" TOKEN "&#160;<br>" ANSWER
        "</b>&nbsp;[1]",
        "HTTP/1.1 404 Not Found\r\n\r\nAJAR " TOKEN " " ANSWER " [1]\n",
    };
    snprintf(advertising, sizeof advertising,
             "HTTP/1.1 200 OK\r\n\r\n/%s<script>%06000d</script>AJAR %s %s [1]\n", TOKEN, 0, TOKEN,
             ANSWER);
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        asks_get();
        says(pages[i]);
        server_ends();
        comes_back("http");
        get_control();
        concludes(VERDICT_OPEN, "token returned");
    }
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
    concludes(VERDICT_INCONCLUSIVE, "it does not speak HTTP: it says \"hello\"");
    ends_without_an_answer("proxy/http-get", asks_get);
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
        TEST(get_is_open_when_our_answer_comes_without_an_end),
        TEST(get_is_open_when_our_answer_is_cut_by_chunks_of_which_the_last_never_comes),
        TEST(get_is_open_when_our_answer_comes_in_a_page_that_is_not_valid),
        TEST(get_is_open_whatever_stands_around_our_answer),
        TEST(get_is_closed_by_a_page_of_its_own),
        TEST(get_is_inconclusive_when_no_time_is_left_for_the_token),
        TEST(get_is_closed_by_a_refusal),
        TEST(post_is_closed_by_a_refusal_that_a_reset_cuts_off),
        TEST(get_is_inconclusive_when_it_is_no_http),
    };
    return cmocka_run_group_tests(tests, load_probes, free_probes);
}
