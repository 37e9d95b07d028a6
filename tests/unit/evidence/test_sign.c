#include "evidence/sign.h"
#include "temp.h"

static void must(bool ok, const struct fail *fail)
{
    if (!ok)
        fail_msg("%s", fail->text);
}

/* A new key, its files a.key and a.pub, and the text of its signature of "hello\n". */
static struct public_key sign_hello(struct buf *out, const char *comment)
{
    struct fail fail = {0};
    struct secret_key *key = secret_key_new(&fail);
    *out = buf_new(20000);
    must(secret_key_save(key, NULL, "a.key", "a.pub", &fail), &fail);
    must(sign_put(out, key, bytes_of("hello\n"), comment, &fail), &fail);
    struct public_key public = secret_key_public(key);
    secret_key_free(key);
    return public;
}

static void minisign_accepts_our_signature(void **state)
{
    (void)state;
    struct buf text;
    sign_hello(&text, "who:we\twhy:test");
    write_file("f", "hello\n", 6);
    write_file("f.minisig", text.p, text.n);
    assert_runs("minisign -V -H -p a.pub -m f && "
                "test \"$(minisign -VQ -p a.pub -m f)\" = \"$(printf 'who:we\\twhy:test')\"");
    buf_free(&text);
}

static void a_signature_of_minisign_is_accepted(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct public_key key;
    struct signature s;
    unsigned char text[2000];
    write_file("f", "hello\n", 6);
    assert_runs("minisign -G -W -p a.pub -s a.key && minisign -S -s a.key -t 'a comment' -m f");
    size_t n = read_file("f.minisig", text, sizeof text);
    must(public_key_load("a.pub", &key, &fail), &fail);
    must(signature_parse(bytes_at(text, n), &s, &fail), &fail);
    must(signature_check(&s, &key, bytes_of("hello\n"), &fail), &fail);
    assert_true(bytes_equal_text(s.trusted_comment, "a comment"));
    assert_true(bytes_equal_text(s.untrusted_comment, "signature from minisign secret key"));
}

static void an_old_signature_of_minisign_is_refused(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct signature s;
    unsigned char text[2000];
    write_file("f", "hello\n", 6);
    assert_runs("minisign -G -W -p a.pub -s a.key && minisign -S -l -s a.key -m f");
    size_t n = read_file("f.minisig", text, sizeof text);
    assert_false(signature_parse(bytes_at(text, n), &s, &fail));
    assert_non_null(strstr(fail.text, "not prehashed"));
}

static void changed_content_is_refused(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct signature s;
    struct buf text;
    struct public_key key = sign_hello(&text, "c");
    must(signature_parse(buf_view(&text), &s, &fail), &fail);
    assert_false(signature_check(&s, &key, bytes_of("hellO\n"), &fail));
    assert_string_equal(fail.code, "ESIGNATURE");
    buf_free(&text);
}

static void a_changed_trusted_comment_is_refused_as_such(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct signature s;
    struct buf text;
    struct public_key key = sign_hello(&text, "c");
    must(signature_parse(buf_view(&text), &s, &fail), &fail);
    s.trusted_comment = bytes_of("d");
    assert_false(signature_check(&s, &key, bytes_of("hello\n"), &fail));
    assert_non_null(strstr(fail.text, "trusted comment"));
    buf_free(&text);
}

static void the_comment_of_another_signature_does_not_fit(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct signature s;
    struct signature other;
    struct buf first = buf_new(2000);
    struct buf second = buf_new(2000);
    struct secret_key *key = secret_key_new(&fail);
    struct public_key public = secret_key_public(key);
    must(sign_put(&first, key, bytes_of("hello\n"), "one", &fail), &fail);
    must(sign_put(&second, key, bytes_of("goodbye\n"), "two", &fail), &fail);
    must(signature_parse(buf_view(&first), &s, &fail), &fail);
    must(signature_parse(buf_view(&second), &other, &fail), &fail);
    s.trusted_comment = other.trusted_comment;
    memcpy(s.global, other.global, sizeof s.global);
    assert_false(signature_check(&s, &public, bytes_of("hello\n"), &fail));
    secret_key_free(key);
    buf_free(&first);
    buf_free(&second);
}

