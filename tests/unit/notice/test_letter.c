/* What a letter says, from the built-in wording and the example profile. */
#include "notice_test.h"

static void it_names_the_languages_in_english_on_top(void **state)
{
    struct finding f = relay();
    struct letter letter = write_letter(*state, &f, "nb");
    const char *top =
        "This letter is written in Norwegian Bokmål (norsk bokmål) and, further down,\n"
        "in English. It can also be had in";
    assert_memory_equal(letter.text.p, top, strlen(top));
    assert_true(bytes_equal_text(letter.languages, "nb, en"));
    letter_free(&letter);
}

static void english_alone_stands_once(void **state)
{
    struct finding f = relay();
    struct letter letter = write_letter(*state, &f, "en");
    assert_says(&letter, "It can also be had in ");
    assert_says(&letter, "norsk bokmål");
    assert_true(bytes_equal_text(letter.languages, "en"));
    assert_false(says(&letter, "Med vennlig hilsen"));
    letter_free(&letter);
}

static void the_subject_names_project_address_and_port(void **state)
{
    struct finding f = relay();
    struct letter letter = write_letter(*state, &f, "nb");
    assert_true(bytes_equal_text(
        letter.subject, "Gjør deres server sikker: åpen e-postserver på 192.0.2.1, port 25"));
    letter_free(&letter);
}

static void a_proxy_s_letter_says_which_ports_it_leads_to(void **state)
{
    struct finding f = relay();
    f.kind = FINDING_SOCKS;
    f.reached = lit("25, 443");
    f.missed = lit("80");
    f.mail = true;
    struct letter letter = write_letter(*state, &f, "en");
    assert_says(&letter, "The connections to these passed: 25, 443. Those to these did not: 80.");
    assert_says(&letter, "anyone can send e-mail through the server");
    letter_free(&letter);
    f.missed = lit("");
    f.reached = lit("443, 8025");
    f.mail = false;
    letter = write_letter(*state, &f, "nb");
    assert_says(&letter, "Alle forbindelsene kom fram: 443, 8025.");
    assert_false(says(&letter, "send e-mail through the server"));
    letter_free(&letter);
}

static void it_has_the_whole_anatomy(void **state)
{
    struct finding f = relay();
    f.source = lit("Norwegian CERT 2026-11");
    struct letter letter = write_letter(*state, &f, "en");
    assert_says(&letter, "the IP address 192.0.2.1, port 25");
    assert_says(&letter, "the list “Norwegian CERT 2026-11”");
    assert_says(&letter, "On 24 November 2026 at 02:10:16 (UTC) the server accepted a message");
    assert_says(&letter, "from the address 203.0.113.7");
    assert_says(&letter, TOKEN ", which cannot be guessed");
    assert_says(&letter, "on 24 November 2026 at 02:10:17 (UTC), delivered from 192.0.2.1");
    assert_says(&letter, "a joint project of the Federal Trade Commission");
    assert_says(&letter, "Its purpose is");
    assert_says(&letter, "As a first step, we ask you to close the server");
    assert_says(&letter, "An open mail server (open relay) accepts e-mail from anyone");
    assert_says(&letter, "can become slow");
    assert_says(&letter, "may restrict or cut off your access");
    assert_says(&letter, "block lists");
    assert_says(&letter, "http://www.ftc.gov/secureyourserver");
    assert_says(&letter, "do not want the server to be tested again");
    assert_says(&letter, "may affect your access to the Internet and your presence on it");
    assert_says(&letter, "evidence.tar, case c-5f0e4c9a");
    assert_says(&letter, DIGEST);
    assert_says(&letter, "8A3F5D0C12B4E677");
    assert_says(&letter, "contact@secure-your-server.example");
    letter_free(&letter);
}

static void without_a_list_the_source_is_put_neutrally(void **state)
{
    struct finding f = relay();
    struct letter letter = write_letter(*state, &f, "en");
    assert_says(&letter, "The address was given to us");
    assert_false(says(&letter, "stands on the list"));
    letter_free(&letter);
}

