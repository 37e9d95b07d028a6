#include "given.h"

#include "run/settings.h"

static const struct script_source scripts[] = {
    {"scripts/relay/a.lua", "builtin@1", {(const unsigned char *)"return 1", 8}, 0, {0}},
    {"mine.lua", "", {(const unsigned char *)"a\0b", 3}, 1U << CAPABILITY_DNS, {60, 4, 16}},
};

static const char *const ids[] = {"relay/a", "proxy/mine"};
static const unsigned char in_cell[] = {0, 1};

static const struct bytes args[] = {{(const unsigned char *)"{\"n\":1}", 7}, {NULL, 0}};

static struct settings given(void)
{
    struct settings s = {.mail_domain = bytes_of("t.example"),
                         .sender_domain = bytes_of("s.example"),
                         .helo = bytes_of("p.example"),
                         .authority = bytes_of("An Authority"),
                         .contact = bytes_of("a@p.example"),
                         .info = bytes_of(""),
                         .sink = addr_of("[::1]:2600"),
                         .ways = {.ports = {2600, 25},
                                  .deaf = {25},
                                  .deaf_count = 1,
                                  .port_count = 2,
                                  .closed = 40001,
                                  .control = addr_of("192.0.2.1"),
                                  .name = bytes_of("sink.example")},
                         .wait = 15 * SPAN_SECOND,
                         .limit = 120 * SPAN_SECOND,
                         .in_flight = 1000,
                         .run_key = "the key of the whole run",
                         .scripts = scripts,
                         .args = args,
                         .ids = ids,
                         .script_count = 2};
    return s;
}

static struct settings *through(int whom)
{
    struct settings s = given();
    struct buf out = buf_new(1 << 20);
    settings_put(&out, &s, whom);
    struct settings *got = settings_get(buf_view(&out));
    buf_free(&out); /* what was got must not point into the message */
    assert_non_null(got);
    return got;
}

static void a_worker_gets_all_but_the_key(void **state)
{
    (void)state;
    static const unsigned char none[TOKEN_KEY];
    struct settings *s = through(SETTINGS_FOR_WORKER);
    assert_true(bytes_equal_text(s->mail_domain, "t.example"));
    assert_true(bytes_equal_text(s->sender_domain, "s.example"));
    assert_true(bytes_equal_text(s->helo, "p.example"));
    assert_true(bytes_equal_text(s->authority, "An Authority"));
    assert_true(bytes_equal_text(s->contact, "a@p.example"));
    assert_true(bytes_equal_text(s->info, ""));
    assert_int_equal(s->sink.port, 2600);
    assert_int_equal(s->ways.port_count, 2);
    assert_int_equal(s->ways.ports[1], 25);
    assert_int_equal(s->ways.deaf_count, 1);
    assert_int_equal(s->ways.deaf[0], 25);
    assert_int_equal(s->ways.closed, 40001);
    assert_int_equal(s->ways.control.ip[3], 1);
    assert_true(bytes_equal_text(s->ways.name, "sink.example"));
    assert_int_equal(s->wait, 15 * SPAN_SECOND);
    assert_int_equal(s->limit, 120 * SPAN_SECOND);
    assert_int_equal(s->in_flight, 1000);
    assert_memory_equal(s->run_key, none, sizeof none);
    assert_int_equal(s->script_count, 2);
    assert_string_equal(s->scripts[0].name, "scripts/relay/a.lua");
    assert_string_equal(s->scripts[0].pack, "builtin@1");
    assert_true(bytes_equal_text(s->scripts[0].text, "return 1"));
    assert_string_equal(s->scripts[1].pack, "");
    assert_int_equal(s->scripts[1].text.n, 3);
    assert_int_equal(s->scripts[0].withheld, 0);
    assert_int_equal(s->scripts[1].withheld, 1U << CAPABILITY_DNS);
    assert_int_equal(s->scripts[0].limits.seconds, 0);
    assert_int_equal(s->scripts[1].limits.seconds, 60);
    assert_int_equal(s->scripts[1].limits.connections, 4);
    assert_int_equal(s->scripts[1].limits.memory, 16);
    assert_true(bytes_equal_text(s->args[0], "{\"n\":1}"));
    assert_int_equal(s->args[1].n, 0);
    settings_free(s);
}

