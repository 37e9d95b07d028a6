/* Datagrams in a stream of capsules: how one is written, and which one is the next. */
#include "proto/capsule.h"

#include "exact.h"

static struct bytes data;

static enum parse parse(struct bytes in, size_t *used, const char **why)
{
    return capsule_udp_parse(in, &data, used, why);
}

/* The data of the next datagram in these bytes. */
static void assert_data(struct bytes in, const char *wanted)
{
    size_t used = 0;
    const char *why = "";
    assert_int_equal(parse(in, &used, &why), PARSE_OK);
    assert_int_equal(used, in.n);
    assert_bytes(data, wanted);
}

/* Nothing for us yet; so much of it may be forgotten. */
static void assert_passed_over(struct bytes in, size_t wanted)
{
    size_t used = 0;
    const char *why = "";
    assert_int_equal(parse_exact(parse, in, &used, &why), PARSE_MORE);
    assert_int_equal(used, wanted);
}

static void a_datagram_is_its_type_length_context_and_data(void **state)
{
    struct buf out = buf_new(100);
    (void)state;
    assert_true(capsule_put_udp(&out, bytes_of("hello")));
    assert_int_equal(out.n, 8);
    assert_memory_equal(out.p, "\0\6\0hello", out.n);
    assert_data(buf_view(&out), "hello");
    assert_whole(parse, LITERAL("\0\6\0hello"));
    buf_free(&out);
}

static void a_length_takes_two_bytes_from_64_on(void **state)
{
    struct buf body = padded("", 'x', 63, "");
    struct buf out = buf_new(100);
    (void)state;
    assert_true(capsule_put_udp(&out, buf_view(&body)));
    assert_memory_equal(out.p, "\0\x40\x40\0x", 5);
    assert_whole(parse, buf_view(&out));
    buf_free(&body);
    buf_free(&out);
}

static void a_datagram_may_be_empty(void **state)
{
    (void)state;
    assert_data(LITERAL("\0\1\0"), "");
}

/* RFC 9000, section 16: the shortest form is not asked for. */
static void integers_may_be_longer_than_they_need_be(void **state)
{
    (void)state;
    assert_data(LITERAL("\x40\0\x40\3\0hi"), "hi");
    assert_data(LITERAL("\x80\0\0\0\x80\0\0\4\x40\0hi"), "hi");
    assert_data(LITERAL("\xc0\0\0\0\0\0\0\0\xc0\0\0\0\0\0\0\3\0hi"), "hi");
}

/* RFC 9297, section 3.2, and RFC 9298, section 4. */
static void other_capsules_and_contexts_are_passed_over(void **state)
{
    (void)state;
    assert_data(LITERAL("\x17\0"
                        "\0\3\2no"
                        "\x65\x75\3odd"
                        "\0\3\0hi"),
                "hi");
    assert_passed_over(LITERAL("\x17\0"
                               "\0\3\2no"
                               "\0"),
                       7);
    assert_passed_over(LITERAL(""), 0);
}

static void a_capsule_is_awaited_whole(void **state)
{
    (void)state;
    assert_passed_over(LITERAL("\0\6\0hell"), 0);
    assert_passed_over(LITERAL("\x17\x40"), 0);
    assert_passed_over(LITERAL("\xff\xff\xff\xff\xff\xff\xff"), 0);
}

static void one_longer_than_any_that_is_awaited_is_none(void **state)
{
    (void)state;
    assert_bad(parse, LITERAL("\0\x80\0\x40\1"), "longer");
    assert_bad(parse, LITERAL("\x17\xff\xff\xff\xff\xff\xff\xff\xff"), "longer");
    assert_bad(parse, LITERAL("\0\3\2no\0\xff\xff\xff\xff\xff\xff\xff\xff"), "longer");
    assert_passed_over(LITERAL("\0\x80\0\x40\0"), 0);
}

static void a_datagram_without_a_whole_context_is_none(void **state)
{
    (void)state;
    assert_bad(parse, LITERAL("\0\0"), "without a context");
    assert_bad(parse, LITERAL("\0\1\x40"), "without a context");
}

static void data_longer_than_allowed_is_not_written(void **state)
{
    struct buf body = padded("", 'x', 16383, "");
    struct buf out = buf_new(1 << 16);
    (void)state;
    assert_false(capsule_put_udp(&out, buf_view(&body)));
    assert_true(capsule_put_udp(&out, bytes_slice(buf_view(&body), 1, body.n)));
    buf_free(&body);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_datagram_is_its_type_length_context_and_data),
        cmocka_unit_test(a_length_takes_two_bytes_from_64_on),
        cmocka_unit_test(a_datagram_may_be_empty),
        cmocka_unit_test(integers_may_be_longer_than_they_need_be),
        cmocka_unit_test(other_capsules_and_contexts_are_passed_over),
        cmocka_unit_test(a_capsule_is_awaited_whole),
        cmocka_unit_test(one_longer_than_any_that_is_awaited_is_none),
        cmocka_unit_test(a_datagram_without_a_whole_context_is_none),
        cmocka_unit_test(data_longer_than_allowed_is_not_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
