/* Files that come to their names many at a time. */
#include "../evidence/temp.h"

#include "base/file_batch.h"

static char placed[256];

static void note(void *arg, const char *name)
{
    (void)arg;
    size_t n = strlen(placed);
    snprintf(placed + n, sizeof placed - n, "%s ", name);
}

static struct file_batch *begin(bool replaces)
{
    struct fail fail;
    struct file_batch_order order = {.folder = ".",
                                     .ending = ".txt",
                                     .mode = 0644,
                                     .replaces = replaces,
                                     .most = 2,
                                     .placed = note};
    placed[0] = '\0';
    struct file_batch *b = file_batch_new(&order, &fail);
    assert_non_null(b);
    return b;
}

static void there_is(const char *names)
{
    char command[256];
    snprintf(command, sizeof command, "test \"$(ls | grep -v output | tr '\\n' ' ')\" = '%s'",
             names);
    assert_int_equal(run(command), 0);
}

static void nothing_has_its_name_before_all_is_written(void **state)
{
    (void)state;
    struct fail fail;
    struct file_batch *b = begin(false);
    assert_true(file_batch_put(b, "one", bytes_of("1"), &fail));
    assert_int_equal(run("test ! -e one.txt"), 0);
    assert_true(file_batch_flush(b, &fail));
    assert_string_equal(placed, "one ");
    file_batch_free(b);
    there_is("one.txt ");
}

static void so_many_wait_at_most(void **state)
{
    (void)state;
    struct fail fail;
    struct file_batch *b = begin(false);
    assert_true(file_batch_put(b, "one", bytes_of("1"), &fail));
    assert_true(file_batch_put(b, "two", bytes_of("2"), &fail));
    assert_true(file_batch_put(b, "three", bytes_of("3"), &fail));
    assert_string_equal(placed, "one two ");
    file_batch_free(b);
    there_is("one.txt two.txt ");
}

static void what_is_there_stays(void **state)
{
    (void)state;
    struct fail fail;
    assert_int_equal(run("echo mine >one.txt"), 0);
    struct file_batch *b = begin(false);
    assert_false(file_batch_put(b, "one", bytes_of("1"), &fail));
    assert_string_equal(fail.code, "EEXIST");
    assert_true(file_batch_put(b, "two", bytes_of("2"), &fail));
    assert_int_equal(run("echo mine >two.txt"), 0);
    assert_false(file_batch_flush(b, &fail));
    assert_string_equal(fail.code, "EEXIST");
    assert_string_equal(placed, "");
    file_batch_free(b);
    assert_int_equal(run("test $(cat one.txt two.txt | tr -d '\\n') = minemine"), 0);
    there_is("one.txt two.txt ");
}

static void or_is_replaced(void **state)
{
    (void)state;
    struct fail fail;
    assert_int_equal(run("echo old >one.txt"), 0);
    struct file_batch *b = begin(true);
    assert_true(file_batch_put(b, "one", bytes_of("new"), &fail));
    assert_true(file_batch_flush(b, &fail));
    file_batch_free(b);
    assert_int_equal(run("test $(cat one.txt) = new"), 0);
}

static void what_a_killed_one_left_is_taken_away_unless_another_writes(void **state)
{
    (void)state;
    assert_int_equal(run("touch one.txt.new-77 one.txt.new-mine notes.new-77"), 0);
    struct file_batch *b = begin(false);
    there_is("notes.new-77 one.txt.new-mine ");
    assert_int_equal(run("touch one.txt.new-77"), 0);
    struct file_batch *second = begin(false);
    there_is("notes.new-77 one.txt.new-77 one.txt.new-mine ");
    file_batch_free(second);
    file_batch_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_has_its_name_before_all_is_written, temp_enter,
                                        temp_leave),
        cmocka_unit_test_setup_teardown(so_many_wait_at_most, temp_enter, temp_leave),
        cmocka_unit_test_setup_teardown(what_is_there_stays, temp_enter, temp_leave),
        cmocka_unit_test_setup_teardown(or_is_replaced, temp_enter, temp_leave),
        cmocka_unit_test_setup_teardown(what_a_killed_one_left_is_taken_away_unless_another_writes,
                                        temp_enter, temp_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
