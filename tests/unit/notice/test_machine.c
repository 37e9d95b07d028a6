#include "notice/machine.h"

#include "notice_test.h"

#include <gmime/gmime.h>

#define MAIL                                                                                       \
    "Received: from relay.example ([192.0.2.1])\r\n\tby sink.example\r\n"                          \
    "Subject: open relay test\r\n\r\nMark of this test:\r\n" TOKEN "\r\n"

enum { MOST = 1024 * 1024 };

static struct letter small_letter(void)
{
    struct letter letter = {.subject = lit("Secure your server"),
                            .languages = lit("en"),
                            .from_name = lit("The “project”"),
                            .from_address = lit("project@authority.example"),
                            .reply_to = lit("answers@authority.example"),
                            .text = buf_new(65536)};
    buf_put_text(&letter.text, "Hello\n");
    return letter;
}

/* The message about the finding, and its parts as GMime reads them. */
struct made {
    struct buf bytes;
    GMimeMessage *message;
    unsigned parts;
};

static GMimeMessage *parse(struct bytes message)
{
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer((const char *)message.p, message.n);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *parsed = g_mime_parser_construct_message(parser, NULL);
    assert_non_null(parsed);
    g_object_unref(parser);
    g_object_unref(stream);
    return parsed;
}

static struct made make(enum machine which, const struct finding *f)
{
    struct made m = {.bytes = buf_new(MOST)};
    struct fail fail = {0};
    struct machine_parts parts = {0};
    struct letter letter = small_letter();
    struct message_envelope envelope = {.id = lit("c-1.2a"), .ticket = f->case_id};
    json_t *facts = facts_of(f, &fail);
    assert_non_null(facts);
    if (!machine_put(which, f, facts, &letter, &parts, &envelope, &fail) ||
        !message_put(&m.bytes, &letter, &envelope, &fail))
        fail_msg("%s", fail.text);
    m.message = parse(buf_view(&m.bytes));
    GMimeObject *whole = g_mime_message_get_mime_part(m.message);
    m.parts = GMIME_IS_MULTIPART(whole)
                  ? (unsigned)g_mime_multipart_get_count(GMIME_MULTIPART(whole))
                  : 1;
    machine_free(&parts);
    letter_free(&letter);
    json_decref(facts);
    return m;
}

static void free_made(struct made *m)
{
    g_object_unref(m->message);
    buf_free(&m->bytes);
}

static GMimeObject *part(const struct made *m, unsigned i)
{
    GMimeObject *whole = g_mime_message_get_mime_part(m->message);
    return g_mime_multipart_get_part(GMIME_MULTIPART(whole), (int)i);
}

static void assert_type(const struct made *m, unsigned i, const char *expected)
{
    GMimeContentType *type = g_mime_object_get_content_type(part(m, i));
    char *text = g_mime_content_type_get_mime_type(type);
    assert_string_equal(text, expected);
    g_free(text);
}

/* What is in a part, decoded; freed by who asks. */
static struct buf content(const struct made *m, unsigned i)
{
    struct buf out = buf_new(MOST);
    GByteArray *bytes = g_byte_array_new();
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(bytes);
    GMimeObject *object = part(m, i);
    if (GMIME_IS_MESSAGE_PART(object))
        g_mime_object_write_to_stream(
            GMIME_OBJECT(g_mime_message_part_get_message(GMIME_MESSAGE_PART(object))), NULL,
            stream);
    else
        g_mime_data_wrapper_write_to_stream(g_mime_part_get_content(GMIME_PART(object)), stream);
    buf_put(&out, bytes_at(bytes->data, bytes->len));
    g_object_unref(stream);
    return out;
}

static json_t *json_of(const struct made *m)
{
    struct buf text = content(m, 1);
    json_error_t error;
    json_t *value = json_loadb((const char *)text.p, text.n, JSON_REJECT_DUPLICATES, &error);
    if (!value)
        fail_msg("%s", error.text);
    buf_free(&text);
    return value;
}