static void several_lists_are_named_in_the_plural(void **state)
{
    struct finding f = relay();
    f.source =
        lit("suspects.csv; dnsbl.dronebl.org: HTTP proxy; rbl.efnetrbl.org: open proxy, TOR");
    struct letter letter = write_letter(*state, &f, "en");
    assert_says(&letter, "The address stands on more than one list of servers that may be open to "
                         "strangers: “dnsbl.dronebl.org: HTTP proxy” and "
                         "“rbl.efnetrbl.org: open proxy, TOR”. We have therefore tested it.");
    letter_free(&letter);
    letter = write_letter(*state, &f, "nb");
    assert_says(&letter, "Adressen står på flere lister over servere som kan være åpne for "
                         "utenforstående: «dnsbl.dronebl.org: HTTP proxy» og "
                         "«rbl.efnetrbl.org: open proxy, TOR».");
    letter_free(&letter);
}

static void the_remedy_fits_the_software_that_names_itself(void **state)
{
    struct finding f = relay();
    struct letter letter = write_letter(*state, &f, "en");
    assert_says(&letter, "The server says that it runs Postfix");
    assert_says(&letter, "reject_unauth_destination");
    letter_free(&letter);
    f.kind = FINDING_HTTP;
    f.said = lit("HTTP/1.1 200 OK\r\nVia: 1.1 gate (squid/5.7)\r\n");
    letter = write_letter(*state, &f, "en");
    assert_says(&letter, "The server says that it runs Squid");
    assert_says(&letter, "http_access deny all");
    letter_free(&letter);
}

static void finds(struct finding *f, const struct finding_cause *causes, size_t n)
{
    f->causes = causes;
    f->cause_count = n;
}

static void it_says_what_exactly_is_open_and_closes_that(void **state)
{
    struct finding f = relay();
    const struct finding_cause percent[] = {{lit("R4"), lit("percent-route")},
                                            {lit("R5"), lit("percent-route")}};
    finds(&f, percent, 2);
    struct letter letter = write_letter(*state, &f, "nb");
    assert_says(&letter, "What our test has found: The server reads a %");
    assert_says(&letter, "Dette fant testen vår: Serveren leser % foran domenet som en rute");
    assert_says(&letter, "allow_untrusted_routing = no");
    assert_false(says(&letter, "percent_hack_domains =")); /* Exim's, and this is Postfix */
    letter_free(&letter);
    f.said = lit("220 mail.example.org\r\n");
    f.open = false;
    letter = write_letter(*state, &f, "en");
    assert_says(&letter, "If the server is open, it is by this: The server reads a %");
    assert_says(&letter, "If the server runs Exim, this closes exactly that:");
    letter_free(&letter);
}

/* A server that relays for everyone relays for the null sender too: that needs no letter of its own. */
static void a_server_open_to_all_is_told_that_alone(void **state)
{
    struct finding f = relay();
    const struct finding_cause all[] = {{lit("S4"), lit("null-sender")},
                                        {lit("S1"), lit("no-rule")},
                                        {lit("T5"), lit("ipv6-clients")}};
    finds(&f, all, 3);
    struct letter letter = write_letter(*state, &f, "en");
    assert_says(
        &letter,
        "What our test has found: The server passes on mail from any sender to any recipient");
    assert_says(&letter, "If the server runs Docker, this closes exactly that:");
    assert_false(says(&letter, "sender is empty"));
    letter_free(&letter);
}

static void a_cause_that_no_language_knows_is_left_to_the_general_remedy(void **state)
{
    struct finding f = relay();
    const struct finding_cause other[] = {{lit("X1"), lit("of-another-pack")}};
    finds(&f, other, 1);
    struct letter letter = write_letter(*state, &f, "en");
    assert_false(says(&letter, "What our test has found"));
    assert_says(&letter, "from your own networks and from users who have logged on");
    letter_free(&letter);
}

static void what_came_back_once_and_then_no_more_is_told_so(void **state)
{
    struct finding f = relay();
    f.open = false;
    struct letter letter = write_letter(*state, &f, "en");
    assert_says(&letter, "One of them arrived there, and another did not");
    letter_free(&letter);
}

