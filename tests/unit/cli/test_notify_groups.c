/* Which cases go into one letter, and in which order the letters come. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/notify_groups.h"

#include <string.h>

static struct notify_key key(unsigned n)
{
    struct notify_key k = {{(unsigned char)(n * 89), (unsigned char)n, (unsigned char)(n >> 8)}};
    return k;
}

static struct notify_groups *begun(void)
{
    struct fail fail = {0};
    struct notify_groups *g = notify_groups_new(&fail);
    assert_non_null(g);
    return g;
}

static void add(struct notify_groups *g, unsigned recipient, uint64_t place)
{
    struct fail fail = {0};
    struct notify_key k = key(recipient);
    assert_true(notify_groups_add(g, &k, place, &fail));
}

static void close_with(struct notify_groups *g, size_t most)
{
    struct fail fail = {0};
    assert_true(notify_groups_close(g, most, &fail));
}

static struct notify_group_cases next(struct notify_groups *g)
{
    struct fail fail = {0};
    struct notify_group_cases c;
    assert_true(notify_groups_next(g, &c, &fail));
    return c;
}

static void is_letter(struct notify_groups *g, unsigned recipient, unsigned part, size_t count,
                      const uint64_t *places)
{
    struct notify_group_cases c = next(g);
    struct notify_key k = key(recipient);
    assert_memory_equal(c.key.digest, k.digest, sizeof k.digest);
    assert_int_equal(c.part, part);
    assert_int_equal(c.count, count);
    assert_memory_equal(c.places, places, count * sizeof *places);
}

static void cases_of_a_recipient_are_one_letter_in_the_order_of_first_cases(void **state)
{
    struct notify_groups *g = begun();
    (void)state;
    add(g, 3, 10);
    add(g, 1, 20);
    add(g, 3, 30);
    add(g, 2, 40);
    add(g, 1, 300);
    close_with(g, 10);
    is_letter(g, 3, 0, 2, (const uint64_t[]){10, 30});
    is_letter(g, 1, 0, 2, (const uint64_t[]){20, 300});
    is_letter(g, 2, 0, 1, (const uint64_t[]){40});
    assert_int_equal(next(g).count, 0);
    notify_groups_free(g);
}

static void too_many_for_a_letter_are_several(void **state)
{
    struct notify_groups *g = begun();
    (void)state;
    for (uint64_t place = 1; place <= 5; place++)
        add(g, 7, place);
    add(g, 8, 6);
    close_with(g, 2);
    is_letter(g, 7, 0, 2, (const uint64_t[]){1, 2});
    is_letter(g, 7, 1, 2, (const uint64_t[]){3, 4});
    is_letter(g, 7, 2, 1, (const uint64_t[]){5});
    is_letter(g, 8, 0, 1, (const uint64_t[]){6});
    assert_int_equal(next(g).count, 0);
    notify_groups_free(g);
}

/* More than memory is given to: recipients in turn, of whom each has a case again after all others. */
static void very_many_keep_the_order(void **state)
{
    enum { RECIPIENTS = 20000, CASES = 60000 };
    struct notify_groups *g = begun();
    (void)state;
    for (unsigned i = 0; i < CASES; i++)
        add(g, i % RECIPIENTS, 512 + 1000 * (uint64_t)i);
    close_with(g, 10000);
    for (unsigned r = 0; r < RECIPIENTS; r++) {
        uint64_t first = 512 + 1000 * (uint64_t)r, turn = 1000 * (uint64_t)RECIPIENTS;
        is_letter(g, r, 0, 3, (const uint64_t[]){first, first + turn, first + 2 * turn});
    }
    assert_int_equal(next(g).count, 0);
    notify_groups_free(g);
}

static void one_recipient_may_have_all(void **state)
{
    enum { CASES = 25000, MOST = 10000 };
    struct notify_groups *g = begun();
    (void)state;
    for (uint64_t place = 0; place < CASES; place++)
        add(g, 1, place);
    close_with(g, MOST);
    for (unsigned part = 0; part < 3; part++) {
        struct notify_group_cases c = next(g);
        assert_int_equal(c.part, part);
        assert_int_equal(c.count, part < 2 ? MOST : CASES - 2 * MOST);
        assert_int_equal(c.places[0], part * MOST);
        assert_int_equal(c.places[c.count - 1], part * MOST + c.count - 1);
    }
    assert_int_equal(next(g).count, 0);
    notify_groups_free(g);
}

static void nobody_gets_nothing(void **state)
{
    struct notify_groups *g = begun();
    (void)state;
    close_with(g, 10);
    assert_int_equal(next(g).count, 0);
    notify_groups_free(g);
}

static bool has_several(const struct notify_groups *g, unsigned recipient)
{
    struct fail fail = {0};
    struct notify_key k = key(recipient);
    bool several = false;
    assert_true(notify_groups_has_several(g, &k, &several, &fail));
    return several;
}

static void who_has_several_cases_is_known(void **state)
{
    struct notify_groups *g = begun();
    (void)state;
    add(g, 1, 0);
    add(g, 2, 0);
    add(g, 2, 0); /* of the bundle before no place is kept */
    add(g, 4, 0);
    close_with(g, 10);
    assert_false(has_several(g, 1));
    assert_true(has_several(g, 2));
    assert_false(has_several(g, 3)); /* has none */
    assert_false(has_several(g, 4));
    notify_groups_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_of_a_recipient_are_one_letter_in_the_order_of_first_cases),
        cmocka_unit_test(too_many_for_a_letter_are_several),
        cmocka_unit_test(very_many_keep_the_order),
        cmocka_unit_test(one_recipient_may_have_all),
        cmocka_unit_test(nobody_gets_nothing),
        cmocka_unit_test(who_has_several_cases_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
