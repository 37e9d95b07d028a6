/* proxy/local-service: a proxy is asked for its own machine and for nothing else, and never called open. */
#include "play.h"

#include "script/own_host.h"

#include <stdio.h>

#define GRANTED "HTTP/1.1 200 Connection established\r\n\r\n"
#define REFUSED "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
#define UNKNOWN "HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n"
#define MAIL    "220 inside.example ESMTP\r\n"
#define OWN     "192.0.2.80"
#define LEADS   "leads to a service of its own machine: at "
#define PROOF   " (no token can prove it: the service is not ours)"

static void asked(void)
{
    probing("proxy/local-service", OWN ":3128");
    connects();
}

static void connect_to(const char *host)
{
    char request[300];
    snprintf(request, sizeof request, "CONNECT %s HTTP/1.1\r\nHost: %s\r\n" AGENT "\r\n", host,
             host);
    hears(request);
}

static void get_from(const char *host)
{
    char request[300];
    snprintf(request, sizeof request,
             "GET http://%s/ HTTP/1.1\r\nHost: %s\r\n" AGENT "Connection: close\r\n\r\n", host,
             host);
    hears(request);
}

static void asks_with_a_method_that_does_not_exist(void)
{
    takes_token();
    connects_again();
    hears("MFRGGZDFMZTW " SINK " HTTP/1.1\r\nHost: " SINK "\r\n" AGENT "\r\n");
}

static void a_greeting_from_its_own_machine_is_suspect(void **state)
{
    (void)state;
    asked();
    connect_to("127.0.0.1:22");
    says(GRANTED "SSH-2.0-OpenSSH_9.2p1\r\n");
    connects_again();
    connect_to("127.0.0.1:1");
    says(REFUSED);
    asks_with_a_method_that_does_not_exist();
    says(UNKNOWN);
    concludes(VERDICT_SUSPECT, LEADS "127.0.0.1:22 \"SSH-2.0-OpenSSH_9.2p1\" answers" PROOF);
    assert_false(play.has_proof);
    assert_non_null(strstr(buf_text(&play.steps), "\"form\":\"P16\",\"cause\":\"local-services\""));
}

/* All that is ever named: 127.0.0.1 and the target, at these ports. */
static void a_proxy_that_refuses_is_asked_for_two_ports_at_two_addresses_in_two_ways(void **state)
{
    static const char *const hosts[] = {"127.0.0.1:22", OWN ":22", "127.0.0.1:25", OWN ":25"};
    (void)state;
    asked();
    for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++) {
        if (i > 0)
            connects_again();
        connect_to(hosts[i]);
        says(REFUSED);
        connects_again();
        get_from(hosts[i]);
        says(REFUSED);
    }
    concludes(VERDICT_CLOSED, "HTTP 403 Forbidden");
}

static void a_web_server_is_asked_once_in_each_way(void **state)
{
    (void)state;
    asked();
    connect_to("127.0.0.1:22");
    says(UNKNOWN);
    connects_again();
    get_from("127.0.0.1:22");
    says("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nWelcome");
    concludes(VERDICT_CLOSED, "HTTP 405 Method Not Allowed");
}