static void software_that_is_not_known_gets_the_general_remedy(void **state)
{
    struct finding f = relay();
    f.said = lit("220 ready\r\n");
    struct letter letter = write_letter(*state, &f, "en");
    assert_says(&letter, "If you tell us which software the server runs");
    assert_says(&letter, "only from your own networks and from users who have logged on");
    letter_free(&letter);
}

/* Whoever reads the letter can read how to close the server, whatever it runs. */
static void every_kind_has_instructions_that_can_be_read_today(void **state)
{
    static const char *const links[][3] = {
        {"https://www.rfc-editor.org/info/bcp30", "Postfix: https://", "Exim: https://"},
        {"https://www.kb.cert.org/vuls/id/150227", "Squid: https://", "Tinyproxy: https://"},
        {"https://wiki.debian.org/nftables", "Dante: https://", "3proxy: https://"}};
    for (unsigned kind = 0; kind < 3; kind++) {
        struct finding f = relay();
        f.kind = (enum finding_kind)kind;
        f.said = lit("");
        struct letter letter = write_letter(*state, &f, "en");
        for (unsigned i = 0; i < 3; i++)
            assert_says(&letter, links[kind][i]);
        letter_free(&letter);
    }
    struct finding f = relay(); /* Postfix, by its own words */
    struct letter letter = write_letter(*state, &f, "en");
    assert_says(&letter, links[0][0]);
    assert_says(&letter, links[0][1]);
    assert_false(says(&letter, links[0][2]));
    letter_free(&letter);
}

static void a_socks_server_gets_dante_as_an_example(void **state)
{
    struct finding f = relay();
    f.kind = FINDING_SOCKS;
    f.said = lit("");
    struct letter letter = write_letter(*state, &f, "en");
    assert_says(&letter, "If the server runs Dante");
    assert_says(&letter, "Does the proxy accept connections from networks");
    letter_free(&letter);
}

static void a_suspect_is_not_called_open(void **state)
{
    struct finding f = relay();
    f.open = false;
    f.token = lit("");
    struct letter letter = write_letter(*state, &f, "nb");
    assert_true(bytes_starts_nocase(letter.subject, "Gjør deres server sikker: mulig åpen"));
    assert_says(&letter, "Vi kan derfor ikke si med sikkerhet at serveren er åpen");
    assert_false(says(&letter, "Den kom fram til"));
    letter_free(&letter);
}

static void a_return_by_another_address_is_said(void **state)
{
    struct finding f = relay();
    assert_true(addr_parse(lit("198.51.100.9:25"), &f.peer));
    struct letter letter = write_letter(*state, &f, "nb");
    assert_says(&letter, "levert fra 198.51.100.9. Det er en annen adresse enn den vi undersøkte.");
    letter_free(&letter);
}

static void dates_and_plurals_follow_the_language(void **state)
{
    const struct finding_line lines[] = {{false, lit("250-a"), 1, false},
                                         {false, lit("250-b"), 12345, true}};
    struct finding f = relay();
    f.lines = lines;
    f.line_count = 2;
    struct letter letter = write_letter(*state, &f, "nb");
    assert_says(&letter, "Den 24. november 2026 kl. 02.10.16 (UTC)");
    assert_says(&letter, "> S: 250-a > … (1 linje til) *> S: 250-b > … (12");
    assert_says(&letter, "… (12\u00a0345 linjer til)");
    assert_says(&letter, "… (12,345 lines more)");
    assert_says(&letter, "The lines with an asterisk (*) before them are the decisive ones.");
    letter_free(&letter);
}

static void a_language_is_found_by_its_tag(void **state)
{
    static const struct {
        const char *tag;
        const char *fallback; /* "": the letter is in this very language */
    } tags[] = {
        {"nb", ""},      {"nb-NO", "nb"},   {"no", ""},      {"no-NO", "nb"}, {"EN_us", "en"},
        {"pt-BR", "pt"}, {"nn-NO", "nb"},   {"zh-CN", ""},   {"zh-Hans", ""}, {"zh-Hans-CN", "zh"},
        {"zh-TW", "zh"}, {"sr-Latn", "sr"}, {"sr-Cyrl", ""}, {"tlh", "en"},   {"de-x-y", "de"},
    };
    (void)state;
    for (unsigned i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        struct fail fail = {0};
        const struct compose_ground ground = {.language = tags[i].tag};
        struct compose *c = compose_new(&ground, &fail);
        if (!c)
            fail_msg("%s: %s", tags[i].tag, fail.text);
        if (strcmp(compose_fell_back(c), tags[i].fallback) != 0)
            fail_msg("%s: '%s'", tags[i].tag, compose_fell_back(c));
        compose_free(c);
    }
}

