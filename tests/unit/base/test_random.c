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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_keys_differ),
        cmocka_unit_test(no_byte_beyond_the_size_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
