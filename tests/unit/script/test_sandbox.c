/* What a script can't reach, and what it can't use up. */
#include "fake.h"

/* An expression that must be true inside a probe. */
static void holds(const char *expression)
{
    char body[2000];
    snprintf(body, sizeof body,
             "if %s then return ajar.closed('holds') end\n"
             "return ajar.suspect('does not hold')",
             expression);
    body_gives(body, VERDICT_CLOSED, "holds");
}

/* Statements that must raise an error with these words. */
static void raises(const char *statements, const char *words)
{
    char body[4000];
    snprintf(body, sizeof body, "do %s\nend\nreturn ajar.closed('nothing was raised')", statements);
    body_gives(body, VERDICT_ERROR, words);
}

static void names_that_are_not_there(void **state)
{
    (void)state;
    static const char *const names[] = {"io",
                                        "os",
                                        "package",
                                        "debug",
                                        "ffi",
                                        "jit",
                                        "coroutine",
                                        "load",
                                        "loadstring",
                                        "loadfile",
                                        "dofile",
                                        "require",
                                        "module",
                                        "collectgarbage",
                                        "newproxy",
                                        "getfenv",
                                        "setfenv",
                                        "rawset",
                                        "rawget",
                                        "rawequal",
                                        "getmetatable",
                                        "print",
                                        "_G",
                                        "raw",
                                        "math.random",
                                        "math.randomseed",
                                        "string.dump",
                                        "table.foreach",
                                        "ajar.run_probe",
                                        "ajar.internal",
                                        "('').__index",
                                        "('').dump",
                                        "string.__index"};
    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) {
        char expression[100];
        snprintf(expression, sizeof expression, "(%s) == nil", names[i]);
        holds(expression);
    }
}

static void what_a_script_is_offered(void **state)
{
    (void)state;
    holds("string.format('%s %d', 'a', 1) == 'a 1'");
    holds("('abc'):match('^a(.)c$') == 'b'");
    holds("('abc'):gsub('b', function(c) return c:upper() end) == 'aBc'");
    holds("('a'):rep(3, ',') == 'a,a,a'");
    holds("table.concat({ 1, 2 }, '-') == '1-2'");
    holds("math.floor(1.5) == 1 and bit.band(6, 3) == 2");
    holds("select('#', unpack({ 1, 2 })) == 2");
    holds("not pcall(error, 'x')");
    holds("tostring(12) == '12' and tostring(nil) == 'nil' and tostring(true) == 'true'");
    holds("tostring(setmetatable({}, { __tostring = function() return 'mine' end })) == 'mine'");
}

static void nothing_tells_an_address(void **state)
{
    (void)state;
    holds("tostring({}) == 'table'");
    holds("tostring(pcall) == 'function'");
    holds("not ('%s'):format({}):find('0x')");
    holds("not string.format('%s', pcall):find('0x')");
    holds("not (pcall(string.format, '%p', {}) and string.format('%p', {}):find('%x%x%x%x'))");
    holds("not tostring(select(2, pcall(function() return {} .. '' end))):find('0x')");
}

/* The reason stands in the evidence and must be the same when derived again. */
static void a_traceback_holds_no_address(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "error('x')",
        "('a'):gsub('a', function() error('x') end)",
        "table.sort({ 3, 2, 1 }, function() error('x') end)",
        "pcall(pcall, error)  string.rep('x', 1e9)",
        "local t = setmetatable({}, { __index = function() error('x') end }) return t.a",
        "xpcall(function() end, function() end) ; ('x'):bad()",
        "tostring(setmetatable({}, { __tostring = function() error('x') end }))",
    };
    for (unsigned i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct fake f;
        fake_begin(&f, 'a');
        run_body(&f, bodies[i]);
        assert_string_equal(verdict_name(f.verdict), "error");
        if (strstr(f.reason, "0x"))
            fail_msg("%s: %s", bodies[i], f.reason);
        fake_end(&f);
    }
}

