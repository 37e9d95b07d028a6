#include "tape/remark.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void sent(struct remarks *r, const char *text)
{
    remark_sent(r, 1, bytes_of(text));
}

static void sent_bytes(struct remarks *r, const char *bytes, size_t n)
{
    remark_sent(r, 1, bytes_at(bytes, n));
}

static const char *came(struct remarks *r, const char *line)
{
    return remark_received(r, 1, bytes_of(line));
}

static void assert_remark(const char *remark, const char *part)
{
    assert_non_null(remark);
    if (!strstr(remark, part))
        fail_msg("the remark is \"%s\", without \"%s\"", remark, part);
}

static void each_recipient_gets_its_remark(void **state)
{
    (void)state;
    struct remarks r = {0};
    assert_null(came(&r, "220 mx.example\r\n"));
    sent(&r, "EHLO me\r\n");
    assert_null(came(&r, "250-mx.example\r\n"));
    assert_null(came(&r, "250 PIPELINING\r\n"));
    sent(&r, "MAIL FROM:<a@b>\r\n");
    assert_null(came(&r, "250 ok\r\n"));
    sent(&r, "rcpt to:<c@d>\r\n");
    assert_remark(came(&r, "250 ok\r\n"), "accepts the recipient");
    sent(&r, "RCPT TO:<e@f>\r\n");
    assert_remark(came(&r, "450 later\r\n"), "puts the recipient off");
    sent(&r, "RCPT TO:<g@h>\r\n");
    assert_remark(came(&r, "554 no\r\n"), "refuses the recipient");
}

static void behind_what_is_hidden_nothing_is_taken_for_another_answer(void **state)
{
    (void)state;
    struct remarks r = {0};
    came(&r, "220 mx.example\r\n");
    sent(&r, "RCPT TO:<a@b>\r\n");
    remark_hidden(&r); /* its answer, and another command */
    assert_null(came(&r, "550 no\r\n"));
    sent(&r, "RCPT TO:<c@d>\r\n");
    assert_remark(came(&r, "250 ok\r\n"), "accepts the recipient");
    remark_hidden(&r); /* DATA and its answer */
    sent(&r, "Subject: c\r\n\r\nRCPT TO:<e@f>\r\n.\r\n");
    assert_remark(came(&r, "250 queued\r\n"), "accepts the message for delivery");
}

static void a_hidden_greeting_does_not_hide_the_remarks(void **state)
{
    (void)state;
    struct remarks r = {0};
    remark_hidden(&r);
    sent(&r, "EHLO me\r\n");
    assert_null(came(&r, "250 mx.example\r\n"));
    sent(&r, "MAIL FROM:<a@b>\r\n");
    assert_remark(came(&r, "550 no\r\n"), "refuses the sender");
}

static void pipelined_commands_are_answered_in_order(void **state)
{
    (void)state;
    struct remarks r = {0};
    came(&r, "220 mx.example\r\n");
    sent(&r, "MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n");
    assert_null(came(&r, "250 ok\r\n"));
    assert_remark(came(&r, "550 no\r\n"), "refuses the recipient");
    assert_remark(came(&r, "503 no recipients\r\n"), "refuses the message");
}

static void the_end_of_the_message_is_what_counts(void **state)
{
    (void)state;
    struct remarks r = {0};
    came(&r, "220 mx.example\r\n");
    sent(&r, "DATA\r\n");
    assert_null(came(&r, "354 go\r\n"));
    sent(&r, "Subject: x\r\n\r\nRCPT TO:<a@b>\r\n");
    sent(&r, "bye\r\n.");
    sent(&r, "\r\n");
    assert_remark(came(&r, "250 queued\r\n"), "accepts the message for delivery");
}

static void a_reply_in_pieces_is_one_reply(void **state)
{
    (void)state;
    struct remarks r = {0};
    came(&r, "220 mx.example\r\n");
    sent(&r, "RCPT TO:<c@d>\r\n");
    assert_null(came(&r, "2"));
    assert_null(came(&r, "50 o"));
    assert_remark(came(&r, "k\r\n"), "accepts the recipient");
}

static void one_who_wants_a_password_is_told_apart(void **state)
{
    (void)state;
    struct remarks r = {0};
    came(&r, "220 mx.example\r\n");
    sent(&r, "MAIL FROM:<a@b>\r\n");
    assert_remark(came(&r, "530 5.7.0 Authentication required\r\n"), "authentication");
}

