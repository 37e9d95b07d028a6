#include "notice/message.h"

#include "notice_test.h"

#include <gmime/gmime.h>

/* A letter of given text; the rest as a real one. */
static struct letter small_letter(const char *text)
{
    struct letter letter = {.subject = lit("Gjør deres server sikker"),
                            .languages = lit("nb, en"),
                            .from_name = lit("Prosjektet «Gjør deres server sikker»"),
                            .from_address = lit("project@example.org"),
                            .reply_to = lit("answers@example.org"),
                            .text = buf_new(65536)};
    buf_put_text(&letter.text, text);
    return letter;
}

static struct buf put(struct letter *letter, const char *to)
{
    struct buf out = buf_new(1024 * 1024);
    struct fail fail = {0};
    struct message_envelope envelope = {
        .to = to, .when = (instant)1795486216 * SPAN_SECOND, .id = lit("c-1.2a")};
    if (!message_put(&out, letter, &envelope, &fail))
        fail_msg("%s", fail.text);
    letter_free(letter);
    return out;
}

static void assert_contains(const struct buf *message, const char *text)
{
    if (bytes_find(buf_view(message), bytes_of(text)) == BYTES_NOT_FOUND)
        fail_msg("not in the message: %s", text);
}

/* The text as a mail program that knows MIME gets it back. */
static char *decoded(const struct buf *message)
{
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer((const char *)message->p, message->n);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *parsed = g_mime_parser_construct_message(parser, NULL);
    assert_non_null(parsed);
    GMimeObject *part = g_mime_message_get_mime_part(parsed);
    char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
    g_object_unref(parsed);
    g_object_unref(parser);
    g_object_unref(stream);
    return text;
}

static void the_header_is_complete(void **state)
{
    (void)state;
    struct letter letter = small_letter("Hei\n");
    struct buf out = put(&letter, NULL);
    assert_contains(&out, "Date: Tue, 24 Nov 2026 02:10:16 +0000\r\n");
    assert_contains(&out, "\r\nTo: undisclosed-recipients: ;\r\n");
    assert_contains(&out, "<project@example.org>\r\n");
    assert_contains(&out, "<answers@example.org>\r\n");
    assert_contains(&out, "\r\nMessage-ID: <c-1.2a@example.org>\r\n");
    assert_contains(&out, "\r\nAuto-Submitted: auto-generated\r\n");
    assert_contains(&out, "\r\nMIME-Version: 1.0\r\n");
    assert_contains(&out, "\r\nContent-Type: text/plain; charset=utf-8\r\n");
    assert_contains(&out, "\r\nContent-Language: nb, en\r\n");
    buf_free(&out);
}

static void the_header_is_ascii_in_encoded_words(void **state)
{
    (void)state;
    struct letter letter = small_letter("Hei\n");
    struct buf out = put(&letter, NULL);
    assert_contains(&out, "\r\nSubject: =?UTF-8?");
    for (size_t i = 0; i < out.n; i++)
        assert_true(out.p[i] < 0x80);
    buf_free(&out);
}

static void every_line_ends_in_crlf_and_is_short(void **state)
{
    (void)state;
    struct letter letter =
        small_letter("Åååååååååååååååååååååååååååååååååååååååååååååå ååååå\n\nHei\n");
    struct buf out = put(&letter, NULL);
    struct bytes rest = buf_view(&out);
    for (struct bytes line; next_line(&rest, &line);) {
        assert_true(line.n > 0 && line.p[line.n - 1] == '\r');
        assert_true(line.n <= 79);
        assert_int_equal(bytes_index(line, '\r', 0), line.n - 1);
    }
    buf_free(&out);
}

static void assert_comes_back(const char *text, const char *encoding)
{
    struct letter letter = small_letter(text);
    struct buf out = put(&letter, NULL);
    assert_contains(&out, encoding);
    char *back = decoded(&out);
    char *end = NULL;
    while ((end = strstr(back, "\r\n"))) /* base64 carries the canonical line ends */
        memmove(end, end + 1, strlen(end));
    assert_string_equal(back, text);
    g_free(back);
    buf_free(&out);
}

static void mostly_latin_text_is_quoted_printable(void **state)
{
    (void)state;
    assert_comes_back("Til den som har ansvaret for serveren = på 192.0.2.1\n\n- en\n.\nFrom x \n",
                      "Content-Transfer-Encoding: quoted-printable\r\n");
}

static void mostly_other_text_is_base64(void **state)
{
    (void)state;
    assert_comes_back("Открытый почтовый сервер\nОткрытый прокси\n",
                      "Content-Transfer-Encoding: base64\r\n");
}

static void the_operator_can_give_the_recipient(void **state)
{
    (void)state;
    struct letter letter = small_letter("Hei\n");
    struct buf out = put(&letter, "abuse@example.net");
    assert_contains(&out, "\r\nTo: abuse@example.net\r\n");
    buf_free(&out);
}

static void only_one_mailbox_is_a_recipient(void **state)
{
    (void)state;
    assert_true(message_is_mailbox("abuse@example.net"));
    assert_true(message_is_mailbox("Abuse <abuse@example.net>"));
    assert_false(message_is_mailbox(""));
    assert_false(message_is_mailbox("abuse"));
    assert_false(message_is_mailbox("@example.net"));
    assert_false(message_is_mailbox("a@example.net, b@example.net"));
    assert_false(message_is_mailbox("a@example.net\r\nBcc: b@example.net"));
    assert_false(message_is_mailbox("group: a@example.net;"));
}

static void a_field_that_is_not_printable_is_refused(void **state)
{
    (void)state;
    struct letter letter = small_letter("Hei\n");
    struct buf out = buf_new(65536);
    struct fail fail = {0};
    struct message_envelope envelope = {.id = lit("c-1")};
    letter.subject = lit("a\r\nBcc: x@example.org");
    assert_false(message_put(&out, &letter, &envelope, &fail));
    assert_string_equal(fail.code, "EFORMAT");
    letter_free(&letter);
    buf_free(&out);
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
        cmocka_unit_test(the_header_is_complete),
        cmocka_unit_test(the_header_is_ascii_in_encoded_words),
        cmocka_unit_test(every_line_ends_in_crlf_and_is_short),
        cmocka_unit_test(mostly_latin_text_is_quoted_printable),
        cmocka_unit_test(mostly_other_text_is_base64),
        cmocka_unit_test(the_operator_can_give_the_recipient),
        cmocka_unit_test(only_one_mailbox_is_a_recipient),
        cmocka_unit_test(a_field_that_is_not_printable_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