static void metatables_are_out_of_reach(void **state)
{
    (void)state;
    raises("setmetatable('', {})", "table expected");
    raises("setmetatable({}, 1)", "a table or nil is expected");
    raises("setmetatable(target, {})", "protected");
    raises("setmetatable({}, { __gc = function() end })", "__gc");
    raises("setmetatable(setmetatable({}, { __metatable = 1 }), {})", "protected");
}

/* Source is text. */
static void bytecode_is_refused(void **state)
{
    (void)state;
    struct fail fail;
    struct vm_limits limits = small_limits();
    struct script_source source = {
        "evil.lua", "local", bytes_at("\x1bLJ\x02\x00\x00\x00\x00\x00\x00", 10), 0, {0}};
    assert_null(probes_new(&source, 1, &limits, &fail));
    assert_string_equal(fail.code, "ESCRIPT");
    assert_non_null(strstr(fail.text, "evil.lua"));
}

static void a_script_has_a_longest_text(void **state)
{
    (void)state;
    struct fail fail;
    struct vm_limits limits = small_limits();
    static char text[300 * 1024];
    memset(text, ' ', sizeof text - 1);
    struct script_source source = {"long.lua", "local", bytes_of(text), 0, {0}};
    assert_null(probes_new(&source, 1, &limits, &fail));
    assert_string_equal(fail.text, "long.lua: a script may have 262144 bytes, this one has 307199");
}

static void endless_loops_are_stopped(void **state)
{
    (void)state;
    static const char words[] = "instruction budget spent";
    raises("while true do end", words);
    raises("local n = 0 repeat n = n + 1 until false", words);
    raises("for i = 1, 1e300 do end", words);
    raises("local function f() return f() end f()", words);
    raises("while true do ('x'):rep(10) end", words);
    raises("while true do pcall(ajar.note, '') end", words);
    raises("while true do ajar.note('') end", "32768 things without a wait");
    raises("local t = setmetatable({}, { __index = function() while true do end end }) return t.a",
           words);
    raises("local t = {} for i = 1, 100 do t[i] = i end "
           "table.sort(t, function() while true do end end)",
           words);
    raises("('x'):gsub('x', function() while true do end end)", words);
}

static void endless_loops_are_stopped_inside_pcall_too(void **state)
{
    (void)state;
    static const char words[] = "instruction budget spent";
    raises("pcall(function() while true do end end)", words);
    raises("while true do pcall(function() while true do end end) end", words);
    raises("local function f() pcall(f) pcall(f) return f() end f()", words);
    raises("xpcall(function() while true do end end, function(e) return e end)", words);
    raises("local function forever() while true do end end "
           "while true do xpcall(forever, forever) end",
           "");
    raises("while true do pcall(error) end", words);
    raises("local function again() pcall(again) while true do end end again()", words);
}

static void a_reason_that_takes_forever_is_an_error(void **state)
{
    (void)state;
    raises("return { verdict = 'closed', reason = setmetatable({}, { __tostring = function() "
           "while true do end end }) }",
           "instruction budget spent");
    raises("return setmetatable({}, { __index = function() while true do end end })",
           "instruction budget spent");
}

/* Waiting begins the budget anew: what is bounded is the time that others must wait. */
static void the_budget_is_for_each_stretch_between_two_waits(void **state)
{
    (void)state;
    body_gives("for i = 1, 5 do for j = 1, 200000 do end ajar.sleep(0) end "
               "return ajar.closed('done')",
               VERDICT_CLOSED, "done");
}

static void floods_of_memory_are_stopped(void **state)
{
    (void)state;
    static const char words[] = "not enough memory";
    raises("local s = 'x' while true do s = s .. s end", words);
    raises("local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(1000) .. i end", words);
    raises("local t = {} for i = 1, 100 do t[i] = ('x'):rep(1000000) end "
           "return table.concat(t)",
           words);
    raises("local s = ('x'):rep(60000) return s:gsub('', ('y'):rep(10000))", words);
    raises("local t = { ('x'):rep(1000000) } for i = 1, 50 do t[i] = t[1] end "
           "return table.concat(t)",
           words);
}

