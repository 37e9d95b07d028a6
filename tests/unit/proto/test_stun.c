/* STUN messages as RFC 5769 has them, and those of TURN that ajar sends. */
#include "proto/stun.h"

#include "exact.h"

/* RFC 5769, 2.2: a response with SOFTWARE, XOR-MAPPED-ADDRESS, MESSAGE-INTEGRITY and FINGERPRINT. */
static const unsigned char response4[] = {
    0x01, 0x01, 0x00, 0x3c, 0x21, 0x12, 0xa4, 0x42, 0xb7, 0xe7, 0xa7, 0x01, 0xbc, 0x34, 0xd6, 0x86,
    0xfa, 0x87, 0xdf, 0xae, 0x80, 0x22, 0x00, 0x0b, 0x74, 0x65, 0x73, 0x74, 0x20, 0x76, 0x65, 0x63,
    0x74, 0x6f, 0x72, 0x20, 0x00, 0x20, 0x00, 0x08, 0x00, 0x01, 0xa1, 0x47, 0xe1, 0x12, 0xa6, 0x43,
    0x00, 0x08, 0x00, 0x14, 0x2b, 0x91, 0xf5, 0x99, 0xfd, 0x9e, 0x90, 0xc3, 0x8c, 0x74, 0x89, 0xf9,
    0x2a, 0xf9, 0xba, 0x53, 0xf0, 0x6b, 0xe7, 0xd7, 0x80, 0x28, 0x00, 0x04, 0xc0, 0x7d, 0x4c, 0x96};
/* 2.3: the same by IPv6. */
static const unsigned char response6[] = {
    0x01, 0x01, 0x00, 0x48, 0x21, 0x12, 0xa4, 0x42, 0xb7, 0xe7, 0xa7, 0x01, 0xbc, 0x34, 0xd6, 0x86,
    0xfa, 0x87, 0xdf, 0xae, 0x80, 0x22, 0x00, 0x0b, 0x74, 0x65, 0x73, 0x74, 0x20, 0x76, 0x65, 0x63,
    0x74, 0x6f, 0x72, 0x20, 0x00, 0x20, 0x00, 0x14, 0x00, 0x02, 0xa1, 0x47, 0x01, 0x13, 0xa9, 0xfa,
    0xa5, 0xd3, 0xf1, 0x79, 0xbc, 0x25, 0xf4, 0xb5, 0xbe, 0xd2, 0xb9, 0xd9, 0x00, 0x08, 0x00, 0x14,
    0xa3, 0x82, 0x95, 0x4e, 0x4b, 0xe6, 0x7b, 0xf1, 0x17, 0x84, 0xc9, 0x7c, 0x82, 0x92, 0xc2, 0x75,
    0xbf, 0xe3, 0xed, 0x41, 0x80, 0x28, 0x00, 0x04, 0xc8, 0xfb, 0x0b, 0x4c};

static struct stun_message parsed(struct bytes in)
{
    struct stun_message m;
    const char *why = "";
    size_t used = 0;
    assert_int_equal(stun_parse(in, &m, &used, &why), PARSE_OK);
    assert_int_equal(used, in.n);
    return m;
}

static struct addr addr_of(const char *text)
{
    struct addr a;
    assert_true(addr_parse(bytes_of(text), &a));
    return a;
}

static void the_responses_of_rfc_5769(void **state)
{
    struct bytes software;
    struct addr mapped;
    (void)state;
    struct stun_message m = parsed(bytes_at(response4, sizeof response4));
    assert_int_equal(m.method, STUN_BINDING);
    assert_int_equal(m.class, STUN_SUCCESS);
    assert_memory_equal(m.transaction, response4 + 8, STUN_TRANSACTION);
    assert_true(stun_find(&m, STUN_SOFTWARE, &software));
    assert_true(bytes_equal_text(software, "test vector"));
    assert_true(stun_find_address(&m, STUN_XOR_MAPPED_ADDRESS, &mapped));
    struct addr is = addr_of("192.0.2.1:32853");
    assert_true(addr_equal(&mapped, &is));
    m = parsed(bytes_at(response6, sizeof response6));
    assert_true(stun_find_address(&m, STUN_XOR_MAPPED_ADDRESS, &mapped));
    is = addr_of("[2001:db8:1234:5678:11:2233:4455:6677]:32853");
    assert_true(addr_equal(&mapped, &is));
    assert_false(stun_find(&m, STUN_LIFETIME, &software));
    assert_false(stun_find_address(&m, STUN_SOFTWARE, &mapped));
}

/* RFC 8656's types: 0x0003, 0x0016, 0x0113, … */
static void methods_and_classes_are_woven_together(void **state)
{
    static const struct {
        enum stun_method method;
        enum stun_class class;
        unsigned type;
    } rows[] = {
        {STUN_BINDING, STUN_REQUEST, 0x0001},        {STUN_BINDING, STUN_SUCCESS, 0x0101},
        {STUN_ALLOCATE, STUN_REQUEST, 0x0003},       {STUN_ALLOCATE, STUN_SUCCESS, 0x0103},
        {STUN_ALLOCATE, STUN_ERROR, 0x0113},         {STUN_SEND, STUN_INDICATION, 0x0016},
        {STUN_DATA, STUN_INDICATION, 0x0017},        {STUN_CREATE_PERMISSION, STUN_REQUEST, 0x0008},
        {STUN_CREATE_PERMISSION, STUN_ERROR, 0x0118}};
    static const unsigned char transaction[STUN_TRANSACTION] = "transaction";
    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out = buf_new(STUN_LIMIT);
        assert_true(stun_begin(&out, rows[i].method, rows[i].class, transaction) && stun_end(&out));
        assert_int_equal(out.p[0] << 8 | out.p[1], rows[i].type);
        struct stun_message m = parsed(buf_view(&out));
        assert_int_equal(m.method, rows[i].method);
        assert_int_equal(m.class, rows[i].class);
        buf_free(&out);
    }
}

