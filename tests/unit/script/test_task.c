/* Many probes in one VM: none disturbs another, whatever becomes of it; and no lack of memory, wherever it
 * strikes, ends the process. */
#include "fake.h"

enum { MANY = 8 };

struct fleet {
    struct probes *probes;
    struct run_facts run_facts;
    struct task_facts facts;
    struct fake fakes[MANY];
    struct probe_run *runs[MANY];
};

static void fleet_begin(struct fleet *fleet, const char *const bodies[], size_t n,
                        struct vm_limits limits)
{
    struct fail fail;
    struct script_source sources[MANY];
    char *texts[MANY];
    for (size_t i = 0; i < n; i++) {
        char id[32], name[32];
        snprintf(id, sizeof id, "relay/p%zu", i);
        snprintf(name, sizeof name, "p.lua");
        texts[i] = probe_text(id, bodies[i]);
        sources[i] = (struct script_source){"p.lua", "local", bytes_of(texts[i]), 0, {0}};
    }
    memset(fleet, 0, sizeof *fleet);
    fleet->run_facts = fake_run_facts();
    fleet->facts = fake_facts(&fleet->run_facts);
    fleet->probes = probes_new(sources, n, &limits, &fail);
    if (!fleet->probes)
        fail_msg("%s", fail.text);
    for (size_t i = 0; i < n; i++)
        free(texts[i]);
}

static void fleet_run(struct fleet *fleet, unsigned slot, size_t probe)
{
    struct fail fail;
    fake_begin(&fleet->fakes[slot], (unsigned char)('a' + slot));
    fleet->runs[slot] = probe_run_new(fleet->probes, probe, &fleet->fakes[slot].world,
                                      &fleet->facts, fake_done, &fleet->fakes[slot], &fail);
    assert_non_null(fleet->runs[slot]);
    probe_run_start(fleet->runs[slot]);
}

static void fleet_wake(struct fleet *fleet, unsigned slot)
{
    probe_run_wake(fleet->runs[slot]);
}

static void fleet_finish(struct fleet *fleet, unsigned slot)
{
    while (!fleet->fakes[slot].concluded)
        fleet_wake(fleet, slot);
}

static void fleet_end(struct fleet *fleet)
{
    for (unsigned i = 0; i < MANY; i++) {
        probe_run_free(fleet->runs[i]);
        fake_end(&fleet->fakes[i]);
    }
    probes_free(fleet->probes);
}

static const char *reason(struct fleet *fleet, unsigned slot)
{
    return fleet->fakes[slot].reason;
}

static void a_failed_probe_does_not_disturb_the_others(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "ajar.sleep(1) ajar.sleep(1) return ajar.closed('well')",
        "ajar.sleep(1) error('bad')",
        "ajar.sleep(1) while true do end",
        "ajar.sleep(1) local s = 'x' while true do s = s .. s end",
        "ajar.sleep(1) local function f() return 1 + f() end f()",
        "ajar.sleep(1) pcall(function() while true do end end)",
    };
    struct fleet fleet;
    fleet_begin(&fleet, bodies, 6, small_limits());
    for (unsigned i = 0; i < 6; i++)
        fleet_run(&fleet, i, i);
    fleet_run(&fleet, 6, 0);
    for (unsigned i = 0; i < 6; i++)
        fleet_wake(&fleet, i);
    for (unsigned i = 0; i < 7; i++)
        fleet_finish(&fleet, i);
    assert_string_equal(reason(&fleet, 0), "well");
    assert_string_equal(reason(&fleet, 6), "well");
    assert_non_null(strstr(reason(&fleet, 1), "p.lua:2: bad"));
    assert_non_null(strstr(reason(&fleet, 2), "instruction budget spent"));
    assert_non_null(strstr(reason(&fleet, 3), "not enough memory"));
    assert_non_null(strstr(reason(&fleet, 4), "stack overflow"));
    assert_non_null(strstr(reason(&fleet, 5), "instruction budget spent"));
    fleet_run(&fleet, 7, 0);
    fleet_finish(&fleet, 7);
    assert_string_equal(reason(&fleet, 7), "well");
    fleet_end(&fleet);
}

/* The budget holds again after it was spent, whatever the error went through. */
static void the_budget_holds_each_time(void **state)
{
    (void)state;
    static const char *const bodies[] = {"while true do end",
                                         "pcall(function() while true do end end)",
                                         "xpcall(function() while true do end end, pcall)"};
    struct fleet fleet;
    fleet_begin(&fleet, bodies, 3, small_limits());
    for (unsigned i = 0; i < 6; i++) {
        fleet_run(&fleet, i, i % 3);
        assert_true(fleet.fakes[i].concluded);
        assert_non_null(strstr(reason(&fleet, i), "p.lua:2: instruction budget spent"));
    }
    fleet_end(&fleet);
}

