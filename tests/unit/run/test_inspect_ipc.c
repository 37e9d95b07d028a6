/* What the process that loads scripts says of them: as a script could say it, or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "run/inspect_ipc.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct script_source source = {.name = "mine.lua", .pack = "mine@1"};

static struct probe_info good(void)
{
    struct probe_info info = {.id = "relay/mine",
                              .relay = true,
                              .summary = "A probe of mine",
                              .ports = {25, 587},
                              .port_count = 2,
                              .categories = 1U << PROBE_THOROUGH};
    info.arguments.list[0] = (struct argument){.name = "limit",
                                               .type = ARGUMENT_INTEGER,
                                               .preset.number = 6,
                                               .least = 1,
                                               .most = 40,
                                               .help = "forms a session"};
    info.arguments.count = 1;
    return info;
}

/* The answer of a child that says this of its script. */
static bool answered(const struct probe_info *info, struct probe_info *out, struct buf *forms,
                     struct fail *fail)
{
    struct buf frame = buf_new(64 * 1024);
    ipc_begin(&frame, IPC_READY);
    ipc_put_u8(&frame, true);
    ipc_put_probe_info(&frame, info);
    ipc_put_bytes(&frame, bytes_of("[1]"));
    bool ok = inspect_answer(buf_view(&frame), &source, 1, out, forms, fail);
    buf_free(&frame);
    return ok;
}

static void what_a_script_says_of_itself(void **state)
{
    (void)state;
    struct fail fail;
    struct probe_info got;
    struct probe_info info = good();
    struct buf forms = buf_new(100);
    assert_true(answered(&info, &got, &forms, &fail));
    assert_string_equal(got.id, "relay/mine");
    assert_true(got.relay);
    assert_int_equal(got.ports[1], 587);
    assert_int_equal(got.categories, 1U << PROBE_THOROUGH);
    assert_string_equal(got.arguments.list[0].help, "forms a session");
    assert_true(got.arguments.list[0].most == 40);
    assert_string_equal(got.source_name, "mine.lua");
    assert_string_equal(buf_text(&forms), "[1]");
    buf_free(&forms);
}

static void assert_refused(const struct probe_info *info)
{
    struct fail fail;
    struct probe_info got;
    assert_false(answered(info, &got, NULL, &fail));
    assert_string_equal(fail.code, "EPROTO");
}

static void what_no_script_could_have_said(void **state)
{
    (void)state;
    struct probe_info info = good();
    strcpy(info.id, "relay/../x");
    assert_refused(&info);
    info = good();
    strcpy(info.summary, "\x1b[2Jnothing to see");
    assert_refused(&info);
    info = good();
    info.ports[1] = 0;
    assert_refused(&info);
    info = good();
    info.categories = 0;
    assert_refused(&info);
    info = good();
    info.categories = 1U << PROBE_CATEGORIES;
    assert_refused(&info);
}

static void arguments_that_no_script_could_have_declared(void **state)
{
    (void)state;
    struct probe_info info = good();
    info.arguments.list[0].name[0] = '\0';
    assert_refused(&info);
    info = good();
    strcpy(info.arguments.list[0].help, "two\nlines");
    assert_refused(&info);
    info = good();
    info.arguments.list[0].preset.number = 41;
    assert_refused(&info);
    info = good();
    info.arguments.list[0].preset.number = NAN;
    assert_refused(&info);
    info = good();
    info.arguments.list[0].most = INFINITY;
    assert_refused(&info);
}

static void why_they_could_not_be_loaded(void **state)
{
    (void)state;
    struct fail fail;
    struct fail why;
    struct probe_info got;
    struct buf frame = buf_new(4096);
    fail_set(&why, "ESYNTAX", "mine.lua:1: unexpected symbol");
    ipc_begin(&frame, IPC_READY);
    ipc_put_u8(&frame, false);
    ipc_put_fail(&frame, &why);
    assert_false(inspect_answer(buf_view(&frame), &source, 1, &got, NULL, &fail));
    assert_string_equal(fail.code, "ESYNTAX");
    assert_string_equal(fail.text, "mine.lua:1: unexpected symbol");
    buf_put_byte(&frame, 0);
    assert_false(inspect_answer(buf_view(&frame), &source, 1, &got, NULL, &fail));
    assert_string_equal(fail.code, "EPROTO");
    buf_free(&frame);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_script_says_of_itself),
        cmocka_unit_test(what_no_script_could_have_said),
        cmocka_unit_test(arguments_that_no_script_could_have_declared),
        cmocka_unit_test(why_they_could_not_be_loaded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
