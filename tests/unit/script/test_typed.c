/* Lines that are typed while their script runs: what is whole, what each gives, how a name goes on. */
#include "fake.h"

#include "script/typed.h"

static const char script[] =
    "local probe = ajar.probe { id = 'relay/test', kind = 'relay', ports = {}, summary = '' }\n"
    "function probe.run(it)\n"
    "  target = it\n"
    "  local session = ajar.session()\n"
    "  session:listen(probe.run)\n"
    "  return session:verdict()\n"
    "end\n"
    "return probe\n";

static char said[8192];
static unsigned ready;

static void on_said(void *arg, enum typed_said what, struct bytes text)
{
    (void)arg;
    if (what == TYPED_READY)
        ready++;
    else
        snprintf(said, sizeof said, "%.*s", (int)text.n, text.n ? (const char *)text.p : "");
}

/* A session under way. */
struct talk {
    struct fake fake;
    struct vm_limits limits;
    struct probes *probes;
    struct run_facts run_facts;
    struct task_facts facts;
    struct typed typed;
    struct probe_run *run;
};

static void begin(struct talk *t)
{
    struct fail fail;
    struct script_source source = {.name = TYPED_SCRIPT, .pack = "local", .text = bytes_of(script)};
    t->limits = small_limits();
    t->run_facts = fake_run_facts();
    t->facts = fake_facts(&t->run_facts);
    t->typed = typed_new(on_said, NULL);
    t->probes = probes_new(&source, 1, &t->limits, &fail);
    assert_non_null(t->probes);
    fake_begin(&t->fake, 'a');
    t->run = probe_run_new(t->probes, 0, &t->fake.world, &t->facts, fake_done, &t->fake, &fail);
    assert_non_null(t->run);
    probe_run_attend(t->run, &t->typed);
    ready = 0;
    probe_run_start(t->run);
    assert_int_equal(ready, 1);
}

static void end(struct talk *t)
{
    probe_run_free(t->run);
    probes_free(t->probes);
    typed_free(&t->typed);
    fake_end(&t->fake);
}

/* What the line gives. */
static const char *give(struct talk *t, const char *line)
{
    char chunk[4096];
    snprintf(chunk, sizeof chunk, "return function()\n%s\nend", line);
    said[0] = '\0';
    unsigned before = ready;
    assert_true(typed_give(&t->typed, bytes_of(chunk), t->run));
    assert_int_equal(ready, before + 1);
    return said;
}

static void a_line_gives_its_values(void **state)
{
    (void)state;
    struct talk t;
    begin(&t);
    assert_string_equal(give(&t, "return 1, 'b', nil"), "1  \"b\"  nil");
    assert_string_equal(give(&t, "x = 5"), "");
    assert_string_equal(give(&t, "return { x, y = { z = true } }"), "{ 5, y = { z = true } }");
    assert_string_equal(give(&t, "return target.port"), "25");
    assert_string_equal(give(&t, "return print, {}, { { { { } } } }"),
                        "nil  {}  { { { table } } }");
    end(&t);
}

static void what_is_long_is_cut(void **state)
{
    (void)state;
    struct talk t;
    begin(&t);
    assert_true(strlen(give(&t, "return ('x'):rep(100000)")) < 5000);
    assert_true(strlen(give(&t, "local t = {} for i = 1, 1000 do t[i] = ('y'):rep(1000) end "
                                "return t")) < 5000);
    assert_true(strlen(give(&t, "local t = {} t.t = t for i = 1, 1000 do t['k' .. i] = t end "
                                "return t")) < 5000);
    end(&t);
}

static void an_error_is_no_end(void **state)
{
    (void)state;
    struct talk t;
    begin(&t);
    assert_non_null(strstr(give(&t, "error('oh')"), "session.lua:2: oh\nstack traceback:\n"));
    assert_null(strstr(said, "scripts/lib/session.lua"));
    assert_string_equal(give(&t, "error(ajar.closed('so'), 0)"), "closed: so");
    assert_string_equal(give(&t, "return 1"), "1");
    end(&t);
}

