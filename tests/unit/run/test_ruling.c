/* Rules: what the built-in ones give, and what of an operator's is not taken. */
#include "base/embedded.h"
#include "run/ruling.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define DAY (24 * 3600 * SPAN_SECOND)

static bool ask(struct bytes text, const char *targets, struct ruling *out, struct fail *fail)
{
    size_t at = 0;
    json_t *list = json_loads(targets, 0, NULL);
    assert_non_null(list);
    struct rulings *r = rulings_new(text, "rules.lua", fail);
    bool ok = r && rulings_ask(r, list, out, &at, fail);
    rulings_free(r);
    json_decref(list);
    return ok;
}

/* What the rules that a campaign begins with say of this target. */
static struct ruling built_in(const char *target)
{
    char list[1024];
    struct ruling out;
    struct fail fail = {0};
    const struct embedded *file = embedded_find("data/campaign/rules.lua");
    snprintf(list, sizeof list, "[%s]", target);
    if (!ask(file->content, list, &out, &fail))
        fail_msg("%s", fail.text);
    return out;
}

/* Of a script whose `next` is this: the words by which it fails. */
static void refused(const char *next, const char *words)
{
    char text[512];
    struct ruling out;
    struct fail fail = {0};
    snprintf(text, sizeof text, "return { next = function(target) %s end }", next);
    assert_false(ask(bytes_of(text), "[{}]", &out, &fail));
    assert_string_equal(fail.code, "ESCRIPT");
    if (!strstr(fail.text, words))
        fail_msg("'%s' is not in: %s", words, fail.text);
}

static void who_is_open_gets_a_first_letter(void **state)
{
    (void)state;
    struct ruling r = built_in("{\"found\":\"open\",\"tested\":0.1,\"rounds\":1,\"letters\":[]}");
    assert_int_equal(r.what, RULING_NOTIFY);
    assert_int_equal(r.letter, RULING_FIRST);
    assert_true(r.after == 14 * DAY);
}

static void a_reminder_comes_after_a_new_test(void **state)
{
    (void)state;
    struct ruling r = built_in("{\"found\":\"open\",\"tested\":14.1,\"rounds\":1,\"letters\":["
                               "{\"kind\":\"first\",\"days\":14.0}]}");
    assert_int_equal(r.what, RULING_RECHECK);
    assert_true(r.after == 0);
    r = built_in("{\"found\":\"open\",\"tested\":0.0,\"rounds\":2,\"letters\":["
                 "{\"kind\":\"first\",\"days\":14.1}]}");
    assert_int_equal(r.what, RULING_NOTIFY);
    assert_int_equal(r.letter, RULING_REMINDER);
}

static void the_provider_comes_third_and_nobody_fourth(void **state)
{
    (void)state;
    struct ruling r = built_in("{\"found\":\"open\",\"tested\":0,\"rounds\":3,\"letters\":["
                               "{\"kind\":\"first\",\"days\":28},{\"kind\":\"reminder\","
                               "\"days\":14.2}]}");
    assert_int_equal(r.letter, RULING_PROVIDER);
    r = built_in("{\"found\":\"open\",\"tested\":0,\"rounds\":4,\"letters\":["
                 "{\"kind\":\"first\",\"days\":42},{\"kind\":\"reminder\",\"days\":28},"
                 "{\"kind\":\"provider\",\"days\":14}]}");
    assert_int_equal(r.what, RULING_RECHECK);
    assert_true(r.after == 30 * DAY);
}

static void who_was_written_to_lately_is_left_alone(void **state)
{
    (void)state;
    struct ruling r = built_in("{\"found\":\"open\",\"tested\":0,\"rounds\":2,\"letters\":["
                               "{\"kind\":\"first\",\"days\":3.5}]}");
    assert_int_equal(r.what, RULING_RECHECK);
    assert_true(r.after == 11 * DAY);
}

static void who_has_closed_it_gets_an_all_clear_once(void **state)
{
    (void)state;
    struct ruling r = built_in("{\"found\":\"closed\",\"tested\":0,\"rounds\":2,\"letters\":["
                               "{\"kind\":\"first\",\"days\":14}]}");
    assert_int_equal(r.what, RULING_NOTIFY);
    assert_int_equal(r.letter, RULING_ALL_CLEAR);
    r = built_in("{\"found\":\"closed\",\"tested\":0,\"rounds\":2,\"letters\":["
                 "{\"kind\":\"first\",\"days\":14},{\"kind\":\"all-clear\",\"days\":1}]}");
    assert_int_equal(r.what, RULING_STOP);
}

