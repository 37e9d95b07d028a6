#include "given.h"

#include "run/slots.h"

static const uint64_t first = (uint64_t)1 << 32 | 5;
static const uint64_t second = (uint64_t)2 << 32 | 5; /* the same slot, later */

static void what_was_put_is_found_by_its_id(void **state)
{
    (void)state;
    struct slots slots = {0};
    int what = 0;
    assert_null(slots_find(&slots, first));
    assert_true(slots_put(&slots, first, &what));
    assert_ptr_equal(slots_find(&slots, first), &what);
    assert_null(slots_find(&slots, second));
    assert_null(slots_find(&slots, (uint64_t)1 << 32 | 4));
    free(slots.list);
}

static void a_slot_is_used_again_by_the_next_job(void **state)
{
    (void)state;
    struct slots slots = {0};
    int what = 0, other = 0;
    slots_put(&slots, first, &what);
    slots_remove(&slots, second); /* nothing of that name */
    assert_ptr_equal(slots_find(&slots, first), &what);
    slots_remove(&slots, first);
    assert_null(slots_find(&slots, first));
    slots_put(&slots, second, &other);
    assert_ptr_equal(slots_find(&slots, second), &other);
    assert_null(slots_find(&slots, first));
    free(slots.list);
}

static void an_id_that_no_job_has_gets_no_room(void **state)
{
    (void)state;
    struct slots slots = {0};
    int what = 0;
    assert_false(slots_put(&slots, UINT32_MAX, &what));
    assert_int_equal(slots.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_put_is_found_by_its_id),
        cmocka_unit_test(a_slot_is_used_again_by_the_next_job),
        cmocka_unit_test(an_id_that_no_job_has_gets_no_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
