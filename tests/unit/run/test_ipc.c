#include "given.h"

#include "run/ipc.h"

static struct receipt a_receipt(void)
{
    struct receipt r = {.token = {.b = "twenty bytes of it.."},
                        .kind = RECEIPT_BOUNCE,
                        .peer = addr_of("[2001:db8::1]:4000"),
                        .port = 2664,
                        .at = -5};
    memset(r.digest, 'a', SHA256_HEX - 1);
    memset(r.answer, '9', sizeof r.answer - 1);
    return r;
}

/* One field of each kind. */
static void put_all(struct buf *out)
{
    struct addr to = addr_of("192.0.2.1:25");
    struct addr none = {0};
    struct fail fail;
    struct receipt receipt = a_receipt();
    fail_set(&fail, "ECONNREFUSED", "%s", "no luck");
    ipc_begin(out, IPC_DIALLED);
    ipc_put_u8(out, 7);
    ipc_put_u32(out, 0xfffefdfc);
    ipc_put_u64(out, UINT64_MAX - 1);
    ipc_put_bytes(out, bytes_at("a\0b", 3));
    ipc_put_bytes(out, bytes_of(""));
    ipc_put_addr(out, &to);
    ipc_put_addr(out, &none);
    ipc_put_fail(out, &fail);
    ipc_put_receipt(out, &receipt);
    size_t begun = ipc_begin_bytes(out);
    buf_put_text(out, "in pie");
    buf_put_text(out, "ces");
    ipc_end_bytes(out, begun);
    buf_put_text(out, "raw");
}

static bool read_all(struct bytes frame, bool check)
{
    enum ipc_type type;
    struct addr to = addr_of("192.0.2.1:25");
    struct receipt expected = a_receipt();
    char raw[3];
    struct ipc_reader r = ipc_read(frame, &type);
    bool same = type == IPC_DIALLED;
    same &= ipc_u8(&r) == 7;
    same &= ipc_u32(&r) == 0xfffefdfc;
    same &= ipc_u64(&r) == UINT64_MAX - 1;
    same &= bytes_equal(ipc_bytes(&r), bytes_at("a\0b", 3));
    same &= ipc_bytes(&r).n == 0;
    struct addr got = ipc_addr(&r);
    same &= addr_equal(&got, &to);
    same &= ipc_addr(&r).family == ADDR_NONE;
    struct fail fail = ipc_fail(&r);
    same &= bytes_equal_text(bytes_of(fail.code), "ECONNREFUSED");
    same &= bytes_equal_text(bytes_of(fail.text), "no luck");
    struct receipt receipt = ipc_receipt(&r);
    same &= memcmp(&receipt.token, &expected.token, sizeof expected.token) == 0;
    same &= receipt.kind == RECEIPT_BOUNCE && receipt.at == -5 && receipt.port == 2664;
    same &= addr_equal(&receipt.peer, &expected.peer);
    same &= strcmp(receipt.digest, expected.digest) == 0;
    same &= strcmp(receipt.answer, expected.answer) == 0;
    same &= bytes_equal_text(ipc_bytes(&r), "in pieces");
    ipc_copy(&r, raw, sizeof raw);
    same &= memcmp(raw, "raw", 3) == 0;
    if (check)
        assert_true(same);
    return ipc_end(&r);
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    struct buf out = buf_new(4096);
    put_all(&out);
    assert_true(read_all(buf_view(&out), true));
    buf_free(&out);
}

/* Each cut in a block of exactly its size, so that a read beyond it is seen. */
static void every_cut_is_an_error(void **state)
{
    (void)state;
    struct buf out = buf_new(4096);
    put_all(&out);
    for (size_t n = 0; n < out.n; n++) {
        unsigned char *cut = malloc(n ? n : 1);
        memcpy(cut, out.p, n);
        assert_false(read_all(bytes_at(cut, n), false));
        free(cut);
    }
    buf_free(&out);
}

