#include "dns_server.h"

#include "net/dns.h"

enum { TYPE_A = 1, TYPE_TXT = 16, TYPE_AAAA = 28 };

struct asker {
    struct loop *loop;
    struct dns *dns;
    struct dns_server server;
    unsigned calls;
    unsigned enough;
    struct addr addresses[DNS_ADDRESSES];
    size_t count;
    const char *code; /* NULL: it went well */
    unsigned char message[512];
    size_t size;
};

/* A resolver that answers is given time to, as the machine may be busy; one of whom nothing is taken is soon given up. */
enum { PATIENT = 5 * 1000 * 1000, QUICK = 100 * 1000 };

static void begin(struct asker *a, dns_answerer answer, span timeout)
{
    struct fail fail;
    *a = (struct asker){.enough = 1, .server = dns_server_start(answer)};
    struct dns_options options = {
        .resolvers = &a->server.at, .count = 1, .timeout = timeout, .tries = 2};
    a->loop = new_loop();
    a->dns = dns_new(a->loop, &options, &fail);
    assert_non_null(a->dns);
}

static void end(struct asker *a)
{
    dns_free(a->dns);
    loop_free(a->loop);
    dns_server_stop(&a->server);
}

static void called(struct asker *a, const struct fail *why)
{
    a->code = why ? why->code : NULL;
    if (++a->calls == a->enough)
        loop_stop(a->loop);
}

static void on_addresses(void *arg, const struct addr *addresses, size_t count,
                         const struct fail *why)
{
    struct asker *a = arg;
    a->count = count;
    for (size_t i = 0; i < count; i++)
        a->addresses[i] = addresses[i];
    called(a, why);
}

static void on_message(void *arg, struct bytes message, const struct fail *why)
{
    struct asker *a = arg;
    a->size = message.n < sizeof a->message ? message.n : sizeof a->message;
    for (size_t i = 0; i < a->size; i++)
        a->message[i] = message.p[i];
    called(a, why);
}

static void ask_addresses(struct asker *a, const char *name)
{
    struct fail fail;
    a->calls = 0;
    assert_true(dns_addresses(a->dns, name, on_addresses, a, &fail));
    run_loop(a->loop);
}

static void ask(struct asker *a, const char *name, unsigned type)
{
    struct fail fail;
    a->calls = 0;
    assert_true(dns_ask(a->dns, name, type, on_message, a, &fail));
    run_loop(a->loop);
}

static size_t both_families(const unsigned char *query, size_t size, unsigned char *out)
{
    static const unsigned char six[16] = {0x20, 0x01, 0x0d, 0xb8, [15] = 1};
    (void)size;
    size_t n = dns_begin(query, 0, 1, out);
    if (dns_question_type(query) == TYPE_A)
        return dns_record(out, n, TYPE_A, "\300\0\002\001", 4);
    return dns_record(out, n, TYPE_AAAA, six, sizeof six);
}

static void a_name_has_addresses_of_both_families(void **state)
{
    (void)state;
    struct asker a;
    char text[2][ADDR_TEXT];
    begin(&a, both_families, PATIENT);
    ask_addresses(&a, "mail.example.org");
    assert_null(a.code);
    assert_int_equal(a.count, 2);
    addr_text(&a.addresses[0], text[0]);
    addr_text(&a.addresses[1], text[1]);
    bool four_first = strcmp(text[0], "192.0.2.1") == 0;
    assert_string_equal(text[four_first ? 0 : 1], "192.0.2.1");
    assert_string_equal(text[four_first ? 1 : 0], "2001:db8::1");
    end(&a);
}

/* The name asked for is another name of "x", which has the address. */
static size_t other_name(const unsigned char *query, size_t size, unsigned char *out)
{
    static const unsigned char address[] = {1, 'x', 0, 0, TYPE_A, 0, 1, 0, 0,
                                            0, 60,  0, 4, 192,    0, 2, 7};
    (void)size;
    if (dns_question_type(query) != TYPE_A)
        return dns_begin(query, 0, 0, out);
    size_t n = dns_record(out, dns_begin(query, 0, 2, out), 5, "\001x", 3);
    memcpy(out + n, address, sizeof address);
    return n + sizeof address;
}

static void another_name_is_followed(void **state)
{
    (void)state;
    struct asker a;
    char text[ADDR_TEXT];
    begin(&a, other_name, PATIENT);
    ask_addresses(&a, "alias.example.org");
    assert_int_equal(a.count, 1);
    assert_string_equal(addr_text(&a.addresses[0], text), "192.0.2.7");
    end(&a);
}

static size_t no_such_name(const unsigned char *query, size_t size, unsigned char *out)
{
    (void)size;
    return dns_begin(query, 3, 0, out);
}

static void a_name_that_is_not_is_said(void **state)
{
    (void)state;
    struct asker a;
    begin(&a, no_such_name, PATIENT);
    ask_addresses(&a, "nothing.example.org");
    assert_int_equal(a.count, 0);
    assert_string_equal(a.code, "ENONAME");
    ask(&a, "nothing.example.org", TYPE_TXT);
    end(&a);
}

static void a_denial_is_an_answer_as_it_came(void **state)
{
    (void)state;
    struct asker a;
    begin(&a, no_such_name, PATIENT);
    ask(&a, "2.0.0.127.list.example", TYPE_A);
    assert_null(a.code);
    assert_int_equal(a.message[3] & 15, 3);
    end(&a);
}

