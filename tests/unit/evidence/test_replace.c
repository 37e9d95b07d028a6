/* A file that takes another one's place, and what is said when that may not last. */
#include "temp.h"

#include "evidence/replace.h"

static void write_new(const struct replace *r)
{
    assert_int_equal(write(r->fd, "new", 3), 3);
}

/* What stands in the file "f" after it was replaced by one that was written well, or not. */
static void replaced(bool well, const char *expected)
{
    struct replace r;
    struct fail fail = {0};
    char content[8] = "";
    write_file("f", "old", 3);
    assert_true(replace_begin(&r, "f", &fail));
    write_new(&r);
    assert_int_equal(replace_end(&r, well, &fail), well);
    read_file("f", content, sizeof content);
    assert_string_equal(content, expected);
}

static void the_new_one_stands_in_the_place_of_the_old_one(void **state)
{
    (void)state;
    replaced(true, "new");
}

static void what_failed_leaves_the_old_one(void **state)
{
    (void)state;
    replaced(false, "old");
    assert_int_equal(run("test \"$(ls)\" = \"$(printf 'f\\noutput')\""), 0);
}

/* A directory that can be written to and not read can't be put on the disk by its name. */
static void in_its_place_but_the_directory_is_not_on_the_disk(void **state)
{
    (void)state;
    struct replace r;
    struct fail fail = {0};
    char content[8] = "";
    uid_t account = geteuid();
    assert_int_equal(mkdir("d", 0700), 0);
    assert_int_equal(chmod(".", 0755), 0);
    if (account == 0)
        assert_int_equal(chown("d", 65534, 65534), 0);
    assert_int_equal(chmod("d", 0300), 0);
    if (account == 0)
        assert_int_equal(seteuid(65534), 0);
    assert_true(replace_begin(&r, "d/f", &fail));
    write_new(&r);
    bool ok = replace_end(&r, true, &fail);
    read_file("d/f", content, sizeof content);
    assert_int_equal(seteuid(account), 0);
    assert_int_equal(chmod("d", 0700), 0);
    assert_false(ok);
    assert_string_equal(content, "new");
    assert_non_null(strstr(fail.text, "it was written and is in its place, but may be lost"));
}

#define IN_TEMP(test) cmocka_unit_test_setup_teardown(test, temp_enter, temp_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TEMP(the_new_one_stands_in_the_place_of_the_old_one),
        IN_TEMP(what_failed_leaves_the_old_one),
        IN_TEMP(in_its_place_but_the_directory_is_not_on_the_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