static void comments_must_be_one_line(void **state)
{
    (void)state;
    static const char *const comments[] = {"a\nb",
                                           "a\rb",
                                           "\x1b[1m",
                                           "\xff",
                                           "\x7f",
                                           "\xc2\x9b"
                                           "1m",
                                           "\xe2\x80\xae"
                                           "gnp.exe"};
    for (size_t i = 0; i < sizeof comments / sizeof comments[0]; i++) {
        struct fail fail = {0};
        struct buf out = buf_new(20000);
        struct secret_key *key = secret_key_new(&fail);
        assert_false(sign_put(&out, key, bytes_of("x"), comments[i], &fail));
        assert_int_equal(out.n, 0);
        secret_key_free(key);
        buf_free(&out);
    }
}

/* A signature that its maker has not made with us: what would reach a terminal stands in it and is not read. */
static void a_comment_that_a_terminal_would_obey_is_refused(void **state)
{
    (void)state;
    static const char *const marks[] = {"\x7f-", "\xc2\x9b", "\xc2\x85"};
    struct buf text;
    sign_hello(&text, "one XX two");
    size_t at = bytes_find(buf_view(&text), bytes_of("XX two")); /* base64 may hold an XX too */
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        struct fail fail = {0};
        struct signature s;
        memcpy(text.p + at, marks[i], 2);
        assert_false(signature_parse(buf_view(&text), &s, &fail));
        assert_string_equal(fail.text, "line 3 is no trusted comment");
    }
    buf_free(&text);
}

static void the_longest_comment_works_with_minisign(void **state)
{
    (void)state;
    struct buf text;
    char comment[8192 - 17];
    memset(comment, 'c', sizeof comment);
    comment[sizeof comment - 1 - 1] = '\0';
    sign_hello(&text, comment);
    write_file("f", "hello\n", 6);
    write_file("f.minisig", text.p, text.n);
    assert_runs("minisign -V -p a.pub -m f");
    buf_free(&text);
}

/* Each prefix, and each changed byte: none is accepted with the key and the content as they were,
 * but for the untrusted comment, which no signature covers. */
static void bent_signatures_are_refused(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct buf text;
    struct public_key key = sign_hello(&text, "c");
    struct signature s;
    for (size_t n = 0; n < text.n; n++)
        assert_false(signature_parse(bytes_at(text.p, n), &s, &fail));
    size_t comment_end = bytes_index(buf_view(&text), '\n', 0);
    for (size_t i = comment_end; i < text.n; i++) {
        for (unsigned bit = 1; bit < 256; bit *= 2) {
            text.p[i] ^= (unsigned char)bit;
            if (signature_parse(buf_view(&text), &s, &fail) &&
                signature_check(&s, &key, bytes_of("hello\n"), &fail))
                fail_msg("accepted with byte %zu changed by %u", i, bit);
            text.p[i] ^= (unsigned char)bit;
        }
    }
    buf_free(&text);
}

#define IN_TEMP(test) cmocka_unit_test_setup_teardown(test, temp_enter, temp_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TEMP(minisign_accepts_our_signature),
        IN_TEMP(a_signature_of_minisign_is_accepted),
        IN_TEMP(an_old_signature_of_minisign_is_refused),
        IN_TEMP(changed_content_is_refused),
        IN_TEMP(a_changed_trusted_comment_is_refused_as_such),
        IN_TEMP(the_comment_of_another_signature_does_not_fit),
        IN_TEMP(comments_must_be_one_line),
        IN_TEMP(a_comment_that_a_terminal_would_obey_is_refused),
        IN_TEMP(the_longest_comment_works_with_minisign),
        IN_TEMP(bent_signatures_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
