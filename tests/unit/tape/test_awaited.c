/* Which tokens a tape says were made and not seen again. */
#include "tape/awaited.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tape/record.h"

#define TOKEN "mfrggzdfmztwq2lknnwg23tpobyxe43u"
#define OTHER "mfrggzdfmztwq2lknnwg23tpobyxe43v"

static struct buf tape;

static int begin(void **state)
{
    (void)state;
    tape = buf_new(TAPE_LIMIT);
    return 0;
}

static int end(void **state)
{
    (void)state;
    buf_free(&tape);
    return 0;
}

static void has(enum record_op op, const char *data, const char *kind)
{
    struct record record = {.op = op, .data = bytes_of(data)};
    if (op == RECORD_RECEIPT) {
        record.more[0] = bytes_of(kind);
        record.more[1] = bytes_of("192.0.2.1:4000");
        record.more[2] = bytes_of("2026-11-24T02:10:16.123456Z");
    } else {
        record.c = op == RECORD_RECV;
    }
    assert_true(record_put(&tape, &record));
}

static bool is_awaited(void)
{
    return awaited_token(buf_view(&tape), TOKEN);
}

static void a_token_that_was_made(void **state)
{
    (void)state;
    assert_false(is_awaited());
    has(RECORD_TOKEN, OTHER, NULL);
    assert_false(is_awaited());
    has(RECORD_TOKEN, TOKEN, NULL);
    assert_true(is_awaited());
}

static void one_that_has_come(void **state)
{
    (void)state;
    has(RECORD_TOKEN, TOKEN, NULL);
    has(RECORD_RECEIPT, OTHER, "mail");
    assert_true(is_awaited());
    has(RECORD_RECEIPT, TOKEN, "mail");
    assert_false(is_awaited());
}

static void what_others_write_is_not_its_coming(void **state)
{
    (void)state;
    static const char *const kinds[] = {"bounce", "delay", "answer", "report", "other"};
    has(RECORD_TOKEN, TOKEN, NULL);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        has(RECORD_RECEIPT, TOKEN, kinds[i]);
        assert_true(is_awaited());
    }
    has(RECORD_RECEIPT, TOKEN, "line");
    assert_false(is_awaited());
}

static void a_server_can_say_nothing_of_it(void **state)
{
    (void)state;
    has(RECORD_RECV, "{\"t\":1,\"op\":\"token\",\"data\":\"" TOKEN "\"}\n", NULL);
    assert_false(is_awaited());
    has(RECORD_TOKEN, TOKEN, NULL);
    has(RECORD_RECV, "{\"t\":1,\"op\":\"receipt\",\"token\":\"" TOKEN "\",\"kind\":\"mail\"", NULL);
    assert_true(is_awaited());
}

#define SECOND "Subject: once more: relay check, server 192.0.2.25:25\r\n"

static bool mail_is_awaited(void)
{
    return awaited_mail(buf_view(&tape), TOKEN);
}

static void mail_of_a_test_whose_mail_came_is_awaited_of_its_second_message_alone(void **state)
{
    (void)state;
    has(RECORD_TOKEN, OTHER, NULL);
    has(RECORD_TOKEN, TOKEN, NULL);
    assert_true(mail_is_awaited());
    has(RECORD_RECEIPT, OTHER, "bounce");
    assert_true(mail_is_awaited());
    has(RECORD_RECEIPT, OTHER, "mail");
    has(RECORD_SEND, "Subject: open relay test of 192.0.2.25:25\r\n" TOKEN "\r\n.\r\n", NULL);
    assert_false(mail_is_awaited());
    has(RECORD_SEND, SECOND OTHER, NULL);
    has(RECORD_RECV, SECOND TOKEN, NULL);
    assert_false(mail_is_awaited());
    has(RECORD_SEND, SECOND TOKEN "\r\n.\r\n", NULL);
    assert_true(mail_is_awaited());
}

static void of_a_form_too(void **state)
{
    (void)state;
    has(RECORD_TOKEN, TOKEN, NULL);
    has(RECORD_RECEIPT, OTHER, "mail");
    has(RECORD_SEND, "to=" TOKEN "%40t.example&subject=open%20relay%20test", NULL);
    assert_false(mail_is_awaited());
    has(RECORD_SEND, "to=" TOKEN "%40t.example&subject=once%20more%3A%20relay%20check", NULL);
    assert_true(mail_is_awaited());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_token_that_was_made, begin, end),
        cmocka_unit_test_setup_teardown(one_that_has_come, begin, end),
        cmocka_unit_test_setup_teardown(what_others_write_is_not_its_coming, begin, end),
        cmocka_unit_test_setup_teardown(a_server_can_say_nothing_of_it, begin, end),
        cmocka_unit_test_setup_teardown(
            mail_of_a_test_whose_mail_came_is_awaited_of_its_second_message_alone, begin, end),
        cmocka_unit_test_setup_teardown(of_a_form_too, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
