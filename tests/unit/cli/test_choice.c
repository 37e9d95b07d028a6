/* What --probe means. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/choice.h"

static const struct probe_info socks = {
    .id = "proxy/socks5", .source_name = "scripts/proxy/socks5.lua", .categories = 1 << PROBE_SAFE};
static const struct probe_info every = {.id = "relay/every-form",
                                        .relay = true,
                                        .source_name = "./mine.lua",
                                        .categories = 1 << PROBE_THOROUGH | 1 << PROBE_INTRUSIVE};

static void an_id_or_a_glob_over_ids(void **state)
{
    (void)state;
    assert_true(choice_means("proxy/socks5", &socks));
    assert_true(choice_means("proxy/*", &socks));
    assert_true(choice_means("proxy/socks?", &socks));
    assert_true(choice_means("*socks*", &socks)); /* across the slash */
    assert_true(choice_means("*", &every));
    assert_false(choice_means("proxy/socks", &socks));
    assert_false(choice_means("Proxy/socks5", &socks));
    assert_false(choice_means("", &socks));
}

/* What asks much of a server is not tried by the way. */
static void a_kind_means_its_safe_probes(void **state)
{
    (void)state;
    assert_true(choice_means("proxy", &socks));
    assert_false(choice_means("relay", &socks));
    assert_false(choice_means("relay", &every));
}

static void a_category_means_all_in_it(void **state)
{
    (void)state;
    assert_true(choice_means("safe", &socks));
    assert_false(choice_means("thorough", &socks));
    assert_true(choice_means("thorough", &every));
    assert_true(choice_means("intrusive", &every));
    assert_false(choice_means("safe", &every));
}

static void a_path_means_that_script(void **state)
{
    (void)state;
    assert_true(choice_is_path("./mine.lua"));
    assert_false(choice_is_path(".lua"));
    assert_true(choice_means("./mine.lua", &every));
    assert_false(choice_means("mine.lua", &every));
}

static void an_exclamation_mark_leaves_out(void **state)
{
    (void)state;
    const char *rest;
    assert_true(choice_leaves_out("!proxy/*", &rest));
    assert_string_equal(rest, "proxy/*");
    assert_false(choice_leaves_out("proxy", &rest));
    assert_string_equal(rest, "proxy");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_or_a_glob_over_ids),
        cmocka_unit_test(a_kind_means_its_safe_probes),
        cmocka_unit_test(a_category_means_all_in_it),
        cmocka_unit_test(a_path_means_that_script),
        cmocka_unit_test(an_exclamation_mark_leaves_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
