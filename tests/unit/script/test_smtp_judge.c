/* What a reply means (the catalogue's 1.6): codes decide, at the start of a line, and text only where they
 * leave it open. Each reply goes through the parser, as it would come from a server. */
#include "fake.h"

struct row {
    const char *says;
    const char *means; /* kind, verdict, and the seconds to wait */
};

static void judged(const char *offers, struct row row)
{
    struct fake f;
    char body[1000];
    fake_begin(&f, 'a');
    f.says[0] = "220 mx.example\r\n";
    f.says[1] = row.says;
    snprintf(body, sizeof body,
             "local s = ajar.smtp.connect(target) s.offers = { %s }\n"
             "local j = ajar.smtp.judge(s:command('NOOP'))\n"
             "return ajar.closed(j.kind .. ' ' .. (j.verdict or '-') .. ' ' .. (j.wait or '-'))",
             offers);
    run_body(&f, body);
    if (strcmp(f.reason, row.means) != 0)
        fail_msg("%s\n  means %s\n  and not %s", row.says, f.reason, row.means);
    fake_end(&f);
}

static void each(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        judged("", rows[i]);
}

#define EACH(...)                                                                                  \
    do {                                                                                           \
        static const struct row rows[] = {__VA_ARGS__};                                            \
        each(rows, sizeof rows / sizeof rows[0]);                                                  \
    } while (0)

static void a_yes(void **state)
{
    (void)state;
    EACH({"250 ok\r\n", "accepted - -"}, {"251 will forward\r\n", "accepted - -"},
         {"252 send it and see\r\n", "accepted - -"}, {"250 2.1.5 ok\r\n", "accepted - -"},
         {"250-550 5.7.1 denied\r\n250 ok\r\n", "accepted - -"},
         {"250 not greylisted, 530, try again in 300 seconds\r\n", "accepted - -"});
}

/* Nothing is said about relaying then. */
static void a_refusal_of_our_own_address(void **state)
{
    (void)state;
    EACH({"554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using "
          "zen.spamhaus.org\r\n",
          "listed inconclusive -"},
         {"550 5.7.1 Rejected: 192.0.2.1 listed at b.list.example\r\n", "listed inconclusive -"},
         {"550 rejected because 192.0.2.1 is in a black list at b.list.example\r\n",
          "listed inconclusive -"},
         {"451 4.7.1 Client host [192.0.2.1] blocked using b.list.example\r\n",
          "listed inconclusive -"},
         /* plain refusals, whatever else they say */
         {"550 5.7.1 Relaying denied. 192.0.2.1 listed at b.list.example\r\n", "refused closed -"},
         {"550 5.7.1 a@b.example is not listed in the directory of 192.0.2.1\r\n",
          "refused closed -"},
         {"550 5.7.1 User listed in directory is away\r\n", "refused closed -"},
         {"550 5.1.1 blocked using zen.spamhaus.org\r\n", "refused closed -"},
         {"530 5.7.0 Authentication required, 192.0.2.1 is on a blacklist\r\n",
          "authentication closed -"});
}

static void a_refusal_of_what_we_are_says_nothing_of_relaying(void **state)
{
    (void)state;
    EACH(
        {"554 5.7.1 <unknown[192.0.2.1]>: Client host rejected: cannot find your reverse hostname, "
         "[192.0.2.1]\r\n",
         "unfit inconclusive -"},
        {"450 4.7.1 Client host rejected: cannot find your hostname, [192.0.2.1]\r\n",
         "unfit inconclusive -"},
        {"550 5.7.25 no PTR\r\n", "unfit inconclusive -"},
        {"550 5.1.8 <x>: Sender address rejected: Domain not found\r\n", "unfit inconclusive -"},
        {"550 5.7.23 SPF validation failed\r\n", "unfit inconclusive -"},
        {"504 5.5.2 <p>: Helo command rejected: need fully-qualified hostname\r\n",
         "unfit inconclusive -"},
        {"454 4.7.0 TLS not available due to local problem\r\n", "deferred inconclusive -"},
        /* plain refusals, whatever else they say */
        {"554 5.7.1 Relay access denied, no reverse DNS\r\n", "refused closed -"},
        {"530 5.7.0 Authentication required, or a reverse DNS name\r\n",
         "authentication closed -"});
}

static void refusals_as_servers_word_them(void **state)
{
    (void)state;
    EACH({"554 5.7.1 <a@b.example>: Relay access denied\r\n", "refused closed -"},
         {"454 4.7.1 <a@b.example>: Relay access denied\r\n", "refused closed -"},
         {"454 Relay access denied\r\n", "refused closed -"},
         {"550 5.7.1 <a@b.example>... Relaying denied\r\n", "refused closed -"},
         {"553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)\r\n",
          "refused closed -"},
         {"550 5.7.1 Unable to relay for a@b.example\r\n", "refused closed -"},
         {"550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain\r\n",
          "refused closed -"},
         {"550 relay not permitted\r\n", "refused closed -"},
         {"550 restricted characters in address\r\n", "refused closed -"},
         {"521 5.3.2 host does not accept mail\r\n", "refused closed -"});
}

