/* case.json, which people read, against the tape: it may say less than the tape, and nothing else. */
#include "given.h"

#include "run/case_agrees.h"

#define STEPS "[{\"line\":7,\"say\":\"recipient accepted\"}]"
#define CASE(target, probe, verdict, reason, steps)                                                \
    "{\"target\":\"" target "\",\"port\":25,\"probe\":\"" probe "\",\"pack\":\"builtin@1\","       \
    "\"verdict\":\"" verdict "\",\"reason\":\"" reason "\",\"steps\":" steps                       \
    ",\"case\":\"c-1\"}\n"

static struct difference difference;

static bool agrees_with(const char *tape_verdict, const char *tape_reason, const char *json)
{
    struct tape_head head = {.probe = bytes_of("relay/x"), .target = addr_of("192.0.2.25:25")};
    struct record verdict = {.op = RECORD_VERDICT,
                             .data = bytes_of(tape_verdict),
                             .more = {bytes_of(tape_reason), bytes_of(STEPS)}};
    return case_agrees(bytes_of(json), &head, &verdict, 9, &difference);
}

static void agrees(const char *tape_verdict, const char *tape_reason, const char *json)
{
    if (!agrees_with(tape_verdict, tape_reason, json))
        fail_msg("%s\n-> %s | %s", json, difference.expected, difference.got);
}

static void differs(const char *tape_verdict, const char *json, unsigned line, const char *expected,
                    const char *got)
{
    assert_false(agrees_with(tape_verdict, "554 no", json));
    assert_string_equal(difference.expected, expected);
    assert_string_equal(difference.got, got);
    assert_int_equal(difference.line, line);
}

static void the_same_on_both(void **state)
{
    (void)state;
    agrees("closed", "554 no", CASE("192.0.2.25", "relay/x", "closed", "554 no", STEPS));
}

static void a_reason_is_one_printable_line(void **state)
{
    (void)state;
    agrees("error", "x.lua:1: no\n\tx.lua:2\x1b[2J",
           CASE("192.0.2.25", "relay/x", "error", "x.lua:1: no  x.lua:2?[2J", STEPS));
}

static void a_run_may_believe_less(void **state)
{
    (void)state;
    agrees("open", "token returned", CASE("192.0.2.25", "relay/x", "inconclusive", "own", STEPS));
    agrees("open", "token returned", CASE("192.0.2.25", "relay/x", "error", "none", STEPS));
    agrees("suspect", "accepted", CASE("192.0.2.25", "relay/x", "inconclusive", "own", STEPS));
}

/* What the script said is then told beside it, and is what the tape holds. */
static void what_was_overruled_is_the_tapes(void **state)
{
    (void)state;
#define OVERRULED(verdict, reason)                                                                 \
    CASE("192.0.2.25", "relay/x", "inconclusive",                                                  \
         "own\",\"overruled\":{\"verdict\":\"" verdict "\",\"reason\":\"" reason "\"},\"x\":\"",   \
         STEPS)
    agrees("open", "554 no", OVERRULED("open", "554 no"));
    differs("suspect", OVERRULED("open", "554 no"), 9, "the verdict open, as case.json says",
            "the verdict suspect");
    differs("open", OVERRULED("open", "554 yes"), 9, "the reason 554 yes, as case.json says",
            "the reason 554 no");
    differs("closed", OVERRULED("closed", "554 no"), 9,
            "the verdict inconclusive, as case.json says", "the verdict closed");
}

static void no_run_may_say_more(void **state)
{
    (void)state;
    differs("closed", CASE("192.0.2.25", "relay/x", "open", "554 no", STEPS), 9,
            "the verdict open, as case.json says", "the verdict closed");
    differs("suspect", CASE("192.0.2.25", "relay/x", "open", "554 no", STEPS), 9,
            "the verdict open, as case.json says", "the verdict suspect");
    differs("suspect", CASE("192.0.2.25", "relay/x", "error", "554 no", STEPS), 9,
            "the verdict error, as case.json says", "the verdict suspect");
    differs("open", CASE("192.0.2.25", "relay/x", "closed", "554 no", STEPS), 9,
            "the verdict closed, as case.json says", "the verdict open");
    differs("closed", CASE("192.0.2.25", "relay/x", "nonsense", "554 no", STEPS), 9,
            "the verdict nonsense, as case.json says", "the verdict closed");
}

static void another_reason_or_step(void **state)
{
    (void)state;
    differs("closed", CASE("192.0.2.25", "relay/x", "closed", "554 yes", STEPS), 9,
            "the reason 554 yes, as case.json says", "the reason 554 no");
    differs("closed", CASE("192.0.2.25", "relay/x", "closed", "554 no", "[]"), 9,
            "steps of its own, as case.json says", "steps that are others");
    differs("open", CASE("192.0.2.25", "relay/x", "inconclusive", "own", "[]"), 9,
            "steps of its own, as case.json says", "steps that are others");
}

static void another_target_or_probe(void **state)
{
    (void)state;
    differs("closed", CASE("192.0.2.26", "relay/x", "closed", "554 no", STEPS), 1,
            "the target 192.0.2.26:25, as case.json says", "the target 192.0.2.25:25");
    differs("closed", CASE("home", "relay/x", "closed", "554 no", STEPS), 1,
            "the target that is no address, as case.json says", "the target 192.0.2.25:25");
    differs("closed", CASE("192.0.2.25", "relay/y", "closed", "554 no", STEPS), 1,
            "the probe relay/y, as case.json says", "the probe relay/x");
}

static void what_is_no_result(void **state)
{
    (void)state;
    differs("closed", "[]", 1, "a result that can't be read, as case.json says",
            "a result relay/x");
    differs("closed", "{}", 1, "the probe , as case.json says", "the probe relay/x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_on_both),
        cmocka_unit_test(a_reason_is_one_printable_line),
        cmocka_unit_test(a_run_may_believe_less),
        cmocka_unit_test(what_was_overruled_is_the_tapes),
        cmocka_unit_test(no_run_may_say_more),
        cmocka_unit_test(another_reason_or_step),
        cmocka_unit_test(another_target_or_probe),
        cmocka_unit_test(what_is_no_result),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
