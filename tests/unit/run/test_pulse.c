/* The page that a worker shares with its supervisor. */
#include "given.h"

#include "run/pulse.h"

#include <string.h>
#include <unistd.h>

static struct pulse *pulse;
static char words[PULSE_WORDS + 2];

static int set_up(void **state)
{
    struct fail fail;
    (void)state;
    int fd = pulse_open(&fail);
    pulse = pulse_map(fd, &fail);
    close(fd);
    return pulse ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    pulse_unmap(pulse);
    return 0;
}

static void one_that_said_nothing_has_no_words(void **state)
{
    (void)state;
    pulse_words(pulse, words);
    assert_string_equal(words, "");
    pulse_words(NULL, words);
    assert_string_equal(words, "");
}

static void its_last_words_are_kept(void **state)
{
    (void)state;
    pulse_say(pulse, "out of memory");
    pulse_words(pulse, words);
    assert_string_equal(words, ": out of memory");
}

static void words_of_an_enemy_are_one_printable_line(void **state)
{
    (void)state;
    pulse_say(pulse, "a\x1b]0;x\a\nb");
    pulse_words(pulse, words);
    assert_string_equal(words, ": a?]0;x??b");
}

static void words_without_an_end_are_cut(void **state)
{
    (void)state;
    memset(pulse->words, 'x', sizeof pulse->words);
    pulse_words(pulse, words);
    assert_int_equal(strlen(words), PULSE_WORDS + 1);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(one_that_said_nothing_has_no_words),
        TEST(its_last_words_are_kept),
        TEST(words_of_an_enemy_are_one_printable_line),
        TEST(words_without_an_end_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