static size_t silence(const unsigned char *query, size_t size, unsigned char *out)
{
    (void)query, (void)size, (void)out;
    return 0;
}

static void silence_ends_in_time(void **state)
{
    (void)state;
    struct asker a;
    instant began = loop_monotonic();
    begin(&a, silence, QUICK);
    ask_addresses(&a, "mail.example.org");
    assert_string_equal(a.code, "ETIMEDOUT");
    assert_true(loop_monotonic() - began < 2 * SPAN_SECOND);
    end(&a);
}

static size_t another_id(const unsigned char *query, size_t size, unsigned char *out)
{
    size_t n = both_families(query, size, out);
    out[0] ^= 1;
    return n;
}

static size_t another_question(const unsigned char *query, size_t size, unsigned char *out)
{
    size_t n = both_families(query, size, out);
    out[13] ^= 1;
    return n;
}

static void answers_to_other_questions_do_not_count(void **state)
{
    (void)state;
    struct asker a;
    begin(&a, another_id, QUICK);
    ask_addresses(&a, "mail.example.org");
    assert_string_equal(a.code, "ETIMEDOUT");
    end(&a);
    begin(&a, another_question, QUICK);
    ask(&a, "mail.example.org", TYPE_A);
    assert_string_equal(a.code, "ETIMEDOUT");
    end(&a);
}

static size_t server_failure(const unsigned char *query, size_t size, unsigned char *out)
{
    (void)size;
    return dns_begin(query, 2, 0, out);
}

static size_t refusal(const unsigned char *query, size_t size, unsigned char *out)
{
    (void)size;
    return dns_begin(query, 5, 0, out);
}

static void a_resolver_that_fails_is_not_waited_for(void **state)
{
    (void)state;
    struct asker a;
    begin(&a, server_failure, PATIENT);
    ask(&a, "mail.example.org", TYPE_A);
    assert_string_equal(a.code, "ESERVFAIL");
    end(&a);
    begin(&a, refusal, PATIENT);
    ask(&a, "mail.example.org", TYPE_A);
    assert_string_equal(a.code, "ESERVFAIL");
    end(&a);
}

/* A record whose length points past the message's end. */
static size_t too_long(const unsigned char *query, size_t size, unsigned char *out)
{
    size_t n = both_families(query, size, out);
    return n - 2;
}

static void a_broken_answer_gives_no_address(void **state)
{
    (void)state;
    struct asker a;
    begin(&a, too_long, QUICK);
    ask_addresses(&a, "mail.example.org");
    assert_int_equal(a.count, 0);
    assert_non_null(a.code);
    end(&a);
}

static void localhost_needs_no_resolver(void **state)
{
    (void)state;
    struct asker a;
    begin(&a, silence, QUICK);
    ask_addresses(&a, "localhost");
    assert_null(a.code);
    assert_true(a.count >= 1);
    for (size_t i = 0; i < a.count; i++)
        assert_true(addr_is_loopback(&a.addresses[i]));
    end(&a);
}

static void no_call_comes_from_inside_or_after_the_end(void **state)
{
    (void)state;
    struct asker a;
    struct fail fail;
    begin(&a, silence, QUICK);
    assert_true(dns_addresses(a.dns, "localhost", on_addresses, &a, &fail));
    assert_true(dns_ask(a.dns, "..", TYPE_A, on_message, &a, &fail));
    assert_true(dns_ask(a.dns, "mail.example.org", TYPE_A, on_message, &a, &fail));
    assert_int_equal(a.calls, 0);
    assert_int_equal(dns_pending(a.dns), 3);
    dns_free(a.dns);
    a.dns = NULL;
    run_for(a.loop, SPAN_SECOND / 20);
    assert_int_equal(a.calls, 0);
    end(&a);
}

static void questions_under_way_are_bounded(void **state)
{
    (void)state;
    struct asker a;
    struct fail fail;
    begin(&a, both_families, QUICK);
    a.enough = DNS_PENDING_MOST;
    for (unsigned i = 0; i < DNS_PENDING_MOST; i++)
        assert_true(dns_ask(a.dns, "mail.example.org", TYPE_A, on_message, &a, &fail));
    assert_false(dns_ask(a.dns, "mail.example.org", TYPE_A, on_message, &a, &fail));
    assert_string_equal(fail.code, "ELIMIT");
    run_loop(a.loop);
    assert_int_equal(dns_pending(a.dns), 0);
    end(&a);
}

static void no_descriptor_is_left_behind(void **state)
{
    (void)state;
    struct asker a;
    int before = open_fds();
    begin(&a, both_families, PATIENT);
    ask_addresses(&a, "mail.example.org");
    end(&a);
    assert_int_equal(open_fds(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_has_addresses_of_both_families),
        cmocka_unit_test(another_name_is_followed),
        cmocka_unit_test(a_name_that_is_not_is_said),
        cmocka_unit_test(a_denial_is_an_answer_as_it_came),
        cmocka_unit_test(silence_ends_in_time),
        cmocka_unit_test(answers_to_other_questions_do_not_count),
        cmocka_unit_test(a_resolver_that_fails_is_not_waited_for),
        cmocka_unit_test(a_broken_answer_gives_no_address),
        cmocka_unit_test(localhost_needs_no_resolver),
        cmocka_unit_test(no_call_comes_from_inside_or_after_the_end),
        cmocka_unit_test(questions_under_way_are_bounded),
        cmocka_unit_test(no_descriptor_is_left_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
