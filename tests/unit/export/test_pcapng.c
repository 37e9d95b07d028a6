/* A tape's connections as packets: which there are, and that whoever checks them finds them right. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "export/format.h"

#define HEAD(target)                                                                               \
    "{\"tape\":1,\"probe\":\"relay/x\",\"pack\":\"builtin@1\",\"target\":{\"address\":\"" target   \
    "\",\"port\":25,\"name\":null},\"started\":\"2026-11-24T02:10:16.000000Z\",\"run\":{"          \
    "\"sink\":null,\"mail_domain\":\"ajar.test\",\"helo\":\"h\",\"authority\":\"a\","              \
    "\"contact\":\"mailto:a@b.example\",\"info\":\"http://b.example/"                              \
    "\",\"wait_us\":1},\"args\":{}}\n"
#define VERDICT                                                                                    \
    "{\"t\":9,\"op\":\"verdict\",\"verdict\":\"closed\",\"reason\":\"no\",\"steps\":[]}\n"

struct packets {
    struct buf file;
    struct bytes at[64];
    size_t n;
};

static uint32_t little(const unsigned char *p)
{
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static unsigned big(const unsigned char *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

/* The packets out of the blocks, each of which must be framed as pcapng says. */
static void take_blocks(struct packets *p)
{
    for (struct bytes rest = buf_view(&p->file); rest.n > 0;) {
        assert_true(rest.n >= 12);
        uint32_t length = little(rest.p + 4);
        assert_true(length % 4 == 0 && length <= rest.n);
        assert_int_equal(little(rest.p + length - 4), length);
        if (little(rest.p) == 6)
            p->at[p->n++] = bytes_at(rest.p + 28, little(rest.p + 20));
        rest = bytes_slice(rest, length, rest.n);
    }
}

static struct packets packets_of(const char *tape)
{
    struct fail fail = {0};
    static struct bundle_report report;
    struct exporting e = {"b.tar", "ab", &report, bytes_of("{}"), NULL, buf_new(1024 * 1024), 0};
    struct bundle_case one = {.id = "c-1", .case_json = bytes_of("{}"), .tape = bytes_of(tape)};
    if (!export_pcapng.begin(&e, &fail) || !export_pcapng.each(&e, &one, &fail))
        fail_msg("%s", fail.text);
    struct packets p = {.file = e.out};
    take_blocks(&p);
    return p;
}

static unsigned sum(struct bytes b, unsigned start)
{
    for (size_t i = 0; i < b.n; i++)
        start += i % 2 ? b.p[i] : (unsigned)b.p[i] << 8;
    while (start >> 16)
        start = (start & 0xffff) + (start >> 16);
    return start;
}

/* Summed up with its own checksum a header gives all ones (RFC 1071). */
static void assert_right(struct bytes packet)
{
    bool four = packet.p[0] >> 4 == 4;
    size_t header = four ? 20 : 40;
    struct bytes addresses = bytes_slice(packet, four ? 12 : 8, header);
    struct bytes segment = bytes_slice(packet, header, packet.n);
    unsigned protocol = packet.p[four ? 9 : 6];
    assert_int_equal(four ? big(packet.p + 2) : 40 + big(packet.p + 4), packet.n);
    if (four)
        assert_int_equal(sum(bytes_slice(packet, 0, 20), 0), 0xffff);
    assert_int_equal(sum(segment, sum(addresses, protocol + (unsigned)segment.n)), 0xffff);
}

static struct bytes payload(struct bytes packet)
{
    bool four = packet.p[0] >> 4 == 4;
    bool udp = packet.p[four ? 9 : 6] == 17;
    return bytes_slice(packet, (four ? 20 : 40) + (udp ? 8 : 20), packet.n);
}

static unsigned flags(struct bytes packet)
{
    return packet.p[(packet.p[0] >> 4 == 4 ? 20 : 40) + 13];
}

#define OPEN4                                                                                      \
    "{\"t\":1,\"op\":\"open\",\"c\":1,\"to\":\"192.0.2.1:25\"}\n"                                  \
    "{\"t\":2,\"op\":\"opened\",\"c\":1,\"from\":\"192.0.2.9:40000\"}\n"

static void a_connection_from_its_handshake_to_its_end(void **state)
{
    (void)state;
    static const unsigned expected[] = {2, 18, 16, 24, 24, 17, 16, 17, 16};
    struct packets p = packets_of(HEAD("192.0.2.1") OPEN4
                                  "{\"t\":3,\"op\":\"recv\",\"c\":1,\"data\":\"220 hi\\r\\n\"}\n"
                                  "{\"t\":4,\"op\":\"send\",\"c\":1,\"data\":\"QUIT\\r\\n\"}\n"
                                  "{\"t\":5,\"op\":\"end\",\"c\":1}\n"
                                  "{\"t\":6,\"op\":\"close\",\"c\":1}\n" VERDICT);
    assert_int_equal(p.n, 9);
    for (size_t i = 0; i < p.n; i++) {
        assert_int_equal(flags(p.at[i]), expected[i]);
        assert_right(p.at[i]);
    }
    assert_true(bytes_equal_text(payload(p.at[3]), "220 hi\r\n"));
    assert_true(bytes_equal_text(payload(p.at[4]), "QUIT\r\n"));
    assert_int_equal(big(p.at[4].p + 20), 40000);
    assert_int_equal(big(p.at[4].p + 22), 25);
    buf_free(&p.file);
}