static void the_sink_gets_the_key_and_no_scripts(void **state)
{
    (void)state;
    struct settings *s = through(SETTINGS_FOR_SINK);
    assert_string_equal((const char *)s->run_key, "the key of the whole run");
    assert_int_equal(s->script_count, 0);
    settings_free(s);
}

static void a_worker_gets_no_text_of_what_runs_in_a_cell(void **state)
{
    (void)state;
    struct settings s = given();
    struct buf out = buf_new(1 << 20);
    s.cells = in_cell;
    settings_put(&out, &s, SETTINGS_FOR_WORKER);
    struct settings *got = settings_get(buf_view(&out));
    assert_int_equal(got->script_count, 2);
    assert_int_equal(got->cells[0], 0);
    assert_int_equal(got->cells[1], 1);
    assert_true(bytes_equal_text(got->scripts[0].text, "return 1"));
    assert_int_equal(got->scripts[1].text.n, 0);
    assert_string_equal(got->ids[1], "proxy/mine");
    settings_free(got);
    buf_free(&out);
}

static void a_cell_gets_what_runs_there_and_nothing_else(void **state)
{
    (void)state;
    static const unsigned char none[TOKEN_KEY];
    struct settings s = given();
    struct buf out = buf_new(1 << 20);
    s.cells = in_cell;
    settings_put(&out, &s, 1);
    struct settings *got = settings_get(buf_view(&out));
    assert_memory_equal(got->run_key, none, sizeof none);
    assert_int_equal(got->script_count, 1);
    assert_string_equal(got->scripts[0].name, "mine.lua");
    assert_int_equal(got->scripts[0].text.n, 3);
    settings_free(got);
    buf_free(&out);
}

/* The message as it stands for a worker, for the tests that break it. */
static struct buf message(void)
{
    struct settings s = given();
    struct buf out = buf_new(1 << 20);
    settings_put(&out, &s, SETTINGS_FOR_WORKER);
    return out;
}

static void every_cut_is_broken(void **state)
{
    (void)state;
    struct buf out = message();
    for (size_t n = 0; n < out.n; n++)
        assert_null(settings_get(bytes_at(out.p, n)));
    buf_put_byte(&out, 0);
    assert_null(settings_get(buf_view(&out)));
    buf_free(&out);
}

static void another_type_is_broken(void **state)
{
    (void)state;
    struct buf out = message();
    out.p[0] = IPC_JOB;
    assert_null(settings_get(buf_view(&out)));
    buf_free(&out);
}

/* Names are C strings in the reader's memory: the NUL behind them must be there. */
static void a_name_without_its_end_is_broken(void **state)
{
    (void)state;
    struct buf out = message();
    unsigned char *end = memmem(out.p, out.n, "a.lua\0", 6);
    assert_non_null(end);
    end[5] = 'x';
    assert_null(settings_get(buf_view(&out)));
    buf_free(&out);
}

static void a_count_of_scripts_that_lies_is_broken(void **state)
{
    (void)state;
    struct buf out = message();
    unsigned char *count = memmem(out.p, out.n, "\0\0\0\x02\0\0\0\x13scripts", 15);
    assert_non_null(count);
    memcpy(count, "\xff\xff\xff\xff", 4);
    assert_null(settings_get(buf_view(&out)));
    memcpy(count, "\0\0\0\x03", 4);
    assert_null(settings_get(buf_view(&out)));
    memcpy(count, "\0\0\0\x01", 4);
    assert_null(settings_get(buf_view(&out)));
    buf_free(&out);
}

static void nothing_is_broken_too(void **state)
{
    (void)state;
    assert_null(settings_get(bytes_at(NULL, 0)));
    settings_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_worker_gets_all_but_the_key),
        cmocka_unit_test(the_sink_gets_the_key_and_no_scripts),
        cmocka_unit_test(a_worker_gets_no_text_of_what_runs_in_a_cell),
        cmocka_unit_test(a_cell_gets_what_runs_there_and_nothing_else),
        cmocka_unit_test(a_worker_gets_no_text_of_what_runs_in_a_cell),
        cmocka_unit_test(a_cell_gets_what_runs_there_and_nothing_else),
        cmocka_unit_test(every_cut_is_broken),
        cmocka_unit_test(another_type_is_broken),
        cmocka_unit_test(a_name_without_its_end_is_broken),
        cmocka_unit_test(a_count_of_scripts_that_lies_is_broken),
        cmocka_unit_test(nothing_is_broken_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
