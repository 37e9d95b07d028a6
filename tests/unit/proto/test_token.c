#include "proto/token.h"

#include "exact.h"

#include <stdio.h>

static const unsigned char run_key[TOKEN_KEY] = {
    0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
    16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
};
static const struct token_family ours = {.run_key = run_key};
static const unsigned char other_key[TOKEN_KEY] = {1};
static const unsigned char job[TOKEN_JOB] = "@ABCDEFGH";

/* Computed with another BLAKE2b and another base32. */
static const char known[] = "ibaueq2eivdeosahe7nm23yik5fgf2ps";
static const char known_answer[] = "3a8e60eee2e523f54d0854ee26db29e6";

static struct token token_of(uint8_t attempt)
{
    struct token_seed seed = token_seed_of(run_key, job);
    return token_make(&seed, attempt);
}

static void a_token_has_a_known_value(void **state)
{
    char text[TOKEN_TEXT];
    (void)state;
    struct token t = token_of(7);
    assert_string_equal(token_text(&t, text), known);
}

static void a_token_made_with_the_run_s_key_is_ours(void **state)
{
    (void)state;
    for (int attempt = 0; attempt < 256; attempt++) {
        struct token t = token_of((uint8_t)attempt);
        assert_true(token_is_ours(run_key, &t));
        assert_false(token_is_ours(other_key, &t));
    }
}

static void each_bit_of_a_token_counts(void **state)
{
    (void)state;
    for (unsigned bit = 0; bit < 8 * TOKEN_SIZE; bit++) {
        struct token t = token_of(1);
        t.b[bit / 8] ^= (unsigned char)(1 << bit % 8);
        assert_false(token_is_ours(run_key, &t));
    }
}

static void a_job_s_key_makes_no_token_of_another_job(void **state)
{
    (void)state;
    struct token_seed seed = token_seed_of(run_key, job);
    seed.job[0] ^= 1;
    struct token t = token_make(&seed, 1);
    assert_false(token_is_ours(run_key, &t));
}

static void keys_macs_and_answers_have_nothing_in_common(void **state)
{
    char answer[33];
    char key[33];
    char mac[21];
    (void)state;
    struct token_seed seed = token_seed_of(run_key, job);
    struct token t = token_of(1);
    token_answer(run_key, &t, bytes_of(""), bytes_of(""), answer);
    for (int i = 0; i < 16; i++)
        snprintf(key + 2 * i, 3, "%02x", seed.key[i]);
    for (int i = 0; i < 10; i++)
        snprintf(mac + 2 * i, 3, "%02x", t.b[10 + i]);
    assert_null(strstr(answer, mac));
    assert_null(strstr(key, mac));
    assert_string_not_equal(answer, key);
}