static void so_many_budgets_can_be_spent_and_no_more(void **state)
{
    (void)state;
    struct talk t;
    char chunk[] = "return function() while true do end end";
    begin(&t);
    for (unsigned i = 0; i < 16; i++)
        assert_non_null(strstr(give(&t, "while true do end"), "instruction budget spent"));
    assert_string_equal(give(&t, "return 1"), "1");
    assert_true(typed_give(&t.typed, bytes_of(chunk), t.run));
    assert_true(t.fake.concluded);
    assert_int_equal(t.fake.verdict, VERDICT_ERROR);
    end(&t);
}

static void one_line_at_a_time_is_taken(void **state)
{
    (void)state;
    struct talk t;
    begin(&t);
    assert_true(typed_end(&t.typed, t.run));
    assert_false(typed_give(&t.typed, bytes_of("return function() end"), t.run));
    assert_false(typed_end(&t.typed, t.run));
    assert_true(t.fake.concluded);
    assert_int_equal(t.fake.verdict, VERDICT_INCONCLUSIVE);
    end(&t);
}

static void the_last_verdict_is_the_session_s(void **state)
{
    (void)state;
    struct talk t;
    begin(&t);
    give(&t, "return ajar.suspect('first')");
    give(&t, "return ajar.closed('second')");
    give(&t, "return 1");
    assert_true(typed_end(&t.typed, t.run));
    assert_int_equal(t.fake.verdict, VERDICT_CLOSED);
    assert_string_equal(t.fake.reason, "second");
    end(&t);
}

static void names(struct talk *t, const char *begun, const char *expected)
{
    typed_complete(&t->typed, probes_vm(t->probes), bytes_of(begun));
    assert_string_equal(said, expected);
}

static void a_name_goes_on_as_what_is_there(void **state)
{
    (void)state;
    struct talk t;
    begin(&t);
    give(&t, "thing = setmetatable({ one = 1 }, { __index = function() error('run') end })");
    names(&t, "thi", "thing\n");
    names(&t, "ajar.smt", "smtp\n");
    names(&t, "ajar.smtp.conn", "connect\n");
    names(&t, "string.rep", "rep\n");
    names(&t, "thing.o", "one\n");
    names(&t, "thing:t", "");
    names(&t, "nothing.x", "");
    names(&t, "thing.one.x", "");
    names(&t, "..", "");
    names(&t, ":", "");
    names(&t, "ajar.\xff", "");
    end(&t);
}

static void scripts_that_nobody_types_get_no_lines(void **state)
{
    (void)state;
    body_gives("ajar.session():listen(probe.run)", VERDICT_ERROR, "nobody types here");
    body_gives("local s = ajar.session() s:line(function() error('oh') end) "
               "s:line(function() return ajar.closed('so') end) return s:verdict()",
               VERDICT_CLOSED, "so");
}

static void is(enum typed_text expected, const char *text)
{
    struct fail fail;
    struct vm_limits limits = small_limits();
    struct vm *vm = vm_new(&limits, &fail);
    assert_int_equal(typed_check(vm, "session.lua", bytes_of(text), 7, &fail), expected);
    if (expected == TYPED_WRONG)
        assert_non_null(strstr(fail.text, "session.lua:7: "));
    vm_free(vm);
}

static void what_is_not_at_its_end_goes_on(void **state)
{
    (void)state;
    is(TYPED_WHOLE, "x = 1");
    is(TYPED_WHOLE, "");
    is(TYPED_UNFINISHED, "for i = 1, 2 do");
    is(TYPED_UNFINISHED, "x =");
    is(TYPED_UNFINISHED, "x = [[a\nb");
    is(TYPED_UNFINISHED, "f(");
    is(TYPED_WRONG, "x = = 1");
    is(TYPED_WRONG, "end");
    is(TYPED_WRONG, "x = 'a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_gives_its_values),
        cmocka_unit_test(what_is_long_is_cut),
        cmocka_unit_test(an_error_is_no_end),
        cmocka_unit_test(so_many_budgets_can_be_spent_and_no_more),
        cmocka_unit_test(one_line_at_a_time_is_taken),
        cmocka_unit_test(the_last_verdict_is_the_session_s),
        cmocka_unit_test(a_name_goes_on_as_what_is_there),
        cmocka_unit_test(scripts_that_nobody_types_get_no_lines),
        cmocka_unit_test(what_is_not_at_its_end_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
