#include "contact_test.h"

static struct contact_answer get(const char *json, bool expected)
{
    struct contact_answer a;
    struct fail fail = {0};
    if (answer_get(bytes_of(json), &a, &fail) != expected)
        fail_msg("%s", json);
    return a;
}

static void it_reads_back_as_it_was(void **state)
{
    (void)state;
    struct contact_answer a = {.referral = "whois.ripe.net"};
    struct addr about = address("192.0.2.10");
    struct buf json = buf_new(4096);
    answer_add(&a, bytes_of("noc@example.net"), CONTACT_NOC);
    answer_add(&a, bytes_of("abuse@example.net"), CONTACT_ABUSE);
    answer_set_range(&a, bytes_of("192.0.2.0"), bytes_of("192.0.2.255"), &about);
    answer_set_country(&a, bytes_of("no"));
    answer_add_language(&a, bytes_of("nb"));
    answer_sort(&a);
    buf_put_byte(&json, '{');
    answer_put(&json, &a);
    buf_put_byte(&json, '}');
    assert_string_equal(buf_text(&json),
                        "{\"contacts\":[{\"address\":\"abuse@example.net\",\"role\":\"abuse\"},"
                        "{\"address\":\"noc@example.net\",\"role\":\"noc\"}],"
                        "\"first\":\"192.0.2.0\",\"last\":\"192.0.2.255\",\"country\":\"NO\","
                        "\"languages\":[\"nb\"],\"referral\":\"whois.ripe.net\"}");
    struct contact_answer back = get(buf_text(&json), true);
    assert_contacts(&back, "abuse@example.net abuse, noc@example.net noc");
    assert_range(&back, "192.0.2.0", "192.0.2.255");
    buf_free(&json);
}

static void of_a_process_that_was_taken_over_nothing_is_believed(void **state)
{
    (void)state;
    get("{\"contacts\":[]}", true);
    get("", false);
    get("[]", false);
    get("{}", false);
    get("{\"contacts\":[{\"address\":\"a@example.net\\r\\nBcc: b\",\"role\":\"abuse\"}]}", false);
    get("{\"contacts\":[{\"address\":\"a@example.net\",\"role\":\"boss\"}]}", false);
    get("{\"contacts\":[7]}", false);
    get("{\"contacts\":[],\"first\":\"192.0.2.0\"}", false);
    get("{\"contacts\":[],\"first\":\"192.0.2.9\",\"last\":\"192.0.2.1\"}", false);
    get("{\"contacts\":[],\"country\":\"N\\u001b\"}", false);
    get("{\"contacts\":[],\"languages\":[\"nb\\nX: y\"]}", false);
    get("{\"contacts\":[],\"languages\":\"nb\"}", false);
    get("{\"contacts\":[],\"referral\":\"127.0.0.1\"}", false);
    get("{\"contacts\":[],\"contacts\":[]}", false);
}

static void an_address_stands_once_with_its_best_role(void **state)
{
    (void)state;
    struct contact_answer a = {0};
    assert_true(answer_add(&a, bytes_of("x@example.net"), CONTACT_TECHNICAL));
    assert_true(answer_add(&a, bytes_of("X@example.NET"), CONTACT_ABUSE));
    assert_contacts(&a, "x@example.net abuse");
}

static void there_are_no_more_than_there_is_room_for(void **state)
{
    (void)state;
    struct contact_answer a = {0};
    for (int i = 0; i < 100; i++) {
        char text[64];
        snprintf(text, sizeof text, "a%d@example.net", i);
        assert_int_equal(answer_add(&a, bytes_of(text), CONTACT_ABUSE), i < ANSWER_CONTACTS);
        snprintf(text, sizeof text, "aa-%d", i + 10);
        assert_int_equal(answer_add_language(&a, bytes_of(text)), i < ANSWER_LANGUAGES);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_reads_back_as_it_was),
        cmocka_unit_test(of_a_process_that_was_taken_over_nothing_is_believed),
        cmocka_unit_test(an_address_stands_once_with_its_best_role),
        cmocka_unit_test(there_are_no_more_than_there_is_room_for),
    };
    return cmocka_run_group_tests_name("contact/answer", tests, NULL, NULL);
}