static void assert_text(const json_t *object, const char *name, const char *expected)
{
    const char *text = json_string_value(json_object_get(object, name));
    if (!text || strcmp(text, expected) != 0)
        fail_msg("%s: %s, not %s", name, text ? text : "nothing", expected);
}

static struct finding relay_with(const char *mail)
{
    struct finding f = relay();
    f.probe = lit("relay/third-party");
    f.mail_back = bytes_of(mail);
    return f;
}

static void of_a_relay_xarf_says_misconfiguration(void **state)
{
    (void)state;
    struct finding f = relay_with(MAIL);
    struct made m = make(MACHINE_XARF, &f);
    assert_int_equal(m.parts, 2);
    assert_type(&m, 0, "text/plain");
    assert_type(&m, 1, "application/json");
    json_t *x = json_of(&m);
    assert_text(x, "category", "vulnerability");
    assert_text(x, "type", "misconfiguration");
    assert_text(x, "service", "smtp");
    assert_text(x, "source_identifier", "192.0.2.1");
    assert_int_equal(json_integer_value(json_object_get(x, "source_port")), 25);
    assert_text(x, "timestamp", "2026-11-24T02:10:16.123456Z");
    assert_text(json_object_get(x, "reporter"), "org", "The “project”");
    assert_text(json_object_get(x, "reporter"), "domain", "authority.example");
    json_t *tags = json_object_get(x, "tags");
    assert_string_equal(json_string_value(json_array_get(tags, 0)), "issue:open-relay");
    assert_string_equal(json_string_value(json_array_get(tags, 1)), "method:relay_third-party");
    json_t *mail = json_array_get(json_object_get(x, "evidence"), 0);
    assert_text(mail, "content_type", "message/rfc822");
    assert_int_equal(json_integer_value(json_object_get(mail, "size")), strlen(MAIL));
    json_decref(x);
    free_made(&m);
}

static void it_says_what_exactly_was_found_by_our_names_of_it(void **state)
{
    (void)state;
    const struct finding_cause causes[] = {{lit("R4"), lit("percent-route")},
                                           {lit("R 4\r\n\","), lit("two-ats")}};
    struct finding f = relay_with(MAIL);
    f.causes = causes;
    f.cause_count = 2;
    struct made m = make(MACHINE_XARF, &f);
    json_t *x = json_of(&m);
    const char *text = json_string_value(json_object_get(x, "description"));
    assert_non_null(text);
    assert_non_null(strstr(text, "; found: percent-route (form R4), two-ats (form R\\x204"));
    json_decref(x);
    free_made(&m);
}

static void of_a_proxy_xarf_says_open_service(void **state)
{
    (void)state;
    struct finding f = relay();
    f.kind = FINDING_SOCKS;
    f.probe = lit("proxy/socks5");
    struct made m = make(MACHINE_XARF, &f);
    json_t *x = json_of(&m);
    assert_text(x, "type", "open_service");
    assert_text(x, "service", "socks5");
    json_decref(x);
    free_made(&m);
    f.kind = FINDING_HTTP;
    m = make(MACHINE_XARF, &f);
    x = json_of(&m);
    assert_text(x, "service", "http-proxy");
    json_decref(x);
    free_made(&m);
}

static void a_report_has_the_same_number_each_time_and_another_for_each_case(void **state)
{
    (void)state;
    struct finding f = relay_with(MAIL);
    char id[3][64];
    for (unsigned i = 0; i < 3; i++) {
        f.case_id = i < 2 ? lit("c-1") : lit("c-2");
        struct made m = make(MACHINE_XARF, &f);
        json_t *x = json_of(&m);
        snprintf(id[i], sizeof id[i], "%s", json_string_value(json_object_get(x, "report_id")));
        json_decref(x);
        free_made(&m);
    }
    assert_string_equal(id[0], id[1]);
    assert_string_not_equal(id[0], id[2]);
    assert_int_equal(id[0][14], '4');
}