static void text_and_token_are_one_to_one(void **state)
{
    static const struct {
        unsigned char byte;
        const char *text;
    } rows[] = {
        {0x00, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
        {0xff, "77777777777777777777777777777777"},
        {0x11, "ceirceirceirceirceirceirceirceir"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct token t;
        struct token again;
        char text[TOKEN_TEXT];
        memset(t.b, rows[i].byte, sizeof t.b);
        assert_string_equal(token_text(&t, text), rows[i].text);
        struct exact e = exact_of(bytes_of(text));
        assert_true(token_parse(e.view, &again));
        assert_memory_equal(again.b, t.b, TOKEN_SIZE);
        free(e.block);
    }
}

static void case_does_not_matter(void **state)
{
    struct token lower;
    struct token upper;
    (void)state;
    assert_true(token_parse(bytes_of("abcdefghijklmnopqrstuvwxyz234567"), &lower));
    assert_true(token_parse(bytes_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), &upper));
    assert_memory_equal(lower.b, upper.b, TOKEN_SIZE);
}

static void what_is_not_32_letters_is_no_token(void **state)
{
    static const char *const texts[] = {
        "",
        "abcdefghijklmnopqrstuvwxyz23456",
        "abcdefghijklmnopqrstuvwxyz2345677",
        "abcdefghijklmnopqrstuvwxyz23456=",
        "abcdefghijklmnopqrstuvwxyz234568",
        "abcdefghijklmnopqrstuvwxyz234560",
        "1bcdefghijklmnopqrstuvwxyz234567",
        " bcdefghijklmnopqrstuvwxyz234567",
    };
    struct token t;
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_false(token_parse(bytes_of(texts[i]), &t));
    assert_false(token_parse(LITERAL("abcdefghijklmnop\0qrstuvwxyz23456"), &t));
}

static bool finds(const char *before, const char *token, const char *after)
{
    char in[400];
    struct token t = {0};
    struct token wanted = token_of(7);
    snprintf(in, sizeof in, "%s%s%s", before, token, after);
    struct exact e = exact_of(bytes_of(in));
    bool found = token_find(&ours, e.view, &t);
    free(e.block);
    if (found)
        assert_memory_equal(t.b, wanted.b, TOKEN_SIZE);
    return found;
}

static void a_token_is_found_where_it_stands_alone(void **state)
{
    (void)state;
    assert_true(finds("", known, ""));
    assert_true(finds("RCPT TO:<", known, "@sink.example>"));
    assert_true(finds("/", known, " HTTP/1.1"));
    assert_true(finds("abcdefghijklmnopqrstuvwxyz234567\r\n", known, "\r\n"));
    assert_true(finds("8", known, "9"));
    assert_false(finds("x", known, ""));
    assert_false(finds("", known, "x"));
    assert_false(finds("", known + 1, ""));
    assert_false(finds("", "", ""));
    assert_false(token_find(&ours, bytes_at(NULL, 0), &(struct token){0}));
}

static void a_long_run_of_letters_holds_no_token(void **state)
{
    struct token t;
    struct buf text = padded(known, 'a', 1 << 20, known);
    (void)state;
    assert_false(token_find(&ours, buf_view(&text), &t));
    buf_put_text(&text, " ");
    buf_put_text(&text, known);
    assert_true(token_find(&ours, buf_view(&text), &t));
    buf_free(&text);
}

static void the_answer_is_bound_to_token_peer_time_and_key(void **state)
{
    char answer[33];
    char other[33];
    struct bytes peer = bytes_of("127.0.0.1");
    struct bytes when = bytes_of("2026-11-24T02:10:16.123456Z");
    (void)state;
    struct token t = token_of(7);
    struct token second = token_of(8);
    token_answer(run_key, &t, peer, when, answer);
    assert_string_equal(answer, known_answer);
    token_answer(run_key, &second, peer, when, other);
    assert_string_not_equal(answer, other);
    token_answer(run_key, &t, bytes_of("127.0.0.2"), when, other);
    assert_string_not_equal(answer, other);
    token_answer(run_key, &t, peer, bytes_of("2026-11-24T02:10:16.123457Z"), other);
    assert_string_not_equal(answer, other);
    token_answer(other_key, &t, peer, when, other);
    assert_string_not_equal(answer, other);
}

static void peer_and_time_can_not_run_into_each_other(void **state)
{
    char one[33];
    char two[33];
    (void)state;
    struct token t = token_of(7);
    token_answer(run_key, &t, bytes_of("ab"), bytes_of("c"), one);
    token_answer(run_key, &t, bytes_of("a"), bytes_of("bc"), two);
    assert_string_not_equal(one, two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_token_has_a_known_value),
        cmocka_unit_test(a_token_made_with_the_run_s_key_is_ours),
        cmocka_unit_test(each_bit_of_a_token_counts),
        cmocka_unit_test(a_job_s_key_makes_no_token_of_another_job),
        cmocka_unit_test(keys_macs_and_answers_have_nothing_in_common),
        cmocka_unit_test(text_and_token_are_one_to_one),
        cmocka_unit_test(case_does_not_matter),
        cmocka_unit_test(what_is_not_32_letters_is_no_token),
        cmocka_unit_test(a_token_is_found_where_it_stands_alone),
        cmocka_unit_test(a_long_run_of_letters_holds_no_token),
        cmocka_unit_test(the_answer_is_bound_to_token_peer_time_and_key),
        cmocka_unit_test(peer_and_time_can_not_run_into_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
