/* proxy/web-proxy: known pages are asked for our sink's URL; what they show must have come from there. */
#include "play.h"

#include "script/own_page.h"

#include <stdio.h>

#define URL       "http%3A%2F%2F192.0.2.99%3A2600%2F" TOKEN
#define NO_URL    "http%3A%2F%2F192.0.2.99%3A1%2F" TOKEN
#define SHOWN     "AJAR " TOKEN " " ANSWER " [192.0.2.7]\r\n"
#define NOT_FOUND "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
#define PAGE      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"

static void asks(const char *target)
{
    char request[400];
    snprintf(request, sizeof request,
             "GET %s HTTP/1.1\r\nHost: 192.0.2.80:8080\r\n" AGENT "Connection: close\r\n\r\n",
             target);
    hears(request);
}

static void begins(void)
{
    probing("proxy/web-proxy", "192.0.2.80:8080");
    takes_token();
    connects();
    asks("/proxy?url=" URL);
}

static void asks_next(const char *target)
{
    takes_token();
    connects_again();
    asks(target);
}

static void shows_the_answer(void)
{
    begins();
    says("HTTP/1.1 200 OK\r\n\r\n<html><pre>\r\n" SHOWN "</pre>");
    server_ends();
}

static void asks_the_control(void)
{
    takes_token();
    connects_again();
    asks("/proxy?url=" NO_URL);
}

