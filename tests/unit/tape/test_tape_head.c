#include "tape/tape_head.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FULL                                                                                       \
    "{\"tape\":1,\"probe\":\"relay/envelope\",\"pack\":\"builtin@0.1.0\","                         \
    "\"target\":{\"address\":\"127.0.0.1\",\"port\":2525,\"name\":\"mx.example\"},"                \
    "\"started\":\"2026-11-24T02:10:16.123456Z\","                                                 \
    "\"run\":{\"sink\":\"[::1]:2600\",\"mail_domain\":\"t.example\",\"sender_domain\":\"s."        \
    "example\",\"helo\":\"probe.example\","                                                        \
    "\"authority\":\"Example CERT\",\"contact\":\"mailto:a@b\",\"info\":\"https://b\","            \
    "\"wait_us\":10000000},\"args\":{\"from\":\"x\",\"n\":[1,2.5,null]}}\n"

#define BARE                                                                                       \
    "{\"tape\":1,\"probe\":\"p\",\"pack\":\"\","                                                   \
    "\"target\":{\"address\":\"::1\",\"port\":0,\"name\":null},"                                   \
    "\"started\":\"1970-01-01T00:00:00.000000Z\","                                                 \
    "\"run\":{\"sink\":null,\"mail_domain\":\"\",\"helo\":\"\",\"authority\":\"\","                \
    "\"contact\":\"\",\"info\":\"\",\"wait_us\":0},\"args\":{}}\n"

struct opened {
    struct tape_head head;
    struct buf hold;
    struct fail fail;
};

/* Reads a head as it stands in the file, line end included. */
static bool opened(struct opened *o, const char *line)
{
    memset(o, 0, sizeof *o);
    o->hold = buf_new(2 * TAPE_HEAD_LIMIT);
    struct bytes all = bytes_of(line);
    return tape_head_get(bytes_slice(all, 0, all.n - 1), &o->head, &o->hold, &o->fail);
}

static void assert_round_trip(const char *line)
{
    struct opened o;
    if (!opened(&o, line))
        fail_msg("%s", o.fail.text);
    struct buf tape = buf_new(TAPE_HEAD_LIMIT);
    assert_true(tape_head_put(&tape, &o.head));
    assert_string_equal(buf_text(&tape), line);
    buf_free(&tape);
    buf_free(&o.hold);
}

static void a_full_head_comes_back_as_it_was_written(void **state)
{
    (void)state;
    assert_round_trip(FULL);
}

static void a_bare_head_comes_back_as_it_was_written(void **state)
{
    (void)state;
    assert_round_trip(BARE);
}

#define WAYS                                                                                       \
    "\"wait_us\":10000000,\"ways\":{\"ports\":[2600,25],\"deaf\":[25],\"closed\":40001,"           \
    "\"control\":\"192.0.2."                                                                       \
    "1\",\"name\":\"sink."                                                                         \
    "example\"}"

/* FULL with what leads to the sink. */
static const char *with_ways(void)
{
    static char line[2000];
    const char *at = strstr(FULL, "\"wait_us\":10000000");
    snprintf(line, sizeof line, "%.*s%s%s", (int)(at - FULL), FULL, WAYS,
             at + strlen("\"wait_us\":10000000"));
    return line;
}

static void what_leads_to_the_sink_comes_back_as_it_was_written(void **state)
{
    (void)state;
    struct opened o;
    assert_round_trip(with_ways());
    assert_true(opened(&o, with_ways()));
    assert_int_equal(o.head.ways.port_count, 2);
    assert_int_equal(o.head.ways.ports[1], 25);
    assert_int_equal(o.head.ways.deaf_count, 1);
    assert_int_equal(o.head.ways.deaf[0], 25);
    assert_int_equal(o.head.ways.closed, 40001);
    assert_int_equal(o.head.ways.control.family, ADDR_IPV4);
    assert_true(bytes_equal_text(o.head.ways.name, "sink.example"));
    assert_true(bytes_equal_text(o.head.args, "{\"from\":\"x\",\"n\":[1,2.5,null]}"));
    buf_free(&o.hold);
}

static void the_fields_are_what_the_line_says(void **state)
{
    (void)state;
    struct opened o;
    assert_true(opened(&o, FULL));
    assert_true(bytes_equal_text(o.head.probe, "relay/envelope"));
    assert_true(bytes_equal_text(o.head.pack, "builtin@0.1.0"));
    assert_int_equal(o.head.target.family, ADDR_IPV4);
    assert_int_equal(o.head.target.port, 2525);
    assert_true(bytes_equal_text(o.head.name, "mx.example"));
    assert_int_equal(o.head.sink.port, 2600);
    assert_true(bytes_equal_text(o.head.mail_domain, "t.example"));
    assert_true(bytes_equal_text(o.head.sender_domain, "s.example"));
    assert_true(bytes_equal_text(o.head.helo, "probe.example"));
    assert_true(bytes_equal_text(o.head.authority, "Example CERT"));
    assert_true(bytes_equal_text(o.head.contact, "mailto:a@b"));
    assert_true(bytes_equal_text(o.head.info, "https://b"));
    assert_int_equal(o.head.wait, 10 * SPAN_SECOND);
    assert_true(bytes_equal_text(o.head.args, "{\"from\":\"x\",\"n\":[1,2.5,null]}"));
    buf_free(&o.hold);
}

