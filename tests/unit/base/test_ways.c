/* What leads to our sink, as it stands in a tape's head and in run.json. */
#include "base/ways.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_put(struct ways w, const char *json)
{
    struct buf out = buf_new(1000);
    ways_put(&out, &w);
    assert_string_equal(buf_text(&out), json);
    buf_free(&out);
}

static void what_is_not_known_is_left_out(void **state)
{
    (void)state;
    assert_put((struct ways){0}, "{}");
    assert_put((struct ways){.ports = {25}, .port_count = 1, .closed = 40001},
               "{\"closed\":40001}");
    assert_put(
        (struct ways){
            .ports = {25, 443}, .port_count = 2, .closed = 40001, .name = bytes_of("sink.example")},
        "{\"ports\":[25,443],\"closed\":40001,\"name\":\"sink.example\"}");
}

static void ports_without_datagrams_are_told(void **state)
{
    struct ways w = {.ports = {25, 443}, .port_count = 2, .deaf = {443}, .deaf_count = 1};
    (void)state;
    assert_put(w, "{\"ports\":[25,443],\"deaf\":[443]}");
    assert_true(ways_hears(&w, 25));
    assert_false(ways_hears(&w, 443));
    assert_true(ways_any(&(struct ways){.deaf = {25}, .deaf_count = 1}));
}

static void one_port_alone_is_nothing_to_tell(void **state)
{
    (void)state;
    assert_false(ways_any(&(struct ways){.ports = {25}, .port_count = 1}));
    assert_true(ways_any(&(struct ways){.ports = {25, 80}, .port_count = 2}));
    assert_true(ways_any(&(struct ways){.closed = 2}));
    assert_true(ways_any(&(struct ways){.name = bytes_of("sink.example")}));
}

static void the_control_is_port_1_where_no_other_is_known(void **state)
{
    (void)state;
    assert_int_equal(ways_closed(&(struct ways){0}), 1);
    assert_int_equal(ways_closed(&(struct ways){.closed = 40001}), 40001);
}

static const struct ways three = {.ports = {25, 80, 443}, .port_count = 3};

static void assert_reach(const char *text, const char *json)
{
    struct ways_reach r;
    struct buf out = buf_new(1000);
    assert_true(ways_reach_parse(bytes_of(text), &three, &r));
    ways_reach_put(&out, &r);
    assert_string_equal(buf_text(&out), json);
    buf_free(&out);
}

static void a_script_says_which_ports_were_reached(void **state)
{
    (void)state;
    assert_reach("+443-25-80", "{\"reached\":[443],\"missed\":[25,80]}");
    assert_reach("+25+80+443", "{\"reached\":[25,80,443],\"missed\":[]}");
    assert_reach("-80", "{\"reached\":[],\"missed\":[80]}");
}

static void what_it_can_not_know_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",      "443",      "+",    "+22",    "+443+443",     "+443-443",
        "+443 ", "+443,-25", "++25", "+99999", "+25-80+443-25"};
    struct ways_reach r;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (ways_reach_parse(bytes_of(bad[i]), &three, &r))
            fail_msg("\"%s\" was taken", bad[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_known_is_left_out),
        cmocka_unit_test(ports_without_datagrams_are_told),
        cmocka_unit_test(one_port_alone_is_nothing_to_tell),
        cmocka_unit_test(a_script_says_which_ports_were_reached),
        cmocka_unit_test(what_it_can_not_know_is_refused),
        cmocka_unit_test(the_control_is_port_1_where_no_other_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