static void what_is_written_is_read_again(void **state)
{
    static const unsigned char transaction[STUN_TRANSACTION] = "0123456789a";
    static const char *const peers[] = {"192.0.2.7:2525", "[2001:db8::7]:65535"};
    struct bytes data;
    struct addr peer;
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct addr to = addr_of(peers[i]);
        struct buf out = buf_new(STUN_LIMIT);
        stun_begin(&out, STUN_SEND, STUN_INDICATION, transaction);
        stun_put_address(&out, STUN_XOR_PEER_ADDRESS, &to);
        stun_put(&out, STUN_DATA_BYTES, bytes_of("hello"));
        assert_true(stun_end(&out));
        assert_int_equal(out.n % 4, 0);
        struct stun_message m = parsed(buf_view(&out));
        assert_true(stun_find_address(&m, STUN_XOR_PEER_ADDRESS, &peer));
        assert_true(addr_equal(&peer, &to));
        assert_true(stun_find(&m, STUN_DATA_BYTES, &data));
        assert_true(bytes_equal_text(data, "hello"));
        buf_free(&out);
    }
}

static unsigned error_in(const char *value, size_t n, struct bytes *phrase)
{
    static const unsigned char transaction[STUN_TRANSACTION];
    static unsigned char kept[256];
    struct buf out = buf_new(STUN_LIMIT);
    stun_begin(&out, STUN_ALLOCATE, STUN_ERROR, transaction);
    stun_put(&out, STUN_ERROR_CODE, bytes_at(value, n));
    assert_true(stun_end(&out));
    memcpy(kept, out.p, out.n);
    struct stun_message m = parsed(bytes_at(kept, out.n));
    buf_free(&out);
    return stun_find_error(&m, phrase);
}

static void an_error_has_a_code_and_a_phrase(void **state)
{
    struct bytes phrase;
    (void)state;
    assert_int_equal(error_in("\0\0\4\1Unauthorized", 16, &phrase), 401);
    assert_true(bytes_equal_text(phrase, "Unauthorized"));
    assert_int_equal(error_in("\0\0\3\0", 4, &phrase), 300);
    assert_int_equal(phrase.n, 0);
    assert_int_equal(error_in("\0\0\2\1x", 5, &phrase), 0);
    assert_int_equal(error_in("\0\0\7\1x", 5, &phrase), 0);
    assert_int_equal(error_in("\0\0\4\144x", 5, &phrase), 0);
    assert_int_equal(error_in("\0\0\4", 3, &phrase), 0);
}

static enum parse parse_as(const unsigned char *p, size_t n)
{
    struct stun_message m;
    const char *why = "";
    size_t used = 0;
    return stun_parse(bytes_at(p, n), &m, &used, &why);
}

static void a_message_that_is_cut_wants_more(void **state)
{
    (void)state;
    for (size_t n = 0; n < sizeof response4; n++)
        assert_int_equal(parse_as(response4, n), PARSE_MORE);
}

static void what_is_no_message_is_refused_at_once(void **state)
{
    unsigned char odd[sizeof response4];
    (void)state;
    assert_int_equal(parse_as((const unsigned char *)"HTTP/1.0 400", 12), PARSE_BAD);
    assert_int_equal(parse_as((const unsigned char *)"\0\1\0\0\x21\x12\xa4\x43", 8), PARSE_BAD);
    assert_int_equal(parse_as((const unsigned char *)"\0\1\0\3", 4), PARSE_BAD);
    assert_int_equal(parse_as((const unsigned char *)"\0\1\xff\xfc", 4), PARSE_BAD);
    memcpy(odd, response4, sizeof odd);
    odd[sizeof odd - 5] = 8; /* FINGERPRINT goes beyond the end */
    assert_int_equal(parse_as(odd, sizeof odd), PARSE_BAD);
}

static void what_does_not_fit_is_not_written(void **state)
{
    static const unsigned char transaction[STUN_TRANSACTION];
    static unsigned char much[STUN_LIMIT];
    (void)state;
    struct buf out = buf_new(2 * STUN_LIMIT);
    stun_begin(&out, STUN_SEND, STUN_INDICATION, transaction);
    stun_put(&out, STUN_DATA_BYTES, bytes_at(much, sizeof much));
    assert_false(stun_end(&out));
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_responses_of_rfc_5769),
        cmocka_unit_test(methods_and_classes_are_woven_together),
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(an_error_has_a_code_and_a_phrase),
        cmocka_unit_test(a_message_that_is_cut_wants_more),
        cmocka_unit_test(what_is_no_message_is_refused_at_once),
        cmocka_unit_test(what_does_not_fit_is_not_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
