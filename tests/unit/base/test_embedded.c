#include "base/embedded.h"

#include "given.h"

static void the_files_are_sorted_by_path(void **state)
{
    const struct embedded *all;
    size_t n = embedded_list(&all);
    (void)state;
    assert_true(n > 0);
    for (size_t i = 1; i < n; i++)
        assert_true(strcmp(all[i - 1].path, all[i].path) < 0);
}

static void each_file_is_found_by_its_path(void **state)
{
    const struct embedded *all;
    size_t n = embedded_list(&all);
    (void)state;
    for (size_t i = 0; i < n; i++)
        assert_ptr_equal(embedded_find(all[i].path), &all[i]);
}

static void other_paths_are_not_found(void **state)
{
    (void)state;
    assert_null(embedded_find(""));
    assert_null(embedded_find("scripts"));
    assert_null(embedded_find("scripts/../scripts/relay/third-party.lua"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_files_are_sorted_by_path),
        cmocka_unit_test(each_file_is_found_by_its_path),
        cmocka_unit_test(other_paths_are_not_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