static void arf_has_the_mail_that_came_back(void **state)
{
    (void)state;
    struct finding f = relay_with(MAIL);
    struct made m = make(MACHINE_ARF, &f);
    assert_int_equal(m.parts, 3);
    assert_type(&m, 0, "text/plain");
    assert_type(&m, 1, "message/feedback-report");
    assert_type(&m, 2, "message/rfc822");
    struct buf mail = content(&m, 2);
    assert_non_null(strstr(buf_text(&mail), TOKEN));
    buf_free(&mail);
    assert_true(bytes_find(buf_view(&m.bytes), lit("report-type=feedback-report")) !=
                BYTES_NOT_FOUND);
    assert_true(bytes_find(buf_view(&m.bytes), lit(MAIL)) != BYTES_NOT_FOUND);
    free_made(&m);
}

static void arf_of_a_mail_that_can_not_stand_there_has_its_header(void **state)
{
    (void)state;
    struct finding f = relay_with("Subject: \xff\xfe\nX: y\n\nbody\n");
    struct made m = make(MACHINE_ARF, &f);
    assert_type(&m, 2, "text/rfc822-headers");
    struct buf mail = content(&m, 2);
    assert_string_equal(buf_text(&mail), "Subject: \\xff\\xfe\r\nX: y\r\n");
    buf_free(&mail);
    free_made(&m);
}

static void arf_about_what_is_no_relay_is_xarf(void **state)
{
    (void)state;
    struct finding f = relay();
    f.kind = FINDING_HTTP;
    struct made m = make(MACHINE_ARF, &f);
    assert_int_equal(m.parts, 2);
    assert_type(&m, 1, "application/json");
    free_made(&m);
}

static void intelmq_is_one_line(void **state)
{
    (void)state;
    struct finding f = relay_with(MAIL);
    struct made m = make(MACHINE_INTELMQ, &f);
    struct buf text = content(&m, 1);
    assert_int_equal(bytes_index(buf_view(&text), '\n', 0), text.n - 1);
    buf_free(&text);
    json_t *x = json_of(&m);
    assert_text(x, "classification.taxonomy", "vulnerable");
    assert_text(x, "classification.type", "vulnerable-system");
    assert_text(x, "classification.identifier", "openrelay");
    assert_text(x, "protocol.application", "smtp");
    assert_text(x, "source.ip", "192.0.2.1");
    json_decref(x);
    f.kind = FINDING_SOCKS;
    f.probe = lit("proxy/socks4");
    free_made(&m);
    m = make(MACHINE_INTELMQ, &f);
    x = json_of(&m);
    assert_text(x, "classification.taxonomy", "other");
    assert_text(x, "classification.type", "proxy");
    assert_text(x, "classification.identifier", "openproxy");
    assert_text(x, "protocol.application", "socks4");
    json_decref(x);
    free_made(&m);
    buf_free(&text);
}

static void none_is_one_text(void **state)
{
    (void)state;
    struct finding f = relay_with(MAIL);
    struct made m = make(MACHINE_NONE, &f);
    assert_int_equal(m.parts, 1);
    free_made(&m);
}

static void about_a_server_that_is_closed_there_is_none(void **state)
{
    (void)state;
    struct finding f = relay_with(MAIL);
    f.open = false;
    f.closed = true;
    struct made m = make(MACHINE_XARF, &f);
    assert_int_equal(m.parts, 1);
    free_made(&m);
}

/* Hostile: whatever a server sends back there are the parts that there should be, and no field more in their headers. */
static void check(enum machine which, struct bytes said)
{
    const struct finding_line lines[] = {{false, said, 0, false}, {true, said, 2, false}};
    struct finding f = relay();
    f.probe = lit("relay/third-party");
    f.mail_back = said;
    f.said = said;
    f.lines = lines;
    f.line_count = 2;
    struct made m = make(which, &f);
    bool arf = which == MACHINE_ARF && said.n > 0;
    assert_int_equal(m.parts, arf ? 3 : 2);
    if (!arf)
        json_decref(json_of(&m));
    GMimeHeaderList *fields = g_mime_object_get_header_list(GMIME_OBJECT(m.message));
    assert_int_equal(g_mime_header_list_get_count(fields), 9); /* Content-… are the part's */
    for (unsigned i = 0; i < m.parts; i++)
        assert_in_range(g_mime_header_list_get_count(g_mime_object_get_header_list(part(&m, i))), 1,
                        3);
    free_made(&m);
}

