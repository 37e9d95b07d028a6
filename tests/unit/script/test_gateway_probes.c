/* Gateways, web servers and HTTP/2: each is told of our sink alone, and proven by what comes back. */
#include "play.h"

#include <stdio.h>

#define CLOSED   "192.0.2.99:1"
#define QUESTION "AJAR " TOKEN "\r\n"
#define SAYS     "AJAR " TOKEN " " ANSWER " [192.0.2.7]\r\n"
#define GREETING "220 t.example ESMTP ajar sink; for tests only\r\n"

static void asked(const char *probe)
{
    probing(probe, "192.0.2.80:2323");
    takes_token();
    connects();
}

/* Another connection in place of the last. */
static void silence(void)
{
    fails("ETIMEDOUT", "no answer in time");
}

/* Telnet ------------------------------------------------------------------------------------------- */

static void prompts(const char *prompt, const char *told)
{
    asked("proxy/telnet");
    says(prompt);
    silence();
    hears(told);
}

static void telnet_is_open_when_the_gateway_leads_to_our_sink(void **state)
{
    (void)state;
    prompts("\xff\xfb\x01\r\nWinGate>", SINK "\r\n");
    says("Connecting...Connected\r\n" GREETING);
    hears(QUESTION);
    says("250 " SAYS);
    comes_back("line");
    connects_again();
    says("WinGate>");
    silence();
    takes_token();
    hears(CLOSED "\r\n");
    says("Connection refused\r\n");
    silence();
    concludes(VERDICT_OPEN, "token returned");
    has_proof();
}

