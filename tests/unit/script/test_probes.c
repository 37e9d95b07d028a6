/* What a probe says of itself is read once, and whoever made the table, it is fit to be shown. */
#include "fake.h"

#include "script/forms.h"

static struct probes *load(const char *text, struct fail *fail)
{
    struct vm_limits limits = small_limits();
    struct script_source source = {"mine.lua", "local@1", bytes_of(text), 0, {0}};
    return probes_new(&source, 1, &limits, fail);
}

static void is_refused(const char *text, const char *words)
{
    struct fail fail;
    struct probes *probes = load(text, &fail);
    if (probes || !strstr(fail.text, words) || !strstr(fail.text, "mine.lua"))
        fail_msg("%s: %s", text, probes ? "was taken" : fail.text);
}

static void what_a_probe_says_of_itself(void **state)
{
    (void)state;
    struct fail fail;
    struct probes *probes =
        load("return ajar.probe { id = 'proxy/x-1', kind = 'proxy', ports = { 80, 65535 }, "
             "summary = 'Opens åll', run = function() end }",
             &fail);
    assert_non_null(probes);
    assert_int_equal(probes_count(probes), 1);
    const struct probe_info *info = probes_at(probes, 0);
    assert_string_equal(info->id, "proxy/x-1");
    assert_string_equal(info->summary, "Opens åll");
    assert_false(info->relay);
    assert_int_equal(info->port_count, 2);
    assert_int_equal(info->ports[0], 80);
    assert_int_equal(info->ports[1], 65535);
    assert_string_equal(info->source_name, "mine.lua");
    assert_string_equal(info->pack, "local@1");
    assert_int_equal(probes_find(probes, bytes_of("proxy/x-1")), 0);
    assert_int_equal(probes_find(probes, bytes_of("proxy/x")), -1);
    probes_free(probes);
}

static void no_probes_are_a_set_too(void **state)
{
    (void)state;
    struct fail fail;
    struct vm_limits limits = small_limits();
    struct probes *probes = probes_new(NULL, 0, &limits, &fail);
    assert_non_null(probes);
    assert_int_equal(probes_count(probes), 0);
    probes_free(probes);
}

/* A bundle that an older ajar made has none of what was added since. */
static void an_older_api_may_lack_parts(void **state)
{
    (void)state;
    struct fail fail;
    struct vm_limits limits = small_limits();
    struct script_source api[PROBES_API];
    char *text = probe_text("relay/x", "");
    struct script_source source = {"mine.lua", "local@1", bytes_of(text), 0, {0}};
    assert_true(probes_api(api, &fail));
    struct probes *probes = probes_new_with(api, 2, &source, 1, &limits, &fail);
    assert_non_null(probes);
    probes_free(probes);
    free(text);
}

/* What the script returns as its summary: which of these members of `ajar` there are. */
static void assert_members(unsigned withheld, const char *expected)
{
    static const char text[] =
        "local there = {}\n"
        "for _, name in ipairs { 'smtp', 'http', 'socks', 'gateway', 'turn', 'dns', 'mailbox' } "
        "do\n"
        "  if ajar[name] then there[#there + 1] = name end\n"
        "end\n"
        "local p = ajar.probe { id = 'relay/x', kind = 'relay', ports = { 25 },\n"
        "  summary = table.concat(there, ' ') }\n"
        "function p.run() end\n"
        "return p\n";
    struct fail fail;
    struct vm_limits limits = small_limits();
    struct script_source source = {"mine.lua", "a/b@1.0.0", bytes_of(text), withheld, {0}};
    struct probes *probes = probes_new(&source, 1, &limits, &fail);
    if (!probes)
        fail_msg("%s", fail.text);
    assert_string_equal(probes_at(probes, 0)->summary, expected);
    probes_free(probes);
}

static void what_a_pack_has_not_declared_does_not_exist_for_it(void **state)
{
    (void)state;
    assert_members(0, "smtp http socks gateway turn dns mailbox");
    assert_members(1U << CAPABILITY_SMTP, "http socks gateway turn dns mailbox");
    assert_members(1U << CAPABILITY_UDP | 1U << CAPABILITY_DNS, "smtp http socks gateway mailbox");
    assert_members((1U << CAPABILITIES) - 1, "mailbox");
}

