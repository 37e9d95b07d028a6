/* What is known of letters after a run that was cut off: by a kill, which loses nothing of the journal, or by a power cut. */
#include "mail_test.h"

#include "mail/journal.h"

#include <stdio.h>

static struct journal_view *view;

static int tear_down(void **state)
{
    (void)state;
    journal_view_free(view);
    view = NULL;
    return 0;
}

#define BOOT      "{\"boot\":\"now\"}\n"
#define INTENT    "{\"letter\":\"c-1\",\"state\":\"sending\",\"tries\":1,\"code\":0,\"said\":\"\"}\n"
#define BEGUN     "{\"begun\":\"c-1\"}\n"
#define WITHDRAWN "{\"withdrawn\":\"c-1\"}\n"
#define SENT                                                                                       \
    "{\"letter\":\"c-1\",\"state\":\"sent\",\"tries\":1,\"code\":250,\"said\":\"250 ok\"}\n"
#define PUT_OFF                                                                                    \
    "{\"letter\":\"c-1\",\"state\":\"waiting\",\"tries\":1,\"code\":450,\"said\":\"450\"}\n"
#define THAT_START "now"
#define NEW_START  "later"

/* The state of the letter by this journal, read in that time since the start; "-": nothing is known. */
static const char *state_by(const char *journal, const char *boot)
{
    journal_view_free(view);
    view = journal_view_of(bytes_of(journal), boot);
    assert_non_null(view);
    const struct entry *e = journal_find(view, "c-1");
    return e ? entry_state_name(e->state) : "-";
}

static void what_came_of_it_counts(void **state)
{
    (void)state;
    assert_string_equal(state_by(BOOT INTENT BEGUN SENT, THAT_START), "sent");
    assert_string_equal(state_by(BOOT INTENT BEGUN SENT, NEW_START), "sent");
}

static void one_whose_end_may_have_been_said_is_being_sent(void **state)
{
    (void)state;
    assert_string_equal(state_by(BOOT INTENT BEGUN, THAT_START), "sending");
    assert_string_equal(state_by(BOOT INTENT BEGUN, NEW_START), "sending");
}

static void one_that_was_not_begun_is_as_it_was_unless_that_may_have_been_lost(void **state)
{
    (void)state;
    assert_string_equal(state_by(BOOT INTENT, THAT_START), "-");
    assert_string_equal(state_by(BOOT INTENT, NEW_START), "sending");
    assert_string_equal(state_by(BOOT PUT_OFF INTENT, THAT_START), "waiting");
    assert_string_equal(state_by(INTENT, THAT_START), "sending"); /* which start it was is lost */
}

static void one_that_was_begun_can_not_be_taken_back(void **state)
{
    (void)state;
    assert_string_equal(state_by(BOOT INTENT WITHDRAWN, NEW_START), "-");
    assert_string_equal(state_by(BOOT INTENT BEGUN WITHDRAWN, THAT_START), "sending");
}

static void it_is_sent_again_by_a_new_step_alone(void **state)
{
    (void)state;
    assert_string_equal(state_by(BOOT INTENT BEGUN PUT_OFF INTENT, THAT_START), "waiting");
    assert_string_equal(state_by(BOOT INTENT BEGUN PUT_OFF INTENT BEGUN, THAT_START), "sending");
}

static void half_a_line_and_what_is_none_are_passed_over(void **state)
{
    (void)state;
    assert_string_equal(state_by(BOOT INTENT BEGUN "{\"letter\":\"c-1\",\"sta", THAT_START),
                        "sending");
    assert_string_equal(state_by(BOOT INTENT BEGUN "\001\002\n" SENT, THAT_START), "sent");
    assert_string_equal(state_by("", THAT_START), "-");
    assert_string_equal(state_by("{\"begun\":\"../x\"}\n[]\nnull\n", THAT_START), "-");
}

static bool count(void *arg, const struct entry *e)
{
    return e && ++*(unsigned *)arg;
}

static void each_letter_is_told_of_once(void **state)
{
    (void)state;
    unsigned letters = 0;
    char text[64 * 1024];
    size_t n = 0;
    for (unsigned i = 0; i < 600; i++)
        n += (size_t)snprintf(
            text + n, sizeof text - n,
            "{\"letter\":\"c-%u\",\"state\":\"sent\",\"code\":250,\"said\":\"\"}\n", i * 7 % 300);
    view = journal_view_of(bytes_of(text), THAT_START);
    assert_true(journal_each(view, count, &letters));
    assert_int_equal(letters, 300);
    assert_non_null(journal_find(view, "c-299"));
    assert_null(journal_find(view, "c-300"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(what_came_of_it_counts, tear_down),
        cmocka_unit_test_teardown(one_whose_end_may_have_been_said_is_being_sent, tear_down),
        cmocka_unit_test_teardown(
            one_that_was_not_begun_is_as_it_was_unless_that_may_have_been_lost, tear_down),
        cmocka_unit_test_teardown(one_that_was_begun_can_not_be_taken_back, tear_down),
        cmocka_unit_test_teardown(it_is_sent_again_by_a_new_step_alone, tear_down),
        cmocka_unit_test_teardown(half_a_line_and_what_is_none_are_passed_over, tear_down),
        cmocka_unit_test_teardown(each_letter_is_told_of_once, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
