#include "pack/lock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct lock lock;

static void set(const char *name, unsigned minor, char digit)
{
    struct fail fail = {0};
    struct lock_version v = {.version = {.major = 1, .minor = minor}};
    memset(v.sha256, digit, sizeof v.sha256 - 1);
    if (!lock_set(&lock, name, &v, "a.tar", 0, &fail))
        fail_msg("%s", fail.text);
}

static int begin(void **state)
{
    (void)state;
    memset(&lock, 0, sizeof lock);
    return 0;
}

static void packs_stand_in_the_order_of_their_names(void **state)
{
    (void)state;
    set("b/b", 0, 'b');
    set("a/a", 0, 'a');
    set("c/c", 0, 'c');
    assert_string_equal(lock.entries[0].name, "a/a");
    assert_string_equal(lock.entries[2].name, "c/c");
    assert_ptr_equal(lock_find(&lock, "b/b"), &lock.entries[1]);
    assert_null(lock_find(&lock, "b/c"));
}

static void what_was_written_is_read_again(void **state)
{
    struct fail fail = {0};
    static struct lock again;
    struct buf text = buf_new(LOCK_LIMIT);
    (void)state;
    set("a/a", 0, 'a');
    set("a/a", 1, 'b');
    lock.entries[0].pinned = true;
    assert_true(lock_put(&text, &lock));
    if (!lock_parse(buf_view(&text), &again, &fail))
        fail_msg("%s", fail.text);
    assert_memory_equal(&again, &lock, sizeof lock);
    buf_free(&text);
}

static void a_rollback_goes_back_one_by_one(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 3; i++)
        set("a/a", i, (char)('a' + i));
    struct lock_entry *e = lock_find(&lock, "a/a");
    assert_true(lock_rollback(e));
    assert_int_equal(e->now.version.minor, 1);
    assert_true(lock_rollback(e));
    assert_int_equal(e->now.version.minor, 0);
    assert_false(lock_rollback(e));
}

static void of_many_versions_the_latest_are_kept(void **state)
{
    (void)state;
    for (unsigned i = 0; i < LOCK_BEFORE + 3; i++)
        set("a/a", i, (char)('a' + i % 6));
    assert_int_equal(lock.entries[0].before_count, LOCK_BEFORE);
    assert_int_equal(lock.entries[0].before[0].version.minor, LOCK_BEFORE + 1);
}

static void the_same_again_is_no_version_before(void **state)
{
    (void)state;
    set("a/a", 0, 'a');
    set("a/a", 0, 'a');
    assert_int_equal(lock.entries[0].before_count, 0);
}

static void what_is_removed_is_gone(void **state)
{
    (void)state;
    set("a/a", 0, 'a');
    set("b/b", 0, 'b');
    lock_remove(&lock, lock_find(&lock, "a/a"));
    assert_int_equal(lock.count, 1);
    assert_string_equal(lock.entries[0].name, "b/b");
}

static void there_is_an_end_to_how_many(void **state)
{
    struct fail fail = {0};
    char name[32];
    struct lock_version v = {.version = {.major = 1}};
    (void)state;
    for (unsigned i = 0; i < LOCK_PACKS; i++) {
        snprintf(name, sizeof name, "a/p%u", i);
        set(name, 0, 'a');
    }
    assert_false(lock_set(&lock, "b/one-too-many", &v, "", 0, &fail));
    assert_int_equal(lock.count, LOCK_PACKS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(packs_stand_in_the_order_of_their_names, begin),
        cmocka_unit_test_setup(what_was_written_is_read_again, begin),
        cmocka_unit_test_setup(a_rollback_goes_back_one_by_one, begin),
        cmocka_unit_test_setup(of_many_versions_the_latest_are_kept, begin),
        cmocka_unit_test_setup(the_same_again_is_no_version_before, begin),
        cmocka_unit_test_setup(what_is_removed_is_gone, begin),
        cmocka_unit_test_setup(there_is_an_end_to_how_many, begin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
