/* SOCKS proxies: a yes is proven by what comes back. */
#include "proxy_play.h"

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
    offers_alone();
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

static void socks5_leads_on(void)
{
    char granted[10] = {5, 0, 0, 1};
    char refused[10] = {5, 5, 0, 1};
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

static void socks5_is_open_when_the_password_is_only_preferred(void **state)
{
    (void)state;
    socks5_chooses("\x05\x02", "\x05\x00");
    socks5_leads_on();
}

/* It takes no offer of two methods. */
static void socks5_is_open_when_one_method_alone_is_taken(void **state)
{
    (void)state;
    socks5_chooses("\x05\xff", "\x05\x00");
    socks5_leads_on();
    asks_socks5();
    server_ends();
    offers_alone();
    says_bytes("\x05\x00", 2);
    socks5_leads_on();
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
    socks5_chooses("\x05\xff", "\x05\xff");
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
        TEST(socks5_is_open_when_one_method_alone_is_taken),
        TEST(socks5_ipv6_asks_for_the_mapped_address),
        TEST(socks5_name_needs_a_name_of_ours),
        TEST(socks5_is_closed_by_a_refusal),
        TEST(socks5_is_inconclusive_when_it_can_not),
        TEST(socks4_can_not_name_an_ipv6_sink),
    };
    return cmocka_run_group_tests(tests, load_probes, free_probes);
}
