/* A proof that came from our own address is none of the target's. */
#include "given.h"

#include "run/exits.h"

#include <string.h>

static const struct probe_info proxy = {.id = "proxy/x"};

/* An open whose receipts came from these peers, tested from `own`. */
static enum verdict judged(const char *target, const char *own, const char *const *peers)
{
    struct run_receipt receipts[4] = {0};
    struct run_item item = {.target = addr_of(target)};
    struct run_result r = {.item = &item,
                           .probe = &proxy,
                           .verdict = VERDICT_OPEN,
                           .reason = "token returned",
                           .has_proof = true,
                           .receipts = receipts};
    for (; peers[r.receipt_count]; r.receipt_count++)
        receipts[r.receipt_count].receipt =
            (struct receipt){.kind = RECEIPT_LINE, .peer = addr_of(peers[r.receipt_count])};
    struct addr from = own ? addr_of(own) : (struct addr){0};
    exits_judge(&r, &from);
    assert_int_equal(r.has_proof, r.verdict == VERDICT_OPEN);
    assert_int_equal(strstr(r.reason, "our own address") != NULL, r.verdict != VERDICT_OPEN);
    return r.verdict;
}

#define FROM(...)                                                                                  \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

static void what_came_from_us_did_not_come_through_the_target(void **state)
{
    (void)state;
    assert_int_equal(judged("192.0.2.80", "198.51.100.9", FROM("198.51.100.9:4000")),
                     VERDICT_INCONCLUSIVE);
    assert_int_equal(judged("2001:db8::80", "2001:db8::9", FROM("[2001:db8::9]:4000")),
                     VERDICT_INCONCLUSIVE);
}

static void what_came_from_elsewhere_stands(void **state)
{
    (void)state;
    assert_int_equal(judged("192.0.2.80", "198.51.100.9", FROM("192.0.2.80:4000")), VERDICT_OPEN);
    assert_int_equal(judged("192.0.2.80", "198.51.100.9", FROM("203.0.113.5:4000")), VERDICT_OPEN);
    assert_int_equal(judged("192.0.2.80", "198.51.100.9", FROM("198.51.100.9:1", "192.0.2.80:2")),
                     VERDICT_OPEN);
    assert_int_equal(judged("192.0.2.80", NULL, FROM("198.51.100.9:4000")), VERDICT_OPEN);
}

static void a_target_at_our_own_address_is_what_it_is(void **state)
{
    (void)state;
    assert_int_equal(judged("198.51.100.9", "198.51.100.9", FROM("198.51.100.9:4000")),
                     VERDICT_OPEN);
}

static void on_one_machine_all_come_from_127_0_0_1(void **state)
{
    (void)state;
    struct addr target = addr_of("127.0.0.80:25"), none = {0}, named = addr_of("127.0.0.9");
    assert_int_equal(exits_own(&target, &none).family, ADDR_NONE);
    struct addr own = exits_own(&target, &named);
    assert_true(addr_equal_ip(&own, &named));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_came_from_us_did_not_come_through_the_target),
        cmocka_unit_test(what_came_from_elsewhere_stands),
        cmocka_unit_test(a_target_at_our_own_address_is_what_it_is),
        cmocka_unit_test(on_one_machine_all_come_from_127_0_0_1),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
