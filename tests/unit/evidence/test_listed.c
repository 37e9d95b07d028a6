#include "evidence/listed.h"

#include "temp.h"

enum { BIG = 600 * 1000 };

static char text[BIG + 1];

static void fill_text(void)
{
    for (size_t i = 0; i < BIG; i++)
        text[i] = (char)('a' + i % 23);
}

static struct spool *spooled(size_t n)
{
    struct fail fail = {0};
    struct spool *found = spool_new(NULL, &fail);
    assert_true(spool_put(found, bytes_at(text, n), &fail));
    return found;
}

/* Puts n bytes of the text in, in pieces, the one at `odd` changed; says whether it is as found, and that it can be had whole. */
static bool is_found(size_t found_size, size_t n, size_t odd, size_t piece)
{
    struct fail fail = {0};
    struct bytes whole;
    struct listed l = {.found = spooled(found_size)};
    char kept = text[odd];
    text[odd] = odd < n ? '!' : kept;
    for (size_t at = 0; at < n; at += piece)
        assert_true(listed_add(&l, bytes_at(text + at, n - at < piece ? n - at : piece), &fail));
    assert_true(spool_write(l.found, &fail));
    bool same = listed_is_found(&l);
    assert_true(listed_map(&l, &whole, &fail));
    assert_int_equal(whole.n, n);
    assert_memory_equal(n ? whole.p : (const unsigned char *)"", text, n);
    text[odd] = kept;
    spool_free(l.found);
    listed_free(&l);
    return same;
}

static void a_manifest_is_as_found_or_not_and_can_be_had_whole(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 1000, 300 * 1000, BIG};
    fill_text();
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        size_t n = sizes[i];
        assert_true(is_found(n, n, BIG, 4096));
        assert_true(is_found(n, n, BIG, 100 * 1000));
        if (n == 0)
            continue;
        assert_false(is_found(n, n, 0, 4096));
        assert_false(is_found(n, n, n / 2, 100 * 1000));
        assert_false(is_found(n, n, n - 1, 4096));
        assert_false(is_found(n, n - 1, BIG, 4096));
        assert_false(is_found(n - 1, n, BIG, 4096));
        assert_false(is_found(0, n, BIG, 4096));
    }
}

/* A manifest that stands before the files it lists. */
static void what_is_found_later_was_not_in_it(void **state)
{
    (void)state;
    struct fail fail = {0};
    fill_text();
    struct listed l = {.found = spooled(1000)};
    assert_true(listed_add(&l, bytes_at(text, 1000), &fail));
    assert_true(listed_is_found(&l));
    assert_true(spool_put(l.found, bytes_of("more\n"), &fail));
    assert_false(listed_is_found(&l));
    spool_free(l.found);
    listed_free(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_manifest_is_as_found_or_not_and_can_be_had_whole),
        cmocka_unit_test(what_is_found_later_was_not_in_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
