/* What is not in use is given back to the system; what is in use stays where it is, and as it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "script/pool.h"

#include <malloc.h>
#include <string.h>

enum { PIECES = 200000, SIZE = 100, KEEP_EVERY = 10000, ENOUGH = PIECES / 2 * SIZE };

static void *pieces[PIECES];

/* 0: AddressSanitizer's malloc does not tell. */
static size_t in_use(void)
{
    return mallinfo2().uordblks;
}

static void trimming_keeps_what_is_in_use(void **state)
{
    (void)state;
    struct pool *pool = pool_new();
    size_t before = in_use();
    for (size_t i = 0; i < PIECES; i++) {
        pieces[i] = pool_resize(pool, NULL, 0, SIZE);
        assert_non_null(pieces[i]);
        memset(pieces[i], (int)(i / KEEP_EVERY), SIZE);
    }
    assert_true(before == 0 || in_use() > before + ENOUGH);
    for (size_t i = 0; i < PIECES; i++)
        if (i % KEEP_EVERY != 0)
            assert_null(pool_resize(pool, pieces[i], SIZE, 0));
    pool_trim(pool);
    assert_true(before == 0 || in_use() < before + ENOUGH / 4);
    for (size_t i = 0; i < PIECES; i += KEEP_EVERY)
        assert_int_equal(((unsigned char *)pieces[i])[SIZE - 1], i / KEEP_EVERY);
    for (size_t i = 1; i < PIECES; i++)
        if (i % KEEP_EVERY != 0)
            assert_non_null(pieces[i] = pool_resize(pool, NULL, 0, SIZE));
    for (size_t i = 0; i < PIECES; i += KEEP_EVERY)
        assert_int_equal(((unsigned char *)pieces[i])[0], i / KEEP_EVERY);
    pool_free(pool);
}

static void an_empty_pool_has_nothing_to_trim(void **state)
{
    (void)state;
    struct pool *pool = pool_new();
    pool_trim(pool);
    pool_free(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trimming_keeps_what_is_in_use),
        cmocka_unit_test(an_empty_pool_has_nothing_to_trim),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
