/* The server's half of HTTP/2, as simulated proxies have it: what our own client asks, and what comes back to it. */
#include "proto/h2_server.h"
#include "proto/http_head.h"

#include "exact.h"

/* Both halves of one connection. */
struct pair {
    struct h2 *client;
    struct h2 *server;
};

/* Carries what both have to say to the other, until neither has more. */
static bool talk(struct pair *p)
{
    const char *why = "";
    while (h2_output(p->client)->n > 0 || h2_output(p->server)->n > 0) {
        bool ok = h2_feed(p->server, buf_view(h2_output(p->client)), &why);
        buf_clear(h2_output(p->client));
        ok = ok && h2_feed(p->client, buf_view(h2_output(p->server)), &why);
        buf_clear(h2_output(p->server));
        if (!ok)
            return false;
    }
    return true;
}

static struct pair begun(bool extended)
{
    struct pair p = {h2_new(), h2_serve(extended)};
    assert_non_null(p.client);
    assert_non_null(p.server);
    assert_true(talk(&p));
    return p;
}

static struct pair asked(const char *protocol)
{
    struct pair p = begun(*protocol != '\0');
    struct h2_request r = {.authority = bytes_of("192.0.2.99:2600"),
                           .user_agent = bytes_of("ajar"),
                           .protocol = bytes_of(protocol),
                           .path = bytes_of("/token")};
    struct bytes fields;
    assert_false(h2_asked(p.server, &fields));
    assert_true(h2_connect(p.client, &r));
    assert_true(talk(&p));
    assert_true(h2_asked(p.server, &fields));
    return p;
}

static void done(struct pair *p)
{
    h2_free(p->client);
    h2_free(p->server);
}

static void assert_field(struct pair *p, const char *name, const char *wanted)
{
    struct bytes fields;
    struct bytes value;
    assert_true(h2_asked(p->server, &fields));
    assert_true(http_field(fields, name, 0, &value));
    assert_bytes(value, wanted);
}

static void its_settings_say_whether_it_knows_extended_connect(void **state)
{
    (void)state;
    for (int extended = 0; extended < 2; extended++) {
        struct pair p = begun(extended);
        assert_true(h2_has_settings(p.client));
        assert_int_equal(h2_is_extended(p.client), extended);
        done(&p);
    }
}

static void a_connect_says_where_to(void **state)
{
    struct pair p = asked("");
    struct bytes fields;
    struct bytes value;
    (void)state;
    assert_field(&p, "method", "CONNECT");
    assert_field(&p, "authority", "192.0.2.99:2600");
    assert_field(&p, "user-agent", "ajar");
    h2_asked(p.server, &fields);
    assert_false(http_field(fields, "protocol", 0, &value));
    done(&p);
}

static void an_extended_one_says_for_which_protocol(void **state)
{
    struct pair p = asked("websocket");
    (void)state;
    assert_field(&p, "protocol", "websocket");
    assert_field(&p, "path", "/token");
    done(&p);
}

static void one_for_datagrams_says_that_capsules_follow(void **state)
{
    struct pair p = begun(true);
    struct h2_request r = {.authority = bytes_of("proxy.test"),
                           .user_agent = bytes_of("ajar"),
                           .protocol = bytes_of("connect-udp"),
                           .path = bytes_of("/.well-known/masque/udp/192.0.2.99/2600/"),
                           .secure = true,
                           .capsules = true};
    (void)state;
    assert_true(h2_connect(p.client, &r));
    assert_true(talk(&p));
    assert_field(&p, "protocol", "connect-udp");
    assert_field(&p, "scheme", "https");
    assert_field(&p, "authority", "proxy.test");
    assert_field(&p, "path", "/.well-known/masque/udp/192.0.2.99/2600/");
    assert_field(&p, "capsule-protocol", "?1");
    done(&p);
}

