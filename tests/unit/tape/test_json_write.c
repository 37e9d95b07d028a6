/* Values as JSON: what is written is read as the same, by ajar's reader and by the library's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tape/json_read.h"
#include "tape/json_write.h"

static void comes_back(const char *text)
{
    struct buf out = buf_new(4096);
    json_error_t error;
    json_t *value = json_read_any(bytes_of(text), &error);
    assert_non_null(value);
    assert_true(json_write(&out, value));
    json_t *back = json_read(buf_view(&out), &error);
    json_t *any = json_read_any(buf_view(&out), &error);
    assert_true(json_equal(value, back));
    assert_true(json_equal(value, any));
    json_decref(any);
    json_decref(back);
    json_decref(value);
    buf_free(&out);
}

static void what_is_written_is_the_same_value(void **state)
{
    (void)state;
    comes_back("{}");
    comes_back("[]");
    comes_back("[{},[],[{}],\"\",0,-1,9223372036854775807,-9223372036854775808,true,false,null]");
    comes_back("{\"said\":\"220 x\\r\\n\\t\\\"\\\\\",\"list\":[1,{\"a\":[2]}],\"b\":true}");
    comes_back("{\"a\":\"\\u0000\\u001f\\u007f\\u202e\",\"b\":\"\xc3\xa4 \xe6\x97\xa5 "
               "\xf0\x9f\x98\x80\"}");
}

static void it_has_no_blanks(void **state)
{
    (void)state;
    struct buf out = buf_new(4096);
    json_t *value = json_pack("{s:[i,i],s:{s:s}}", "a", 1, 2, "b", "c", "d");
    assert_true(json_write(&out, value));
    assert_string_equal(buf_text(&out), "{\"a\":[1,2],\"b\":{\"c\":\"d\"}}");
    json_decref(value);
    buf_free(&out);
}

static void a_number_that_is_not_whole_is_refused(void **state)
{
    (void)state;
    struct buf out = buf_new(4096);
    json_t *value = json_pack("{s:f}", "a", 1.5);
    assert_false(json_write(&out, value));
    json_decref(value);
    buf_free(&out);
}

static void what_does_not_fit_is_refused(void **state)
{
    (void)state;
    json_t *value = json_pack("{s:[i,i],s:{s:s}}", "a", 1, 2, "b", "c", "d");
    for (size_t limit = 0; limit < 23; limit++) {
        struct buf out = buf_new(limit);
        assert_false(json_write(&out, value));
        buf_free(&out);
    }
    json_decref(value);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_the_same_value),
        cmocka_unit_test(it_has_no_blanks),
        cmocka_unit_test(a_number_that_is_not_whole_is_refused),
        cmocka_unit_test(what_does_not_fit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