static void string_rep_is_bounded(void **state)
{
    (void)state;
    static const char words[] = "string.rep: the result would have over";
    raises("string.rep('x', 1e9)", words);
    raises("('xy'):rep(600000)", words);
    raises("('x'):rep(3, ('y'):rep(1000000))", words);
    raises("(''):rep(1e9, 'x')", words);
    raises("(''):rep(2000, ('y'):rep(1000))", words);
    holds("('x'):rep(-1) == '' and (''):rep(1e9) == '' and #('x'):rep(1024 * 1024) == 1048576");
}

static void patterns_are_bounded(void **state)
{
    (void)state;
    static const char words[] = "pattern matching is bounded";
    raises("('x'):rep(70000):find('x')", words);
    raises("('x'):find(('x'):rep(200))", words);
    raises("('x'):match('.-.-.-.-.-.-.-.-.-b')", words);
    raises("('x'):gsub('x*x*x*x*x*x*x*x*x*b', '')", words);
    raises("for _ in ('x'):gmatch('x+x+x+x+x+x+x+x+x+b') do end", words);
    raises("('a'):rep(60):find(('a?'):rep(60) .. 'b')", words);
}

static void deep_recursion_is_an_error(void **state)
{
    (void)state;
    raises("local function f() return 1 + f() end f()", "stack overflow");
    raises("local function f(s) return s:gsub('.', f) end f('x')", "nested too deeply");
    raises("local t = setmetatable({}, {}) t.__index = t setmetatable(t, t) return t.a", "loop");
    raises("local function f(...) return f(1, ...) end f()", "");
    raises("unpack({}, 1, 1e7)", "too many results");
    raises("local t = {} for i = 1, 9000 do t[i] = i end string.char(unpack(t))", "");
    raises("('x'):rep(1000000):byte(1, -1)", "");
}

static void deeply_nested_source_is_refused(void **state)
{
    (void)state;
    struct fail fail;
    struct vm_limits limits = small_limits();
    static char text[100000];
    memset(text, '(', sizeof text - 1);
    memcpy(text, "return ", 7);
    struct script_source source = {"deep.lua", "local", bytes_of(text), 0, {0}};
    assert_null(probes_new(&source, 1, &limits, &fail));
    assert_non_null(strstr(fail.text, "deep.lua:1"));
}

/* While it is being loaded a script has the same bounds, and no world. */
static void loading_is_bounded_too(void **state)
{
    (void)state;
    static const char *const texts[][2] = {
        {"while true do end", "instruction budget spent"},
        {"pcall(function() while true do end end)\nwhile true do end", "instruction budget spent"},
        {"local s = 'x' while true do s = s .. s end", "not enough memory"},
        {"ajar.token()", "inside probe.run"},
        {"ajar.smtp.connect({ port = 25 })", "inside probe.run"},
        {"error({})", ""},
        {"return", "must return"},
        {"return 1", "must return ajar.probe"},
        {"return {}", "must return ajar.probe"},
        {"local x = = 1", "bad.lua:1"},
        {"\n\nlocal t = nil\nt.x = 1", "bad.lua:4"},
    };
    for (unsigned i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct fail fail;
        struct vm_limits limits = small_limits();
        struct script_source source = {"bad.lua", "local", bytes_of(texts[i][0]), 0, {0}};
        struct probes *probes = probes_new(&source, 1, &limits, &fail);
        if (probes || !strstr(fail.text, texts[i][1]))
            fail_msg("%s: %s", texts[i][0], probes ? "was taken" : fail.text);
        assert_string_equal(fail.code, "ESCRIPT");
    }
}

