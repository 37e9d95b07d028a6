#include "contact_test.h"

#include "base/embedded.h"
#include "contact/choice.h"

static struct languages *built_in(void)
{
    struct fail fail = {0};
    struct languages *l =
        languages_read(embedded_find("data/contact/languages.json")->content, &fail);
    if (!l)
        fail_msg("%s", fail.text);
    return l;
}

static void says(struct contact_said *s, const char *address, enum contact_role role)
{
    s->state = CONTACT_FOUND;
    assert_true(answer_add(&s->answer, bytes_of(address), role));
}

static struct contact_choice choose(const struct contact_said said[SOURCES])
{
    struct contact_choice c;
    struct languages *l = built_in();
    contact_choose(said, l, &c);
    languages_free(l);
    return c;
}

static void the_first_source_with_an_abuse_contact_is_taken(void **state)
{
    (void)state;
    struct contact_said said[SOURCES] = {0};
    says(&said[SOURCE_RDAP], "noc@example.net", CONTACT_NOC);
    says(&said[SOURCE_WHOIS], "abuse@example.net", CONTACT_ABUSE);
    says(&said[SOURCE_WHOIS], "other@example.net", CONTACT_ABUSE);
    says(&said[SOURCE_WHOIS], "noc@example.net", CONTACT_NOC);
    says(&said[SOURCE_CERT], "cert@example.net", CONTACT_CERT);
    struct contact_choice c = choose(said);
    assert_int_equal(c.source, SOURCE_WHOIS);
    assert_int_equal(c.count, 2);
    assert_string_equal(c.to[0], "abuse@example.net");
    assert_string_equal(c.to[1], "other@example.net");
}

static void where_there_is_none_somebody_is_better_than_nobody(void **state)
{
    (void)state;
    struct contact_said said[SOURCES] = {0};
    says(&said[SOURCE_RDAP], "tech@example.net", CONTACT_TECHNICAL);
    says(&said[SOURCE_RDAP], "noc@example.net", CONTACT_NOC);
    struct contact_choice c = choose(said);
    assert_int_equal(c.count, 1);
    assert_string_equal(c.to[0], "noc@example.net");
}

static void who_opted_out_is_left_alone_whatever_others_say(void **state)
{
    (void)state;
    struct contact_said said[SOURCES] = {
        [SOURCE_OWN] = {.state = CONTACT_FOUND, .answer.opted_out = true}};
    says(&said[SOURCE_RDAP], "abuse@example.net", CONTACT_ABUSE);
    struct contact_choice c = choose(said);
    assert_true(c.opted_out);
    assert_int_equal(c.count, 0);
    assert_true(contact_is_enough(&said[SOURCE_OWN]));
}

static void what_failed_or_was_not_asked_says_nothing(void **state)
{
    (void)state;
    struct contact_said said[SOURCES] = {0};
    says(&said[SOURCE_RDAP], "abuse@example.net", CONTACT_ABUSE);
    said[SOURCE_RDAP].state = CONTACT_FAILED;
    struct contact_choice c = choose(said);
    assert_int_equal(c.source, SOURCES);
    assert_int_equal(c.count, 0);
}

static void assert_language(const struct contact_said said[SOURCES], const char *first,
                            const char *from)
{
    struct contact_choice c = choose(said);
    assert_true(c.language_count > 0);
    assert_string_equal(c.languages[0], first);
    assert_string_equal(c.language_from, from);
}

static void the_language_is_who_knows_it_best(void **state)
{
    (void)state;
    struct contact_said said[SOURCES] = {0};
    says(&said[SOURCE_RDAP], "abuse@example.net", CONTACT_ABUSE);
    answer_set_country(&said[SOURCE_RDAP].answer, bytes_of("br"));
    assert_language(said, "pt-BR", "country");
    answer_add_language(&said[SOURCE_RDAP].answer, bytes_of("es"));
    assert_language(said, "es", "vcard");
    said[SOURCE_SECURITY_TXT].state = CONTACT_NONE;
    answer_add_language(&said[SOURCE_SECURITY_TXT].answer, bytes_of("de"));
    assert_language(said, "de", "security-txt");
    says(&said[SOURCE_OWN], "own@example.net", CONTACT_ABUSE);
    answer_add_language(&said[SOURCE_OWN].answer, bytes_of("nb"));
    assert_language(said, "nb", "own-list");
}

static void sources_have_names(void **state)
{
    (void)state;
    enum contact_source source;
    for (unsigned i = 0; i < SOURCES; i++) {
        assert_true(contact_source_parse(bytes_of(contact_source_name(i)), &source));
        assert_int_equal(source, i);
    }
    assert_false(contact_source_parse(bytes_of("x"), &source));
}

static void a_table_of_languages_is_checked(void **state)
{
    (void)state;
    struct fail fail = {0};
    assert_null(languages_read(bytes_of("[]"), &fail));
    assert_null(languages_read(bytes_of("{\"NOR\": [\"nb\"]}"), &fail));
    assert_null(languages_read(bytes_of("{\"NO\": [\"n\"]}"), &fail));
    assert_null(languages_read(bytes_of("{\"NO\": [7]}"), &fail));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_source_with_an_abuse_contact_is_taken),
        cmocka_unit_test(where_there_is_none_somebody_is_better_than_nobody),
        cmocka_unit_test(who_opted_out_is_left_alone_whatever_others_say),
        cmocka_unit_test(what_failed_or_was_not_asked_says_nothing),
        cmocka_unit_test(the_language_is_who_knows_it_best),
        cmocka_unit_test(sources_have_names),
        cmocka_unit_test(a_table_of_languages_is_checked),
    };
    return cmocka_run_group_tests_name("contact/choice", tests, NULL, NULL);
}
