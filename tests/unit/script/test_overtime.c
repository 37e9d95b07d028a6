/* A VM that counts instructions only from when an entry has been at work for some time. */
#include "fake.h"

#include "script/vm.h"

#include <signal.h>

enum { SHORT_ONES = 2000 };

static struct vm *watched(void)
{
    struct fail fail;
    struct vm_limits limits = {.memory = 8 << 20, .instructions = 1000 * 1000, .source = 65536};
    struct vm *vm = vm_new(&limits, &fail);
    assert_non_null(vm);
    vm_count_overtime(vm, NULL, NULL);
    return vm;
}

static bool runs(struct vm *vm, const char *text, struct fail *fail)
{
    int ref = 0;
    bool ok = vm_load(vm, bytes_of(text), "t.lua", &ref, fail);
    if (ok)
        vm_release(vm, ref);
    return ok;
}

static void is_stopped(const char *text)
{
    struct vm *vm = watched();
    struct fail fail;
    assert_false(runs(vm, text, &fail));
    assert_non_null(strstr(fail.text, "t.lua:1: instruction budget spent"));
    assert_true(runs(vm, "return 1", &fail));
    assert_false(runs(vm, text, &fail));
    vm_free(vm);
}

static void an_endless_loop_is_stopped_and_the_vm_goes_on(void **state)
{
    (void)state;
    is_stopped("while true do end");
}

static void a_pcall_does_not_hide_it(void **state)
{
    (void)state;
    is_stopped("while true do pcall(function() while true do end end) end");
}

static void memory_counts_as_well(void **state)
{
    (void)state;
    is_stopped("while true do ('x'):rep(10) end");
}

/* Together they are at work far longer than one may be. */
static void entries_that_are_over_soon_are_not(void **state)
{
    (void)state;
    struct vm *vm = watched();
    struct fail fail;
    for (int i = 0; i < SHORT_ONES; i++)
        assert_true(runs(vm, "for i = 1, 10000 do end return 1", &fail));
    vm_free(vm);
}

struct told {
    volatile sig_atomic_t times;
};

static void count(void *arg)
{
    ((struct told *)arg)->times++;
}

static void whoever_wants_to_know_is_told_that_time_has_gone_by(void **state)
{
    (void)state;
    struct fail fail;
    struct told told = {0};
    struct vm_limits limits = vm_limits_default();
    struct vm *vm = vm_new(&limits, &fail);
    assert_non_null(vm);
    assert_true(vm_count_overtime(vm, count, &told));
    assert_false(runs(vm, "while true do end", &fail));
    assert_true(told.times > 0);
    vm_free(vm);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_endless_loop_is_stopped_and_the_vm_goes_on),
        cmocka_unit_test(a_pcall_does_not_hide_it),
        cmocka_unit_test(memory_counts_as_well),
        cmocka_unit_test(entries_that_are_over_soon_are_not),
        cmocka_unit_test(whoever_wants_to_know_is_told_that_time_has_gone_by),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
