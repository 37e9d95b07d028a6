/* What a bundle says that its scripts need, and whether this program has it. */
#include "given.h"

#include "base/buf.h"
#include "run/needs.h"
#include "script/probes.h"

#define BEGIN "{\"ajar\":\"9.1.0\",\"format\":1,\"host\":\"h\""
#define API   ",\"api\":[\"scripts/lib/ajar.lua\",\"scripts/lib/smtp.lua\"]}\n"

static struct needs needs;
static struct fail fail;

static void reads(const char *json)
{
    if (!needs_read(bytes_of(json), &needs, &fail))
        fail_msg("%s\n-> %s", json, fail.text);
}

static void refuses(const char *json, const char *words)
{
    assert_false(needs_read(bytes_of(json), &needs, &fail));
    if (!strstr(fail.text, words))
        fail_msg("%s\n-> %s", json, fail.text);
}

static void the_interface_and_the_api_in_order(void **state)
{
    (void)state;
    reads(BEGIN ",\"interface\":1" API);
    assert_int_equal(needs.interface, 1);
    assert_string_equal(needs.made_by, "9.1.0");
    assert_int_equal(needs.api_count, 2);
    assert_string_equal(needs.api[1], "scripts/lib/smtp.lua");
    assert_true(needs_served(&needs, &fail));
}

static void the_first_bundles_say_nothing(void **state)
{
    (void)state;
    reads(BEGIN "}\n");
    assert_int_equal(needs.interface, 0);
    assert_int_equal(needs.api_count, 0);
    assert_true(needs_served(&needs, &fail));
}

static void what_this_program_has_not_is_said(void **state)
{
    (void)state;
    char json[400];
    snprintf(json, sizeof json, BEGIN ",\"interface\":%d" API, PROBES_INTERFACE + 1);
    reads(json);
    assert_false(needs_served(&needs, &fail));
    assert_string_equal(fail.code, "EVERSION");
    snprintf(json, sizeof json, "its scripts need interface %d (the bundle was made by ajar 9.1.0)",
             PROBES_INTERFACE + 1);
    assert_non_null(strstr(fail.text, json));
    snprintf(json, sizeof json, "has %d to %d", PROBES_INTERFACE_OLDEST, PROBES_INTERFACE);
    assert_non_null(strstr(fail.text, json));
}

static void another_format_is_said(void **state)
{
    (void)state;
    refuses("{\"ajar\":\"9\",\"format\":2,\"interface\":1" API, "the bundle's format is 2");
    assert_string_equal(fail.code, "EVERSION");
}

static void what_is_no_run_json(void **state)
{
    (void)state;
    refuses("", "data/run.json: ");
    refuses("[]", "no JSON object");
    refuses("{}", "\"format\" is missing");
    refuses("{\"format\":1}", "\"ajar\" is no version");
    refuses("{\"format\":1,\"ajar\":\"a\\u0000b\"}", "\"ajar\" is no version");
    refuses(BEGIN ",\"interface\":0" API, "\"interface\" is 0");
    refuses(BEGIN ",\"interface\":\"1\"" API, "\"interface\" is no whole number");
    refuses(BEGIN ",\"interface\":1}", "\"api\" is missing");
    refuses(BEGIN ",\"interface\":1,\"api\":[]}", "no list of 1 to 64");
    refuses(BEGIN ",\"interface\":1,\"api\":\"x\"}", "no list of 1 to 64");
    refuses(BEGIN ",\"interface\":1,\"api\":[1]}", "no script's name");
    refuses(BEGIN ",\"interface\":1,\"interface\":1" API, "duplicate");
}

static void names_without_end_are_refused(void **state)
{
    (void)state;
    struct buf json = buf_new(100000);
    buf_put_text(&json, BEGIN ",\"interface\":1,\"api\":[\"x\"");
    for (int i = 0; i < NEEDS_API; i++)
        buf_put_text(&json, ",\"x\"");
    buf_put_text(&json, "]}");
    refuses(buf_text(&json), "no list of 1 to 64");
    buf_clear(&json);
    buf_printf(&json, BEGIN ",\"interface\":1,\"api\":[\"%0*d\"]}", NEEDS_NAME, 0);
    refuses(buf_text(&json), "no script's name");
    buf_free(&json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_interface_and_the_api_in_order),
        cmocka_unit_test(the_first_bundles_say_nothing),
        cmocka_unit_test(what_this_program_has_not_is_said),
        cmocka_unit_test(another_format_is_said),
        cmocka_unit_test(what_is_no_run_json),
        cmocka_unit_test(names_without_end_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
