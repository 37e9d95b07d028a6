#include "evidence/hide.h"
#include "temp.h"

/* Hides `text` in a file of this name; the parts that are hidden then, as "0110". */
static const char *hidden(const char *name, const char *content, const char *text, char out[64])
{
    struct fail fail = {0};
    struct hide h;
    bool found;
    struct part_file file = {name, bytes_of(content)};
    assert_true(hide_begin(&h, &file, 1, &fail));
    if (!hide_text(&h, bytes_of(text), &found, &fail))
        fail_msg("%s", fail.text);
    for (uint64_t i = 0; i < h.parts; i++)
        out[i] = h.hidden[i] ? '1' : '0';
    out[h.parts] = '\0';
    assert_int_equal(found, strchr(out, '1') != NULL);
    hide_free(&h);
    return out;
}

#define MAIL "receipts/r-0.eml"

static void a_line_that_holds_the_text_is_hidden(void **state)
{
    (void)state;
    char out[64];
    assert_string_equal(hidden(MAIL, "a\nfor <bob@x.example>\nb\n", "bob@x.example", out), "010");
    assert_string_equal(hidden(MAIL, "a\nfor <BOB@X.Example>\nb\n", "bob@x.example", out), "010");
    assert_string_equal(hidden(MAIL, "a\nb\n", "bob@x.example", out), "00");
}

/* Letters that ASCII lacks, a pair of which one is longer (the sign for kelvin), and one with two small forms. */
static void letters_of_all_alphabets_are_found_in_either_case(void **state)
{
    (void)state;
    char out[64];
    assert_string_equal(hidden(MAIL, "a\nBj\u00f8rn\nBJ\u00d8RN\nBjorn\n", "BJ\u00d8RN", out),
                        "0110");
    assert_string_equal(
        hidden(MAIL, "\u0416\u0423\u041a\n\u0436\u0443\u043a\n", "\u0436\u0443\u043a", out), "11");
    assert_string_equal(hidden(MAIL, "x\u212am\nxKm\nxkm\n", "XKM", out), "111");
    assert_string_equal(
        hidden(MAIL, "\u03bb\u03bf\u03c2\n\u039b\u039f\u03a3\n", "\u03bb\u03bf\u03c3", out), "11");
    assert_string_equal(hidden(MAIL, "\U00010428\n\U00010400\n", "\U00010400", out), "11");
}

static void bytes_that_are_no_utf_8_are_found_as_they_are(void **state)
{
    (void)state;
    char out[64];
    assert_string_equal(hidden(MAIL, "Bj\xf8rn\nBj\xd8rn\n", "bJ\xf8RN", out), "10");
    assert_string_equal(hidden(MAIL, "\u00f8\n\u00d8\n", "\xc3\xb8", out), "11");
    assert_string_equal(hidden(MAIL, "\u00f8\n\u00e8\n", "\xc3", out), "11");
    assert_string_equal(hidden(MAIL, "\u00f8\n\u00e8\n", "\xb8", out), "10");
}

static void a_text_broken_over_lines_is_found(void **state)
{
    (void)state;
    char out[64];
    assert_string_equal(hidden(MAIL, "To: bob@\r\n x.example\r\n", "bob@x.example", out), "11");
    assert_string_equal(hidden(MAIL, "hello bob@x.ex=\r\nample\r\nend\r\n", "bob@x.example", out),
                        "110");
}

static void a_text_that_goes_on_behind_a_replys_code_is_found(void **state)
{
    (void)state;
    char out[64];
    assert_string_equal(hidden(MAIL, "250-for bob@\r\n250 x.example ok\r\n", "bob@x.example", out),
                        "11");
    assert_string_equal(
        hidden("tape.jsonl",
               "{\"t\":1,\"op\":\"recv\",\"c\":1,\"data\":\"550-no bo\"}\n"
               "{\"t\":2,\"op\":\"recv\",\"c\":1,\"data\":\"b@x\\r\\n550-.example\\r\\n\"}\n"
               "{\"t\":3,\"op\":\"recv\",\"c\":1,\"data\":\"550 end\\r\\n\"}\n",
               "bob@x.example", out),
        "110");
}