static void a_page_that_is_what_a_service_says_is_suspect(void **state)
{
    (void)state;
    asked();
    connect_to("127.0.0.1:22");
    says(UNKNOWN);
    connects_again();
    get_from("127.0.0.1:22");
    says("HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\nSSH-2.0-x\x1b[1m\r\n");
    connects_again();
    get_from("127.0.0.1:1");
    says("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
    asks_with_a_method_that_does_not_exist();
    says(UNKNOWN);
    concludes(VERDICT_SUSPECT, LEADS "127.0.0.1:22 \"SSH-2.0-x?[1m\" answers" PROOF);
}

static void who_says_yes_where_nobody_listens_has_said_nothing(void **state)
{
    (void)state;
    asked();
    connect_to("127.0.0.1:22");
    says(GRANTED MAIL);
    connects_again();
    connect_to("127.0.0.1:1");
    says(GRANTED MAIL);
    concludes(VERDICT_INCONCLUSIVE,
              "says yes to everything, to a port of its own where nobody listens as well");
}

static void who_knows_every_method_has_said_nothing(void **state)
{
    (void)state;
    asked();
    connect_to("127.0.0.1:22");
    says(GRANTED MAIL);
    connects_again();
    connect_to("127.0.0.1:1");
    says(REFUSED);
    asks_with_a_method_that_does_not_exist();
    says("HTTP/1.1 200 OK\r\n\r\n");
    concludes(VERDICT_INCONCLUSIVE,
              "says yes to everything, to a method that does not exist as well");
}

static void a_log_in_is_asked_for_once(void **state)
{
    (void)state;
    asked();
    connect_to("127.0.0.1:22");
    says("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
    concludes(VERDICT_CLOSED, "asks for authentication: HTTP 407 Proxy Authentication Required");
}

static void a_tunnel_in_which_nobody_speaks_first_is_inconclusive(void **state)
{
    (void)state;
    probing("proxy/local-service", OWN ":3128");
    play.args = bytes_of("{\"ports\":\"6379\"}");
    connects();
    connect_to("127.0.0.1:6379");
    says(GRANTED);
    fails("ETIMEDOUT", "no answer in time");
    connects_again();
    connect_to(OWN ":6379");
    says(REFUSED);
    connects_again();
    get_from(OWN ":6379");
    says(REFUSED);
    concludes(VERDICT_INCONCLUSIVE,
              "grants a way to 127.0.0.1:6379, where no service speaks first");
}

/* The control is a port that was not asked for. */
static void the_control_is_none_of_the_ports(void **state)
{
    (void)state;
    probing("proxy/local-service", OWN ":3128");
    play.args = bytes_of("{\"ports\":\"2, 1\"}");
    connects();
    connect_to("127.0.0.1:2");
    says(GRANTED MAIL);
    connects_again();
    connect_to("127.0.0.1:3");
    says(GRANTED);
    fails("ETIMEDOUT", "no answer in time");
    concludes(VERDICT_INCONCLUSIVE,
              "says yes to everything, to a port of its own where nobody listens as well");
}

static void what_is_no_list_of_ports_is_said_and_nothing_is_sent(void **state)
{
    static const struct {
        const char *args;
        const char *odd;
    } rows[] = {{"{\"ports\":\"22,0\"}", "0"},
                {"{\"ports\":\"65536\"}", "65536"},
                {"{\"ports\":\"22,\"}", ""},
                {"{\"ports\":\"10.0.0.1:22\"}", "10.0.0.1:22"},
                {"{\"ports\":\"1,2,3,4,5,6,7,8,9\"}", "9"}};
    char reason[200];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        probing("proxy/local-service", OWN ":3128");
        play.args = bytes_of(rows[i].args);
        snprintf(reason, sizeof reason,
                 "ports is a list of at most 8 ports, as 22,25; \"%s\" is none", rows[i].odd);
        concludes(VERDICT_ERROR, reason);
    }
}

static void a_host_is_the_loopback_or_the_target_and_no_other(void **state)
{
    char text[ADDR_TEXT];
    struct task_facts facts = {0};
    (void)state;
    assert_true(addr_parse(bytes_of("[2001:db8::1]:3128"), &facts.target));
    assert_string_equal(own_host_text(&facts, OWN_HOST_LOOPBACK, 65535, text), "127.0.0.1:65535");
    assert_string_equal(own_host_text(&facts, OWN_HOST_SELF, 1, text), "[2001:db8::1]:1");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_teardown(f, end_play)
    const struct CMUnitTest tests[] = {
        TEST(a_greeting_from_its_own_machine_is_suspect),
        TEST(a_proxy_that_refuses_is_asked_for_two_ports_at_two_addresses_in_two_ways),
        TEST(a_web_server_is_asked_once_in_each_way),
        TEST(a_page_that_is_what_a_service_says_is_suspect),
        TEST(who_says_yes_where_nobody_listens_has_said_nothing),
        TEST(who_knows_every_method_has_said_nothing),
        TEST(a_log_in_is_asked_for_once),
        TEST(a_tunnel_in_which_nobody_speaks_first_is_inconclusive),
        TEST(the_control_is_none_of_the_ports),
        TEST(what_is_no_list_of_ports_is_said_and_nothing_is_sent),
        cmocka_unit_test(a_host_is_the_loopback_or_the_target_and_no_other),
    };
    return cmocka_run_group_tests(tests, load_probes, free_probes);
}
