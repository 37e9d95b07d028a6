#include "proto/mail.h"

#include "base/text.h"
#include "exact.h"

static const char token[] = "ibaueq2eivdeosahe7nm23yik5fgf2ps";

static struct mail_facts good_facts(void)
{
    return (struct mail_facts){
        .token = bytes_of(token),
        .to = bytes_of("ibaueq2eivdeosahe7nm23yik5fgf2ps@sink.example"),
        .from = bytes_of("bounce@sink.example"),
        .domain = bytes_of("sink.example"),
        .target = bytes_of("127.0.0.1:25"),
        .probe = bytes_of("relay/third-party"),
        .authority = bytes_of("Example CERT, case 4711"),
        .contact = bytes_of("abuse@cert.example"),
        .info = bytes_of("https://cert.example/tests"),
        .when = 1795486216123456,
    };
}

static struct buf message_of(const struct mail_facts *facts)
{
    struct buf out = buf_new(16384);
    assert_true(mail_message_put(&out, facts));
    return out;
}

static void assert_field(const struct buf *message, const char *name, const char *wanted)
{
    struct bytes value;
    if (!mail_header(buf_view(message), name, 0, &value))
        fail_msg("no field %s", name);
    assert_bytes(value, wanted);
    assert_false(mail_header(buf_view(message), name, 1, &value));
}

static struct bytes body_of(const struct buf *message)
{
    size_t at = bytes_find(buf_view(message), bytes_of("\r\n\r\n"));
    assert_true(at != BYTES_NOT_FOUND);
    return bytes_slice(buf_view(message), at + 4, message->n);
}

static bool body_says(const struct buf *message, const char *text)
{
    return bytes_find(body_of(message), bytes_of(text)) != BYTES_NOT_FOUND;
}

static void the_header_says_what_the_message_is(void **state)
{
    struct mail_facts facts = good_facts();
    struct buf m = message_of(&facts);
    (void)state;
    assert_field(&m, "From", "<bounce@sink.example>");
    assert_field(&m, "To", "<ibaueq2eivdeosahe7nm23yik5fgf2ps@sink.example>");
    assert_field(&m, "Date", "Tue, 24 Nov 2026 02:10:16 +0000");
    assert_field(&m, "Message-ID", "<ibaueq2eivdeosahe7nm23yik5fgf2ps@sink.example>");
    assert_field(&m, "Subject", "open relay test of 127.0.0.1:25");
    assert_field(&m, "Auto-Submitted", "auto-generated");
    assert_field(&m, "X-Test-Target", "127.0.0.1:25");
    assert_field(&m, "X-Test-Form", "relay/third-party");
    assert_field(&m, "X-Test-Time", "2026-11-24T02:10:16.123456Z");
    assert_field(&m, "X-Test-Info", "https://cert.example/tests");
    assert_field(&m, "X-Test-Optout", "mailto:abuse@cert.example");
    assert_field(&m, "X-Test-Authority", "Example CERT, case 4711");
    assert_field(&m, "X-Ajar-Token", token);
    buf_free(&m);
}

static void the_body_says_who_why_and_how_to_object(void **state)
{
    struct mail_facts facts = good_facts();
    struct buf m = message_of(&facts);
    (void)state;
    assert_true(body_says(&m, "127.0.0.1:25"));
    assert_true(body_says(&m, "Example CERT, case 4711"));
    assert_true(body_says(&m, "abuse@cert.example"));
    assert_true(body_says(&m, "https://cert.example/tests"));
    assert_true(body_says(&m, "\r\nibaueq2eivdeosahe7nm23yik5fgf2ps\r\n"));
    buf_free(&m);
}

static void assert_wire_form(struct bytes m)
{
    size_t column = 0;
    for (size_t i = 0; i < m.n; i++) {
        bool cr = m.p[i] == '\r';
        assert_true(m.p[i] < 0x7f && (m.p[i] >= ' ' || cr || m.p[i] == '\n'));
        assert_int_equal(cr, i + 1 < m.n && m.p[i + 1] == '\n');
        column = m.p[i] == '\n' ? 0 : column + 1;
        assert_true(column <= 998);
    }
    assert_int_equal(column, 0);
}

static void the_message_is_ascii_lines_and_the_body_is_small(void **state)
{
    struct mail_facts facts = good_facts();
    struct buf m = message_of(&facts);
    (void)state;
    assert_wire_form(buf_view(&m));
    assert_true(body_of(&m).n < 1024);
    buf_free(&m);
}