static void what_is_no_tag_is_no_language(void **state)
{
    struct fail fail = {0};
    const struct compose_ground ground = {.language = "Klingon!"};
    (void)state;
    assert_null(compose_new(&ground, &fail));
    assert_true(bytes_starts_nocase(bytes_of(fail.text),
                                    "no letter in the language 'Klingon!'; there is: "));
    assert_string_equal(fail.code, "EUSAGE");
}

/* "{name}"; settings have braces with blanks in them. */
static bool has_placeholder(struct bytes text)
{
    for (size_t i = 0; i < text.n; i++) {
        size_t end = i + 1;
        while (text.p[i] == '{' && end < text.n &&
               ((text.p[end] >= 'a' && text.p[end] <= 'z') || text.p[end] == '_'))
            end++;
        if (end > i + 1 && end < text.n && text.p[end] == '}')
            return true;
    }
    return false;
}

/* Each combination of what is known and what is not, in each language: no message may be missing. */
static void every_kind_of_finding_has_its_words(void **state)
{
    static const char *const languages[] = {"en", "nb"};
    for (unsigned bits = 0; bits < 96; bits++) {
        struct finding f = relay();
        f.kind = (enum finding_kind)(bits / 32);
        f.open = bits & 1;
        f.host = lit(bits & 2 ? "mail.example.org" : "");
        f.source = lit(bits & 4 ? "a list" : "");
        f.token = lit(bits & 8 ? TOKEN : "");
        f.from.family = bits & 16 ? ADDR_IPV4 : ADDR_NONE;
        for (unsigned i = 0; i < 2; i++) {
            struct letter letter = write_letter(*state, &f, languages[i]);
            assert_false(has_placeholder(buf_view(&letter.text)));
            letter_free(&letter);
        }
    }
}

static void a_reminder_says_that_we_wrote_before_and_all_that_the_first_letter_says(void **state)
{
    struct finding f = relay();
    struct letter letter = write_toned(*state, &f, "nb", "reminder");
    assert_true(bytes_starts_nocase(letter.subject, "Gjør deres server sikker: påminnelse om"));
    assert_says(&letter, "Vi har skrevet til dere om denne serveren før.");
    assert_says(&letter,
                "We have written to you about this server before. We have now tested it again.");
    assert_says(&letter, "The server is thus still open to strangers.");
    assert_says(&letter, "smtpd_relay_restrictions");
    assert_false(says(&letter, "Its purpose is"));
    letter_free(&letter);
    f.open = false;
    f.token = lit("");
    f.earlier_case = lit("c-0123");
    assert_true(time_parse(lit("2026-11-03T08:00:00.000000Z"), &f.written));
    letter = write_toned(*state, &f, "en", "reminder");
    assert_says(&letter,
                "We wrote to you about this server on 3 November 2026. The case number was then "
                "c-0123. We have now tested it again.");
    assert_says(&letter, "We therefore cannot say for certain");
    assert_false(says(&letter, "still open to strangers"));
    letter_free(&letter);
}

static void the_provider_is_asked_to_pass_the_letter_on(void **state)
{
    struct finding f = relay();
    struct letter letter = write_toned(*state, &f, "en", "provider");
    assert_true(bytes_equal_text(
        letter.subject,
        "Secure Your Server: open mail server in your network at 192.0.2.1, port 25"));
    assert_says(&letter, "the server may be that of one of your customers");
    assert_says(&letter, "We ask you to pass this letter on to those who run the server");
    assert_says(&letter, "What follows is written for those who run the server.");
    assert_false(says(&letter, "this server is in your charge"));
    letter_free(&letter);
}