/* Nor is it found behind a global of the script's own. */
static void what_a_pack_has_not_declared_is_not_uncovered(void **state)
{
    static const char text[] = "local probe = ajar.probe\n"
                               "ajar = nil\n"
                               "local p = probe { id = 'relay/x', kind = 'relay', ports = { 25 },\n"
                               "  summary = ajar.smtp and 'has it' or 'has it not' }\n"
                               "function p.run() end\n"
                               "return p\n";
    (void)state;
    struct fail fail;
    struct vm_limits limits = small_limits();
    struct script_source source = {
        "mine.lua", "a/b@1.0.0", bytes_of(text), 1U << CAPABILITY_SMTP, {0}};
    struct probes *probes = probes_new(&source, 1, &limits, &fail);
    assert_non_null(probes);
    assert_string_equal(probes_at(probes, 0)->summary, "has it not");
    probes_free(probes);
}

static void what_one_pack_may_another_does_not_get_by_it(void **state)
{
    static const char asks[] =
        "local p = ajar.probe { id = 'relay/%s', kind = 'relay', ports = { 25 },\n"
        "  summary = ajar.smtp and 'has it' or 'has it not' }\n"
        "function p.run() end\nreturn p\n";
    (void)state;
    struct fail fail;
    struct vm_limits limits = small_limits();
    char texts[3][256];
    struct script_source sources[3];
    for (unsigned i = 0; i < 3; i++) {
        const char *id = i == 0 ? "a" : i == 1 ? "b" : "c";
        snprintf(texts[i], sizeof texts[i], asks, id);
        sources[i] = (struct script_source){
            id, id, bytes_of(texts[i]), i == 1 ? 1U << CAPABILITY_SMTP : 0, {0}};
    }
    struct probes *probes = probes_new(sources, 3, &limits, &fail);
    assert_non_null(probes);
    assert_string_equal(probes_at(probes, 0)->summary, "has it");
    assert_string_equal(probes_at(probes, 1)->summary, "has it not");
    assert_string_equal(probes_at(probes, 2)->summary, "has it");
    probes_free(probes);
}

static void two_of_one_id_are_refused(void **state)
{
    (void)state;
    struct fail fail;
    struct vm_limits limits = small_limits();
    char *text = probe_text("relay/x", "");
    struct script_source sources[] = {{"a.lua", "a", bytes_of(text), 0, {0}},
                                      {"b.lua", "b", bytes_of(text), 0, {0}}};
    assert_null(probes_new(sources, 2, &limits, &fail));
    assert_string_equal(fail.code, "EEXIST");
    assert_string_equal(fail.text, "b.lua: the probe relay/x is already defined by a.lua");
    free(text);
}

#define REST ", run = function() end }"

static void fields_that_ajar_probe_refuses(void **state)
{
    (void)state;
    is_refused("return ajar.probe()", "a table is needed");
    is_refused("return ajar.probe { kind = 'relay'" REST, "id must be like");
    is_refused("return ajar.probe { id = 'x', kind = 'relay'" REST, "id must be like");
    is_refused("return ajar.probe { id = 'r/X', kind = 'relay'" REST, "id must be like");
    is_refused("return ajar.probe { id = '../x', kind = 'relay'" REST, "id must be like");
    is_refused("return ajar.probe { id = 'r/x', kind = 'r'" REST, "kind must be");
    is_refused("return ajar.probe { id = 'r/x', kind = 'relay'" REST, "summary must be");
    is_refused("return ajar.probe { id = 'r/x', kind = 'relay', summary = ('x'):rep(201)" REST,
               "summary must be");
    is_refused("return ajar.probe { id = 'r/x', kind = 'relay', summary = ''" REST,
               "ports must be a list");
    is_refused("return ajar.probe { id = 'r/x', kind = 'relay', summary = '', ports = { 0 }" REST,
               "whole numbers from 1 to 65535");
    is_refused("return ajar.probe { id = 'r/x', kind = 'relay', summary = '', ports = { 1.5 }" REST,
               "whole numbers from 1 to 65535");
    is_refused("return ajar.probe { id = 'r/x', kind = 'relay', summary = '', ports = {} }",
               "no function probe.run");
}

#define HEAD "return ajar.probe { id = 'r/x', kind = 'relay', summary = '', ports = {}, "

static void arguments_are_declared_with_type_default_and_help(void **state)
{
    (void)state;
    struct fail fail;
    struct probes *probes =
        load(HEAD "categories = { 'thorough', 'intrusive' }, args = {"
                  " word = { type = 'string', default = 'a', max = 3, help = 'w' },"
                  " limit = { type = 'integer', default = 6, min = 1, help = 'how many' } }" REST,
             &fail);
    assert_non_null(probes);
    const struct probe_info *info = probes_at(probes, 0);
    assert_int_equal(info->categories, 1 << PROBE_THOROUGH | 1 << PROBE_INTRUSIVE);
    assert_int_equal(info->arguments.count, 2);
    const struct argument *a = info->arguments.list;
    assert_string_equal(a[0].name, "limit"); /* in order, whatever the table's is */
    assert_true(a[0].least == 1 && a[0].preset.number == 6);
    assert_string_equal(a[0].help, "how many");
    assert_string_equal(a[1].preset.text, "a");
    assert_true(a[1].most == 3);
    probes_free(probes);
}