static void a_mailbox_is_found_with_its_at_sign_in_other_codings(void **state)
{
    (void)state;
    char out[64];
    assert_string_equal(hidden(MAIL,
                               "bob=40x.example\nBOB%40x.example\nmailto:bob&#64;x.example\n"
                               "bob&#X40;x.example\nbob x.example\n",
                               "bob@x.example", out),
                        "11110");
    assert_string_equal(hidden(MAIL, "bob=40x.exam=\r\nple\r\nend\r\n", "bob@x.example", out),
                        "110");
    assert_string_equal(hidden(MAIL, "=40\n%40\n", "bob", out), "00");
}

/* printf 'to: bob@x.example.' | base64, at the three alignments */
static void a_text_in_base64_is_found_at_each_alignment(void **state)
{
    (void)state;
    char out[64];
    assert_string_equal(hidden(MAIL, "Ym9iQHguZXhhbXBsZQ==\n", "bob@x.example", out), "1");
    assert_string_equal(hidden(MAIL, "LGJvYkB4LmV4YW1wbGUu\n", "bob@x.example", out), "1");
    assert_string_equal(hidden(MAIL, "LCxib2JAeC5leGFtcGxlLi4=\n", "bob@x.example", out), "1");
    assert_string_equal(hidden(MAIL, "LCxib2JA\r\neC5leGFtcGxlLi4=\n", "bob@x.example", out), "11");
}

static void json_escapes_hide_nothing(void **state)
{
    (void)state;
    char out[64];
    assert_string_equal(
        hidden("tape.jsonl", "{\"data\":\"b\\u006fb\"}\n{\"data\":\"x\"}\n", "bob", out), "10");
    assert_string_equal(hidden("case.json", "{\"a\":1,\"b\":\"say \\\"hi\\\"\"}\n", "\"hi\"", out),
                        "01");
}

/* As bytes, as tapes have them, and as words; an emoji is two halves. */
static void escapes_of_letters_hide_nothing_in_either_case(void **state)
{
    (void)state;
    char out[64];
    assert_string_equal(
        hidden("tape.jsonl", "{\"a\":\"bj\\u00c3\\u00b8rn\"}\n{}\n", "BJ\u00d8RN", out), "10");
    assert_string_equal(
        hidden("case.json", "{\"a\":\"bj\\u00f8rn\",\"b\":\"\\u0416\"}\n", "BJ\u00d8RN", out),
        "10");
    assert_string_equal(
        hidden("case.json", "{\"a\":\"bj\\u00f8rn\",\"b\":\"\\u0416\"}\n", "\u0436", out), "01");
    assert_string_equal(
        hidden("case.json", "{\"a\":\"\\uD83D\\ude00\",\"b\":\"\\ud83d\"}\n", "\U0001f600", out),
        "10");
}

static void a_text_over_two_records_of_a_connection_is_found(void **state)
{
    (void)state;
    char out[64];
    const char *tape = "{\"t\":1,\"op\":\"recv\",\"c\":1,\"data\":\"250 bob@x.\"}\n"
                       "{\"t\":2,\"op\":\"recv\",\"c\":2,\"data\":\"250 \"}\n"
                       "{\"t\":3,\"op\":\"send\",\"c\":1,\"data\":\"QUIT\"}\n"
                       "{\"t\":4,\"op\":\"recv\",\"c\":1,\"data\":\"example\"}\n";
    assert_string_equal(hidden("tape.jsonl", tape, "bob@x.example", out), "1001");
}

static void a_name_in_a_dns_answer_is_found(void **state)
{
    (void)state;
    char out[64];
    const char *tape = "{\"t\":1,\"op\":\"answer\",\"from\":\"127.0.0.1:53\",\"data\":"
                       "\"\\u0000\\u0002mx\\u0001x\\u0007example\\u0000\"}\n";
    assert_string_equal(hidden("tape.jsonl", tape, "mx.x.example", out), "1");
    assert_string_equal(hidden("tape.jsonl", tape, "my.x.example", out), "0");
}