/* Once the run is stopped, every wait fails at once. */
static void who_waits_on_when_nothing_can_come_is_ended(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "while true do pcall(ajar.sleep, 1) end",
        "for _ = 1, 200 do pcall(ajar.sleep, 1) end return ajar.closed('well')",
    };
    struct fleet fleet;
    fleet_begin(&fleet, bodies, 2, small_limits());
    for (unsigned i = 0; i < 2; i++) {
        fleet_run(&fleet, i, i);
        fleet.fakes[i].stopped = true;
    }
    for (unsigned wakes = 0; wakes < 300; wakes++)
        fleet_wake(&fleet, 0);
    assert_true(fleet.fakes[0].concluded);
    assert_non_null(strstr(reason(&fleet, 0), "p.lua:2: the script waits again and again, though"));
    fleet_finish(&fleet, 1);
    assert_string_equal(reason(&fleet, 1), "well");
    fleet_end(&fleet);
}

static void who_waits_more_often_than_a_tape_can_tell_is_ended(void **state)
{
    (void)state;
    static const char *const bodies[] = {"while true do ajar.sleep(0) end"};
    struct fleet fleet;
    fleet_begin(&fleet, bodies, 1, small_limits());
    fleet_run(&fleet, 0, 0);
    for (unsigned wakes = 0; wakes < 66000 && !fleet.fakes[0].concluded; wakes++)
        fleet_wake(&fleet, 0);
    assert_true(fleet.fakes[0].concluded);
    assert_non_null(strstr(reason(&fleet, 0), "p.lua:2: the script waits more often than"));
    fleet_end(&fleet);
}

/* A wake that nobody waits for. */
static void wakes_too_many_are_ignored(void **state)
{
    (void)state;
    static const char *const bodies[] = {"ajar.sleep(1) return ajar.closed('well')"};
    struct fleet fleet;
    struct fail fail;
    fleet_begin(&fleet, bodies, 1, small_limits());
    fake_begin(&fleet.fakes[0], 'a');
    fleet.runs[0] = probe_run_new(fleet.probes, 0, &fleet.fakes[0].world, &fleet.facts, fake_done,
                                  &fleet.fakes[0], &fail);
    fleet_wake(&fleet, 0);
    assert_false(fleet.fakes[0].concluded);
    probe_run_start(fleet.runs[0]);
    fleet_finish(&fleet, 0);
    fleet_wake(&fleet, 0);
    fleet_wake(&fleet, 0);
    assert_string_equal(reason(&fleet, 0), "well");
    fleet_end(&fleet);
}

static void a_run_can_be_freed_wherever_it_is(void **state)
{
    (void)state;
    static const char *const bodies[] = {"ajar.sleep(1) return ajar.closed('well')"};
    struct fleet fleet;
    struct fail fail;
    fleet_begin(&fleet, bodies, 1, small_limits());
    fake_begin(&fleet.fakes[0], 'a');
    fleet.runs[0] = probe_run_new(fleet.probes, 0, &fleet.fakes[0].world, &fleet.facts, fake_done,
                                  &fleet.fakes[0], &fail);
    fleet_run(&fleet, 1, 0);
    fleet_run(&fleet, 2, 0);
    fleet_finish(&fleet, 2);
    fleet_end(&fleet);
}

/* Two runs of one script share its locals, not its waits. */
static void runs_of_one_script_are_apart(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "local s = ajar.smtp.connect(target) return ajar.closed(s.banner.text)"};
    struct fleet fleet;
    fleet_begin(&fleet, bodies, 1, small_limits());
    for (unsigned i = 0; i < 3; i++)
        fleet_run(&fleet, i, 0);
    fleet.fakes[0].says[0] = "220 zero\r\n";
    fleet.fakes[1].says[0] = "220 one\r\n";
    fleet.fakes[2].says[0] = "220 two\r\n";
    fleet_finish(&fleet, 2);
    fleet_finish(&fleet, 0);
    fleet_finish(&fleet, 1);
    assert_string_equal(reason(&fleet, 0), "zero");
    assert_string_equal(reason(&fleet, 1), "one");
    assert_string_equal(reason(&fleet, 2), "two");
    fleet_end(&fleet);
}

