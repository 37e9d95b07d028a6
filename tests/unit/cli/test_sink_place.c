/* Where the sink listens: what --sink may say, and the port that is closed for certain. */
#include "cli/sink_name.h"
#include "cli/sink_place.h"

#include "net/dial.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool parses(const char *text)
{
    struct addr at;
    struct ways ways;
    return sink_place_parse(text, &at, &ways);
}

static void a_sink_has_one_port_or_several(void **state)
{
    (void)state;
    struct addr at;
    struct ways ways;
    assert_true(sink_place_parse("192.0.2.9:25", &at, &ways));
    assert_int_equal(at.port, 25);
    assert_int_equal(ways.port_count, 1);
    assert_true(sink_place_parse("[2001:db8::9]:25,80,443", &at, &ways));
    assert_int_equal(at.port, 25);
    assert_int_equal(ways.port_count, 3);
    assert_int_equal(ways.ports[0], 25);
    assert_int_equal(ways.ports[2], 443);
    assert_true(parses("192.0.2.9:1,2,3,4,5,6,7,8"));
}

static void what_is_no_list_of_ports_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"192.0.2.9",
                                      "192.0.2.9:0",
                                      "192.0.2.9:25,",
                                      "192.0.2.9:25,x",
                                      "192.0.2.9:25,0",
                                      "192.0.2.9:25,25",
                                      "192.0.2.9:25,65536",
                                      "192.0.2.9,25",
                                      "192.0.2.9:25 80",
                                      "192.0.2.9:25,,80",
                                      "192.0.2.9:1,2,3,4,5,6,7,8,9",
                                      ""};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (parses(bad[i]))
            fail_msg("\"%s\" was taken", bad[i]);
}

static void a_name_is_one_of_a_host(void **state)
{
    (void)state;
    static const char *const bad[] = {"localhost", "127.0.0.1",  "a..b",     "-", "a.b/c",
                                      "a.b.",      "_a.example", ".example", "",  "a b.example"};
    assert_true(sink_name_valid("sink.cert.example"));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (sink_name_valid(bad[i]))
            fail_msg("\"%s\" was taken", bad[i]);
}

static char said[500];

static void say(const void *arg, const char *line)
{
    (void)arg;
    snprintf(said, sizeof said, "%s", line);
}

static const struct sink_talk talk = {say, NULL};

static void the_control_port_is_held_and_not_listened_on(void **state)
{
    (void)state;
    struct fail fail;
    struct resolvers none = {0};
    struct sink_place p = sink_place_none();
    assert_true(sink_place_open(&p, NULL, NULL, &none, &talk, &fail));
    assert_int_equal(p.ways.port_count, 1);
    assert_int_equal(p.at.port, p.ways.ports[0]);
    assert_int_not_equal(p.ways.closed, 0);
    struct addr taken = p.at;
    taken.port = p.ways.closed;
    assert_int_equal(listen_open(&taken, &fail), -1);
    assert_string_equal(fail.code, "EADDRINUSE");
    sink_place_close(&p);
}

static void a_port_of_several_that_is_taken_is_told_and_left_out(void **state)
{
    (void)state;
    struct fail fail;
    struct resolvers none = {0};
    struct sink_place first = sink_place_none();
    struct sink_place second = sink_place_none();
    struct sink_place third = sink_place_none();
    struct addr other;
    char text[100];
    assert_true(addr_parse(bytes_of("127.0.0.1"), &other));
    int fd = listen_open(&other, &fail); /* a port that is free once it is closed */
    said[0] = '\0';
    assert_true(sink_place_open(&first, NULL, NULL, &none, &talk, &fail));
    snprintf(text, sizeof text, "127.0.0.1:%u,%u", first.at.port, other.port);
    close(fd);
    assert_true(sink_place_open(&second, text, NULL, &none, &talk, &fail));
    assert_int_equal(second.ways.port_count, 1);
    assert_int_equal(second.at.port, other.port);
    assert_non_null(strstr(said, "the sink goes on without port "));
    assert_non_null(strstr(said, "Address already in use"));
    snprintf(text, sizeof text, "127.0.0.1:%u", first.at.port);
    assert_false(sink_place_open(&third, text, NULL, &none, &talk, &fail));
    assert_non_null(strstr(fail.text, "the sink can't listen"));
    sink_place_close(&first);
    sink_place_close(&second);
    sink_place_close(&third);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sink_has_one_port_or_several),
        cmocka_unit_test(what_is_no_list_of_ports_is_refused),
        cmocka_unit_test(a_name_is_one_of_a_host),
        cmocka_unit_test(the_control_port_is_held_and_not_listened_on),
        cmocka_unit_test(a_port_of_several_that_is_taken_is_told_and_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