static void the_sinks_answer_in_a_page_is_proof(void **state)
{
    (void)state;
    shows_the_answer();
    comes_back("http");
    asks_the_control();
    says("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
    concludes(VERDICT_OPEN, "token returned, through the page at /proxy?url={url}");
    has_proof();
    assert_non_null(strstr(buf_text(&play.steps), "\"form\":\"P22\",\"cause\":\"web-proxy\""));
}

static void an_answer_that_nobody_was_given_is_a_page_of_its_own(void **state)
{
    (void)state;
    shows_the_answer();
    nothing_comes_back();
    concludes(VERDICT_CLOSED, "answers with a page of its own: HTTP 200 OK");
}

static void another_answer_than_the_sinks_proves_nothing(void **state)
{
    (void)state;
    begins();
    says("HTTP/1.1 200 OK\r\n\r\nAJAR " TOKEN " ffffffffffffffffffffffffffffffff x\r\n");
    server_ends();
    comes_back("http");
    concludes(VERDICT_INCONCLUSIVE,
              "fetches the URL that a request names, and shows another answer "
              "than it got");
}

static void shows_one_for_the_closed_port_too(void)
{
    shows_the_answer();
    comes_back("http");
    asks_the_control();
    says("HTTP/1.1 200 OK\r\n\r\n" SHOWN);
    server_ends();
}

static void an_answer_from_a_closed_port_is_no_proof(void **state)
{
    (void)state;
    shows_one_for_the_closed_port_too();
    nothing_comes_back();
    concludes(VERDICT_INCONCLUSIVE, "shows what can't have come from our sink: an answer from a "
                                    "port of ours that is closed");
}

/* It was asked for a closed port, and has been at an open one. */
static void who_knows_no_ports_is_a_web_proxy_all_the_same(void **state)
{
    (void)state;
    shows_one_for_the_closed_port_too();
    comes_back("http");
    concludes(VERDICT_OPEN, "token returned, through the page at /proxy?url={url}");
}

static void gets_to_the_root(void)
{
    begins();
    says(NOT_FOUND);
    asks_next("/browse.php?u=" URL);
    says(NOT_FOUND);
    /* http://192.0.2.99:2600/ and the token */
    asks_next("/index.php?q="
              "aHR0cDovLzE5Mi4wLjIuOTk6MjYwMC9tZnJnZ3pkZm16dHdxMmxrbm53ZzIzdHBvYnl4ZTQzdQ%3D%3D");
    says(NOT_FOUND);
    asks_next("/?url=" URL);
}

static void where_even_the_root_is_not_found_no_more_is_asked_for(void **state)
{
    (void)state;
    gets_to_the_root();
    says(NOT_FOUND);
    for (int i = 0; i < 4; i++)
        nothing_comes_back();
    concludes(VERDICT_CLOSED, "has none of the known web proxies: HTTP 404 Not Found");
}

static void a_web_site_is_asked_for_eight_pages(void **state)
{
    (void)state;
    gets_to_the_root();
    says(PAGE);
    asks_next("/cgi-bin/nph-proxy.cgi/000000A/http/" SINK "/" TOKEN);
    says(NOT_FOUND);
    asks_next("/miniProxy.php?http://" SINK "/" TOKEN);
    says(NOT_FOUND);
    asks_next("/proxy.php?url=" URL);
    says(NOT_FOUND);
    asks_next("/index.php?q=" URL);
    says(NOT_FOUND);
    for (int i = 0; i < 8; i++)
        nothing_comes_back();
    concludes(VERDICT_CLOSED, "answers with pages of its own: HTTP 200 OK");
}

static void who_asks_for_a_log_in_is_asked_once(void **state)
{
    (void)state;
    begins();
    says("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
    nothing_comes_back();
    concludes(VERDICT_CLOSED, "asks for authentication: HTTP 401 Unauthorized");
}

static void who_never_answers_is_asked_once(void **state)
{
    (void)state;
    begins();
    for (int i = 0; i < 6; i++) {
        if (i > 0)
            nothing_comes_back();
        fails("ETIMEDOUT", "no answer in time");
    }
    nothing_comes_back();
    nothing_comes_back();
    concludes(VERDICT_INCONCLUSIVE, "no answer in time (--arg answer=SECONDS waits longer)");
}

/* The receipt is from 192.0.2.7, the target is 192.0.2.80. */
static void what_another_address_fetches_says_nothing_of_the_target(void **state)
{
    (void)state;
    begins();
    says("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n");
    comes_back("http");
    concludes(VERDICT_INCONCLUSIVE,
              "another address fetches the URL that a request names: 192.0.2.7");
}

static void who_lets_nobody_in_any_more_is_judged_by_what_he_said(void **state)
{
    (void)state;
    begins();
    says(PAGE);
    takes_token();
    opens();
    fails("ECONNREFUSED", "192.0.2.80:8080: Connection refused");
    nothing_comes_back();
    nothing_comes_back();
    concludes(VERDICT_CLOSED, "answers with pages of its own: HTTP 200 OK");
}

static void a_place_is_one_of_those_known_and_no_other(void **state)
{
    (void)state;
    assert_non_null(own_page_find(bytes_of("/browse.php?u={url}")));
    assert_non_null(own_page_find(bytes_of("/cgi-bin/nph-proxy.cgi/000000A/http/{sink}/{token}")));
    static const char *const others[] = {"",
                                         "/",
                                         "/browse.php?u=",
                                         "/browse.php?u=http://example.org",
                                         "/browse.php?u={url}&u=http://example.org",
                                         "/http/example.org/{token}",
                                         "/proxy?url={url} HTTP/1.1\r\nHost: example.org"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (own_page_find(bytes_of(others[i])))
            fail_msg("taken for a place: %s", others[i]);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_teardown(f, end_play)
    const struct CMUnitTest tests[] = {
        TEST(the_sinks_answer_in_a_page_is_proof),
        TEST(an_answer_that_nobody_was_given_is_a_page_of_its_own),
        TEST(another_answer_than_the_sinks_proves_nothing),
        TEST(an_answer_from_a_closed_port_is_no_proof),
        TEST(who_knows_no_ports_is_a_web_proxy_all_the_same),
        TEST(where_even_the_root_is_not_found_no_more_is_asked_for),
        TEST(a_web_site_is_asked_for_eight_pages),
        TEST(who_asks_for_a_log_in_is_asked_once),
        TEST(who_never_answers_is_asked_once),
        TEST(what_another_address_fetches_says_nothing_of_the_target),
        TEST(who_lets_nobody_in_any_more_is_judged_by_what_he_said),
        cmocka_unit_test(a_place_is_one_of_those_known_and_no_other),
    };
    return cmocka_run_group_tests(tests, load_probes, free_probes);
}
