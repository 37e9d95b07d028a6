/* How the processes of a run share the cores. */
#include "given.h"

#include "run/start.h"

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

/* The policy that a process has after process_take_turns, and what it starts too, when it began with `first`. */
static int policy_after(int first)
{
    int status = 0;
    pid_t pid = fork();
    if (pid == 0) {
        const struct sched_param none = {0};
        sched_setscheduler(0, first, &none);
        process_take_turns();
        pid_t grandchild = fork();
        if (grandchild == 0)
            _exit(sched_getscheduler(0));
        waitpid(grandchild, &status, 0);
        _exit(WEXITSTATUS(status));
    }
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void a_process_that_takes_turns_and_what_it_starts_push_nobody_from_the_core(void **state)
{
    (void)state;
    assert_int_equal(policy_after(SCHED_OTHER), SCHED_BATCH);
}

static void a_policy_that_was_chosen_for_it_stays(void **state)
{
    (void)state;
    assert_int_equal(policy_after(SCHED_IDLE), SCHED_IDLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_process_that_takes_turns_and_what_it_starts_push_nobody_from_the_core),
        cmocka_unit_test(a_policy_that_was_chosen_for_it_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