static void digits_in_the_text_mean_nothing(void **state)
{
    (void)state;
    EACH({"550 5.7.1 250 ok is not what you get\r\n", "refused closed -"},
         {"554 5.7.1 4B530250: not for you\r\n", "refused closed -"},
         {"550-250 ok\r\n550-354 go on\r\n550 no\r\n", "refused closed -"},
         {"550 greylisted 450, try again in 300 seconds\r\n", "refused closed -"},
         {"550 5.7.1 421 too many connections\r\n", "refused closed -"});
}

static void who_asks_for_a_log_in(void **state)
{
    (void)state;
    EACH({"530 5.7.0 Authentication required\r\n", "authentication closed -"},
         {"530 5.7.1 Client was not authenticated\r\n", "authentication closed -"},
         {"535 5.7.8 bad credentials\r\n", "authentication closed -"},
         {"534 5.7.9 mechanism too weak\r\n", "authentication closed -"},
         {"530 5.7.0 Must issue a STARTTLS command first\r\n", "tls closed -"});
    judged("starttls = true", (struct row){"530 5.7.0 go away\r\n", "tls closed -"});
}

static void bad_syntax(void **state)
{
    (void)state;
    EACH({"501 5.1.3 Bad recipient address syntax\r\n", "syntax closed -"},
         {"500 what?\r\n", "syntax closed -"}, {"503 5.5.1 MAIL first\r\n", "syntax closed -"},
         {"504 5.5.2 need fully-qualified address\r\n", "syntax closed -"});
}

static void greylisting_and_how_long_it_takes(void **state)
{
    (void)state;
    EACH({"451 4.7.1 Greylisted, please try again in 300 seconds\r\n",
          "greylisted inconclusive 300"},
         {"450 4.2.0 <a@b.example>: Recipient address rejected: Greylisted\r\n",
          "greylisted inconclusive -"},
         {"450 4.7.1 try again later\r\n", "greylisted inconclusive -"},
         {"451 Temporarily deferred, retry in 5 minutes\r\n", "greylisted inconclusive 300"},
         {"451 4.7.1 Greylisting in action, please come back in 00:04:59\r\n",
          "greylisted inconclusive 299"},
         {"451 Greylisted for five minutes\r\n", "greylisted inconclusive 300"},
         {"451 4.7.1 greylisted, 1 minute 30 seconds to go\r\n", "greylisted inconclusive 90"},
         {"450 4.7.0 Graylisted for 1 hour\r\n", "greylisted inconclusive 3600"},
         {"451 4.3.2 grey-listed (120s)\r\n", "greylisted inconclusive 120"},
         {"451 see http://grey.example/?id=300\r\n", "greylisted inconclusive -"});
}

static void a_wait_of_no_time_is_none_and_an_endless_one_has_an_end(void **state)
{
    (void)state;
    EACH({"451 4.7.1 Greylisted, please come back in 0 seconds\r\n", "greylisted inconclusive -"},
         {"450 4.2.0 <a@b.example>: Greylisted for 00:00:00\r\n", "greylisted inconclusive -"},
         {"451 4.7.1 Greylisted, wait 99999999999999999999 hours\r\n",
          "greylisted inconclusive 2592000"});
}

static void other_trouble_of_the_moment(void **state)
{
    (void)state;
    EACH({"450 4.1.8 Sender address rejected: Domain not found\r\n", "deferred inconclusive -"},
         {"451 4.3.0 Temporary lookup failure\r\n", "deferred inconclusive -"},
         {"452 4.3.1 Insufficient system storage\r\n", "deferred inconclusive -"},
         {"454 4.3.0 TLS not available\r\n", "deferred inconclusive -"},
         {"450 4.7.1 rate limit reached\r\n", "rate-limited inconclusive -"},
         {"452 4.5.3 too many recipients\r\n", "rate-limited inconclusive -"},
         {"421 4.7.0 not so fast\r\n", "rate-limited inconclusive -"},
         {"421 too many connections from you\r\n", "rate-limited inconclusive -"},
         {"421 4.3.0 shutting down\r\n", "busy inconclusive -"});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_yes),
        cmocka_unit_test(a_refusal_of_our_own_address),
        cmocka_unit_test(a_refusal_of_what_we_are_says_nothing_of_relaying),
        cmocka_unit_test(refusals_as_servers_word_them),
        cmocka_unit_test(digits_in_the_text_mean_nothing),
        cmocka_unit_test(who_asks_for_a_log_in),
        cmocka_unit_test(bad_syntax),
        cmocka_unit_test(greylisting_and_how_long_it_takes),
        cmocka_unit_test(a_wait_of_no_time_is_none_and_an_endless_one_has_an_end),
        cmocka_unit_test(other_trouble_of_the_moment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