static void what_is_suspect_is_tested_again_without_a_letter(void **state)
{
    (void)state;
    struct ruling r = built_in("{\"found\":\"suspect\",\"tested\":0,\"rounds\":1,\"letters\":[]}");
    assert_int_equal(r.what, RULING_RECHECK);
}

static void what_was_never_open_is_let_be(void **state)
{
    (void)state;
    struct ruling r = built_in("{\"found\":\"nothing\",\"tested\":0,\"rounds\":1,\"letters\":[]}");
    assert_int_equal(r.what, RULING_STOP);
    assert_string_equal(r.why, "nothing was found");
}

static void nobody_is_tested_for_ever(void **state)
{
    (void)state;
    struct ruling r = built_in("{\"found\":\"unknown\",\"tested\":0,\"rounds\":12,\"letters\":[]}");
    assert_int_equal(r.what, RULING_STOP);
}

static void what_is_no_ruling_is_refused(void **state)
{
    (void)state;
    refused("return nil", "gave no table, but nil");
    refused("return {}", "no time");
    refused("return { notify = 'first' }", "no time");
    refused("return { notify = 'threat', next = '1d' }", "none of first");
    refused("return { stop = true, recheck_in = '1d' }", "more than one");
    refused("return { next = '0d' }", "for ever");
    refused("return { next = '-1d' }", "no time");
    refused("return { next = '4000d' }", "no time");
    refused("return { next = '1w' }", "no time");
    refused("return { next = '1d', to = 'x@example.org' }", "means nothing");
    refused("return { next = '1d', why = 'a\\nb' }", "no line");
}

static void rules_reach_nothing(void **state)
{
    (void)state;
    refused("return io.open('/etc/passwd')", "io");
    refused("return os.time()", "os");
    refused("return require('ffi')", "require");
    refused("while true do end", "budget spent");
    refused("local t = {} for i = 1, 1e9 do t[i] = i .. '' end", "");
}

static void rules_without_a_function_next_are_refused_at_once(void **state)
{
    (void)state;
    struct fail fail = {0};
    assert_null(rulings_new(bytes_of("return {}"), "rules.lua", &fail));
    assert_non_null(strstr(fail.text, "no function 'next'"));
    assert_null(rulings_new(bytes_of("return {"), "rules.lua", &fail));
    assert_non_null(strstr(fail.text, "rules.lua:1"));
}

static void it_is_told_at_which_target_rules_fail(void **state)
{
    (void)state;
    size_t at = 0;
    struct ruling out[3];
    struct fail fail = {0};
    struct rulings *r = rulings_new(
        bytes_of("return { next = function(t) return { next = t.found } end }"), "r.lua", &fail);
    json_t *list = json_loads("[{\"found\":\"1d\"},{\"found\":\"2h\"},{\"found\":\"x\"}]", 0, NULL);
    assert_false(rulings_ask(r, list, out, &at, &fail));
    assert_int_equal(at, 2);
    assert_true(out[0].after == DAY && out[1].after == DAY / 12);
    json_decref(list);
    rulings_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_open_gets_a_first_letter),
        cmocka_unit_test(a_reminder_comes_after_a_new_test),
        cmocka_unit_test(the_provider_comes_third_and_nobody_fourth),
        cmocka_unit_test(who_was_written_to_lately_is_left_alone),
        cmocka_unit_test(who_has_closed_it_gets_an_all_clear_once),
        cmocka_unit_test(what_is_suspect_is_tested_again_without_a_letter),
        cmocka_unit_test(what_was_never_open_is_let_be),
        cmocka_unit_test(nobody_is_tested_for_ever),
        cmocka_unit_test(what_is_no_ruling_is_refused),
        cmocka_unit_test(rules_reach_nothing),
        cmocka_unit_test(rules_without_a_function_next_are_refused_at_once),
        cmocka_unit_test(it_is_told_at_which_target_rules_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
