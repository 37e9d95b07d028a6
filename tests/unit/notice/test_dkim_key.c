#include "notice/dkim_key.h"

#include "notice_test.h"

#include "base/base64.h"
#include "base/file.h"
#include "notice/dkim_text.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* RFC 8463, appendix A: the secret keys (that of Ed25519 as PKCS #8), and a mail that both have signed. */
#define ED25519                                                                                    \
    "-----BEGIN PRIVATE KEY-----\n"                                                                \
    "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"                           \
    "-----END PRIVATE KEY-----\n"
#define RSA                                                                                        \
    "-----BEGIN RSA PRIVATE KEY-----\n"                                                            \
    "MIICXQIBAAKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQi\n"                           \
    "Y/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqM\n"                           \
    "KrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB\n"                           \
    "AoGAH0cxOhFZDgzXWhDhnAJDw5s4roOXN4OhjiXa8W7Y3rhX3FJqmJSPuC8N9vQm\n"                           \
    "6SVbaLAE4SG5mLMueHlh4KXffEpuLEiNp9Ss3O4YfLiQpbRqE7Tm5SxKjvvQoZZe\n"                           \
    "zHorimOaChRL2it47iuWxzxSiRMv4c+j70GiWdxXnxe4UoECQQDzJB/0U58W7RZy\n"                           \
    "6enGVj2kWF732CoWFZWzi1FicudrBFoy63QwcowpoCazKtvZGMNlPWnC7x/6o8Gc\n"                           \
    "uSe0ga2xAkEA8C7PipPm1/1fTRQvj1o/dDmZp243044ZNyxjg+/OPN0oWCbXIGxy\n"                           \
    "WvmZbXriOWoSALJTjExEgraHEgnXssuk7QJBALl5ICsYMu6hMxO73gnfNayNgPxd\n"                           \
    "WFV6Z7ULnKyV7HSVYF0hgYOHjeYe9gaMtiJYoo0zGN+L3AAtNP9huqkWlzECQE1a\n"                           \
    "licIeVlo1e+qJ6Mgqr0Q7Aa7falZ448ccbSFYEPD6oFxiOl9Y9se9iYHZKKfIcst\n"                           \
    "o7DUw1/hz2Ck4N5JrgUCQQCyKveNvjzkkd8HjYs0SwM0fPjK16//5qDZ2UiDGnOe\n"                           \
    "uEzxBDAr518Z8VFbR41in3W4Y3yCDgQlLlcETrS+zYcL\n"                                               \
    "-----END RSA PRIVATE KEY-----\n"
#define WITH_PASSWORD                                                                              \
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"                                                      \
    "MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhfaFYex/jbUgICCAAw\n"                           \
    "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEELY70j21ijsW9hmleLozWBgEQLVn\n"                           \
    "+LtTtEqv3g1LepqTSm7bXWsQ3oqMh3xDg5N50YW641my8UO7vldAe8RG5YW/Elx/\n"                           \
    "m/z7TFiIFXqv8lxj3oI=\n"                                                                       \
    "-----END ENCRYPTED PRIVATE KEY-----\n"
#define HEADER                                                                                     \
    "From: Joe SixPack <joe@football.example.com>\r\n"                                             \
    "To: Suzie Q <suzie@shopping.example.net>\r\n"                                                 \
    "Subject: Is dinner ready?\r\n"                                                                \
    "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n"                                              \
    "Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n"
#define SIGNED_BY_ED25519                                                                          \
    "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n"                                \
    " d=football.example.com; i=@football.example.com;\r\n"                                        \
    " q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n"                                      \
    " subject : date : message-id : from : subject : date;\r\n"                                    \
    " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"                                        \
    " b="
#define SIGNED_BY_RSA                                                                              \
    "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n"                                    \
    " d=football.example.com; i=@football.example.com;\r\n"                                        \
    " q=dns/txt; s=test; t=1528637909; h=from : to : subject :\r\n"                                \
    " date : message-id : from : subject : date;\r\n"                                              \
    " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"                                        \
    " b="

static char path[64];

static void write_key(const char *text, unsigned mode)
{
    struct fail fail;
    unlink(path);
    if (!file_create(path, lit(text), &fail))
        fail_msg("%s", fail.text);
    assert_int_equal(chmod(path, mode), 0);
}

static void assert_refused(const char *text, unsigned mode, const char *code)
{
    struct fail fail = {0};
    write_key(text, mode);
    assert_null(dkim_key_load(path, &fail));
    assert_string_equal(fail.code, code);
    assert_non_null(strstr(fail.text, path));
}

static void assert_signs(const char *key_text, const char *algorithm, const char *unsigned_field,
                         const char *expected)
{
    static const char *const names[] = {"from",       "to",   "subject", "date",
                                        "message-id", "from", "subject", "date"};
    struct fail fail = {0};
    struct buf hashed = buf_new(4096);
    struct buf raw = buf_new(4096);
    struct buf text = buf_new(4096);
    write_key(key_text, 0600);
    struct dkim_key *key = dkim_key_load(path, &fail);
    assert_non_null(key);
    assert_string_equal(dkim_key_algorithm(key), algorithm);
    dkim_put_hashed(&hashed, lit(HEADER), names, 8, lit(unsigned_field));
    assert_true(dkim_key_open(key, &fail));
    assert_true(dkim_key_sign(key, buf_view(&hashed), &raw, &fail));
    dkim_key_close(key);
    base64_put(&text, buf_view(&raw));
    assert_string_equal(buf_text(&text), expected);
    dkim_key_free(key);
    buf_free(&hashed);
    buf_free(&raw);
    buf_free(&text);
}

static void ed25519_signs_as_in_rfc_8463(void **state)
{
    (void)state;
    assert_signs(ED25519, "ed25519-sha256", SIGNED_BY_ED25519,
                 "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus"
                 "Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==");
}

static void rsa_signs_as_in_rfc_8463(void **state)
{
    (void)state;
    assert_signs(RSA, "rsa-sha256", SIGNED_BY_RSA,
                 "F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3"
                 "DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz"
                 "dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=");
}

static void a_key_that_others_can_read_is_refused(void **state)
{
    (void)state;
    assert_refused(ED25519, 0644, "EMODE");
    assert_refused(ED25519, 0620, "EMODE");
}

static void what_is_no_key_is_refused(void **state)
{
    (void)state;
    assert_refused("", 0600, "EFORMAT");
    assert_refused("no key\n", 0600, "EFORMAT");
    assert_refused("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", 0600,
                   "EFORMAT");
}

static void a_key_with_a_password_says_so(void **state)
{
    (void)state;
    struct fail fail = {0};
    write_key(WITH_PASSWORD, 0600);
    assert_null(dkim_key_load(path, &fail));
    assert_string_equal(fail.code, "EFORMAT");
    assert_non_null(strstr(fail.text, "password"));
}

static int set_up(void **state)
{
    (void)state;
    snprintf(path, sizeof path, "/tmp/test_dkim_key.%ld", (long)getpid());
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(path);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ed25519_signs_as_in_rfc_8463),
        cmocka_unit_test(rsa_signs_as_in_rfc_8463),
        cmocka_unit_test(a_key_that_others_can_read_is_refused),
        cmocka_unit_test(what_is_no_key_is_refused),
        cmocka_unit_test(a_key_with_a_password_says_so),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