static void what_is_no_verdict_is_an_error(void **state)
{
    (void)state;
    static const char none[] = "the probe returned no verdict";
    body_gives("", VERDICT_ERROR, none);
    body_gives("return", VERDICT_ERROR, none);
    body_gives("return 5", VERDICT_ERROR, none);
    body_gives("return 'open'", VERDICT_ERROR, none);
    body_gives("return {}", VERDICT_ERROR, none);
    body_gives("return { verdict = 'ajar', reason = 'x' }", VERDICT_ERROR,
               "the probe returned a verdict that there is not");
    body_gives("return { verdict = 'closed' }", VERDICT_CLOSED, "");
    body_gives("return { verdict = 'closed', reason = { 1 } }", VERDICT_CLOSED, "table");
    body_gives("error(ajar.closed('raised'))", VERDICT_CLOSED, "raised");
    body_gives("error()", VERDICT_ERROR, "nil");
    body_gives("error({})", VERDICT_ERROR, "table");
    body_gives("error(nil)", VERDICT_ERROR, "");
    body_gives("error(42)", VERDICT_ERROR, "42");
}

static void an_error_names_file_and_line_and_the_calls(void **state)
{
    (void)state;
    struct fake f;
    fake_begin(&f, 'a');
    run_body(&f, "local function inner() local t = nil return t.x end\n"
                 "local function outer() local r = inner() return r end\n"
                 "outer()");
    assert_int_equal(f.verdict, VERDICT_ERROR);
    static const char begins[] = "mine/test.lua:2: attempt to index local 't' (a nil value)\n"
                                 "stack traceback:\n"
                                 "\tmine/test.lua:2: in function 'inner'\n"
                                 "\tmine/test.lua:3: in function 'outer'\n"
                                 "\tmine/test.lua:4: in function <mine/test.lua:1>\n";
    assert_memory_equal(f.reason, begins, sizeof begins - 1);
    fake_end(&f);
}

/* The proof that a verdict names is a token or nothing. */
static void a_proof_that_is_no_token_is_none(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "return { verdict = 'open', reason = 'x', proof = 'nonsense' }",
        "return { verdict = 'open', reason = 'x', proof = {} }",
        "return { verdict = 'open', reason = 'x', proof = 5 }"};
    for (unsigned i = 0; i < 3; i++)
        body_gives(bodies[i], VERDICT_OPEN, "x");
}

/* Memory -------------------------------------------------------------------------------------------- */

/* A dialogue with replies of many lines, all kept. */
static const char hungry[] =
    "local kept = {}\n"
    "local s = ajar.smtp.connect(target) s:ehlo()\n"
    "local m = ajar.mailbox()\n"
    "for i = 1, 20 do kept[i] = s:command('NOOP') kept[i].more = ('x'):rep(i * 600) .. i end\n"
    "ajar.step(kept[20])\n"
    "local v = ajar.await(m)\n"
    "return ajar.closed(kept[1])";

static void says_much(struct fake *f)
{
    static char text[3000];
    f->says[0] = "220 mx.example\r\n";
    f->says[1] = "250-mx.example\r\n250-PIPELINING\r\n250-AUTH PLAIN\r\n250 SIZE\r\n";
    if (text[0] == '\0')
        for (int i = 0; i < 40; i++)
            strcat(text, i < 39 ? "250-2.0.0 a line of some length, for the memory it takes\r\n"
                                : "250 2.0.0 the last\r\n");
    for (int i = 2; i < 22; i++)
        f->says[i] = text;
}

/* What came of one limit after the other. */
struct window {
    unsigned not_made, errors;
    unsigned verdicts; /* since the last limit without one */
};

/* The whole dialogue in a VM with this limit: none is made, or an error says so, or there is a verdict. */
static void run_within(const struct script_source *source, size_t memory, struct window *w)
{
    struct fail fail;
    struct fake f;
    struct vm_limits limits = small_limits();
    struct run_facts run_facts = fake_run_facts();
    struct task_facts facts = fake_facts(&run_facts);
    limits.memory = memory;
    struct probes *probes = probes_new(source, 1, &limits, &fail);
    if (!probes) {
        w->not_made++;
        w->verdicts = 0;
        return;
    }
    fake_begin(&f, 'a');
    says_much(&f);
    struct probe_run *run = probe_run_new(probes, 0, &f.world, &facts, fake_done, &f, &fail);
    if (run)
        probe_run_start(run);
    while (run && !f.concluded)
        probe_run_wake(run);
    w->errors += !run || f.verdict == VERDICT_ERROR;
    w->verdicts = run && f.verdict == VERDICT_CLOSED ? w->verdicts + 1 : 0;
    if (run && f.verdict == VERDICT_ERROR && !strstr(f.reason, "not enough memory") &&
        !strstr(f.reason, "error in error handling"))
        fail_msg("%zu bytes: %s", memory, f.reason);
    probe_run_free(run);
    fake_end(&f);
    probes_free(probes);
}

