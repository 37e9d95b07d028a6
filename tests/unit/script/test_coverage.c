/* Which lines of a script could run, and which did. */
#include "fake.h"

#include "script/coverage.h"

/* The lines of these bits, with blanks between. */
static const char *lines(const struct covered *s, const unsigned char *bits)
{
    static char out[400];
    size_t n = 0;
    out[0] = '\0';
    for (unsigned line = 1; line <= s->lines; line++)
        if (coverage_has(bits, line))
            n += (size_t)snprintf(out + n, sizeof out - n, n ? " %u" : "%u", line);
    return out;
}

static void could_run(const char *script, const char *expected)
{
    struct fail fail;
    struct coverage *c = coverage_new();
    assert_true(coverage_add(c, "it.lua", bytes_of(script)));
    assert_true(coverage_measure(c, &fail));
    assert_string_equal(lines(&c->scripts[0], c->scripts[0].code), expected);
    coverage_free(c);
}

static void lines_with_something_to_run_count(void **state)
{
    (void)state;
    could_run("return 1", "1");
    could_run("-- words\n\nlocal a = 1\n\nreturn a", "3 5");
    could_run("if x then\n  y()\nelse\n  z()\nend", "1 2 4");
}

/* A function is made where it ends. */
static void functions_within_functions_count(void **state)
{
    (void)state;
    could_run("local function f()\n  return function()\n    return 1\n  end\nend\nreturn f", "3 6");
}

static void the_end_of_a_block_does_not_count(void **state)
{
    (void)state;
    could_run("f(function()\n  g()\nend)", "1 2");
    could_run("t = { f = function()\n  g()\nend,\n}", "1 2 4");
}

static void what_is_no_lua_has_no_lines(void **state)
{
    (void)state;
    struct fail fail;
    struct coverage *c = coverage_new();
    assert_true(coverage_add(c, "it.lua", bytes_of("if")));
    assert_false(coverage_measure(c, &fail));
    coverage_free(c);
}

static void what_runs_is_noted(void **state)
{
    (void)state;
    static const char script[] =
        "local probe = ajar.probe { id = 'relay/it', kind = 'relay', ports = {}, summary = '' }\n"
        "function probe.run(target)\n"
        "  if target.port == 0 then\n"
        "    return ajar.closed('never')\n"
        "  end\n"
        "  return ajar.closed('always')\n"
        "end\n"
        "return probe\n";
    struct fail fail;
    struct fake f;
    struct vm_limits limits = vm_limits_default();
    struct script_source source = {"it.lua", "a", bytes_of(script), 0, {0}};
    struct coverage *c = limits.coverage = coverage_new();
    assert_true(coverage_add(c, "other.lua", bytes_of(script)));
    assert_true(coverage_add(c, "it.lua", bytes_of(script)));
    struct probes *probes = probes_new(&source, 1, &limits, &fail);
    assert_non_null(probes);
    assert_string_equal(lines(&c->scripts[1], c->scripts[1].ran), "1 2 7 8");
    fake_begin(&f, 'a');
    run_probe(probes, 0, &f);
    fake_end(&f);
    assert_string_equal(lines(&c->scripts[1], c->scripts[1].ran), "1 2 3 6 7 8");
    assert_string_equal(lines(&c->scripts[0], c->scripts[0].ran), "");
    probes_free(probes);
    coverage_free(c);
}

static void a_budget_holds_all_the_same(void **state)
{
    (void)state;
    static const char script[] = "while true do\nend\n";
    struct fail fail;
    struct vm_limits limits = vm_limits_default();
    struct script_source source = {"it.lua", "a", bytes_of(script), 0, {0}};
    limits.instructions = 100000;
    limits.coverage = coverage_new();
    assert_null(probes_new(&source, 1, &limits, &fail));
    assert_non_null(strstr(fail.text, "instruction budget spent"));
    coverage_free(limits.coverage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_with_something_to_run_count),
        cmocka_unit_test(functions_within_functions_count),
        cmocka_unit_test(the_end_of_a_block_does_not_count),
        cmocka_unit_test(what_is_no_lua_has_no_lines),
        cmocka_unit_test(what_runs_is_noted),
        cmocka_unit_test(a_budget_holds_all_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
