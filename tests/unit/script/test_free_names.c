/* Which names of a script no local variable stands for. */
#include "base/buf.h"
#include "script/free_names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void on_name(void *arg, const struct free_name *n)
{
    struct buf *out = arg;
    if (out->n > 0)
        buf_put_byte(out, ' ');
    for (unsigned i = 0; i < n->count; i++) {
        buf_put_text(out, i ? "." : "");
        buf_put(out, n->parts[i]);
    }
    buf_put_text(out, n->written ? "=" : "");
}

/* The script has these, in this order; "=" behind one that is written. */
static void has(const char *script, const char *expected)
{
    struct buf out = buf_new(4096);
    assert_true(free_names_each(bytes_of(script), on_name, &out));
    assert_string_equal(buf_text(&out), expected);
    buf_free(&out);
}

static void globals_are_free(void **state)
{
    (void)state;
    has("return x", "x");
    has("x = y", "x= y");
    has("f(x, 'y', [[z]], 1)", "f x");
    has("function f() end", "f=");
    has("function a.b() end", "a.b");
    has("a, b = 1, 2", "a b=");
}

static void locals_are_not(void **state)
{
    (void)state;
    has("local x, y = 1; return x + y", "");
    has("local function f(a, ...) return f(a, ...) end", "");
    has("local o = {} function o:m(a) return self, a end", "");
    has("for i = 1, 2 do i = i + 1 end", "");
    has("for k, v in pairs {} do k = v end", "pairs");
}

static void a_local_begins_behind_its_statement(void **state)
{
    (void)state;
    has("local x = x", "x");
    has("local x = x\nreturn x", "x");
    has("local x = f(x)[x] x()", "f x x");
    has("local x = function() return x end return x", "x");
    has("local x = not x and x or {x}\n;x()", "x x x");
}

static void a_local_ends_with_its_block(void **state)
{
    (void)state;
    has("do local x = 1 end return x", "x");
    has("if a then local x = 1 elseif x then local y = x else return y end", "a x x y");
    has("while x do local x = 1 end return x", "x x");
    has("for i = 1, 2 do end return i", "i");
    has("local f = function(a) end return a", "a");
    has("for i = 1, (function() do end return 1 end)() do local y = i end return y", "y");
}

static void the_end_of_a_repeat_sees_its_locals(void **state)
{
    (void)state;
    has("repeat local x = f() until x", "f");
}

static void fields_keys_and_labels_are_no_names(void **state)
{
    (void)state;
    has("local t = { x = 1, [y] = 2; z = 3, w } t.a.b = t:c()", "y w");
    has("goto out ::out::", "");
    has("local t = { f = function() x = 1 end }", "x=");
    has("return { x == y }", "x y");
}

static void members_are_told_with_their_table(void **state)
{
    (void)state;
    has("ajar.smtp.connect(t)", "ajar.smtp.connect t");
    has("a.b.c.d.e()", "a.b.c.d");
    has("ajar . probe { }", "ajar.probe");
    has("ajar:probe() ajar['x'] = 1 a..b", "ajar ajar a b");
}

static void comments_strings_and_numbers_hide_nothing(void **state)
{
    (void)state;
    has("--[==[ x ]] ]==] y() -- z\nreturn '\\'q', \"\\\\\", 0x1p+4, 1e-3, .5, 3 .. z", "y z");
    has("#!/usr/bin/x\nreturn [[\n]]", "");
}

static void take_place(void *arg, const struct free_name *n)
{
    unsigned *place = arg;
    place[0] = n->line;
    place[1] = n->column;
}

static void a_place_is_counted_from_one(void **state)
{
    (void)state;
    unsigned place[2];
    assert_true(free_names_each(bytes_of("local a =\n  --[[\n]] x.y"), take_place, place));
    assert_int_equal(place[0], 3);
    assert_int_equal(place[1], 4);
}

static void what_is_beyond_measure_is_said(void **state)
{
    (void)state;
    struct buf text = buf_new(10000);
    struct buf out = buf_new(10);
    for (unsigned i = 0; i < 9000; i++)
        buf_put_byte(&text, '(');
    assert_false(free_names_each(buf_view(&text), on_name, &out));
    buf_free(&text);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(globals_are_free),
        cmocka_unit_test(locals_are_not),
        cmocka_unit_test(a_local_begins_behind_its_statement),
        cmocka_unit_test(a_local_ends_with_its_block),
        cmocka_unit_test(the_end_of_a_repeat_sees_its_locals),
        cmocka_unit_test(fields_keys_and_labels_are_no_names),
        cmocka_unit_test(members_are_told_with_their_table),
        cmocka_unit_test(comments_strings_and_numbers_hide_nothing),
        cmocka_unit_test(a_place_is_counted_from_one),
        cmocka_unit_test(what_is_beyond_measure_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