static void a_server_that_turns_away_is_told(void **state)
{
    (void)state;
    struct remarks r = {0};
    assert_remark(came(&r, "554 no service\r\n"), "turns us away");
}

static void a_tunnel_through_http(void **state)
{
    (void)state;
    struct remarks r = {0};
    sent(&r, "CONNECT 192.0.2.1:25 HTTP/1.1\r\n\r\n");
    assert_remark(came(&r, "HTTP/1.1 200 Ok\r\n"), "tunnel stands");
    assert_null(came(&r, "\r\n"));
    assert_null(came(&r, "HTTP/1.1 200 Ok\r\n"));
}

static void a_tunnel_refused(void **state)
{
    (void)state;
    struct remarks r = {0};
    sent(&r, "CONNECT 192.0.2.1:25 HTTP/1.1\r\n\r\n");
    assert_null(came(&r, "HTTP/1.1 100 Go on\r\n"));
    assert_remark(came(&r, "HTTP/1.1 403 No\r\n"), "opens no tunnel");
    sent(&r, "CONNECT 192.0.2.1:25 HTTP/1.1\r\n\r\n");
    assert_remark(came(&r, "HTTP/1.0 407 Who\r\n"), "authentication");
}

static void a_page_alone_proves_nothing(void **state)
{
    (void)state;
    struct remarks r = {0};
    sent(&r, "GET http://192.0.2.1/ HTTP/1.1\r\n\r\n");
    assert_remark(came(&r, "HTTP/1.1 200 Ok\r\n"), "proves nothing");
}

static void socks_4(void **state)
{
    (void)state;
    struct remarks r = {0};
    sent_bytes(&r, "\x04\x01\x00\x19\xc0\x00\x02\x01\x00", 9);
    assert_null(remark_received(&r, 1, bytes_at("\0", 1)));
    assert_remark(remark_received(&r, 1, bytes_at("\x5a\0\0\0\0\0\0", 7)), "tunnel stands");
    remark_opened(&r, 1);
    sent_bytes(&r, "\x04\x01\x00\x19\xc0\x00\x02\x01\x00", 9);
    assert_remark(remark_received(&r, 1, bytes_at("\0\x5b\0\0\0\0\0\0", 8)), "opens no tunnel");
}

static void socks_5(void **state)
{
    (void)state;
    struct remarks r = {0};
    sent_bytes(&r, "\x05\x01\x00", 3);
    assert_remark(remark_received(&r, 1, bytes_at("\x05\0", 2)), "no authentication");
    sent_bytes(&r, "\x05\x01\x00\x01\xc0\x00\x02\x01\x00\x19", 10);
    assert_remark(remark_received(&r, 1, bytes_at("\x05\x02\0\1\0\0\0\0\0\0", 10)), "rules");
}

static void socks_5_with_a_password(void **state)
{
    (void)state;
    struct remarks r = {0};
    sent_bytes(&r, "\x05\x02\x00\x02", 4);
    assert_remark(remark_received(&r, 1, bytes_at("\x05\x02", 2)), "asks for authentication");
    sent_bytes(&r, "\x01\x01u\x01p", 5);
    assert_remark(remark_received(&r, 1, bytes_at("\x01\x01", 2)), "refuses the password");
}

static void socks_bind_is_answered_twice(void **state)
{
    (void)state;
    struct remarks r = {0};
    sent_bytes(&r, "\5\1\0", 3);
    assert_remark(remark_received(&r, 1, bytes_at("\5\0", 2)), "no authentication");
    sent_bytes(&r, "\5\2\0\1\300\0\2\1\37\220", 10);
    assert_remark(remark_received(&r, 1, bytes_at("\5\0\0\1\0\0\0\0\20\0", 10)), "waits for");
    assert_remark(remark_received(&r, 1, bytes_at("\5\0\0\1\300\0\2\1\20\0", 10)), "has come");
    assert_null(came(&r, "250 AJAR\r\n"));
    struct remarks four = {0};
    sent_bytes(&four, "\4\2\37\220\300\0\2\1x\0", 10);
    assert_remark(remark_received(&four, 1, bytes_at("\0\133\0\0\0\0\0\0", 8)), "waits for no");
}

