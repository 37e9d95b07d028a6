/* What run.json says of a run, as `ajar show --run` prints it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "cli/run_words.h"

static const char *words_of(struct buf *out, const char *json)
{
    struct fail fail = {0};
    *out = buf_new(64 * 1024);
    if (!run_words_put(out, bytes_of(json), &fail))
        fail_msg("%s", fail.text);
    return buf_text(out);
}

static void prints(const char *json, const char *words)
{
    struct buf out;
    assert_string_equal(words_of(&out, json), words);
    buf_free(&out);
}

static void who_and_by_which_clock(void **state)
{
    (void)state;
    prints(
        "{\"started\":\"2026-11-27T06:56:32.647642Z\","
        "\"operator\":{\"name\":\"Kari Nordmann\",\"user\":\"kari\",\"key\":\"RWQ\"},"
        "\"vantage\":{\"clock\":{\"synchronised\":true,\"offset_us\":-12,"
        "\"estimated_error_us\":1600,\"maximum_error_us\":2500000,\"services\":[\"chronyd\"]}}}",
        "  started     2026-11-27 06:56:32 UTC, by the clock of that machine\n"
        "  clock       synchronised, estimated error 1.6 ms, at most 2.5 s, still to correct -12 "
        "µs; a process ran that is called chronyd\n"
        "  operator    Kari Nordmann, as the user kari\n"
        "  key         RWQ\n");
}

static void a_clock_that_nobody_keeps(void **state)
{
    (void)state;
    prints(
        "{\"vantage\":{\"clock\":{\"synchronised\":false,\"offset_us\":0,"
        "\"estimated_error_us\":16000000,\"maximum_error_us\":16000000,\"services\":[]}}}",
        "  clock       not synchronised, estimated error 16.0 s, at most 16.0 s, still to correct "
        "0 µs; no process that is called like a keeper of clocks ran\n");
    prints("{\"vantage\":{\"clock\":{\"synchronised\":null,\"services\":[]}}}",
           "  clock       the kernel did not say how good it was; no process that is called like a "
           "keeper of clocks ran\n");
}

static void a_run_without_a_scope_file(void **state)
{
    (void)state;
    prints(
        "{\"scope_sha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}",
        "  scope       no file: loopback alone\n");
    prints("{\"scope_sha256\":\"ab\"}", "  scope       SHA-256 ab\n");
}

static void packs_with_and_without_a_signer(void **state)
{
    (void)state;
    prints("{\"packs\":[{\"pack\":\"builtin@1\",\"sha256\":\"ab\",\"files\":47,\"signer\":null},"
           "{\"pack\":\"x@2\",\"sha256\":\"cd\",\"files\":1,\"signer\":\"RWQ\"},"
           "{\"pack\":\"acme/y@3\",\"sha256\":\"ef\",\"files\":1,\"signer\":null}]}",
           "  pack        builtin@1, 47 files, signed by nobody\n"
           "              SHA-256 ab\n"
           "  pack        x@2, 1 file, signed by RWQ\n"
           "              SHA-256 cd\n"
           "  pack        acme/y@3, 1 file, signed by nobody whom the operator trusted\n"
           "              SHA-256 ef\n");
}

static void what_an_older_bundle_does_not_say_has_no_row(void **state)
{
    (void)state;
    prints("{\"ajar\":\"0.1.0\",\"host\":\"vm\",\"wait_ms\":1500}",
           "  host        vm\n  waited      1.5 s for a token\n  ajar        0.1.0\n");
}

static void nothing_reaches_a_terminal_raw(void **state)
{
    (void)state;
    prints("{\"host\":\"a\\u001b[2J\\u0000b\\nc\"}", "  host        a\\x1b[2J\\x00b\\nc\n");
}

static void what_is_no_object_is_refused(void **state)
{
    (void)state;
    struct buf out = buf_new(1000);
    struct fail fail = {0};
    assert_false(run_words_put(&out, bytes_of("[1]"), &fail));
    assert_string_equal(fail.text, "data/run.json is no JSON object");
    assert_int_equal(out.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_and_by_which_clock),
        cmocka_unit_test(a_clock_that_nobody_keeps),
        cmocka_unit_test(a_run_without_a_scope_file),
        cmocka_unit_test(packs_with_and_without_a_signer),
        cmocka_unit_test(what_an_older_bundle_does_not_say_has_no_row),
        cmocka_unit_test(nothing_reaches_a_terminal_raw),
        cmocka_unit_test(what_is_no_object_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
