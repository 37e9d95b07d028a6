#include "given.h"

#include "run/judge.h"

static const struct probe_info relay = {.id = "relay/x", .relay = true};
static const struct probe_info proxy = {.id = "proxy/x"};

static struct token token_of(const char *text)
{
    struct token t;
    assert_true(token_parse(bytes_of(text), &t));
    return t;
}

#define MINE   "mfrggzdfmztwq2lknnwg23tpobyxe43u"
#define OTHERS "mfrggzdfmztwq2lknnwg23tpobyxe43v"

static struct run_receipt receipt(const char *token, enum receipt_kind kind)
{
    return (struct run_receipt){.receipt = {.token = token_of(token), .kind = kind}};
}

/* What becomes of a worker's "open" with these receipts in the supervisor's hand. */
static struct run_result judged(const struct probe_info *probe, bool has_proof,
                                const struct run_receipt *receipts, unsigned n)
{
    struct run_result r = {.probe = probe,
                           .verdict = VERDICT_OPEN,
                           .reason = "token returned",
                           .has_proof = has_proof,
                           .proof = token_of(MINE),
                           .receipts = receipts,
                           .receipt_count = n};
    judge(&r, false);
    return r;
}

static void stands(struct run_result r)
{
    assert_int_equal(r.verdict, VERDICT_OPEN);
    assert_string_equal(r.reason, "token returned");
    assert_true(r.has_proof);
}

static void falls(struct run_result r)
{
    assert_int_equal(r.verdict, VERDICT_ERROR);
    assert_string_equal(r.reason,
                        "the probe said open, and the sink holds no receipt for its token");
    assert_false(r.has_proof);
}

/* What the probe has said stays beside what is made of it, and only there. */
static void what_falls_is_kept(void **state)
{
    (void)state;
    struct run_receipt mine = receipt(MINE, RECEIPT_MAIL);
    assert_null(judged(&relay, true, &mine, 1).overruled_reason);
    struct run_result r = judged(&relay, true, NULL, 0);
    assert_int_equal(r.overruled, VERDICT_OPEN);
    assert_string_equal(r.overruled_reason, "token returned");
    r = (struct run_result){.probe = &relay, .verdict = VERDICT_SUSPECT, .reason = "said yes"};
    judge(&r, true);
    assert_int_equal(r.verdict, VERDICT_INCONCLUSIVE);
    assert_int_equal(r.overruled, VERDICT_SUSPECT);
    assert_string_equal(r.overruled_reason, "said yes");
    r = (struct run_result){.probe = &relay, .verdict = VERDICT_CLOSED, .reason = "554 no"};
    judge(&r, true);
    assert_null(r.overruled_reason);
}

static void open_stands_on_the_receipt_for_its_token(void **state)
{
    (void)state;
    struct run_receipt two[] = {receipt(OTHERS, RECEIPT_MAIL), receipt(MINE, RECEIPT_MAIL)};
    stands(judged(&relay, true, two, 2));
    struct run_receipt line = receipt(MINE, RECEIPT_LINE), http = receipt(MINE, RECEIPT_HTTP);
    stands(judged(&proxy, true, &line, 1));
    stands(judged(&proxy, true, &http, 1));
}

static void open_without_a_receipt_falls(void **state)
{
    (void)state;
    struct run_receipt others = receipt(OTHERS, RECEIPT_MAIL), mine = receipt(MINE, RECEIPT_MAIL);
    falls(judged(&relay, true, NULL, 0));
    falls(judged(&relay, true, &others, 1));
    falls(judged(&relay, false, &mine, 1));
}

static void a_receipt_of_another_kind_proves_nothing(void **state)
{
    (void)state;
    struct run_receipt bounce = receipt(MINE, RECEIPT_BOUNCE), line = receipt(MINE, RECEIPT_LINE),
                       mail = receipt(MINE, RECEIPT_MAIL);
    falls(judged(&relay, true, &bounce, 1));
    falls(judged(&relay, true, &line, 1));
    falls(judged(&proxy, true, &mail, 1));
    falls(judged(&proxy, true, &bounce, 1));
}

static void other_verdicts_stay_and_have_no_proof(void **state)
{
    (void)state;
    for (unsigned v = VERDICT_SUSPECT; v <= VERDICT_ERROR; v++) {
        struct run_result r = {.probe = &relay,
                               .verdict = (enum verdict)v,
                               .reason = "so",
                               .has_proof = true,
                               .proof = token_of(MINE)};
        judge(&r, false);
        assert_int_equal(r.verdict, v);
        assert_string_equal(r.reason, "so");
        assert_false(r.has_proof);
    }
}

/* A neighbour's yes is no yes to strangers; a refusal is one all the same. */
static void in_our_own_network_nobody_is_accused(void **state)
{
    (void)state;
    struct run_receipt mine = receipt(MINE, RECEIPT_MAIL);
    for (unsigned v = VERDICT_OPEN; v <= VERDICT_ERROR; v++) {
        struct run_result r = {.probe = &relay,
                               .verdict = (enum verdict)v,
                               .reason = "so",
                               .has_proof = true,
                               .proof = token_of(MINE),
                               .receipts = &mine,
                               .receipt_count = 1};
        judge(&r, true);
        bool accused = v == VERDICT_OPEN || v == VERDICT_SUSPECT;
        assert_int_equal(r.verdict, accused ? VERDICT_INCONCLUSIVE : v);
        assert_int_equal(strstr(r.reason, "a network of the prober's own") != NULL, accused);
        assert_false(r.has_proof);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_falls_is_kept),
        cmocka_unit_test(open_stands_on_the_receipt_for_its_token),
        cmocka_unit_test(open_without_a_receipt_falls),
        cmocka_unit_test(a_receipt_of_another_kind_proves_nothing),
        cmocka_unit_test(other_verdicts_stay_and_have_no_proof),
        cmocka_unit_test(in_our_own_network_nobody_is_accused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