static void declarations_that_are_refused(void **state)
{
    (void)state;
    is_refused(HEAD "categories = 'safe'" REST, "categories must be a list");
    is_refused(HEAD "categories = { 'fast' }" REST, "a category is safe, thorough or intrusive");
    is_refused(HEAD "args = 1" REST, "args must be a table");
    is_refused(HEAD "args = { 'x' }" REST, "a name is of a-z, 0-9 and _");
    is_refused(HEAD "args = { ['X'] = {} }" REST, "a name is of a-z, 0-9 and _");
    is_refused(HEAD "args = { x = 1 }" REST, "args.x must be {");
    is_refused(HEAD "args = { x = { type = 'list' } }" REST, "args.x: type must be");
    is_refused(HEAD "args = { x = { type = 'integer', default = 1.5, help = '' } }" REST,
               "args.x: default must be");
    is_refused(HEAD "args = { x = { type = 'integer', default = 0, min = 1, help = '' } }" REST,
               "args.x: default must be");
    is_refused(HEAD "args = { x = { type = 'number', default = 0/0, help = '' } }" REST,
               "args.x: default must be");
    is_refused(HEAD "args = { x = { type = 'number', min = 2, max = 1 } }" REST,
               "args.x: max is no bound");
    is_refused(HEAD "args = { x = { type = 'string', default = 'a' } }" REST, "args.x: help must");
    is_refused("local t = {} for i = 1, 9 do t['x' .. i] = { type = 'boolean', default = true, "
               "help = '' } end " HEAD "args = t" REST,
               "may have 8 arguments");
}

/* A table that did not pass through ajar.probe, or was changed behind it. */
static void tables_made_otherwise(void **state)
{
    (void)state;
    static const char words[] = "must return ajar.probe";
    is_refused("return { id = '../../etc/x', kind = 'relay', summary = ''" REST, words);
    is_refused("return { id = 'r/\\27[2J', kind = 'relay', summary = ''" REST, words);
    is_refused("return { id = 'r/x\\0y', kind = 'relay', summary = ''" REST, words);
    is_refused("return { id = 'r/', kind = 'relay', summary = ''" REST, words);
    is_refused("return { id = '/x', kind = 'relay', summary = ''" REST, words);
    is_refused("return { id = 'r/x/y', kind = 'relay', summary = ''" REST, words);
    is_refused("return { id = 'r/' .. ('x'):rep(60), kind = 'relay', summary = ''" REST, words);
    is_refused("return { id = 'r/x', kind = 'other', summary = ''" REST, words);
    is_refused("return { id = 'r/x', kind = 'relay', summary = 'a\\nb'" REST, words);
    is_refused("return { id = 'r/x', kind = 'relay', summary = 'a\\27[31mb'" REST, words);
    is_refused("return { id = 'r/x', kind = 'relay', summary = '\\255'" REST, words);
    is_refused("return { id = 'r/x', kind = 'relay', summary = '', ports = { 70000 }" REST,
               "a port is a number");
    is_refused("return { id = 'r/x', kind = 'relay', summary = '', ports = { 'x' }" REST,
               "a port is a number");
    is_refused("local t = {} for i = 1, 65 do t[i] = i end "
               "return { id = 'r/x', kind = 'relay', summary = '', ports = t" REST,
               "may name 64 ports");
    is_refused("return setmetatable({}, { __index = function() error('no') end })", "no");
    is_refused("return 'relay/x'", words);
    is_refused("return function() end", words);
}

static void forms_refused(const char *forms, const char *words)
{
    struct fail fail;
    char text[1000];
    struct buf json = buf_new(FORMS_LIMIT + 1);
    snprintf(text, sizeof text, HEAD "forms = %s" REST, forms);
    struct probes *probes = load(text, &fail);
    assert_non_null(probes); /* a bundle's script may have a field of that name */
    if (probes_forms(probes, 0, &json, &fail) || !strstr(fail.text, words) ||
        !strstr(fail.text, "mine.lua"))
        fail_msg("%s: %s", forms, fail.text);
    buf_free(&json);
    probes_free(probes);
}

