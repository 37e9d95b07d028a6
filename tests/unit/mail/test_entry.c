/* What has become of a letter, as text, and what a try makes of it. */
#include "mail_test.h"

#include "mail/entry.h"

static const struct entry_patience patience = {300 * SPAN_SECOND, 5 * 86400 * SPAN_SECOND};

static const struct entry example = {.name = "c-1",
                                     .state = ENTRY_UNCERTAIN,
                                     .to = "abuse@example.net",
                                     .from = "b+c-1.x@example.org",
                                     .id = "<c-1.2@example.org>",
                                     .tries = 3,
                                     .first = 1000 * SPAN_SECOND,
                                     .last = 2000 * SPAN_SECOND + 7,
                                     .host = "mail.example:587",
                                     .code = 0,
                                     .said = "broken \"off\""};

static bool get(const char *text, struct entry *out)
{
    struct fail fail;
    return entry_get(bytes_of(text), out, &fail);
}

static void it_is_read_back_as_it_was_written(void **state)
{
    struct buf text = buf_new(ENTRY_LIMIT);
    struct buf again = buf_new(ENTRY_LIMIT);
    struct entry e;
    (void)state;
    assert_true(entry_put(&text, &example));
    assert_true(get(buf_text(&text), &e));
    assert_true(entry_put(&again, &e));
    assert_string_equal(buf_text(&text), buf_text(&again));
    assert_int_equal(e.state, ENTRY_UNCERTAIN);
    assert_int_equal(e.last, example.last);
    buf_free(&text);
    buf_free(&again);
}

static void what_is_none_is_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "{",
        "[]",
        "{}",
        "{\"letter\":\"c-1\"}",
        "{\"letter\":\"c-1\",\"state\":\"lost\"}",
        "{\"letter\":\"../c\",\"state\":\"sent\"}",
        "{\"letter\":\".c\",\"state\":\"sent\"}",
        "{\"letter\":\"c-1\",\"state\":\"sent\",\"tries\":-1}",
        "{\"letter\":\"c-1\",\"state\":\"sent\",\"code\":1000}",
        "{\"letter\":\"c-1\",\"state\":\"sent\",\"next\":\"tomorrow\"}",
        "{\"letter\":\"c-1\",\"state\":\"sent\",\"said\":\"\\u001b[31m\"}",
        "{\"letter\":\"c-1\",\"state\":\"sent\",\"sha256\":\"00\"}",
        "{\"letter\":\"c-1\",\"state\":\"sent\",\"state\":\"waiting\"}",
        "{\"letter\":\"c-1\",\"state\":\"sent\"} {}",
    };
    struct entry e;
    (void)state;
    assert_true(get("{\"letter\":\"c-1\",\"state\":\"sent\"}", &e));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (get(bad[i], &e))
            fail_msg("taken: %s", bad[i]);
}

static void conclude(struct entry *e, enum submit_result result, instant now)
{
    struct submit_outcome outcome = {.result = result, .code = 0, .said = "said"};
    entry_conclude(e, &outcome, now, &patience);
}

static void each_outcome_has_its_state(void **state)
{
    static const struct {
        enum submit_result result;
        enum entry_state state;
    } pairs[] = {{SUBMIT_ACCEPTED, ENTRY_SENT},
                 {SUBMIT_REFUSED, ENTRY_FAILED},
                 {SUBMIT_LATER, ENTRY_WAITING},
                 {SUBMIT_UNKNOWN, ENTRY_UNCERTAIN}};
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        struct entry e = {.name = "c-1"};
        conclude(&e, pairs[i].result, 100);
        assert_int_equal(e.state, pairs[i].state);
        assert_int_equal(e.tries, 1);
        assert_int_equal(e.first, 100);
        assert_int_equal(e.next != 0, pairs[i].state == ENTRY_WAITING);
    }
}

static void it_waits_twice_as_long_each_time_and_four_hours_at_most(void **state)
{
    static const long minutes[] = {5, 10, 20, 40, 80, 160, 240, 240};
    struct entry e = {.name = "c-1"};
    (void)state;
    for (size_t i = 0; i < sizeof minutes / sizeof minutes[0]; i++) {
        conclude(&e, SUBMIT_LATER, 1000);
        assert_int_equal(e.next - 1000, minutes[i] * 60 * SPAN_SECOND);
    }
}

static void after_five_days_it_has_failed(void **state)
{
    struct entry e = {.name = "c-1"};
    (void)state;
    conclude(&e, SUBMIT_LATER, 1000);
    conclude(&e, SUBMIT_LATER, 1000 + patience.give_up - 1);
    assert_int_equal(e.state, ENTRY_WAITING);
    conclude(&e, SUBMIT_LATER, 1000 + patience.give_up);
    assert_int_equal(e.state, ENTRY_FAILED);
    assert_string_equal(e.said, "given up after 3 tries: said");
    assert_int_equal(e.next, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_read_back_as_it_was_written),
        cmocka_unit_test(what_is_none_is_refused),
        cmocka_unit_test(each_outcome_has_its_state),
        cmocka_unit_test(it_waits_twice_as_long_each_time_and_four_hours_at_most),
        cmocka_unit_test(after_five_days_it_has_failed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