/* With each limit from too little to enough: an error or the verdict, and the process goes on. Too little is less than
 * the API's own scripts need, of which there are more every year; enough is what has been so a hundred times in a row. */
static void memory_may_run_out_anywhere(void **state)
{
    (void)state;
    enum { TOO_LITTLE = 100000, STEP = 509, ENOUGH = 100 };
    char *text = probe_text("relay/test", hungry);
    struct script_source source = {"p.lua", "local", bytes_of(text), 0, {0}};
    size_t most = small_limits().memory;
    struct window w = {0};
    for (size_t memory = TOO_LITTLE; memory < most && w.verdicts < ENOUGH; memory += STEP)
        run_within(&source, memory, &w);
    assert_true(w.not_made > 10 && w.errors > 10 && w.verdicts == ENOUGH);
    free(text);
}

/* One script holds nearly all of the VM's memory while others wait for their results. */
static void a_greedy_script_leaves_the_others_alive(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "local t, n = {}, 4096 ajar.sleep(1)\n"
        "while n >= 1 do\n"
        "  while pcall(function() t[#t + 1] = ('x'):rep(n) .. #t end) do end n = n / 2 end\n"
        "ajar.sleep(1) t = nil return ajar.closed('well')",
        "local s = ajar.smtp.connect(target) return ajar.closed(s.banner.text)",
    };
    struct fleet fleet;
    struct vm_limits limits = small_limits();
    limits.memory = 4 * 1024 * 1024;
    limits.instructions = 100 * 1000 * 1000;
    fleet_begin(&fleet, bodies, 2, limits);
    fleet_run(&fleet, 0, 0);
    fleet_run(&fleet, 1, 1);
    fleet_wake(&fleet, 1);
    static char banner[4000];
    memset(banner, 'x', sizeof banner - 3);
    memcpy(banner, "220 ", 4);
    strcpy(banner + 1800, "\r\n");
    fleet.fakes[1].says[0] = banner;
    fleet_wake(&fleet, 0);
    fleet_finish(&fleet, 1);
    fleet_finish(&fleet, 0);
    if (fleet.fakes[1].verdict != VERDICT_CLOSED)
        assert_non_null(strstr(reason(&fleet, 1), "not enough memory"));
    fleet_run(&fleet, 2, 1);
    fleet.fakes[2].says[0] = "220 again\r\n";
    fleet_finish(&fleet, 2);
    assert_string_equal(reason(&fleet, 2), "again");
    fleet_end(&fleet);
}

/* Ten thousand runs, one after the other, leave nothing behind. */
static void runs_leave_nothing_behind(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "local m, s = ajar.mailbox(), ajar.smtp.connect(target) return ajar.closed(m.token)",
        "error('x' .. ajar.token())"};
    struct fleet fleet;
    struct vm_limits limits = small_limits();
    limits.memory = 2 * 1024 * 1024;
    fleet_begin(&fleet, bodies, 2, limits);
    for (unsigned i = 0; i < 10000; i++) {
        fake_begin(&fleet.fakes[0], 'a');
        fleet.fakes[0].says[0] = "220 x\r\n";
        run_probe(fleet.probes, i % 2, &fleet.fakes[0]);
        assert_int_equal(fleet.fakes[0].verdict, i % 2 ? VERDICT_ERROR : VERDICT_CLOSED);
        assert_null(strstr(fleet.fakes[0].reason, "not enough memory"));
        fake_end(&fleet.fakes[0]);
    }
    fleet.fakes[0] = (struct fake){0};
    fleet_end(&fleet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failed_probe_does_not_disturb_the_others),
        cmocka_unit_test(the_budget_holds_each_time),
        cmocka_unit_test(who_waits_on_when_nothing_can_come_is_ended),
        cmocka_unit_test(who_waits_more_often_than_a_tape_can_tell_is_ended),
        cmocka_unit_test(wakes_too_many_are_ignored),
        cmocka_unit_test(a_run_can_be_freed_wherever_it_is),
        cmocka_unit_test(runs_of_one_script_are_apart),
        cmocka_unit_test(what_is_no_verdict_is_an_error),
        cmocka_unit_test(an_error_names_file_and_line_and_the_calls),
        cmocka_unit_test(a_proof_that_is_no_token_is_none),
        cmocka_unit_test(memory_may_run_out_anywhere),
        cmocka_unit_test(a_greedy_script_leaves_the_others_alive),
        cmocka_unit_test(runs_leave_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