static void telnet_is_told_as_its_prompt_wants_it(void **state)
{
    static const struct {
        const char *prompt;
        const char *told;
    } rows[] = {
        {"CCProxy Telnet>", "open 192.0.2.99 2600\r\n"},
        {"SpoonProxy>", "192.0.2.99 2600\r\n"},
        {"tn-gw-> ", "telnet 192.0.2.99 2600\r\n"},
        {"host[:port]: ", SINK "\r\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        prompts(rows[i].prompt, rows[i].told);
        says("no\r\n");
        silence();
        concludes(VERDICT_CLOSED, "does not lead to our sink: it answers with \"no\"");
    }
}

static void telnet_is_closed_by_a_login(void **state)
{
    (void)state;
    asked("proxy/telnet");
    says("\xff\xfd\x18router login: ");
    silence();
    concludes(VERDICT_CLOSED, "asks for authentication: \"router login:\"");
}

/* What a gateway is told that prompts as none that is known, in this order. */
static const char *const forms[] = {
    SINK "\r\n",
    "telnet 192.0.2.99 2600\r\n",
    "open 192.0.2.99 2600\r\n",
    "connect 192.0.2.99 2600\r\n",
    "192.0.2.99 2600\r\n",
    "nc 192.0.2.99 2600\r\n",
};
enum { FORMS = sizeof forms / sizeof forms[0] };

static void an_unknown_prompt_is_told_every_form(void **state)
{
    (void)state;
    asked("proxy/telnet");
    says("box# ");
    silence();
    for (size_t i = 0; i < FORMS; i++) {
        hears(forms[i]);
        says("what?\r\nbox# ");
        silence();
    }
    concludes(VERDICT_CLOSED, "does not lead to our sink: it answers with \"what? box#\"");
}

static void an_ipv6_address_stands_without_brackets_where_the_port_stands_apart(void **state)
{
    static const char *const told[] = {
        "[2001:db8::99]:2600\r\n",    "telnet 2001:db8::99 2600\r\n",
        "open 2001:db8::99 2600\r\n", "connect 2001:db8::99 2600\r\n",
        "2001:db8::99 2600\r\n",      "nc 2001:db8::99 2600\r\n",
    };
    (void)state;
    asked("proxy/telnet");
    assert_true(addr_parse(bytes_of("[2001:db8::99]:2600"), &play.head.sink));
    says("box# ");
    silence();
    for (size_t i = 0; i < FORMS; i++) {
        hears(told[i]);
        says("what?\r\nbox# ");
        silence();
    }
    concludes(VERDICT_CLOSED, "does not lead to our sink: it answers with \"what? box#\"");
}

/* The command that is cut in two is no text. */
static void who_waits_for_an_answer_to_what_he_negotiates_gets_a_refusal(void **state)
{
    (void)state;
    asked("proxy/telnet");
    says("\xff\xfb\x01\xff");
    says("\xfd\x18");
    silence();
    hears("\xff\xfe\x01\xff\xfc\x18");
    says("\xff\xfe\x18router login: ");
    silence();
    concludes(VERDICT_CLOSED, "asks for authentication: \"router login:\"");
}

static void what_takes_one_line_is_told_each_form_by_a_connection_of_its_own(void **state)
{
    (void)state;
    asked("proxy/telnet");
    for (size_t i = 0; i < FORMS; i++) {
        if (i > 0)
            connects_again();
        says("box# ");
        silence();
        hears(forms[i]);
        says("what?\r\n");
        server_ends();
    }
    concludes(VERDICT_CLOSED, "does not lead to our sink: it answers with \"what?\"");
}

static void telnet_is_closed_by_a_password_that_it_wants_behind_a_form(void **state)
{
    (void)state;
    asked("proxy/telnet");
    silence();
    hears(SINK "\r\n");
    says("router login: Password: ");
    silence();
    concludes(VERDICT_CLOSED, "asks for authentication: \"router login: Password:\"");
}

static void telnet_is_inconclusive_in_silence(void **state)
{
    (void)state;
    asked("proxy/telnet");
    for (size_t i = 0; i < FORMS; i++) {
        if (i > 0)
            connects_again();
        silence();
        hears(forms[i]);
        silence();
    }
    concludes(VERDICT_INCONCLUSIVE, "no prompt and no answer");
}

static void telnet_that_can_be_asked_no_more_is_inconclusive(void **state)
{
    (void)state;
    asked("proxy/telnet");
    says("box# ");
    silence();
    hears(SINK "\r\n");
    says("what?\r\n");
    server_ends();
    opens();
    fails("ECONNREFUSED", "192.0.2.80:2323: Connection refused");
    concludes(VERDICT_INCONCLUSIVE,
              "answers with \"what?\", and could not be told in another form: "
              "192.0.2.80:2323: Connection refused");
}

/* FTP ---------------------------------------------------------------------------------------------- */

static void names_a_user(void)
{
    asked("proxy/ftp-user");
    says("220-Welcome\r\n220 ftp.example\r\n");
    hears("USER " TOKEN "@" SINK "\r\n");
}

static void ftp_is_open_when_the_user_reaches_our_sink(void **state)
{
    (void)state;
    names_a_user();
    says("220 passed on\r\n230 " SAYS);
    comes_back("line");
    connects_again();
    takes_token();
    says("220 ftp.example\r\n");
    hears("USER " TOKEN "@" CLOSED "\r\n");
    says("530 no connection\r\n");
    concludes(VERDICT_OPEN, "token returned");
    has_proof();
}

static void ftp_is_closed_when_it_asks_for_a_password(void **state)
{
    (void)state;
    names_a_user();
    says("331 Password required\r\n");
    nothing_comes_back();
    concludes(VERDICT_CLOSED, "asks for authentication: \"331 Password required\"");
}

static void ftp_is_closed_when_everyone_is_welcome_and_nothing_comes_back(void **state)
{
    (void)state;
    names_a_user();
    says("230 User logged in\r\n");
    nothing_comes_back();
    concludes(VERDICT_CLOSED, "does not lead to our sink: it answers with \"230 User logged in\"");
}

static void ftp_is_inconclusive_when_it_is_full(void **state)
{
    (void)state;
    asked("proxy/ftp-user");
    says("421 Too many users\r\n");
    concludes(VERDICT_INCONCLUSIVE, "answers with \"421 Too many users\"");
}

/* Web servers and posted bodies -------------------------------------------------------------------- */

#define NOT_FOUND "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"

static void asks_web_server(const char *target)
{
    char request[300];
    snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: " SINK "\r\n" AGENT "\r\n", target);
    hears(request);
}

static void web_server_is_closed_when_no_form_is_passed_on(void **state)
{
    (void)state;
    asked("proxy/web-server");
    asks_web_server("/" TOKEN);
    says(NOT_FOUND);
    takes_token();
    connects_again();
    asks_web_server("@" SINK "/" TOKEN);
    says("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    concludes(VERDICT_CLOSED, "HTTP 404 Not Found");
}

static void web_server_is_open_when_a_rule_takes_the_host_over(void **state)
{
    (void)state;
    asked("proxy/web-server");
    asks_web_server("/" TOKEN);
    says(NOT_FOUND);
    takes_token();
    connects_again();
    asks_web_server("@" SINK "/" TOKEN);
    says("HTTP/1.1 200 OK\r\n\r\n" SAYS);
    server_ends();
    comes_back("http");
    connects_again();
    takes_token();
    hears("GET @" CLOSED "/" TOKEN " HTTP/1.1\r\nHost: " CLOSED "\r\n" AGENT "\r\n");
    says(NOT_FOUND);
    concludes(VERDICT_OPEN, "token returned");
}

#define FORBIDDEN "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
#define OWN_PAGE  "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"
#define TARGET    "192.0.2.80:5000"
#define POSTED    "what we posted reached our sink from the target's own address, and "

static void posts(const char *to)
{
    char request[400];
    snprintf(request, sizeof request,
             "POST http://%s/ HTTP/1.1\r\nHost: %s\r\n" AGENT
             "Content-Type: text/plain\r\nContent-Length: 39\r\nConnection: close\r\n\r\n" QUESTION,
             to, to);
    hears(request);
}

static void posted(void)
{
    asked("proxy/http-post");
    posts(SINK);
}

static void posted_control(const char *answer)
{
    connects_again();
    takes_token();
    posts(CLOSED);
    says(answer);
}

static void post_puts_the_question_into_the_body(void **state)
{
    (void)state;
    posted();
    says(FORBIDDEN);
    nothing_comes_back();
    concludes(VERDICT_CLOSED, "HTTP 403 Forbidden");
}

/* No visitor of URLs brings what stands in a body; and what comes later would not tell more. */
static void what_is_posted_and_sent_on_one_way_is_suspect(void **state)
{
    (void)state;
    posted();
    says(OWN_PAGE);
    comes_back_from("line", TARGET, "");
    posted_control(FORBIDDEN);
    concludes(VERDICT_SUSPECT,
              POSTED "our sink's answer did not come back: it answers with HTTP 200 OK");
    assert_int_equal(play.late, LATE_TOKEN_NOTHING);
    posted();
    server_ends();
    comes_back_from("line", TARGET, "");
    server_ends();
    posted_control(FORBIDDEN);
    concludes(VERDICT_SUSPECT,
              POSTED "our sink's answer did not come back: the server closed the connection");
    posted();
    says("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
    comes_back_from("line", TARGET, "");
    posted_control(FORBIDDEN);
    concludes(VERDICT_SUSPECT,
              POSTED "our sink's answer did not come back: it answers with HTTP 502 Bad Gateway");
}

static void and_inconclusive_where_everything_is_answered_alike(void **state)
{
    (void)state;
    posted();
    says(OWN_PAGE);
    comes_back_from("line", TARGET, "");
    posted_control(OWN_PAGE);
    concludes(VERDICT_INCONCLUSIVE,
              POSTED "the target answers everything alike: it answers with HTTP 200 OK");
    posted();
    says(FORBIDDEN);
    comes_back_from("line", TARGET, "");
    posted_control(FORBIDDEN);
    concludes(VERDICT_INCONCLUSIVE,
              POSTED "the target answers everything alike: it answers with HTTP 403 Forbidden");
    posted();
    server_ends();
    comes_back_from("line", TARGET, "");
    server_ends();
    connects_again();
    takes_token();
    posts(CLOSED);
    server_ends();
    concludes(VERDICT_INCONCLUSIVE, POSTED
              "our sink's answer did not come back (something may visit, or repeat, what it sees "
              "in requests): the server closed the connection");
}

static void and_where_it_came_from_elsewhere(void **state)
{
    (void)state;
    posted();
    says(OWN_PAGE);
    comes_back("line");
    posted_control(FORBIDDEN);
    concludes(VERDICT_INCONCLUSIVE, "what we posted reached our sink from another address, "
                                    "192.0.2.7, and our sink's answer did "
                                    "not come back (something may visit, or repeat, what it sees "
                                    "in requests): it answers with HTTP 200 OK");
}

/* HTTP/2 ------------------------------------------------------------------------------------------- */

static void http2_is_tried_inside_tls_too(void **state)
{
    (void)state;
    probing("proxy/h2-connect", "192.0.2.80:3128");
    takes_token();
    connects();
    hears_bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\x0c\x04\0\0\0\0\0"
                "\0\x02\0\0\0\0\0\x06\0\0\x40\0",
                45);
    says("HTTP/1.1 400 Bad Request\r\n\r\n");
    connects();
    writes((struct record){.op = RECORD_CLOSE, .c = play.conn - 1});
    writes((struct record){.op = RECORD_NOTE, .data = bytes_of("TLS offers the protocol h2")});
    writes((struct record){.op = RECORD_SECURE, .c = play.conn, .data = bytes_of("")});
    fails("ETLS", "TLS: wrong version number");
    concludes(VERDICT_CLOSED, "speaks no HTTP/2: not HTTP/2");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_teardown(f, end_play)
    const struct CMUnitTest tests[] = {
        TEST(telnet_is_open_when_the_gateway_leads_to_our_sink),
        TEST(telnet_is_told_as_its_prompt_wants_it),
        TEST(an_unknown_prompt_is_told_every_form),
        TEST(an_ipv6_address_stands_without_brackets_where_the_port_stands_apart),
        TEST(who_waits_for_an_answer_to_what_he_negotiates_gets_a_refusal),
        TEST(what_takes_one_line_is_told_each_form_by_a_connection_of_its_own),
        TEST(telnet_is_closed_by_a_login),
        TEST(telnet_is_closed_by_a_password_that_it_wants_behind_a_form),
        TEST(telnet_that_can_be_asked_no_more_is_inconclusive),
        TEST(telnet_is_inconclusive_in_silence),
        TEST(ftp_is_open_when_the_user_reaches_our_sink),
        TEST(ftp_is_closed_when_it_asks_for_a_password),
        TEST(ftp_is_closed_when_everyone_is_welcome_and_nothing_comes_back),
        TEST(ftp_is_inconclusive_when_it_is_full),
        TEST(web_server_is_closed_when_no_form_is_passed_on),
        TEST(web_server_is_open_when_a_rule_takes_the_host_over),
        TEST(post_puts_the_question_into_the_body),
        TEST(what_is_posted_and_sent_on_one_way_is_suspect),
        TEST(and_inconclusive_where_everything_is_answered_alike),
        TEST(and_where_it_came_from_elsewhere),
        TEST(http2_is_tried_inside_tls_too),
    };
    return cmocka_run_group_tests(tests, load_probes, free_probes);
}
