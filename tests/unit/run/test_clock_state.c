/* How good the clock is, as it stands in run.json. */
#include "given.h"

#include "run/clock_state.h"

#include <jansson.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/timex.h>
#include <sys/wait.h>
#include <unistd.h>

static json_t *put(const struct clock_state *s)
{
    struct buf out = buf_new(4096);
    assert_true(clock_state_put(&out, s));
    json_t *json = json_loadb((const char *)out.p, out.n, JSON_REJECT_DUPLICATES, NULL);
    assert_true(json_is_object(json));
    buf_free(&out);
    return json;
}

static long long number(const json_t *json, const char *name)
{
    assert_true(json_is_integer(json_object_get(json, name)));
    return json_integer_value(json_object_get(json, name));
}

static void what_was_told_stands_there(void **state)
{
    (void)state;
    struct clock_state s = {.known = true,
                            .synchronised = true,
                            .offset = -12,
                            .estimated_error = 340,
                            .maximum_error = 15000,
                            .counter = "tsc",
                            .services = {"chronyd", "phc2sys"}};
    json_t *json = put(&s);
    assert_true(json_is_true(json_object_get(json, "synchronised")));
    assert_int_equal(number(json, "offset_us"), -12);
    assert_int_equal(number(json, "estimated_error_us"), 340);
    assert_int_equal(number(json, "maximum_error_us"), 15000);
    assert_int_equal(json_array_size(json_object_get(json, "services")), 2);
    assert_string_equal(json_string_value(json_object_get(json, "counter")), "tsc");
    json_decref(json);
}

static void a_kernel_that_says_nothing_is_no_number(void **state)
{
    (void)state;
    struct clock_state s = {.known = false};
    json_t *json = put(&s);
    assert_true(json_is_null(json_object_get(json, "synchronised")));
    assert_null(json_object_get(json, "offset_us"));
    assert_null(json_object_get(json, "counter"));
    assert_int_equal(json_array_size(json_object_get(json, "services")), 0);
    json_decref(json);
}

static void this_machines_clock_is_as_its_kernel_says(void **state)
{
    (void)state;
    struct clock_state s;
    struct timex t = {.modes = 0};
    clock_state_look(&s);
    int kernel = adjtimex(&t);
    assert_int_equal(s.known, kernel >= 0);
    assert_int_equal(s.synchronised, kernel >= 0 && !(t.status & STA_UNSYNC));
    assert_true(!s.known || s.maximum_error <= t.maxerror);
}

static bool is_named(const char *service)
{
    struct clock_state s;
    clock_state_look(&s);
    for (size_t i = 0; s.services[i]; i++)
        if (strcmp(s.services[i], service) == 0)
            return true;
    return false;
}

/* While a process of this account bears the name. */
static bool is_named_while(const char *process, uid_t account, const char *service)
{
    int ready[2];
    char byte;
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        bool ok =
            (geteuid() == account || setuid(account) == 0) && prctl(PR_SET_NAME, process) == 0;
        _exit(ok && write(ready[1], "x", 1) == 1 && pause() == 0);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    bool named = is_named(service);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    close(ready[0]);
    close(ready[1]);
    return named;
}

static void a_process_of_anybody_is_no_keeper_whatever_it_is_called(void **state)
{
    (void)state;
    if (is_named("ptp4l") || (geteuid() > 0 && geteuid() < 1000))
        skip();
    assert_false(is_named_while("ptp4l", geteuid() == 0 ? 12345 : geteuid(), "ptp4l"));
    if (geteuid() != 0)
        return;
    assert_true(is_named_while("ptp4l", 0, "ptp4l"));
    assert_true(is_named_while("ptp4l", 999, "ptp4l"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_told_stands_there),
        cmocka_unit_test(a_kernel_that_says_nothing_is_no_number),
        cmocka_unit_test(this_machines_clock_is_as_its_kernel_says),
        cmocka_unit_test(a_process_of_anybody_is_no_keeper_whatever_it_is_called),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
