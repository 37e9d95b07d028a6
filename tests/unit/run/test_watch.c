/* Processes that turn in circles, and those that only seem to. The looks come a few times a second. */
#include "given.h"

#include "run/watch.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LOOK = 20 * 1000, LOOKS_MOST = 500 };

static const struct watch_limits limits = {
    .looks = 3, .processor = 100 * 1000, .blocked_looks = 40, .start_looks = 20};

static struct pulse *pulse;
static pid_t child;

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
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    pulse_unmap(pulse);
    return 0;
}

/* A process that never sleeps (`busy`), and goes round or not. */
static void start(bool busy, bool goes_round)
{
    child = fork();
    while (child == 0) {
        if (goes_round)
            atomic_fetch_add(&pulse->rounds, 1);
        if (!busy)
            usleep(1000);
    }
    assert_true(child > 0);
}

/* After how many looks it is found; 0: it is not. */
static unsigned found_after(bool ready, unsigned most)
{
    struct watch watch = {.pulse = pulse};
    for (unsigned looks = 1; looks <= most; looks++) {
        usleep(LOOK);
        if (watch_is_stuck(&watch, child, ready, &limits))
            return looks;
    }
    return 0;
}

static void one_that_works_and_stands_still_inside_a_script(void **state)
{
    (void)state;
    atomic_store(&pulse->job, 7);
    start(true, false);
    assert_true(found_after(true, LOOKS_MOST) >= limits.looks);
}

static void one_that_goes_round_is_at_work(void **state)
{
    (void)state;
    atomic_store(&pulse->job, 7);
    start(true, true);
    assert_int_equal(found_after(true, 60), 0);
}

static void one_that_is_in_no_script_may_stand(void **state)
{
    (void)state;
    start(true, false);
    assert_int_equal(found_after(true, 60), 0);
}

static void one_that_is_to_go_round_by_itself_and_does_not(void **state)
{
    (void)state;
    static const struct watch_limits beating = {.looks = 3,
                                                .processor = 100 * 1000,
                                                .blocked_looks = 40,
                                                .idle_looks = 10,
                                                .start_looks = 20};
    struct watch watch = {.pulse = pulse};
    start(false, false);
    for (unsigned looks = 1; looks <= beating.idle_looks; looks++)
        assert_int_equal(watch_is_stuck(&watch, child, true, &beating),
                         looks == beating.idle_looks);
}

static void one_that_goes_from_script_to_script_in_one_round_is_at_work(void **state)
{
    (void)state;
    struct watch watch = {.pulse = pulse};
    start(true, false);
    for (unsigned looks = 1; looks <= 60; looks++) {
        atomic_store(&pulse->job, looks);
        usleep(LOOK);
        assert_false(watch_is_stuck(&watch, child, true, &limits));
    }
}

static void one_that_gets_no_processor_time_is_given_longer(void **state)
{
    (void)state;
    atomic_store(&pulse->job, 7);
    start(false, false);
    unsigned looks = found_after(true, LOOKS_MOST);
    assert_in_range(looks, limits.blocked_looks, limits.blocked_looks + 1);
}

static void one_that_does_not_get_ready(void **state)
{
    (void)state;
    start(false, true);
    assert_int_equal(found_after(false, LOOKS_MOST), limits.start_looks);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(one_that_works_and_stands_still_inside_a_script),
        TEST(one_that_goes_round_is_at_work),
        TEST(one_that_is_in_no_script_may_stand),
        TEST(one_that_is_to_go_round_by_itself_and_does_not),
        TEST(one_that_goes_from_script_to_script_in_one_round_is_at_work),
        TEST(one_that_gets_no_processor_time_is_given_longer),
        TEST(one_that_does_not_get_ready),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