static void leftover_bytes_are_an_error(void **state)
{
    (void)state;
    struct buf out = buf_new(4096);
    put_all(&out);
    buf_put_byte(&out, 0);
    assert_false(read_all(buf_view(&out), true));
    buf_free(&out);
}

static void what_follows_an_error_is_zero(void **state)
{
    (void)state;
    enum ipc_type type;
    struct ipc_reader r = ipc_read(bytes_at("\x05\xff\xff", 3), &type);
    char copy[4] = "full";
    assert_int_equal(ipc_u32(&r), 0);
    assert_int_equal(ipc_u8(&r), 0);
    assert_int_equal(ipc_u64(&r), 0);
    assert_int_equal(ipc_bytes(&r).n, 0);
    assert_int_equal(ipc_addr(&r).family, 0);
    ipc_copy(&r, copy, sizeof copy);
    assert_memory_equal(copy, "\0\0\0\0", 4);
    assert_string_equal(ipc_fail(&r).text, "");
    assert_false(ipc_end(&r));
}

static void an_empty_frame_is_an_error(void **state)
{
    (void)state;
    enum ipc_type type;
    struct ipc_reader r = ipc_read(bytes_at(NULL, 0), &type);
    assert_int_equal(type, 0);
    assert_false(ipc_end(&r));
}

/* A length that is a lie: beyond the frame, or so large that a sum would wrap. */
static void lengths_that_lie(void **state)
{
    (void)state;
    static const char *const frames[] = {"\x01\x00\x00\x00\x05"
                                         "abcd",
                                         "\x01\xff\xff\xff\xff"
                                         "abcd",
                                         "\x01\x7f\xff\xff\xff"
                                         "abcd"};
    for (unsigned i = 0; i < 3; i++) {
        enum ipc_type type;
        struct ipc_reader r = ipc_read(bytes_at(frames[i], 9), &type);
        assert_int_equal(ipc_bytes(&r).n, 0);
        assert_false(ipc_end(&r));
    }
}

static void fields_that_can_not_be(void **state)
{
    (void)state;
    enum ipc_type type;
    struct receipt receipt = a_receipt();
    struct addr odd = {.family = 9};
    struct buf out = buf_new(4096);
    ipc_begin(&out, IPC_DIAL);
    ipc_put_addr(&out, &odd);
    struct ipc_reader r = ipc_read(buf_view(&out), &type);
    ipc_addr(&r);
    assert_false(ipc_end(&r));
    for (int i = 0; i < 3; i++) {
        receipt = a_receipt();
        if (i == 0)
            receipt.kind = (enum receipt_kind)17;
        else if (i == 1)
            receipt.digest[3] = 'G';
        else
            receipt.answer[31] = '\0';
        ipc_begin(&out, IPC_RECEIPT);
        ipc_put_receipt(&out, &receipt);
        r = ipc_read(buf_view(&out), &type);
        ipc_receipt(&r);
        assert_false(ipc_end(&r));
    }
    buf_free(&out);
}

/* A code that the sender made up, and a sentence that would clear the terminal. */
static void a_fail_is_made_fit_to_be_shown(void **state)
{
    (void)state;
    enum ipc_type type;
    struct buf out = buf_new(4096);
    ipc_begin(&out, IPC_DIALLED);
    ipc_put_bytes(&out, bytes_of("EEVIL\x1b"));
    ipc_put_bytes(&out, bytes_of("a\x1b[2Jb\nc"));
    struct ipc_reader r = ipc_read(buf_view(&out), &type);
    struct fail fail = ipc_fail(&r);
    assert_true(ipc_end(&r));
    assert_string_equal(fail.code, "EOTHER");
    assert_string_equal(fail.text, "a?[2Jb?c");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(every_cut_is_an_error),
        cmocka_unit_test(leftover_bytes_are_an_error),
        cmocka_unit_test(what_follows_an_error_is_zero),
        cmocka_unit_test(an_empty_frame_is_an_error),
        cmocka_unit_test(lengths_that_lie),
        cmocka_unit_test(fields_that_can_not_be),
        cmocka_unit_test(a_fail_is_made_fit_to_be_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