static void forms_that_a_probe_tries(void **state)
{
    (void)state;
    struct fail fail;
    struct buf json = buf_new(FORMS_LIMIT + 1);
    struct probes *probes = load(
        "return ajar.probe { id = 'r/x', kind = 'relay', summary = '', ports = {}, categories = "
        "{ 'thorough' }, forms = { { id = 'A1', name = 'a \"form\"', envelope = { 'HELO x', "
        "'QUIT' }, shows = 's', remedy = 'r' }, { id = 'A2', name = 'n', envelope = { 'x' }, shows "
        "= 's', cause = 'c', remedy = 'r', category = 'intrusive' } }" REST,
        &fail);
    assert_non_null(probes);
    assert_true(probes_forms(probes, 0, &json, &fail));
    assert_string_equal(
        buf_text(&json),
        "[{\"id\":\"A1\",\"name\":\"a \\\"form\\\"\",\"envelope\":[\"HELO x\",\"QUIT\"],"
        "\"shows\":\"s\",\"remedy\":\"r\",\"category\":\"thorough\"},"
        "{\"id\":\"A2\",\"name\":\"n\",\"envelope\":[\"x\"],\"shows\":\"s\",\"cause\":\"c\","
        "\"remedy\":\"r\",\"category\":\"intrusive\"}]");
    probes_free(probes);
    buf_clear(&json);
    probes = load(HEAD "args = {}" REST, &fail);
    assert_true(probes_forms(probes, 0, &json, &fail));
    assert_string_equal(buf_text(&json), "[]");
    probes_free(probes);
    buf_free(&json);
}

#define FORM "{ id = 'A', name = 'n', envelope = { 'x' }, shows = 's', remedy = 'r', "

static void forms_that_are_refused(void **state)
{
    (void)state;
    forms_refused("1", "forms must be a list");
    forms_refused("{ 1 }", "forms[1] must be {");
    forms_refused("{ { id = 'A' } }", "forms[1].name must be one line");
    forms_refused("{ { id = 'A', name = 'a\\nb' } }", "forms[1].name must be one line");
    forms_refused("{ { id = 'A', name = 'n' } }", "forms[1].envelope must be a list");
    forms_refused("{ { id = 'A', name = 'n', envelope = { 1 } } }", "forms[1].envelope[1] must be");
    forms_refused("{ " FORM "category = 'odd' } }", "forms[1].category must be");
    forms_refused("{ " FORM "cause = {} } }", "forms[1].cause must be one line");
    forms_refused("{ " FORM "}, 'x' }", "forms[2] must be {");
    forms_refused("(function() local t = {} for i = 1, 101 do t[i] = " FORM "} end return t end)()",
                  "may declare 100 forms");
    forms_refused("(function() local t = {} for i = 1, 90 do t[i] = " FORM
                  "} t[i].remedy = ('x'):rep(2000) end return t end)()",
                  "all forms together have more than");
}

static void names_of_verdicts(void **state)
{
    (void)state;
    enum verdict v;
    for (unsigned i = VERDICT_OPEN; i <= VERDICT_ERROR; i++) {
        assert_true(verdict_parse(bytes_of(verdict_name((enum verdict)i)), &v));
        assert_int_equal(v, i);
    }
    assert_false(verdict_parse(bytes_of("ajar"), &v));
    assert_false(verdict_parse(bytes_of(""), &v));
}

/* The bundle's own API may be an enemy's: it has the raw bindings, and still mails nobody. */
static void another_api_has_no_more_power(void **state)
{
    (void)state;
    struct fail fail;
    struct fake f;
    struct vm_limits limits = small_limits();
    struct script_source api = {
        "scripts/lib/ajar.lua",
        "",
        bytes_of("local raw = raw\n"
                 "return { probe = function(t) return t end, internal = {}, raw = raw,\n"
                 "  run_probe = function(p)\n"
                 "    raw.token() local c = raw.open(nil, 1)\n"
                 "    local ok, text, code = raw.command(c, 'RCPT TO:<victim@example.org>', 1)\n"
                 "    return 'closed', code or 'sent' end }\n"),
        0,
        {0}};
    char *text = probe_text("relay/x", "");
    struct script_source source = {"a.lua", "a", bytes_of(text), 0, {0}};
    struct probes *probes = probes_new_with(&api, 1, &source, 1, &limits, &fail);
    if (!probes)
        fail_msg("%s", fail.text);
    fake_begin(&f, 'a');
    run_probe(probes, 0, &f);
    assert_string_equal(f.reason, "ECONDUCT");
    assert_int_equal(f.sent.n, 0);
    fake_end(&f);
    probes_free(probes);
    free(text);
}

