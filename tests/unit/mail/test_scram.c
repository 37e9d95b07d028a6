/* SCRAM-SHA-256 against the example of RFC 7677, section 3, and against servers that want something else. */
#include "mail_test.h"

#include "mail/scram.h"

#define NONCE  "rOprNGfwEbeRWgbNEkqO"
#define SERVER "r=" NONCE "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"

static struct scram s;
static struct buf out;
static struct fail fail;

static int set_up(void **state)
{
    (void)state;
    out = buf_new(4096);
    return scram_first(&s, "user", NONCE, &out) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    buf_free(&out);
    return 0;
}

static bool answers(const char *server_first)
{
    buf_clear(&out);
    return scram_final(&s, "pencil", bytes_of(server_first), &out, &fail);
}

static void it_is_the_example_of_the_rfc(void **state)
{
    (void)state;
    assert_string_equal(buf_text(&out), "n,,n=user,r=" NONCE);
    assert_true(answers(SERVER));
    assert_string_equal(buf_text(&out), "c=biws,r=" NONCE "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                                        "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
    assert_true(
        scram_verify(&s, bytes_of("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="), &fail));
    assert_true(s.proven);
}

static void another_signature_proves_nothing(void **state)
{
    (void)state;
    assert_true(answers(SERVER));
    assert_false(
        scram_verify(&s, bytes_of("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl99G4="), &fail));
    assert_false(scram_verify(&s, bytes_of("v="), &fail));
    assert_false(scram_verify(&s, bytes_of("e=other-error"), &fail));
    assert_false(s.proven);
}

static void what_is_no_answer_to_us_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "r=" NONCE,
                                        "r=" NONCE ",s=W22Z,i=4096",
                                        "r=other,s=W22Z,i=4096",
                                        "m=ext,r=" NONCE "x,s=W22Z,i=4096",
                                        "r=" NONCE "x,s=,i=4096",
                                        "r=" NONCE "x,s=W22Z,i=0",
                                        "r=" NONCE "x,s=W22Z,i=-1",
                                        "r=" NONCE "x,s=W22Z,i=100",
                                        "r=" NONCE "x,s=W22Z,i=1000001",
                                        "r=" NONCE "x,i=4096,s=W22Z"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(answers(wrong[i]));
        assert_string_equal(fail.code, "EPROTO");
        assert_int_equal(out.n, 0);
    }
}

static void a_name_can_have_signs_of_the_protocol(void **state)
{
    (void)state;
    buf_clear(&out);
    assert_true(scram_first(&s, "a=b,c", "n", &out));
    assert_string_equal(buf_text(&out), "n,,n=a=3Db=2Cc,r=n");
}

static void only_printable_ascii_is_taken(void **state)
{
    (void)state;
    assert_true(scram_takes("anna", "hemmelig ord"));
    assert_false(scram_takes("anna", "passørd"));
    assert_false(scram_takes("ånna", "password"));
    assert_false(scram_takes("anna", "tab\there"));
    assert_false(scram_takes("anna", ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_is_the_example_of_the_rfc, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_signature_proves_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_answer_to_us_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_name_can_have_signs_of_the_protocol, set_up, tear_down),
        cmocka_unit_test_setup_teardown(only_printable_ascii_is_taken, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
