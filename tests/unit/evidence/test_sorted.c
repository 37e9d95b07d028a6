/* Records of one size in the order of their bytes, few of them and more than memory is given to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "evidence/sorted.h"

#include <stdlib.h>
#include <string.h>

enum { SIZE = 8 };

static void put(unsigned char record[SIZE], uint64_t n)
{
    for (int i = SIZE; i > 0; n >>= 8)
        record[--i] = (unsigned char)n;
}

static uint64_t number_of(const unsigned char record[SIZE])
{
    uint64_t n = 0;
    for (int i = 0; i < SIZE; i++)
        n = n << 8 | record[i];
    return n;
}

/* A permutation of 0 to count - 1, each times two; `count` has no factor in common with the step. */
static struct sorted *shuffled(uint64_t count)
{
    struct fail fail = {0};
    unsigned char record[SIZE];
    struct sorted *s = sorted_new(SIZE, &fail);
    assert_non_null(s);
    for (uint64_t i = 0; i < count; i++) {
        put(record, 2 * (i * 7919 % count));
        assert_true(sorted_add(s, record, &fail));
    }
    assert_true(sorted_close(s, &fail));
    assert_int_equal(sorted_count(s), count);
    return s;
}

static bool is_next(void *arg, const void *record, struct fail *fail)
{
    uint64_t *next = arg;
    if (number_of(record) != 2 * *next)
        return fail_set(fail, "EFORMAT", "out of order");
    ++*next;
    return true;
}

static void in_order(uint64_t count)
{
    struct fail fail = {0};
    uint64_t next = 0;
    struct sorted *s = shuffled(count);
    assert_true(sorted_each(s, is_next, &next, &fail));
    assert_int_equal(next, count);
    sorted_free(s);
}

static void few_come_out_in_order(void **state)
{
    (void)state;
    in_order(0);
    in_order(1);
    in_order(1000);
}

/* 16,384 records of this size are one piece, 32 of these are merged at a time. */
static void a_full_piece_comes_out_in_order(void **state)
{
    (void)state;
    in_order(16384);
    in_order(16385);
}

static void more_pieces_than_are_merged_at_a_time_come_out_in_order(void **state)
{
    (void)state;
    in_order(1200000);
}

static void equal_records_stay_as_many(void **state)
{
    struct fail fail = {0};
    struct sorted *s = sorted_new(SIZE, &fail);
    unsigned char record[SIZE] = {0}, read[SIZE];
    (void)state;
    for (int i = 0; i < 40000; i++)
        assert_true(sorted_add(s, record, &fail));
    assert_true(sorted_close(s, &fail));
    assert_int_equal(sorted_count(s), 40000);
    assert_true(sorted_read(s, 39999, 1, read, &fail));
    assert_memory_equal(read, record, SIZE);
    sorted_free(s);
}

static void some_are_read_by_where_they_stand(void **state)
{
    struct fail fail = {0};
    unsigned char records[3 * SIZE];
    struct sorted *s = shuffled(50000);
    (void)state;
    assert_true(sorted_read(s, 30000, 3, records, &fail));
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(number_of(records + (size_t)i * SIZE), 2 * (30000 + i));
    sorted_free(s);
}

static void what_is_not_there_is_not_read(void **state)
{
    struct fail fail = {0};
    unsigned char records[2 * SIZE];
    struct sorted *s = shuffled(50000);
    (void)state;
    assert_false(sorted_read(s, 49999, 2, records, &fail));
    assert_string_equal(fail.code, "EIO");
    sorted_free(s);
}

static uint64_t found(const struct sorted *s, uint64_t number, size_t bytes)
{
    struct fail fail = {0};
    unsigned char record[SIZE];
    uint64_t i = 0;
    put(record, number);
    assert_true(sorted_find(s, bytes_at(record, bytes), &i, &fail));
    return i;
}

static void the_first_with_a_beginning_is_found(void **state)
{
    struct sorted *s = shuffled(50000);
    (void)state;
    assert_int_equal(found(s, 0, SIZE), 0);
    assert_int_equal(found(s, 2 * 777, SIZE), 777);
    assert_int_equal(found(s, 2 * 777 - 1, SIZE), 777); /* between two */
    assert_int_equal(found(s, 0x10000, SIZE - 2), 0x8000);
    assert_int_equal(found(s, 100000, SIZE), 50000); /* behind all */
    sorted_free(s);
}

static void a_walk_ends_where_its_function_fails(void **state)
{
    struct fail fail = {0};
    uint64_t next = 1; /* the first is another */
    struct sorted *s = shuffled(10);
    (void)state;
    assert_false(sorted_each(s, is_next, &next, &fail));
    assert_string_equal(fail.code, "EFORMAT");
    assert_int_equal(next, 1);
    sorted_free(s);
}

/* Where there is no room for a temporary file, that is an error, and no order that is none. */
static void without_a_temporary_file_much_is_not_sorted(void **state)
{
    struct fail fail = {0};
    unsigned char record[SIZE];
    bool ok = true;
    (void)state;
    setenv("TMPDIR", "/nowhere-at-all", 1);
    struct sorted *s = sorted_new(SIZE, &fail);
    for (uint64_t i = 0; ok && i < 100000; i++) {
        put(record, i);
        ok = sorted_add(s, record, &fail);
    }
    ok = ok && sorted_close(s, &fail);
    unsetenv("TMPDIR");
    assert_false(ok);
    assert_non_null(strstr(fail.text, "temporary file"));
    sorted_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_come_out_in_order),
        cmocka_unit_test(a_full_piece_comes_out_in_order),
        cmocka_unit_test(more_pieces_than_are_merged_at_a_time_come_out_in_order),
        cmocka_unit_test(equal_records_stay_as_many),
        cmocka_unit_test(some_are_read_by_where_they_stand),
        cmocka_unit_test(what_is_not_there_is_not_read),
        cmocka_unit_test(the_first_with_a_beginning_is_found),
        cmocka_unit_test(a_walk_ends_where_its_function_fails),
        cmocka_unit_test(without_a_temporary_file_much_is_not_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
