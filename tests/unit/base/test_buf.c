#include "base/buf.h"

#include "given.h"

#include <stdio.h>

static void puts_stand_behind_each_other(void **state)
{
    struct buf b = buf_new(1000);
    (void)state;
    assert_true(buf_put(&b, LITERAL("a\0b")));
    assert_true(buf_put_text(&b, "c"));
    assert_true(buf_put_byte(&b, 'd'));
    assert_true(buf_put(&b, bytes_at(NULL, 0)));
    assert_int_equal(b.n, 5);
    assert_memory_equal(b.p, "a\0bcd", 5);
    buf_free(&b);
}

static void a_zeroed_buffer_with_a_limit_is_ready(void **state)
{
    struct buf b = {.limit = 3};
    (void)state;
    assert_true(buf_put_text(&b, "abc"));
    assert_bytes(buf_view(&b), "abc");
    buf_free(&b);
}

static void a_put_beyond_the_limit_changes_nothing_and_marks(void **state)
{
    struct buf b = buf_new(5);
    (void)state;
    assert_true(buf_put_text(&b, "hello"));
    assert_false(b.overflow);
    assert_false(buf_put_byte(&b, '!'));
    assert_true(b.overflow);
    assert_bytes(buf_view(&b), "hello");
    buf_clear(&b);
    assert_false(b.overflow);
    assert_false(buf_put_text(&b, "hello!"));
    assert_int_equal(b.n, 0);
    assert_true(buf_put_text(&b, "still"));
    assert_true(b.overflow);
    buf_free(&b);
}

static void a_limit_of_zero_takes_nothing(void **state)
{
    struct buf b = buf_new(0);
    (void)state;
    assert_true(buf_put_text(&b, ""));
    assert_false(buf_put_byte(&b, 'a'));
    assert_string_equal(buf_text(&b), "");
    buf_free(&b);
}

static void a_size_that_can_not_be_is_refused(void **state)
{
    struct buf b = buf_new(SIZE_MAX);
    (void)state;
    assert_true(buf_put_text(&b, "a"));
    assert_null(buf_reserve(&b, SIZE_MAX));
    assert_true(b.overflow);
    assert_bytes(buf_view(&b), "a");
    buf_free(&b);
}

static void what_is_reserved_counts_when_committed(void **state)
{
    struct buf b = buf_new(10);
    (void)state;
    assert_non_null(buf_reserve(&b, 0));
    unsigned char *to = buf_reserve(&b, 10);
    assert_non_null(to);
    memcpy(to, "abcdefghij", 10);
    assert_int_equal(b.n, 0);
    buf_commit(&b, 3);
    assert_bytes(buf_view(&b), "abc");
    assert_null(buf_reserve(&b, 8));
    buf_free(&b);
}

static void a_buffer_grows_to_its_limit(void **state)
{
    struct buf b = buf_new(200000);
    (void)state;
    for (unsigned i = 0; i < 200000; i++)
        assert_true(buf_put_byte(&b, (unsigned char)i));
    assert_false(buf_put_byte(&b, 0));
    for (unsigned i = 0; i < 200000; i++)
        if (b.p[i] != (unsigned char)i)
            fail_msg("byte %u", i);
    buf_free(&b);
    assert_int_equal(b.limit, 200000);
    assert_null(b.p);
}

static void numbers_are_decimal(void **state)
{
    struct buf b = buf_new(100);
    (void)state;
    buf_put_number(&b, 0);
    buf_put_byte(&b, ' ');
    buf_put_number(&b, 42);
    buf_put_byte(&b, ' ');
    buf_put_number(&b, UINT64_MAX);
    assert_bytes(buf_view(&b), "0 42 18446744073709551615");
    buf_free(&b);
}

static void numbers_around_each_power_of_ten_are_decimal(void **state)
{
    (void)state;
    uint64_t power = 1;
    for (int i = 0; i < 19; i++, power *= 10) {
        for (uint64_t value = power - 1; value <= power + 1; value++) {
            char wanted[32];
            struct buf b = buf_new(100);
            buf_put_number(&b, value);
            snprintf(wanted, sizeof wanted, "%llu", (unsigned long long)value);
            assert_bytes(buf_view(&b), wanted);
            buf_free(&b);
        }
    }
}

static void wire_integers_are_big_endian(void **state)
{
    struct buf b = buf_new(100);
    (void)state;
    assert_true(buf_put_u16(&b, 0x0102));
    assert_true(buf_put_u32(&b, 0x83040506));
    assert_true(buf_put_u64(&b, 0x8102030405060708));
    assert_int_equal(b.n, 14);
    assert_memory_equal(b.p, "\x01\x02\x83\x04\x05\x06\x81\x02\x03\x04\x05\x06\x07\x08", 14);
    buf_free(&b);
}

static void a_wire_integer_is_written_whole_or_not_at_all(void **state)
{
    struct buf b = buf_new(7);
    (void)state;
    assert_false(buf_put_u64(&b, 1));
    assert_int_equal(b.n, 0);
    buf_free(&b);
}

static void printf_fills_a_buffer_to_the_last_byte(void **state)
{
    struct buf b = buf_new(10);
    (void)state;
    assert_true(buf_printf(&b, "%s-%03d", "abc", 7));
    assert_bytes(buf_view(&b), "abc-007");
    assert_false(buf_printf(&b, "%s", "four"));
    assert_bytes(buf_view(&b), "abc-007");
    buf_clear(&b);
    assert_true(buf_printf(&b, "%d", 1234567890));
    assert_int_equal(b.n, 10);
    assert_true(buf_printf(&b, "%s", ""));
    assert_false(b.overflow);
    buf_free(&b);
}

static void dropping_takes_from_the_front(void **state)
{
    struct buf b = buf_new(10);
    (void)state;
    buf_drop(&b, 3);
    buf_put_text(&b, "abcdef");
    buf_drop(&b, 2);
    assert_bytes(buf_view(&b), "cdef");
    buf_drop(&b, 0);
    assert_bytes(buf_view(&b), "cdef");
    buf_drop(&b, 100);
    assert_int_equal(b.n, 0);
    buf_free(&b);
}

static void the_text_ends_in_a_nul_that_does_not_count(void **state)
{
    struct buf b = buf_new(3);
    (void)state;
    assert_string_equal(buf_text(&b), "");
    buf_put_text(&b, "abc");
    assert_string_equal(buf_text(&b), "abc");
    assert_int_equal(b.n, 3);
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(puts_stand_behind_each_other),
        cmocka_unit_test(a_zeroed_buffer_with_a_limit_is_ready),
        cmocka_unit_test(a_put_beyond_the_limit_changes_nothing_and_marks),
        cmocka_unit_test(a_limit_of_zero_takes_nothing),
        cmocka_unit_test(a_size_that_can_not_be_is_refused),
        cmocka_unit_test(what_is_reserved_counts_when_committed),
        cmocka_unit_test(a_buffer_grows_to_its_limit),
        cmocka_unit_test(numbers_are_decimal),
        cmocka_unit_test(numbers_around_each_power_of_ten_are_decimal),
        cmocka_unit_test(wire_integers_are_big_endian),
        cmocka_unit_test(a_wire_integer_is_written_whole_or_not_at_all),
        cmocka_unit_test(printf_fills_a_buffer_to_the_last_byte),
        cmocka_unit_test(dropping_takes_from_the_front),
        cmocka_unit_test(the_text_ends_in_a_nul_that_does_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
