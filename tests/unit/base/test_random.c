#include "base/random.h"

#include "given.h"

static void two_keys_differ(void **state)
{
    unsigned char one[32] = {0};
    unsigned char two[32] = {0};
    (void)state;
    random_bytes(one, sizeof one);
    random_bytes(two, sizeof two);
    assert_memory_not_equal(one, two, sizeof one);
}

static void no_byte_beyond_the_size_is_written(void **state)
{
    unsigned char bytes[34] = {[32] = 0xa5, [33] = 0x5a};
    (void)state;
    random_bytes(bytes, 32);
    assert_int_equal(bytes[32], 0xa5);
    assert_int_equal(bytes[33], 0x5a);
    random_bytes(bytes + 33, 0);
    assert_int_equal(bytes[33], 0x5a);
}

/* More than a lot has, in pieces that do not divide it. */
static void what_a_lot_gives_it_never_gives_again(void **state)
{
    enum { SIZE = 24, TIMES = 100 };
    static unsigned char given[TIMES][SIZE];
    struct random_lot lot = {0};
    (void)state;
    for (size_t i = 0; i < TIMES; i++) {
        random_take(&lot, given[i], SIZE);
        for (size_t j = 0; j < i; j++)
            assert_memory_not_equal(given[i], given[j], SIZE);
        for (size_t at = 0; at + SIZE <= sizeof lot.bytes; at++)
            assert_memory_not_equal(lot.bytes + at, given[i], SIZE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_keys_differ),
        cmocka_unit_test(no_byte_beyond_the_size_is_written),
        cmocka_unit_test(what_a_lot_gives_it_never_gives_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
