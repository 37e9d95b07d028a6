#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/contact_pace.h"

#include <string.h>

/* Who came, in order, as letters; the loop stops when `awaited` have come. */
struct book {
    struct loop *loop;
    struct contact_pace *pace;
    struct pace_service *service;
    char came[64];
    size_t awaited;
    instant times[64];
};

struct visitor {
    struct book *book;
    struct pace_turn *turn;
    char name;
};

static void note(void *arg)
{
    struct visitor *v = arg;
    size_t n = strlen(v->book->came);
    v->book->came[n] = v->name;
    v->book->times[n] = loop_monotonic();
    if (n + 1 == v->book->awaited)
        loop_stop(v->book->loop);
}

static void note_and_leave(void *arg)
{
    struct visitor *v = arg;
    note(v);
    pace_leave(v->book->service);
}

static struct book open_book(size_t awaited)
{
    struct fail fail;
    struct book b = {.awaited = awaited};
    assert_non_null(b.loop = loop_new(&fail));
    assert_non_null(b.pace = contact_pace_new(b.loop));
    assert_non_null(b.service = pace_service(b.pace, "https://rdap.example/"));
    return b;
}

static void come(struct book *b, struct visitor *v, char name)
{
    *v = (struct visitor){.book = b, .name = name};
    assert_non_null(v->turn = pace_turn_new(b->pace, v));
}

static void close_book(struct book *b, struct visitor *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        pace_turn_free(v[i].turn);
    contact_pace_free(b->pace);
    loop_free(b->loop);
}

static void one_is_in_there_at_a_time_in_the_order_of_coming(void **state)
{
    (void)state;
    struct book b = open_book(3);
    struct visitor v[3];
    for (int i = 0; i < 3; i++) {
        come(&b, &v[i], (char)('a' + i));
        pace_enter(b.service, v[i].turn, note_and_leave);
    }
    assert_string_equal(b.came, "");
    loop_run(b.loop);
    assert_string_equal(b.came, "abc");
    close_book(&b, v, 3);
}

static void who_is_in_there_keeps_the_others_out(void **state)
{
    (void)state;
    struct book b = open_book(1);
    struct visitor v[2];
    come(&b, &v[0], 'a');
    come(&b, &v[1], 'b');
    pace_enter(b.service, v[0].turn, note);
    pace_enter(b.service, v[1].turn, note);
    loop_run(b.loop);
    assert_string_equal(b.came, "a");
    b.awaited = 2;
    pace_leave(b.service);
    loop_run(b.loop);
    assert_string_equal(b.came, "ab");
    close_book(&b, v, 2);
}

static void questions_begin_no_closer_than_the_rate_says(void **state)
{
    (void)state;
    struct book b = open_book(3);
    struct visitor v[3];
    for (int i = 0; i < 3; i++) {
        come(&b, &v[i], (char)('a' + i));
        pace_wait(b.service, 100, v[i].turn, note);
    }
    loop_run(b.loop);
    assert_string_equal(b.came, "abc");
    assert_true(b.times[2] - b.times[0] >= 2 * SPAN_SECOND / 100 - SPAN_SECOND / 1000);
    close_book(&b, v, 3);
}

static void three_failures_in_a_row_shut_a_service_and_that_one_alone(void **state)
{
    (void)state;
    struct fail why = {0}, said = {0};
    struct book b = open_book(1);
    fail_set(&why, "ETIMEDOUT", "no answer");
    for (int i = 0; i < 5; i++)
        pace_note(b.service, i == 2, &why);
    assert_false(pace_is_shut(b.service, &said));
    pace_note(b.service, false, &why);
    assert_true(pace_is_shut(b.service, &said));
    assert_string_equal(said.text, "not asked any more in this run: no answer");
    assert_false(pace_is_shut(pace_service(b.pace, "https://other.example/"), &said));
    assert_ptr_equal(pace_service(b.pace, "https://rdap.example/"), b.service);
    close_book(&b, NULL, 0);
}

static void who_is_stopped_waits_for_nothing_and_finds_all_shut(void **state)
{
    (void)state;
    struct fail said = {0};
    struct book b = open_book(4);
    struct visitor v[4];
    for (int i = 0; i < 4; i++)
        come(&b, &v[i], (char)('a' + i));
    pace_pause(v[0].turn, 3600 * SPAN_SECOND, note);
    pace_wait(b.service, 1, v[1].turn, note);
    pace_enter(b.service, v[2].turn, note_and_leave);
    pace_enter(b.service, v[3].turn, note_and_leave);
    contact_pace_stop(b.pace);
    loop_run(b.loop);
    assert_int_equal(strlen(b.came), 4);
    assert_true(strchr(b.came, 'd') > strchr(b.came, 'c'));
    assert_true(pace_is_shut(b.service, &said));
    assert_string_equal(said.code, "ESTOPPED");
    close_book(&b, v, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_is_in_there_at_a_time_in_the_order_of_coming),
        cmocka_unit_test(who_is_in_there_keeps_the_others_out),
        cmocka_unit_test(questions_begin_no_closer_than_the_rate_says),
        cmocka_unit_test(three_failures_in_a_row_shut_a_service_and_that_one_alone),
        cmocka_unit_test(who_is_stopped_waits_for_nothing_and_finds_all_shut),
    };
    return cmocka_run_group_tests_name("cli/contact_pace", tests, NULL, NULL);
}