/* Neither the order of a table nor a handler is a way around the tape or the budget. */
static void tables_are_walked_in_the_order_of_their_keys(void **state)
{
    (void)state;
    body_gives("local t = { 'a', 'b', [10] = 'c', [-1.5] = 'd', x = 'e', ab = 'f', [true] = 'g', "
               "[false] = 'h' }\n"
               "local s = '' for k, v in pairs(t) do s = s .. tostring(k) .. v .. ' ' end\n"
               "local k = nil repeat k = next(t, k) s = s .. tostring(k) .. ' ' until k == nil\n"
               "return ajar.closed(s)",
               VERDICT_CLOSED,
               "-1.5d 1a 2b 10c abf xe falseh trueg -1.5 1 2 10 ab x false true nil ");
    holds("next({}) == nil and next({ 5 }) == 1 and select(2, next({ 5 })) == 5");
    body_gives("local t, n = { a = 1, b = 2, c = 3 }, 0\n"
               "for k in pairs(t) do t.b = nil n = n + 1 end return ajar.closed(tostring(n))",
               VERDICT_CLOSED, "2");
    raises("for k in pairs({ [{}] = 1 }) do end",
           "only numbers, strings and booleans have an order");
    raises("next({ [pcall] = 1 })", "only numbers, strings and booleans have an order");
    raises("pairs(nil)", "");
}

static void a_handler_is_called_with_the_error(void **state)
{
    (void)state;
    holds("xpcall(function(a, b) return a == 1 and b == 2 end, nil, 1, 2)");
    holds(
        "select(2, xpcall(function() error('x', 0) end, function(e) return e .. 'y' end)) == 'xy'");
    holds("not xpcall(error, error, 'x')");
}

/* What scripts share can't be changed by one of them. */
static void what_is_shared_is_read_only(void **state)
{
    (void)state;
    static const char *const changes[] = {"string.format = nil",     "string.mine = 1",
                                          "table.concat = nil",      "math.huge = 1",
                                          "bit.band = nil",          "ajar.closed = nil",
                                          "ajar.mine = 1",           "ajar.smtp.connect = nil",
                                          "ajar.http.connect = nil", "ajar.socks.connect = nil"};
    for (unsigned i = 0; i < sizeof changes / sizeof changes[0]; i++)
        raises(changes[i], "the same for all scripts");
}

/* Nor by a function that writes past __newindex. */
static void what_is_shared_is_written_by_no_function(void **state)
{
    (void)state;
    static const char *const shared[] = {"string",    "table",      "math",
                                         "bit",       "ajar",       "ajar.smtp",
                                         "ajar.http", "ajar.relay", "target.args"};
    static const char *const writes[] = {
        "table.insert(t, 1)", "table.insert(t, 1, 1)",
        "table.remove(t)",    "table.remove(t, 1)",
        "table.sort(t)",      "table.sort(t, function(a, b) return a < b end)"};
    char statement[100];
    for (unsigned i = 0; i < sizeof shared / sizeof shared[0]; i++) {
        for (unsigned k = 0; k < sizeof writes / sizeof writes[0]; k++) {
            snprintf(statement, sizeof statement, "local t = %s %s", shared[i], writes[k]);
            raises(statement, "test.lua:2: this table is the same for all scripts and can't be");
        }
        snprintf(statement, sizeof statement, "setmetatable(%s, {})", shared[i]);
        raises(statement, "this metatable is protected");
        snprintf(statement, sizeof statement, "%s[1] == nil and #%s == 0", shared[i], shared[i]);
        holds(statement);
    }
}

/* Before its EHLO all sessions offer the same. */
static void what_a_session_offers_is_written_by_none(void **state)
{
    (void)state;
    static const char *const writes[] = {"offers.seconds = 1", "table.insert(offers, 1)",
                                         "setmetatable(offers, {})"};
    for (unsigned i = 0; i < sizeof writes / sizeof writes[0]; i++) {
        struct fake f;
        char body[200];
        fake_begin(&f, 'a');
        f.says[0] = "220 mx.example\r\n";
        snprintf(body, sizeof body,
                 "local offers = ajar.smtp.connect(target).offers\n"
                 "return ajar.closed(tostring(pcall(function() %s end)))",
                 writes[i]);
        run_body(&f, body);
        assert_string_equal(f.reason, "false");
        fake_end(&f);
    }
}