static void a_contact_that_is_a_url_stands_as_it_is(void **state)
{
    struct mail_facts facts = good_facts();
    (void)state;
    facts.contact = bytes_of("https://cert.example/object?to=a@b");
    struct buf m = message_of(&facts);
    assert_field(&m, "X-Test-Optout", "https://cert.example/object?to=a@b");
    buf_free(&m);
}

static void an_authority_beyond_ascii_is_encoded(void **state)
{
    struct mail_facts facts = good_facts();
    (void)state;
    facts.authority = bytes_of("B\xc3\xbcro");
    struct buf m = message_of(&facts);
    assert_field(&m, "X-Test-Authority", "=?UTF-8?Q?=42=C3=BC=72=6F?=");
    assert_true(body_says(&m, "behalf of: B?ro\r\n"));
    assert_wire_form(buf_view(&m));
    buf_free(&m);
}

static void a_long_authority_beyond_ascii_is_folded(void **state)
{
    struct mail_facts facts = good_facts();
    struct buf name = buf_new(1000);
    struct bytes value;
    (void)state;
    for (int i = 0; i < 60; i++)
        buf_put_text(&name, "\xe2\x82\xac");
    facts.authority = buf_view(&name);
    struct buf m = message_of(&facts);
    assert_wire_form(buf_view(&m));
    assert_true(mail_header(buf_view(&m), "X-Test-Authority", 0, &value));
    for (size_t from = 0; from < value.n;) {
        size_t end = bytes_index(value, '\n', from);
        struct bytes word = bytes_trim(bytes_slice(value, from, end));
        assert_true(word.n <= 75);
        assert_true(bytes_starts_nocase(word, "=?UTF-8?Q?=E2=82=AC"));
        assert_memory_equal(word.p + word.n - 5, "=AC?=", 5);
        from = end == BYTES_NOT_FOUND ? value.n : end + 1;
    }
    buf_free(&name);
    buf_free(&m);
}

static void assert_refused(const struct mail_facts *facts)
{
    struct buf out = buf_new(16384);
    buf_put_text(&out, "before");
    assert_false(mail_message_put(&out, facts));
    assert_bytes(buf_view(&out), "before");
    buf_free(&out);
}

static void no_fact_can_smuggle_a_line(void **state)
{
    static const char *const hostile[] = {
        "a\r\nBcc: x@y", "a\nb", "a\rb", "a\x1b[31m", "a\x7f", "", "a\xe2\x80\xae", "a\xff",
    };
    (void)state;
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        struct mail_facts good = good_facts();
        struct bytes *const fields[] = {
            &good.token, &good.to,        &good.from,    &good.domain, &good.target,
            &good.probe, &good.authority, &good.contact, &good.info,
        };
        for (size_t k = 0; k < sizeof fields / sizeof fields[0]; k++) {
            struct bytes kept = *fields[k];
            *fields[k] = bytes_of(hostile[i]);
            assert_refused(&good);
            *fields[k] = LITERAL("a\0b");
            assert_refused(&good);
            *fields[k] = kept;
        }
    }
}

static void an_address_is_one_address(void **state)
{
    static const char *const addresses[] = {"a@b, c@d", "a@b c@d", "a@b> <c@d", "g:a@b;"};
    (void)state;
    for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
        struct mail_facts facts = good_facts();
        facts.to = bytes_of(addresses[i]);
        assert_refused(&facts);
    }
}

static void facts_that_do_not_fit_are_refused(void **state)
{
    struct buf long_fact = padded("", 'x', 321, "");
    struct buf half = padded("", 'x', 320, "");
    struct buf small = buf_new(300);
    struct mail_facts facts = good_facts();
    (void)state;
    assert_false(mail_message_put(&small, &facts));
    assert_int_equal(small.n, 0);
    facts.info = buf_view(&long_fact);
    assert_refused(&facts);
    facts.info = facts.contact = facts.authority = buf_view(&half);
    assert_refused(&facts);
    buf_free(&long_fact);
    buf_free(&half);
    buf_free(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_header_says_what_the_message_is),
        cmocka_unit_test(the_body_says_who_why_and_how_to_object),
        cmocka_unit_test(the_message_is_ascii_lines_and_the_body_is_small),
        cmocka_unit_test(a_contact_that_is_a_url_stands_as_it_is),
        cmocka_unit_test(an_authority_beyond_ascii_is_encoded),
        cmocka_unit_test(a_long_authority_beyond_ascii_is_folded),
        cmocka_unit_test(no_fact_can_smuggle_a_line),
        cmocka_unit_test(an_address_is_one_address),
        cmocka_unit_test(facts_that_do_not_fit_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