/* A line end may stand in an address. */
static void the_rest_of_a_first_reply_is_no_second_one(void **state)
{
    (void)state;
    struct remarks r = {0};
    sent_bytes(&r, "\5\1\0", 3);
    remark_received(&r, 1, bytes_at("\5\0", 2));
    sent_bytes(&r, "\5\2\0\1\300\0\2\1\37\220", 10);
    assert_remark(remark_received(&r, 1, bytes_at("\5\0\0\1\n", 5)), "waits for");
    assert_null(remark_received(&r, 1, bytes_at("\1\2\3\20\0", 5)));
    assert_null(remark_received(&r, 1, bytes_at("\5\0\0\1\300\0\2\1\20\0", 10)));
}

static void datagrams_are_no_tunnel(void **state)
{
    (void)state;
    struct remarks r = {0};
    sent_bytes(&r, "\5\1\0", 3);
    remark_received(&r, 1, bytes_at("\5\0", 2));
    sent_bytes(&r, "\5\3\0\1\0\0\0\0\0\0", 10);
    assert_remark(remark_received(&r, 1, bytes_at("\5\7\0\1\0\0\0\0\0\0", 10)), "no datagrams");
}

static void datagrams_through_http(void **state)
{
    (void)state;
    struct remarks r = {0};
    sent(&r, "GET /.well-known/masque/udp/192.0.2.1/53/ HTTP/1.1\r\nUpgrade: connect-udp\r\n\r\n");
    assert_remark(came(&r, "HTTP/1.1 404 Not Found\r\n"), "no datagrams");
    sent(&r, "GET /.well-known/masque/udp/192.0.2.1/53/ HTTP/1.1\r\nUpgrade: connect-udp\r\n\r\n");
    assert_remark(came(&r, "HTTP/1.1 101 Switching Protocols\r\n"), "carries datagrams");
    assert_null(came(&r, "HTTP/1.1 200 Ok\r\n"));
}

static void turn(void **state)
{
    (void)state;
    struct remarks r = {0};
    sent_bytes(&r, "\0\3\0\0!\22\244Bxxxxxxxxxxxx", 20);
    assert_remark(remark_received(&r, 1, bytes_at("\1\3\0\0!\22\244Bxxxxxxxxxxxx", 20)),
                  "relays for us");
    assert_remark(remark_received(&r, 1, bytes_at("\1\30\0\0!\22\244Bxxxxxxxxxxxx", 20)),
                  "does not relay");
    assert_null(remark_received(&r, 1, bytes_at("\1\3\0\0", 4)));
    assert_null(came(&r, "250 ok\r\n"));
}

static void connections_are_kept_apart(void **state)
{
    (void)state;
    struct remarks r = {0};
    came(&r, "220 mx.example\r\n");
    sent(&r, "RCPT TO:<c@d>\r\n");
    remark_opened(&r, 2);
    assert_null(remark_received(&r, 2, bytes_of("220 other\r\n")));
    assert_remark(came(&r, "250 ok\r\n"), "accepts the recipient");
}

static void a_flood_of_commands_ends_the_remarks(void **state)
{
    (void)state;
    struct remarks r = {0};
    for (unsigned i = 0; i < 100; i++)
        sent(&r, "RCPT TO:<c@d>\r\n");
    assert_null(came(&r, "250 ok\r\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_recipient_gets_its_remark),
        cmocka_unit_test(pipelined_commands_are_answered_in_order),
        cmocka_unit_test(the_end_of_the_message_is_what_counts),
        cmocka_unit_test(a_reply_in_pieces_is_one_reply),
        cmocka_unit_test(one_who_wants_a_password_is_told_apart),
        cmocka_unit_test(a_server_that_turns_away_is_told),
        cmocka_unit_test(a_tunnel_through_http),
        cmocka_unit_test(a_tunnel_refused),
        cmocka_unit_test(a_page_alone_proves_nothing),
        cmocka_unit_test(socks_4),
        cmocka_unit_test(socks_5),
        cmocka_unit_test(socks_5_with_a_password),
        cmocka_unit_test(socks_bind_is_answered_twice),
        cmocka_unit_test(the_rest_of_a_first_reply_is_no_second_one),
        cmocka_unit_test(datagrams_are_no_tunnel),
        cmocka_unit_test(datagrams_through_http),
        cmocka_unit_test(turn),
        cmocka_unit_test(behind_what_is_hidden_nothing_is_taken_for_another_answer),
        cmocka_unit_test(a_hidden_greeting_does_not_hide_the_remarks),
        cmocka_unit_test(connections_are_kept_apart),
        cmocka_unit_test(a_flood_of_commands_ends_the_remarks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
