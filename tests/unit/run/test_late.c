/* Suspects that wait for their token: found by their job's number, and bounded. */
#include "given.h"

#include "run/late.h"

#define MINE "mfrggzdfmztwq2lknnwg23tpobyxe43u"

/* A suspect with a tape of so many bytes, whose job has the number NNNNNNNNN. */
static bool hold(struct late *late, char number, size_t tape)
{
    static const unsigned char bytes[1000] = "tape";
    char reason[] = "said yes";
    struct sup_job job = {.item = {.target = addr_of("192.0.2.1:25"), .name = strdup("a.example")}};
    struct run_result result = {.verdict = VERDICT_SUSPECT,
                                .reason = reason,
                                .steps = bytes_of("steps"),
                                .tape = bytes_at(bytes, tape)};
    memset(job.number, number, TOKEN_JOB);
    bool ok = late_hold(late, &job, &result);
    assert_null(job.item.name);
    memset(reason, '?', sizeof reason - 1); /* what was lent is gone */
    return ok;
}

static struct late_case *find(struct late *late, char number)
{
    unsigned char wanted[TOKEN_JOB];
    memset(wanted, number, TOKEN_JOB);
    return late_find(late, wanted);
}

static void a_case_is_kept_as_it_was(void **state)
{
    (void)state;
    struct late *late = late_new(10, 10000);
    assert_true(hold(late, 'a', 4));
    assert_true(hold(late, 'b', 4));
    const struct late_case *c = find(late, 'a');
    assert_non_null(c);
    assert_string_equal(c->result.reason, "said yes");
    assert_true(bytes_equal_text(c->result.steps, "steps"));
    assert_true(bytes_equal_text(c->result.tape, "tape"));
    assert_ptr_equal(c->result.item, &c->item);
    assert_string_equal(c->item.name, "a.example");
    assert_int_equal(late_count(late), 2);
    assert_null(find(late, 'c'));
    late_free(late);
}

static void more_cases_than_may_be_held(void **state)
{
    (void)state;
    struct late *late = late_new(2, 10000);
    hold(late, 'a', 4);
    hold(late, 'b', 4);
    assert_false(late_is_full(late));
    hold(late, 'c', 4);
    assert_true(late_is_full(late));
    struct late_case *oldest = late_take_oldest(late);
    assert_memory_equal(oldest->number, "aaaaaaaaa", TOKEN_JOB);
    late_case_free(oldest);
    assert_false(late_is_full(late));
    late_free(late);
}

static void more_bytes_than_may_be_held(void **state)
{
    (void)state;
    struct late *late = late_new(100, 2 * (sizeof(struct late_case) + 1100));
    hold(late, 'a', 1000);
    hold(late, 'b', 1000);
    assert_false(late_is_full(late));
    hold(late, 'c', 1);
    assert_true(late_is_full(late));
    late_case_free(late_take_oldest(late));
    assert_false(late_is_full(late));
    late_free(late);
}

static void receipts_count_for_the_bytes(void **state)
{
    (void)state;
    struct receipt receipt = {.kind = RECEIPT_MAIL};
    struct late *late = late_new(100, sizeof(struct late_case) + 1100);
    hold(late, 'a', 4);
    struct late_case *c = find(late, 'a');
    assert_true(token_parse(bytes_of(MINE), &receipt.token));
    assert_true(late_add_receipt(late, c, &receipt, bytes_of("mail")));
    assert_int_equal(c->result.receipt_count, 1);
    assert_memory_equal(c->result.receipts[0].raw, "mail", 4);
    assert_false(late_is_full(late));
    static const unsigned char mail[2000] = "long";
    assert_true(late_add_receipt(late, c, &receipt, bytes_at(mail, sizeof mail)));
    assert_true(late_is_full(late));
    late_take(late, c);
    late_case_free(c);
    assert_false(late_is_full(late));
    late_free(late);
}

static void taking_from_the_middle_and_the_end(void **state)
{
    (void)state;
    struct late *late = late_new(10, 10000);
    for (char number = 'a'; number <= 'c'; number++)
        hold(late, number, 4);
    for (const char *number = "cb"; *number; number++) {
        struct late_case *c = find(late, *number);
        late_take(late, c);
        late_case_free(c);
    }
    hold(late, 'd', 4);
    assert_int_equal(late_count(late), 2);
    assert_non_null(find(late, 'a'));
    assert_non_null(find(late, 'd'));
    late_free(late);
}

static void the_reason_says_how_late_it_came(void **state)
{
    (void)state;
    char reason[LATE_REASON];
    late_reason(reason, 100 * SPAN_SECOND, 2 * SPAN_SECOND, 114 * SPAN_SECOND + 1);
    assert_string_equal(reason, "token returned 12 s after the test had ended");
    late_reason(reason, 100 * SPAN_SECOND, 2 * SPAN_SECOND, 101 * SPAN_SECOND);
    assert_string_equal(reason, "token returned 0 s after the test had ended");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_case_is_kept_as_it_was),
        cmocka_unit_test(more_cases_than_may_be_held),
        cmocka_unit_test(more_bytes_than_may_be_held),
        cmocka_unit_test(receipts_count_for_the_bytes),
        cmocka_unit_test(taking_from_the_middle_and_the_end),
        cmocka_unit_test(the_reason_says_how_late_it_came),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