static void an_all_clear_says_no_more_than_the_test_does(void **state)
{
    struct finding f = relay();
    f.open = false;
    f.closed = true;
    f.token = lit("");
    struct letter letter = write_toned(*state, &f, "en", "all-clear");
    assert_true(bytes_equal_text(
        letter.subject,
        "Secure Your Server: the mail server at 192.0.2.1, port 25, is closed to strangers"));
    assert_says(&letter,
                "could not send a message through the server to a mailbox elsewhere. As far "
                "as this test can tell, the server is closed to strangers.");
    assert_says(&letter, "It says nothing about other services of the machine");
    assert_says(&letter, "Messages that strangers left on the server may still wait in its queue");
    assert_false(says(&letter, "RETEST"));
    assert_false(says(&letter, "How to close the server"));
    assert_false(says(&letter, "was sent anything"));
    letter_free(&letter);
}

static void no_tone_is_used_for_what_it_is_not_about(void **state)
{
    const struct wordings *w = *state;
    struct letter letter;
    struct fail fail = {0};
    struct finding f = relay();
    f.open = false;
    f.closed = true;
    assert_false(try_letter(*state, &f, "en", &letter, &fail));
    assert_non_null(strstr(fail.text, "there is a letter in the tone 'all-clear' alone"));
    struct compose_ground ground = {.profile = w->ground[0].profile, .tone = "all-clear"};
    struct wordings clear = {.ground = {ground, ground}};
    clear.in[0] = compose_new(&ground, &fail);
    f = relay();
    assert_false(try_letter(&clear, &f, "en", &letter, &fail));
    assert_non_null(strstr(fail.text, "the server was not found closed"));
    compose_free(clear.in[0]);
}

/* No command but ours, and none with a word of the case's in it. */
static void a_letter_shows_a_command_that_fits_what_was_found(void **state)
{
    static const struct {
        const char *cause;
        enum finding_kind kind;
        const char *target;
        const char *command;
    } rows[] = {
        {"no-rule", FINDING_RELAY, "192.0.2.1:25",
         "    swaks --quit-after RCPT --port 25 \\\n      --server 192.0.2.1 \\\n"},
        {"percent-route", FINDING_RELAY, "192.0.2.1:25", "    nc -C 192.0.2.1 25\n"},
        {"inside-tls", FINDING_RELAY, "[2001:db8::1]:587",
         "    openssl s_client -quiet -crlf -starttls smtp \\\n      -connect "
         "'[2001:db8::1]:587'\n"},
        {"", FINDING_HTTP, "[2001:db8::1]:3128",
         "    curl -m 20 https://example.com/ \\\n      -x 'http://[2001:db8::1]:3128'\n"},
        {"", FINDING_SOCKS, "192.0.2.1:1080",
         "    curl -m 20 http://example.com/ \\\n      -x 'socks4a://192.0.2.1:1080'\n"},
    };
    for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct finding f = relay();
        const struct finding_cause cause = {lit("X1"), lit(rows[i].cause)};
        f.kind = rows[i].kind;
        f.causes = &cause;
        f.cause_count = rows[i].cause[0] != '\0';
        assert_true(addr_parse(lit(rows[i].target), &f.target));
        struct letter letter = write_letter(*state, &f, "en");
        if (bytes_find(buf_view(&letter.text), lit(rows[i].command)) == BYTES_NOT_FOUND)
            fail_msg("not there: %s", rows[i].command);
        letter_free(&letter);
    }
    const struct finding_cause form = {lit("W1"), lit("web-form")};
    struct finding f = relay();
    finds(&f, &form, 1);
    struct letter letter = write_letter(*state, &f, "en");
    assert_false(says(&letter, "How to see it for yourself"));
    letter_free(&letter);
}

static void refuse_profile(const char *source, const char *sentence)
{
    struct fail fail = {0};
    assert_null(compose_profile(bytes_of(source), "my.lua", &fail));
    if (bytes_find(bytes_of(fail.text), bytes_of(sentence)) == BYTES_NOT_FOUND)
        fail_msg("%s", fail.text);
}