static void a_tunnel_carries_bytes_both_ways(void **state)
{
    struct pair p = asked("");
    (void)state;
    assert_true(h2_respond(p.server, bytes_of("200"), NULL, 0));
    assert_true(talk(&p));
    assert_int_equal(h2_answer(p.client).code, 200);
    assert_true(h2_say(p.client, bytes_of("AJAR\r\n")));
    assert_true(talk(&p));
    assert_bytes(buf_view(h2_heard(p.server)), "AJAR\r\n");
    assert_true(h2_say(p.server, bytes_of("250 ok\r\n")));
    assert_true(talk(&p));
    assert_bytes(buf_view(h2_heard(p.client)), "250 ok\r\n");
    assert_false(h2_answer(p.client).ended);
    done(&p);
}

static void the_tunnel_ends_behind_what_was_said(void **state)
{
    struct pair p = asked("");
    (void)state;
    assert_true(h2_respond(p.server, bytes_of("200"), NULL, 0));
    assert_true(talk(&p));
    assert_true(h2_say(p.server, bytes_of("bye\r\n")));
    assert_true(h2_finish(p.server));
    assert_true(talk(&p));
    assert_bytes(buf_view(h2_heard(p.client)), "bye\r\n");
    assert_true(h2_answer(p.client).ended);
    assert_int_equal(h2_answer(p.client).error, 0);
    done(&p);
}

static void a_refusal_has_its_fields(void **state)
{
    struct pair p = asked("");
    struct h2_field how = {bytes_of("proxy-authenticate"), bytes_of("Basic realm=\"x\"")};
    struct bytes value;
    (void)state;
    assert_true(h2_respond(p.server, bytes_of("407"), &how, 1));
    assert_true(talk(&p));
    assert_int_equal(h2_answer(p.client).code, 407);
    assert_true(http_field(h2_answer(p.client).fields, "proxy-authenticate", 0, &value));
    assert_bytes(value, "Basic realm=\"x\"");
    done(&p);
}

static void a_reset_and_a_goodbye_say_why(void **state)
{
    struct pair p = asked("");
    (void)state;
    assert_true(h2_reset(p.server, 10));
    assert_true(talk(&p));
    assert_true(h2_answer(p.client).ended);
    assert_int_equal(h2_answer(p.client).error, 10);
    done(&p);
    p = asked("");
    assert_true(h2_go_away(p.server, 11));
    assert_true(talk(&p));
    assert_true(h2_answer(p.client).ended);
    assert_int_equal(h2_answer(p.client).error, 11);
    done(&p);
}

static void nothing_is_answered_before_it_is_asked_or_in_texts_that_are_none(void **state)
{
    struct pair p = begun(false);
    struct h2_field odd = {bytes_of("x"), bytes_of("a\r\nb")};
    (void)state;
    assert_false(h2_respond(p.server, bytes_of("200"), NULL, 0));
    assert_false(h2_reset(p.server, 1));
    done(&p);
    p = asked("");
    assert_false(h2_respond(p.server, bytes_of("200"), &odd, 1));
    assert_false(h2_respond(p.server, bytes_of("2\n0"), NULL, 0));
    done(&p);
}

static void other_protocols_are_not_http_2(void **state)
{
    struct h2 *h = h2_serve(true);
    const char *why = "";
    (void)state;
    assert_false(h2_feed(h, bytes_of("CONNECT 192.0.2.99:2600 HTTP/1.1\r\n\r\n"), &why));
    assert_string_equal(why, "not HTTP/2");
    h2_free(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_settings_say_whether_it_knows_extended_connect),
        cmocka_unit_test(a_connect_says_where_to),
        cmocka_unit_test(an_extended_one_says_for_which_protocol),
        cmocka_unit_test(one_for_datagrams_says_that_capsules_follow),
        cmocka_unit_test(a_tunnel_carries_bytes_both_ways),
        cmocka_unit_test(the_tunnel_ends_behind_what_was_said),
        cmocka_unit_test(a_refusal_has_its_fields),
        cmocka_unit_test(a_reset_and_a_goodbye_say_why),
        cmocka_unit_test(nothing_is_answered_before_it_is_asked_or_in_texts_that_are_none),
        cmocka_unit_test(other_protocols_are_not_http_2),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