static void no_name_and_no_sink_are_null(void **state)
{
    (void)state;
    struct opened o;
    assert_true(opened(&o, BARE));
    assert_int_equal(o.head.name.n, 0);
    assert_int_equal(o.head.sender_domain.n, 0);
    assert_int_equal(o.head.sink.family, ADDR_NONE);
    buf_free(&o.hold);
}

/* FULL with `what` replaced by `by` is refused, and the sentence says why. */
static void assert_refused(const char *what, const char *by, const char *because)
{
    struct buf line = buf_new(TAPE_HEAD_LIMIT);
    struct opened o;
    const char *at = strstr(FULL, what);
    assert_non_null(at);
    buf_put(&line, bytes_at(FULL, (size_t)(at - FULL)));
    buf_put_text(&line, by);
    buf_put_text(&line, at + strlen(what));
    assert_false(opened(&o, buf_text(&line)));
    if (!strstr(o.fail.text, because))
        fail_msg("refused because \"%s\", not because \"%s\"", o.fail.text, because);
    buf_free(&o.hold);
    buf_free(&line);
}

static void a_bent_head_is_refused_with_a_reason(void **state)
{
    (void)state;
    assert_refused("\"tape\":1,", "", "\"tape\" is missing");
    assert_refused("\"tape\":1,", "\"tape\":1,\"x\":0,", "8 fields");
    assert_refused("\"probe\":\"relay/envelope\"", "\"probe\":null", "\"probe\" is no string");
    assert_refused("127.0.0.1", "127.0.0.256", "no IP address");
    assert_refused("\"wait_us\":10000000", "\"wait_us\":1,\"ways\":7", "\"ways\" is no object");
    assert_refused("\"wait_us\":10000000", "\"wait_us\":1,\"ways\":{\"x\":1}", "1 fields where 0");
    assert_refused("\"wait_us\":10000000", "\"wait_us\":1,\"ways\":{\"ports\":[25]}", "2 to 8");
    assert_refused("\"wait_us\":10000000", "\"wait_us\":1,\"ways\":{\"ports\":[25,0]}", "no port");
    assert_refused("\"wait_us\":10000000", "\"wait_us\":1,\"ways\":{\"control\":\"x\"}",
                   "no IP address");
    assert_refused("\"wait_us\":10000000", "\"wait_us\":1,\"ways\":{\"closed\":70000}", "70000");
    assert_refused("\"wait_us\":10000000", "\"wait_us\":1,\"ways\":{\"name\":\"\"}", "no name");
    assert_refused("127.0.0.1", "127.0.0.1\\u0000", "no IP address");
    assert_refused("\"port\":2525", "\"port\":65536", "\"port\" is 65536");
    assert_refused("\"name\":\"mx.example\"", "\"name\":7", "\"name\" is no string");
    assert_refused(",\"name\":\"mx.example\"", "", "2 fields where 3 belong");
    assert_refused("10:16.123456Z", "10:16Z", "\"started\"");
    assert_refused("02:10:16", "25:10:16", "\"started\"");
    assert_refused("[::1]:2600", "nowhere", "\"sink\"");
    assert_refused("\"wait_us\":10000000", "\"wait_us\":-1", "\"wait_us\" is -1");
    assert_refused("{\"from\":\"x\",\"n\":[1,2.5,null]}", "[]", "\"args\" is no object");
    assert_refused("\"from\":\"x\",", "\"n\":0,", "duplicate");
}

static void a_tape_of_another_version_is_told_apart(void **state)
{
    (void)state;
    struct opened o;
    assert_false(opened(&o, "{\"tape\":2,\"new\":true}\n"));
    assert_string_equal(o.fail.code, "EVERSION");
    buf_free(&o.hold);
}

static void a_tail_that_was_made_before_gives_the_same_line(void **state)
{
    (void)state;
    struct opened o;
    assert_true(opened(&o, FULL));
    struct buf tail = buf_new(TAPE_HEAD_LIMIT);
    struct buf tape = buf_new(TAPE_HEAD_LIMIT);
    assert_true(tape_head_tail(&tail, &o.head));
    o.head.tail = buf_view(&tail);
    assert_true(tape_head_put(&tape, &o.head));
    assert_string_equal(buf_text(&tape), FULL);
    buf_free(&tape);
    buf_free(&tail);
    buf_free(&o.hold);
}

static void a_head_over_the_limit_is_not_written(void **state)
{
    (void)state;
    struct opened o;
    assert_true(opened(&o, BARE));
    char *long_name = calloc(1, TAPE_HEAD_LIMIT);
    memset(long_name, 'n', TAPE_HEAD_LIMIT);
    struct buf tape = buf_new(1024 * 1024);
    o.head.name = bytes_at(long_name, TAPE_HEAD_LIMIT);
    assert_false(tape_head_put(&tape, &o.head));
    assert_int_equal(tape.n, 0);
    buf_free(&tape);
    buf_free(&o.hold);
    free(long_name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_head_comes_back_as_it_was_written),
        cmocka_unit_test(what_leads_to_the_sink_comes_back_as_it_was_written),
        cmocka_unit_test(a_bare_head_comes_back_as_it_was_written),
        cmocka_unit_test(the_fields_are_what_the_line_says),
        cmocka_unit_test(no_name_and_no_sink_are_null),
        cmocka_unit_test(a_bent_head_is_refused_with_a_reason),
        cmocka_unit_test(a_tape_of_another_version_is_told_apart),
        cmocka_unit_test(a_tail_that_was_made_before_gives_the_same_line),
        cmocka_unit_test(a_head_over_the_limit_is_not_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