/* What the bundle's own API makes of the raw bindings that lead elsewhere than to the target. */
static void assert_raw(const char *statements, const char *reason, size_t sent)
{
    struct fail fail;
    struct fake f;
    struct vm_limits limits = small_limits();
    char main_part[2000];
    snprintf(main_part, sizeof main_part,
             "local raw = raw\n"
             "return { probe = function(t) return t end, internal = {},\n"
             "  run_probe = function(p)\n"
             "    local token, c = raw.token(), raw.open(nil, 1)\n"
             "    local ok, text, code\n"
             "    %s\n"
             "    return 'closed', tostring(code or text or ok) end }\n",
             statements);
    struct script_source api = {"scripts/lib/ajar.lua", "", bytes_of(main_part), 0, {0}};
    char *text = probe_text("relay/x", "");
    struct script_source source = {"a.lua", "a", bytes_of(text), 0, {0}};
    struct probes *probes = probes_new_with(&api, 1, &source, 1, &limits, &fail);
    if (!probes)
        fail_msg("%s", fail.text);
    fake_begin(&f, 'a');
    run_probe(probes, 0, &f);
    if (!strstr(f.reason, reason))
        fail_msg("%s: %s", statements, f.reason);
    assert_int_equal(f.sent.n, sent);
    fake_end(&f);
    probes_free(probes);
    free(text);
}

/* Sent nowhere before the target has named a port itself; and TURN knows tokens and peers of our own alone. */
static void the_sink_goes_nowhere_by_a_scripts_word(void **state)
{
    (void)state;
    assert_raw("ok, text, code = raw.visit(1)", "ECONDUCT", 0);
    assert_raw("ok, text, code = raw.visit(1, 25)", "ECONDUCT", 0);
    assert_raw("ok, text = pcall(raw.turn_say, c, 'mfrggzdfmztwq2lknnwg23tpobyxe43u', 1)",
               "not a token of this probe", 0);
    assert_raw("ok, text = pcall(raw.turn_say, c, 'victim', 1)", "not a token", 0);
    assert_raw("ok, text = pcall(raw.turn_ask, c, true, token, 'connect', 1, 1)", "invalid option",
               0);
    assert_raw("ok, text = pcall(raw.turn_ask, c, true, token, 'permit', 100, 1)", "1 to 99", 0);
    assert_raw(
        "ok, text = pcall(raw.http_udp_send, c, 'address', 'mfrggzdfmztwq2lknnwg23tpobyxe43u')",
        "not a token of this probe", 0);
    assert_raw("ok, text = pcall(raw.http_udp_send, c, '192.0.2.1')", "expected", 0);
    assert_raw("ok, text, code = raw.http_udp_send(c, 'address:53')", "ECONDUCT", 0);
    assert_raw("ok, text = pcall(raw.http_udp_ask, c, 'victim')", "not a token", 0);
    assert_raw("ok, text = pcall(raw.h2_udp_ask, c, token)", "has not begun", 0);
    /* type, length, context, "AJAR TOKEN" CR LF */
    assert_raw("ok = raw.http_udp_ask(c, token)", "true", 3 + 39);
    /* head, peer address, "AJAR TOKEN" CR LF filled up */
    assert_raw("ok = raw.turn_say(c, token, 1)", "true", 20 + 12 + 4 + 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_probe_says_of_itself),
        cmocka_unit_test(no_probes_are_a_set_too),
        cmocka_unit_test(an_older_api_may_lack_parts),
        cmocka_unit_test(what_a_pack_has_not_declared_does_not_exist_for_it),
        cmocka_unit_test(what_a_pack_has_not_declared_is_not_uncovered),
        cmocka_unit_test(what_one_pack_may_another_does_not_get_by_it),
        cmocka_unit_test(two_of_one_id_are_refused),
        cmocka_unit_test(fields_that_ajar_probe_refuses),
        cmocka_unit_test(arguments_are_declared_with_type_default_and_help),
        cmocka_unit_test(declarations_that_are_refused),
        cmocka_unit_test(tables_made_otherwise),
        cmocka_unit_test(forms_that_a_probe_tries),
        cmocka_unit_test(forms_that_are_refused),
        cmocka_unit_test(names_of_verdicts),
        cmocka_unit_test(another_api_has_no_more_power),
        cmocka_unit_test(the_sink_goes_nowhere_by_a_scripts_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
