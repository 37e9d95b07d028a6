/* Which heads of tapes are read without the JSON library, and that they are read as by it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tape/tape_head_quick.h"

#include <string.h>

#define BEGIN                                                                                      \
    "{\"tape\":1,\"probe\":\"relay/envelope\",\"pack\":\"builtin@0.1.0\","                         \
    "\"target\":{\"address\":\"127.0.0.1\",\"port\":2525,\"name\":"
#define MIDDLE                                                                                     \
    "},\"started\":\"2026-11-24T02:10:16.123456Z\",\"run\":{\"sink\":\"[::1]:2600\","              \
    "\"mail_domain\":\"t.example\","
#define SENDER "\"sender_domain\":\"s.example\","
#define REST                                                                                       \
    "\"helo\":\"probe.example\",\"authority\":\"Example \\\"CERT\\\" \\u00e4\","                   \
    "\"contact\":\"mailto:a@b\",\"info\":\"https://b\",\"wait_us\":10000000"
#define ALL_WAYS                                                                                   \
    "{\"ports\":[2600,25],\"deaf\":[25],\"closed\":40001,\"control\":\"192.0.2.1\",\"name\":"      \
    "\"sink.example\"}"
#define END          "},\"args\":{}}"
#define OF(run_rest) BEGIN "null" MIDDLE REST run_rest END

static struct buf quick_hold;
static struct buf any_hold;
static struct tape_head quick;

static int set_up(void **state)
{
    (void)state;
    quick_hold = buf_new(2 * TAPE_HEAD_LIMIT);
    any_hold = buf_new(2 * TAPE_HEAD_LIMIT);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    buf_free(&quick_hold);
    buf_free(&any_hold);
    return 0;
}

/* Both are written as the same line. */
static void assert_same(const struct tape_head *a, const struct tape_head *b)
{
    struct buf one = buf_new(TAPE_HEAD_LIMIT);
    struct buf other = buf_new(TAPE_HEAD_LIMIT);
    assert_true(tape_head_put(&one, a) && tape_head_put(&other, b));
    assert_string_equal(buf_text(&one), buf_text(&other));
    buf_free(&one);
    buf_free(&other);
}

static void reads(const char *line)
{
    struct fail fail;
    struct tape_head any;
    if (!tape_head_quick(bytes_of(line), &quick, &quick_hold))
        fail_msg("not read: %s", line);
    if (!tape_head_get_any(bytes_of(line), &any, &any_hold, &fail))
        fail_msg("%s: %s", line, fail.text);
    assert_same(&quick, &any);
}

static void leaves(const char *line)
{
    if (tape_head_quick(bytes_of(line), &quick, &quick_hold))
        fail_msg("read: %s", line);
}

static void heads_as_they_are_written(void **state)
{
    (void)state;
    reads(OF(""));
    reads(BEGIN "\"mx.example\"" MIDDLE SENDER REST END);
    assert_true(bytes_equal_text(quick.name, "mx.example"));
    assert_true(bytes_equal_text(quick.sender_domain, "s.example"));
    assert_true(bytes_equal_text(quick.authority, "Example \"CERT\" \xe4"));
    assert_true(bytes_equal_text(quick.args, "{}"));
    reads("{\"tape\":1,\"probe\":\"p\",\"pack\":\"\",\"target\":{\"address\":\"::1\",\"port\":0,"
          "\"name\":null},\"started\":\"1970-01-01T00:00:00.000000Z\",\"run\":{\"sink\":null,"
          "\"mail_domain\":\"\",\"helo\":\"\",\"authority\":\"\",\"contact\":\"\",\"info\":\"\","
          "\"wait_us\":0},\"args\":{}}");
    assert_int_equal(quick.sink.family, ADDR_NONE);
}

static void what_leads_to_the_sink(void **state)
{
    (void)state;
    reads(OF(",\"ways\":" ALL_WAYS));
    assert_int_equal(quick.ways.port_count, 2);
    assert_int_equal(quick.ways.deaf[0], 25);
    assert_int_equal(quick.ways.closed, 40001);
    assert_int_equal(quick.ways.control.family, ADDR_IPV4);
    assert_true(bytes_equal_text(quick.ways.name, "sink.example"));
    reads(OF(",\"ways\":{}"));
    reads(OF(",\"ways\":{\"closed\":1}"));
    reads(OF(",\"ways\":{\"name\":\"a\"}"));
    reads(OF(",\"ways\":{\"deaf\":[1,2,3,4,5,6,7,8],\"name\":\"a\"}"));
    leaves(OF(",\"ways\":{,\"closed\":1}"));
    leaves(OF(",\"ways\":{\"closed\":1,}"));
    leaves(OF(",\"ways\":{\"closed\":0}"));
    leaves(OF(",\"ways\":{\"name\":\"\"}"));
    leaves(OF(",\"ways\":{\"ports\":[1]}"));
    leaves(OF(",\"ways\":{\"ports\":[1,2,3,4,5,6,7,8,9]}"));
    leaves(OF(",\"ways\":{\"control\":\"here\"}"));
    leaves(OF(",\"ways\":{\"closed\":1,\"ports\":[1,2]}"));
}

/* All others are left to the library, which knows why they are wrong, or that they are not. */
static void anything_else_is_left(void **state)
{
    (void)state;
    leaves("");
    leaves(OF("") " ");
    leaves(OF(",\"x\":1"));
    leaves(BEGIN " null" MIDDLE REST END);
    leaves(BEGIN "\"\\u0100\"" MIDDLE REST END);
    leaves(BEGIN "null" MIDDLE REST "},\"args\":{\"a\":1}}");
    leaves("{\"tape\":2,\"probe\":\"p\"}");
}

static void no_beginning_of_a_head_is_read(void **state)
{
    (void)state;
    static const char line[] = OF(",\"ways\":" ALL_WAYS);
    for (size_t n = 0; n < sizeof line - 1; n++)
        assert_false(tape_head_quick(bytes_at(line, n), &quick, &quick_hold));
    reads(line);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(heads_as_they_are_written),
        TEST(what_leads_to_the_sink),
        TEST(anything_else_is_left),
        TEST(no_beginning_of_a_head_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
