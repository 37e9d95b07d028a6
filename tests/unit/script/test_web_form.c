/* ajar.web_form: what is written into a stranger's form, and how often. */
#include "fake.h"

#include "script/own_form.h"

#define NOT_FOUND "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
#define PAGE      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"

static unsigned times(const char *text, const char *what)
{
    unsigned n = 0;
    for (const char *at = strstr(text, what); at; at = strstr(at + 1, what))
        n++;
    return n;
}

static void answers(struct fake *f, const char *response)
{
    fake_begin(f, 'a');
    for (unsigned i = 0; i < 10; i++)
        f->says[i] = response;
    run_body(f, "return ajar.web_form.test(target)");
}

static void where_there_is_no_form_ten_paths_are_tried(void **state)
{
    (void)state;
    struct fake f;
    answers(&f, NOT_FOUND);
    assert_int_equal(f.verdict, VERDICT_CLOSED);
    assert_string_equal(f.reason, "has none of the known forms: HTTP 404 Not Found");
    const char *sent = buf_text(&f.sent);
    assert_int_equal(times(sent, " HTTP/1.1\r\nHost: 192.0.2.25:25\r\n"), 10);
    assert_int_equal(times(sent, "User-Agent: ajar (https://p.example/)\r\n"), 10);
    assert_non_null(strstr(sent, "GET /cgi-bin/formmail.pl?recipient="));
    fake_end(&f);
}

static void where_every_path_has_a_page_no_more_are_tried(void **state)
{
    (void)state;
    struct fake f;
    answers(&f, PAGE);
    assert_int_equal(f.verdict, VERDICT_INCONCLUSIVE);
    assert_string_equal(
        f.reason, "a page at a form's place says neither yes nor no, and no mail came in time");
    assert_int_equal(times(buf_text(&f.sent), " HTTP/1.1\r\n"), 10);
    fake_end(&f);
}

/* In the words of the two scripts that most such forms are. */
static void a_page_that_refuses_the_recipient_is_a_no(void **state)
{
    (void)state;
    static const char *const pages[] = {
        "HTTP/1.1 200 OK\r\nContent-Length: 39\r\n\r\n<title>Error: Bad/No Recipient</title>\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n<h1>Error: Bad or Missing Recipient</h1>",
    };
    for (unsigned i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        struct fake f;
        answers(&f, pages[i]);
        assert_int_equal(f.verdict, VERDICT_CLOSED);
        assert_string_equal(f.reason, "has a form, which does not mail whom it names");
        fake_end(&f);
    }
}

/* Whatever a form takes for an address is ours, and the text says who asks. */
static void only_our_own_mailboxes_stand_in_a_form(void **state)
{
    (void)state;
    struct fake f;
    answers(&f, NOT_FOUND);
    const char *sent = buf_text(&f.sent);
    static const char *const names[] = {"recipient=", "&to=", "&mailto=", "&sendto=", "&send_to="};
    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = strstr(sent, names[i]);
        assert_non_null(value);
        value += strlen(names[i]);
        size_t length = strcspn(value, "&");
        assert_int_equal(length, 32 + strlen("%40t.example"));
        assert_memory_equal(value + 32, "%40t.example", strlen("%40t.example"));
    }
    assert_non_null(strstr(sent, "&email=bounce-"));
    assert_int_equal(times(sent, "%40s.example"), times(sent, "&email="));
    assert_non_null(strstr(sent, "Tested%20on%20behalf%20of%3A%20An%20Authority"));
    assert_non_null(strstr(sent, "To%20object%20or%20to%20ask%3A%20mailto%3Aa%40p.example"));
    assert_int_equal(times(sent, "%40"), times(sent, "%40t.example") + times(sent, "%40p.example") +
                                             times(sent, "%40s.example"));
    fake_end(&f);
}

static void a_path_is_that_of_a_page_and_nothing_more(void **state)
{
    (void)state;
    assert_false(own_form_path_is(bytes_at("/a\0b", 4)));
    assert_true(own_form_path_is(bytes_of("/cgi-bin/formmail.pl")));
    static const char *const others[] = {
        "",           "/",
        "x",          "//example.org/f",
        "/a/../b",    "/a?recipient=x@example.org",
        "/a b",       "/a\r\nX: y",
        "http://x/y", "/a#b",
        "/a%0d",      "/0123456789012345678901234567890123456789012345678901234567890123456789"};
    for (unsigned i = 0; i < sizeof others / sizeof others[0]; i++)
        if (own_form_path_is(bytes_of(others[i])))
            fail_msg("taken for a path: %s", others[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(where_there_is_no_form_ten_paths_are_tried),
        cmocka_unit_test(where_every_path_has_a_page_no_more_are_tried),
        cmocka_unit_test(a_page_that_refuses_the_recipient_is_a_no),
        cmocka_unit_test(only_our_own_mailboxes_stand_in_a_form),
        cmocka_unit_test(a_path_is_that_of_a_page_and_nothing_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