/* The example with `from` replaced by `to`. */
static void refuse_changed(const char *from, const char *to, const char *sentence)
{
    struct bytes whole = embedded_find(EXAMPLE)->content;
    struct buf changed = buf_new(65536);
    size_t at = bytes_find(whole, bytes_of(from));
    assert_int_not_equal(at, BYTES_NOT_FOUND);
    buf_put(&changed, bytes_slice(whole, 0, at));
    buf_put_text(&changed, to);
    buf_put(&changed, bytes_slice(whole, at + strlen(from), whole.n));
    refuse_profile(buf_text(&changed), sentence);
    buf_free(&changed);
}

static void a_wrong_profile_is_told_by_file_and_key(void **state)
{
    (void)state;
    refuse_profile("return {", "my.lua");
    refuse_profile("return 7", "my.lua: a profile returns a table");
    refuse_changed("contact =", "contakt =", "my.lua: ");
    refuse_changed("  from = \"project@secure-your-server.example\",\n", "",
                   "my.lua: the key 'from' is missing; it must be a mail address");
    refuse_changed("project@secure-your-server.example", "nobody",
                   "my.lua: the key 'from' must be a mail address");
    refuse_changed("project@secure-your-server.example", "a@b.example\\r\\nBcc: x@y.example",
                   "my.lua: the key 'from' must be a mail address");
    refuse_changed("http://www.ftc.gov/secureyourserver", "javascript:x",
                   "my.lua: the key 'links' must be a list of");
    refuse_changed("  from =", "  colour = \"red\",\n  from =", "my.lua: unknown key 'colour'");
}

static void a_profile_cannot_reach_out_or_run_forever(void **state)
{
    (void)state;
    refuse_profile("return io.open('/etc/passwd')", "io");
    refuse_profile("while true do end", "budget");
}

static int set_up(void **state)
{
    *state = new_wordings();
    return 0;
}

static int tear_down(void **state)
{
    free_wordings(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_names_the_languages_in_english_on_top),
        cmocka_unit_test(english_alone_stands_once),
        cmocka_unit_test(the_subject_names_project_address_and_port),
        cmocka_unit_test(a_proxy_s_letter_says_which_ports_it_leads_to),
        cmocka_unit_test(it_has_the_whole_anatomy),
        cmocka_unit_test(without_a_list_the_source_is_put_neutrally),
        cmocka_unit_test(several_lists_are_named_in_the_plural),
        cmocka_unit_test(the_remedy_fits_the_software_that_names_itself),
        cmocka_unit_test(it_says_what_exactly_is_open_and_closes_that),
        cmocka_unit_test(a_server_open_to_all_is_told_that_alone),
        cmocka_unit_test(a_cause_that_no_language_knows_is_left_to_the_general_remedy),
        cmocka_unit_test(what_came_back_once_and_then_no_more_is_told_so),
        cmocka_unit_test(software_that_is_not_known_gets_the_general_remedy),
        cmocka_unit_test(every_kind_has_instructions_that_can_be_read_today),
        cmocka_unit_test(a_socks_server_gets_dante_as_an_example),
        cmocka_unit_test(a_suspect_is_not_called_open),
        cmocka_unit_test(a_return_by_another_address_is_said),
        cmocka_unit_test(dates_and_plurals_follow_the_language),
        cmocka_unit_test(a_language_is_found_by_its_tag),
        cmocka_unit_test(what_is_no_tag_is_no_language),
        cmocka_unit_test(every_kind_of_finding_has_its_words),
        cmocka_unit_test(a_reminder_says_that_we_wrote_before_and_all_that_the_first_letter_says),
        cmocka_unit_test(the_provider_is_asked_to_pass_the_letter_on),
        cmocka_unit_test(an_all_clear_says_no_more_than_the_test_does),
        cmocka_unit_test(no_tone_is_used_for_what_it_is_not_about),
        cmocka_unit_test(a_letter_shows_a_command_that_fits_what_was_found),
        cmocka_unit_test(a_wrong_profile_is_told_by_file_and_key),
        cmocka_unit_test(a_profile_cannot_reach_out_or_run_forever),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