static void ipv6_and_an_odd_number_of_bytes(void **state)
{
    (void)state;
    struct packets p = packets_of(HEAD(
        "2001:db8::1") "{\"t\":1,\"op\":\"open\",\"c\":1,\"to\":\"[2001:db8::1]:25\"}\n"
                       "{\"t\":2,\"op\":\"opened\",\"c\":1,\"from\":\"[2001:db8::9]:5\"}\n"
                       "{\"t\":3,\"op\":\"send\",\"c\":1,\"data\":\"\\u00ff\\u0000x\"}\n" VERDICT);
    assert_int_equal(p.n, 4);
    for (size_t i = 0; i < p.n; i++)
        assert_right(p.at[i]);
    assert_memory_equal(payload(p.at[3]).p, "\xff\0x", 3);
    buf_free(&p.file);
}

static void udp_has_no_handshake(void **state)
{
    (void)state;
    struct packets p = packets_of(
        HEAD("192.0.2.1") "{\"t\":1,\"op\":\"open\",\"c\":1,\"to\":\"udp 192.0.2.1:3478\"}\n"
                          "{\"t\":2,\"op\":\"opened\",\"c\":1,\"from\":\"192.0.2.9:40000\"}\n"
                          "{\"t\":3,\"op\":\"send\",\"c\":1,\"data\":\"abc\"}\n"
                          "{\"t\":4,\"op\":\"recv\",\"c\":1,\"data\":\"de\"}\n"
                          "{\"t\":6,\"op\":\"close\",\"c\":1}\n" VERDICT);
    assert_int_equal(p.n, 2);
    assert_right(p.at[0]);
    assert_right(p.at[1]);
    assert_true(bytes_equal_text(payload(p.at[1]), "de"));
    buf_free(&p.file);
}

static void what_is_inside_tls_is_a_stream_of_its_own(void **state)
{
    (void)state;
    struct packets p = packets_of(HEAD("192.0.2.1") OPEN4
                                  "{\"t\":3,\"op\":\"secure\",\"c\":1,\"data\":\"\"}\n"
                                  "{\"t\":4,\"op\":\"secured\",\"c\":1,\"version\":\"TLSv1.3\","
                                  "\"cipher\":\"x\",\"chain\":[]}\n"
                                  "{\"t\":5,\"op\":\"send\",\"c\":1,\"data\":\"EHLO\"}\n" VERDICT);
    assert_int_equal(p.n, 7);
    assert_int_equal(flags(p.at[3]), 2);
    assert_int_equal(big(p.at[3].p + 20), 40001);
    assert_int_equal(big(p.at[6].p + 20), 40001);
    assert_true(bytes_equal_text(payload(p.at[6]), "EHLO"));
    buf_free(&p.file);
}

static void a_long_record_is_cut_into_segments(void **state)
{
    (void)state;
    struct buf tape = buf_new(64 * 1024);
    buf_put_text(&tape, HEAD("192.0.2.1") OPEN4 "{\"t\":3,\"op\":\"recv\",\"c\":1,\"data\":\"");
    for (int i = 0; i < 3000; i++)
        buf_put_byte(&tape, 'x');
    buf_put_text(&tape, "\"}\n" VERDICT);
    struct packets p = packets_of(buf_text(&tape));
    assert_int_equal(p.n, 6);
    assert_int_equal(payload(p.at[3]).n + payload(p.at[4]).n + payload(p.at[5]).n, 3000);
    buf_free(&tape);
    buf_free(&p.file);
}

static void what_was_refused_or_is_the_sinks_gives_no_packet(void **state)
{
    (void)state;
    struct packets p = packets_of(HEAD(
        "192.0.2.1") "{\"t\":1,\"op\":\"open\",\"c\":1,\"to\":\"192.0.2.1:25\"}\n"
                     "{\"t\":2,\"op\":\"fail\",\"c\":1,\"code\":\"ECONNREFUSED\",\"text\":\"no\"}\n"
                     "{\"t\":3,\"op\":\"open\",\"c\":2,\"to\":\"sink 192.0.2.1:99\"}\n"
                     "{\"t\":4,\"op\":\"opened\",\"c\":2,\"from\":\"\"}\n"
                     "{\"t\":5,\"op\":\"close\",\"c\":2}\n" VERDICT);
    assert_int_equal(p.n, 0);
    buf_free(&p.file);
}

static void a_tape_with_something_hidden_is_refused(void **state)
{
    (void)state;
    struct fail fail = {0};
    static struct bundle_report report;
    struct exporting e = {"b.tar", "ab", &report, bytes_of("{}"), NULL, buf_new(1024 * 1024), 0};
    struct bundle_case one = {
        .id = "c-1",
        .tape = bytes_of(
            HEAD("192.0.2.1") OPEN4
            "{\"hidden\":"
            "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}\n" VERDICT)};
    assert_false(export_pcapng.each(&e, &one, &fail));
    assert_string_equal(fail.code, "EHIDDEN");
    buf_free(&e.out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_connection_from_its_handshake_to_its_end),
        cmocka_unit_test(ipv6_and_an_odd_number_of_bytes),
        cmocka_unit_test(udp_has_no_handshake),
        cmocka_unit_test(what_is_inside_tls_is_a_stream_of_its_own),
        cmocka_unit_test(a_long_record_is_cut_into_segments),
        cmocka_unit_test(what_was_refused_or_is_the_sinks_gives_no_packet),
        cmocka_unit_test(a_tape_with_something_hidden_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