static void the_digest_of_a_receipt_is_hidden_with_its_line(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct hide h;
    bool found;
    char content[512];
    unsigned char digest[SHA256_SIZE];
    char hex[SHA256_HEX];
    sha256_of(bytes_of("bob\n"), digest);
    hash_hex(digest, SHA256_SIZE, hex);
    snprintf(content, sizeof content, "{\"digest\":\"%s\"}\n{}\n", hex);
    struct part_file files[] = {{MAIL, bytes_of("bob\n")}, {"tape.jsonl", bytes_of(content)}};
    assert_true(hide_begin(&h, files, 2, &fail));
    assert_true(hide_text(&h, bytes_of("bob"), &found, &fail) && found);
    assert_memory_equal(h.hidden, "\1\0\0", 3);
    assert_true(hide_digests(&h, &fail));
    assert_memory_equal(h.hidden, "\1\1\0", 3);
    hide_free(&h);
}

/* Mail, tape, case.json: each holds the digest of the one before, and the text stands in the mail alone. */
static void digests_are_hidden_from_file_to_file(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct hide h;
    bool found;
    char tape[512];
    char json[512];
    unsigned char digest[SHA256_SIZE];
    char hex[SHA256_HEX];
    sha256_of(bytes_of("bob\n"), digest);
    hash_hex(digest, SHA256_SIZE, hex);
    snprintf(tape, sizeof tape, "{\"digest\":\"%s\"}\n{}\n", hex);
    sha256_of(bytes_of(tape), digest);
    hash_hex(digest, SHA256_SIZE, hex);
    snprintf(json, sizeof json, "{\"tape_sha256\":\"%s\"}\n", hex);
    struct part_file files[] = {
        {"case.json", bytes_of(json)}, {MAIL, bytes_of("bob\n")}, {"tape.jsonl", bytes_of(tape)}};
    assert_true(hide_begin(&h, files, 3, &fail));
    assert_true(hide_text(&h, bytes_of("bob"), &found, &fail) && found);
    assert_true(hide_digests(&h, &fail));
    assert_memory_equal(h.hidden, "\1\1\1\0", 4);
    hide_free(&h);
}

/* What can't be searched is not passed over. */
static void a_tape_with_too_many_connections_is_refused(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct hide h;
    bool found;
    struct part_file file = {"tape.jsonl",
                             bytes_of("{\"t\":1,\"op\":\"recv\",\"c\":60000,\"data\":\"bo\"}\n"
                                      "{\"t\":2,\"op\":\"recv\",\"c\":60000,\"data\":\"b\"}\n")};
    assert_true(hide_begin(&h, &file, 1, &fail));
    assert_false(hide_text(&h, bytes_of("bob"), &found, &fail));
    assert_non_null(strstr(fail.text, "a connection beyond number 1024"));
    hide_free(&h);
}

static void lines_of_the_tape_are_hidden_by_number(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct hide h;
    struct part_file files[] = {{"case.json", bytes_of("{\"a\":1}\n")},
                                {"tape.jsonl", bytes_of("1\n2\n3\n")}};
    assert_true(hide_begin(&h, files, 2, &fail));
    assert_true(hide_lines(&h, 2, 3));
    assert_memory_equal(h.hidden, "\0\0\1\1", 4);
    assert_false(hide_lines(&h, 3, 4));
    hide_free(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_that_holds_the_text_is_hidden),
        cmocka_unit_test(letters_of_all_alphabets_are_found_in_either_case),
        cmocka_unit_test(bytes_that_are_no_utf_8_are_found_as_they_are),
        cmocka_unit_test(a_text_broken_over_lines_is_found),
        cmocka_unit_test(a_text_that_goes_on_behind_a_replys_code_is_found),
        cmocka_unit_test(a_text_in_base64_is_found_at_each_alignment),
        cmocka_unit_test(a_mailbox_is_found_with_its_at_sign_in_other_codings),
        cmocka_unit_test(json_escapes_hide_nothing),
        cmocka_unit_test(escapes_of_letters_hide_nothing_in_either_case),
        cmocka_unit_test(a_text_over_two_records_of_a_connection_is_found),
        cmocka_unit_test(a_name_in_a_dns_answer_is_found),
        cmocka_unit_test(the_digest_of_a_receipt_is_hidden_with_its_line),
        cmocka_unit_test(digests_are_hidden_from_file_to_file),
        cmocka_unit_test(a_tape_with_too_many_connections_is_refused),
        cmocka_unit_test(lines_of_the_tape_are_hidden_by_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
