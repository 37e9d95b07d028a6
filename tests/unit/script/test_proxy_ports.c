/* A sink of several ports: each is asked for, and the verdict names those that were reached. */
#include "proxy_play.h"

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

int main(void)
{
#define TEST(f) cmocka_unit_test_teardown(f, end_play)
    const struct CMUnitTest tests[] = {
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
    };
    return cmocka_run_group_tests(tests, load_probes, free_probes);
}
