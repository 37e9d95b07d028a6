/* What `ajar pack check` says of names in scripts, with annotations that are made up: the API's own may call nothing
 * deprecated. */
#include "cli/pack_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char annotations[] = "---@deprecated take ajar.step\n"
                                  "function ajar.note(text) end\n"
                                  "---@since 2\n"
                                  "function ajar.sleep(seconds) end\n";

/* What it prints of a script. */
static void check(struct pack_check *c, const char *script, char said[], size_t size)
{
    struct fail fail;
    struct known_names *names = known_names_of_probes(&fail);
    FILE *out = tmpfile();
    assert_non_null(names);
    assert_non_null(out);
    fflush(stdout);
    int saved = dup(STDOUT_FILENO);
    dup2(fileno(out), STDOUT_FILENO);
    pack_check_names(c, "probes/x.lua", bytes_of(script), names);
    fflush(stdout);
    dup2(saved, STDOUT_FILENO);
    close(saved);
    rewind(out);
    said[fread(said, 1, size - 1, out)] = '\0';
    fclose(out);
    known_names_free(names);
}

static void what_is_deprecated_is_warned_of_and_is_no_fault(void **state)
{
    struct pack_check c = {.folder = ".", .annotations = bytes_of(annotations), .manifest.api = 1};
    char said[500];
    (void)state;
    check(&c, "local x = 1\nreturn x, ajar.note('a')", said, sizeof said);
    assert_string_equal(said,
                        "probes/x.lua:2:11: warning: ajar.note is deprecated: take ajar.step\n");
    assert_int_equal(c.faults, 0);
}

static void what_is_newer_than_the_manifest_says_is_a_fault(void **state)
{
    struct pack_check c = {
        .folder = "pack", .annotations = bytes_of(annotations), .manifest.api = 1};
    char said[500];
    (void)state;
    check(&c, "ajar.sleep(1)", said, sizeof said);
    assert_string_equal(said, "pack/probes/x.lua:1:1: ajar.sleep is there since API 2, and "
                              "pack.json says \"api\": 1\n");
    assert_int_equal(c.faults, 1);
    c.manifest.api = 2;
    check(&c, "ajar.sleep(1)", said, sizeof said);
    assert_string_equal(said, "");
}

static void what_is_not_is_passed_over(void **state)
{
    struct pack_check c = {.folder = ".", .annotations = bytes_of(annotations), .manifest.api = 1};
    char said[500];
    (void)state;
    check(&c, "local ajar = { note = 1 } return ajar.note", said, sizeof said);
    assert_string_equal(said, "");
    check(&c, "return ajar.step('a')", said, sizeof said);
    assert_string_equal(said, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_deprecated_is_warned_of_and_is_no_fault),
        cmocka_unit_test(what_is_newer_than_the_manifest_says_is_a_fault),
        cmocka_unit_test(what_is_not_is_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