static void a_script_s_own_tables_are_written_by_all(void **state)
{
    (void)state;
    body_gives("local t = {} table.insert(t, 'b') table.insert(t, 1, 'c') table.insert(t, 'a')\n"
               "table.sort(t) local first, last = table.remove(t, 1), table.remove(t)\n"
               "return ajar.closed(first .. last .. #t .. t[1])",
               VERDICT_CLOSED, "ac1b");
    holds("table.remove({}) == nil and select('#', table.insert({}, 1)) == 0");
    holds("(function() local t = setmetatable({}, { __newindex = error }) table.insert(t, 1) "
          "return t[1] == 1 end)()");
    raises("table.insert(nil, 1)", "test.lua:2: bad argument #1 to 'insert' (table expected");
    raises("table.insert({}, 'x', 1)", "test.lua:2: bad argument #2 to 'insert' (number expected");
    raises("table.insert({})", "test.lua:2: wrong number of arguments to 'insert'");
    raises("table.remove(1)", "test.lua:2: bad argument #1 to 'remove' (table expected");
    raises("table.remove({}, 'x')", "test.lua:2: bad argument #2 to 'remove' (number expected");
    raises("table.sort(nil)", "test.lua:2: bad argument #1 to 'sort' (table expected");
}

static void globals_are_a_script_s_own(void **state)
{
    (void)state;
    struct fail fail;
    struct fake f;
    struct vm_limits limits = small_limits();
    char *one = probe_text("relay/one", "string = nil ajar = { closed = 1 } x = 1 pcall = nil "
                                        "return { verdict = 'closed', reason = 'done' }");
    char *two = probe_text("relay/two", "return ajar.closed(string.format('%s', tostring(x)))");
    struct script_source sources[] = {{"one.lua", "a", bytes_of(one), 0, {0}},
                                      {"two.lua", "a", bytes_of(two), 0, {0}}};
    struct probes *probes = probes_new(sources, 2, &limits, &fail);
    assert_non_null(probes);
    fake_begin(&f, 'a');
    run_probe(probes, 0, &f);
    assert_string_equal(f.reason, "done");
    f.concluded = false;
    run_probe(probes, 1, &f);
    assert_string_equal(f.reason, "nil");
    fake_end(&f);
    probes_free(probes);
    free(one);
    free(two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_that_are_not_there),
        cmocka_unit_test(what_a_script_is_offered),
        cmocka_unit_test(nothing_tells_an_address),
        cmocka_unit_test(a_traceback_holds_no_address),
        cmocka_unit_test(metatables_are_out_of_reach),
        cmocka_unit_test(bytecode_is_refused),
        cmocka_unit_test(a_script_has_a_longest_text),
        cmocka_unit_test(endless_loops_are_stopped),
        cmocka_unit_test(endless_loops_are_stopped_inside_pcall_too),
        cmocka_unit_test(a_reason_that_takes_forever_is_an_error),
        cmocka_unit_test(the_budget_is_for_each_stretch_between_two_waits),
        cmocka_unit_test(floods_of_memory_are_stopped),
        cmocka_unit_test(string_rep_is_bounded),
        cmocka_unit_test(patterns_are_bounded),
        cmocka_unit_test(deep_recursion_is_an_error),
        cmocka_unit_test(deeply_nested_source_is_refused),
        cmocka_unit_test(loading_is_bounded_too),
        cmocka_unit_test(tables_are_walked_in_the_order_of_their_keys),
        cmocka_unit_test(a_handler_is_called_with_the_error),
        cmocka_unit_test(what_is_shared_is_read_only),
        cmocka_unit_test(what_is_shared_is_written_by_no_function),
        cmocka_unit_test(what_a_session_offers_is_written_by_none),
        cmocka_unit_test(a_script_s_own_tables_are_written_by_all),
        cmocka_unit_test(globals_are_a_script_s_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
