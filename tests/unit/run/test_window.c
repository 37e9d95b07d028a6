/* How many probes are in flight: as many as keep the workers busy, and no more than are allowed. */
#include "given.h"

#include "run/window.h"

enum { ROUNDS = 100, ALLOWED = 1000 };

/* So many looks, at each of which every round has found so many dialogues. */
static void look(struct window *window, unsigned times, unsigned dialogues)
{
    while (times-- > 0)
        window_look(window,
                    (struct window_work){.rounds = ROUNDS, .wakes = (uint64_t)ROUNDS * dialogues},
                    window->looked + WINDOW_LOOK);
}

static void it_begins_with_few(void **state)
{
    (void)state;
    assert_int_equal(window_new(ALLOWED).now, WINDOW_LEAST);
}

static void fewer_are_allowed_than_it_begins_with(void **state)
{
    (void)state;
    struct window window = window_new(3);
    assert_int_equal(window.now, 3);
    look(&window, 10, 0);
    assert_int_equal(window.now, 3);
    look(&window, 10, 3);
    assert_int_equal(window.now, 3);
}

static void while_workers_have_little_to_do_it_opens_to_what_is_allowed(void **state)
{
    (void)state;
    struct window window = window_new(ALLOWED);
    look(&window, 1, WINDOW_FEW);
    assert_in_range(window.now, WINDOW_LEAST + WINDOW_LEAST / 2, 2 * WINDOW_LEAST);
    look(&window, 9, WINDOW_FEW);
    assert_int_equal(window.now, ALLOWED);
}

static void a_round_that_was_slept_through_opens_it_too(void **state)
{
    (void)state;
    struct window window = window_new(ALLOWED);
    window_look(&window, (struct window_work){0}, WINDOW_LOOK);
    assert_true(window.now > WINDOW_LEAST);
}

static void twenty_thousand_are_reached_within_two_tenths_of_a_second(void **state)
{
    (void)state;
    struct window window = window_new(20000);
    look(&window, 20, 1);
    assert_int_equal(window.now, 20000);
}

static void while_many_wait_for_their_turn_it_closes(void **state)
{
    (void)state;
    struct window window = window_new(ALLOWED);
    look(&window, 10, 0);
    look(&window, 1, WINDOW_MANY);
    assert_in_range(window.now, ALLOWED - ALLOWED / 10, ALLOWED - 1);
    look(&window, 100, WINDOW_MANY);
    assert_in_range(window.now, WINDOW_LEAST, WINDOW_LEAST + WINDOW_LEAST / 10);
}

static void in_between_it_stays_as_it_is(void **state)
{
    (void)state;
    struct window window = window_new(ALLOWED);
    look(&window, 2, 0);
    unsigned before = window.now;
    look(&window, 50, (WINDOW_FEW + WINDOW_MANY) / 2);
    assert_int_equal(window.now, before);
}

static void a_look_is_due_a_hundredth_of_a_second_after_the_last(void **state)
{
    (void)state;
    struct window window = window_new(ALLOWED);
    window_look(&window, (struct window_work){0}, SPAN_SECOND);
    assert_false(window_is_due(&window, SPAN_SECOND + WINDOW_LOOK - 1));
    assert_true(window_is_due(&window, SPAN_SECOND + WINDOW_LOOK));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_begins_with_few),
        cmocka_unit_test(fewer_are_allowed_than_it_begins_with),
        cmocka_unit_test(while_workers_have_little_to_do_it_opens_to_what_is_allowed),
        cmocka_unit_test(a_round_that_was_slept_through_opens_it_too),
        cmocka_unit_test(twenty_thousand_are_reached_within_two_tenths_of_a_second),
        cmocka_unit_test(while_many_wait_for_their_turn_it_closes),
        cmocka_unit_test(in_between_it_stays_as_it_is),
        cmocka_unit_test(a_look_is_due_a_hundredth_of_a_second_after_the_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
