#include "evidence/manifest.h"

#include "evidence/listing.h"
#include "evidence/seen.h"
#include "temp.h"

#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa  "
#define B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb  "
#define C "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc  "

static struct manifest manifest_of(const char *listed, const char *found, const char *directories)
{
    return (struct manifest){"LIST", bytes_of(listed), bytes_of(found), bytes_of(directories)};
}

static void assert_same(const char *listed, const char *found, const char *directories)
{
    struct fail fail = {0};
    struct manifest m = manifest_of(listed, found, directories);
    if (!manifest_compare(&m, &fail))
        fail_msg("%s", fail.text);
}

static void assert_differs(const char *listed, const char *found, const char *directories,
                           const char *because)
{
    struct fail fail = {0};
    struct manifest m = manifest_of(listed, found, directories);
    assert_false(manifest_compare(&m, &fail));
    assert_string_equal(fail.text, because);
}

static void the_order_does_not_matter(void **state)
{
    (void)state;
    assert_same("", "", "");
    assert_same(A "data/a\n" B "data/b\n" C "data/c\n", C "data/c\n" A "data/a\n" B "data/b\n", "");
}

static void each_difference_has_its_sentence(void **state)
{
    (void)state;
    const char *listed = A "data/a\n" B "data/b\n";
    assert_differs(listed, A "data/a\n" C "data/b\n", "",
                   "data/b was changed: its SHA-256 is not the one in LIST");
    assert_differs(listed, B "data/b\n", "", "data/a is missing: LIST lists it");
    assert_differs(listed, B "data/b\n" A "data/a\n" C "data/c\n", "",
                   "data/c was added: LIST does not list it");
    assert_differs(listed, B "data/b\n" A "data/c\n", "",
                   "data/a was renamed: here it is called data/c");
    assert_differs(listed, B "data/b\n" C "data/c\n", "", "data/a is missing: LIST lists it");
}

static void a_name_stands_once_in_each_list(void **state)
{
    (void)state;
    assert_differs(A "data/a\n", A "data/a\n" A "data/a\n", "", "data/a is in the bundle twice");
    assert_differs(A "data/a\n" A "data/a\n", A "data/a\n", "", "data/a is listed twice");
}

static void a_file_is_no_directory(void **state)
{
    (void)state;
    const char *both = A "data/a\n" B "data/a-b\n" C "data/a/c\n";
    assert_differs(both, both, "", "data/a is a file and a directory at once");
}

static void directories_are_explained_by_files(void **state)
{
    (void)state;
    const char *list = A "data/a/b/c\n" B "data/ab\n";
    assert_same(list, list, "data\ndata/a\ndata/a/b\n");
    assert_differs(list, list, "data/a/b/c/d\n",
                   "data/a/b/c/d is a directory with no file of the bundle in it");
    assert_differs(list, list, "data/ab\n",
                   "data/ab is a directory with no file of the bundle in it");
    assert_differs(list, list, "data/a/b\ndata\ndata/a\ndata/a/b\n",
                   "data/a/b is a directory that is in the bundle twice");
}

/* A list in a spool, as seen_clash wants it. */
static struct spool *spooled(const char *lines)
{
    struct fail fail = {0};
    struct spool *spool = spool_new(NULL, &fail);
    assert_non_null(spool);
    assert_true(spool_put(spool, bytes_of(lines), &fail));
    assert_true(spool_write(spool, &fail));
    return spool;
}

static bool clashes(const char *lines, uint64_t count)
{
    struct fail fail = {0};
    bool maybe = false;
    struct spool *spool = spooled(lines);
    assert_true(seen_clash(spool, count, &maybe, &fail));
    spool_free(spool);
    return maybe;
}

static void clashes_are_seen_in_any_order(void **state)
{
    (void)state;
    assert_false(clashes("", 0));
    assert_false(clashes(A "data/a\n" A "data/ab\n" A "data/b/a\n" A "data/b/b\n", 4));
    assert_true(clashes(A "data/a\n" B "data/b\n" C "data/a\n", 3));
    assert_true(clashes(A "data/a/b\n" B "data/a\n", 2));
    assert_true(clashes(A "data/a\n" B "data/a/b\n", 2));
    assert_true(clashes(A "data/a/b/c\n" B "data/x\n" C "data/a\n", 3));
}

/* More names than one table holds; the clash, if any, is between the first and the last. */
static bool many_clash(const char *first, const char *last)
{
    enum { MANY = 1100000 };
    struct fail fail = {0};
    bool maybe = false;
    struct spool *spool = spooled(first);
    for (unsigned i = 0; i < MANY; i++) {
        char line[100];
        snprintf(line, sizeof line, A "data/%u\n", i);
        assert_true(spool_put(spool, bytes_of(line), &fail));
    }
    assert_true(spool_put(spool, bytes_of(last), &fail));
    assert_true(spool_write(spool, &fail));
    assert_true(seen_clash(spool, MANY + 2, &maybe, &fail));
    spool_free(spool);
    return maybe;
}

static void clashes_are_seen_in_long_lists(void **state)
{
    (void)state;
    assert_false(many_clash(A "data/x\n", A "data/y\n"));
    assert_true(many_clash(A "data/x\n", A "data/x\n"));
    assert_true(many_clash(A "data/x/y\n", A "data/x\n"));
}

static void a_long_list_is_sorted(void **state)
{
    (void)state;
    enum { MANY = 20000 };
    struct fail fail = {0};
    struct listing l;
    struct buf text = buf_new(MANY * 100);
    for (unsigned i = 0; i < MANY; i++)
        buf_printf(&text, A "data/%u\n", i * 7919u % MANY);
    assert_true(listing_new(&l, buf_view(&text), &fail));
    assert_int_equal(l.count, MANY);
    for (uint64_t i = 1; i < l.count; i++)
        assert_true(listing_compare(listing_name(&l, i - 1), listing_name(&l, i)) < 0);
    listing_free(&l);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_does_not_matter),
        cmocka_unit_test(each_difference_has_its_sentence),
        cmocka_unit_test(a_name_stands_once_in_each_list),
        cmocka_unit_test(a_file_is_no_directory),
        cmocka_unit_test(directories_are_explained_by_files),
        cmocka_unit_test(clashes_are_seen_in_any_order),
        cmocka_unit_test(clashes_are_seen_in_long_lists),
        cmocka_unit_test(a_long_list_is_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