static void nothing_that_comes_back_makes_a_part_or_a_field(void **state)
{
    static const char *const nasty[] = {
        "",
        "\r\n",
        "a: b\r\n\r\n--=_x\r\nContent-Type: text/html\r\n\r\n<b>\r\n",
        "a: b\r\n\r\n\r\n--=_0--\r\n\r\nBcc: x@example.org\r\n",
        "\",\"evidence\":[]}\r\n",
        "X: \r\nBcc: victim@example.org\r\n\r\n.\r\nFrom me\r\n",
        "a\nb\n\nc",
    };
    unsigned char bytes[2000];
    unsigned seed = 2003;
    (void)state;
    for (unsigned i = 0; i < sizeof nasty / sizeof *nasty; i++)
        for (enum machine which = 0; which < MACHINE_NONE; which++)
            check(which, bytes_of(nasty[i]));
    for (unsigned i = 0; i < 600; i++) {
        static const char common[] = "\r\n\r\n-=_:.\"{}[] \t\\aFrom";
        size_t n = 1 + i;
        for (size_t k = 0; k < n; k++) {
            seed = seed * 1103515245 + 12345;
            unsigned r = seed >> 16;
            bytes[k] =
                r % 3 ? (unsigned char)common[r % (sizeof common - 1)] : (unsigned char)(r / 3);
        }
        check((enum machine)(i % MACHINE_NONE), bytes_at(bytes, n));
    }
}

/* Whoever knew the boundary could end the part: it is another one then. */
static void the_boundary_is_in_no_part(void **state)
{
    (void)state;
    struct finding f = relay_with(MAIL);
    char mail[512];
    char boundary[64];
    for (unsigned turn = 0; turn < 3; turn++) {
        struct made m = make(MACHINE_ARF, &f);
        size_t at = bytes_find(buf_view(&m.bytes), lit("boundary=\"")) + strlen("boundary=\"");
        size_t end = bytes_index(buf_view(&m.bytes), '"', at);
        snprintf(boundary, sizeof boundary, "%.*s", (int)(end - at), (const char *)m.bytes.p + at);
        assert_int_equal(m.parts, 3);
        assert_null(strstr((const char *)f.mail_back.p, boundary));
        free_made(&m);
        snprintf(mail, sizeof mail, "Subject: x\r\n\r\n--%s--\r\nBcc: x\r\n", boundary);
        f.mail_back = bytes_of(mail);
    }
}

static void forms_are_known_by_their_names(void **state)
{
    (void)state;
    enum machine which;
    assert_true(machine_parse("xarf", &which) && which == MACHINE_XARF);
    assert_true(machine_parse("none", &which) && which == MACHINE_NONE);
    assert_false(machine_parse("XARF", &which));
    assert_false(machine_parse("", &which));
}

static int set_up(void **state)
{
    (void)state;
    message_begin();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    message_end();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_a_relay_xarf_says_misconfiguration),
        cmocka_unit_test(it_says_what_exactly_was_found_by_our_names_of_it),
        cmocka_unit_test(of_a_proxy_xarf_says_open_service),
        cmocka_unit_test(a_report_has_the_same_number_each_time_and_another_for_each_case),
        cmocka_unit_test(arf_has_the_mail_that_came_back),
        cmocka_unit_test(arf_of_a_mail_that_can_not_stand_there_has_its_header),
        cmocka_unit_test(arf_about_what_is_no_relay_is_xarf),
        cmocka_unit_test(intelmq_is_one_line),
        cmocka_unit_test(none_is_one_text),
        cmocka_unit_test(about_a_server_that_is_closed_there_is_none),
        cmocka_unit_test(nothing_that_comes_back_makes_a_part_or_a_field),
        cmocka_unit_test(the_boundary_is_in_no_part),
        cmocka_unit_test(forms_are_known_by_their_names),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
