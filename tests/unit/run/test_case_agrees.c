/* case.json, which people read, against the tape: it may say less than the tape, and nothing else. */
#include "given.h"

#include "run/case_agrees.h"

#include "base/hash.h"

#define STEPS "[{\"line\":7,\"say\":\"recipient accepted\"}]"
#define CASE(target, probe, verdict, reason, steps)                                                \
    "{\"target\":\"" target "\",\"port\":25,\"probe\":\"" probe "\",\"pack\":\"builtin@1\","       \
    "\"verdict\":\"" verdict "\",\"reason\":\"" reason "\",\"steps\":" steps                       \
    ",\"case\":\"c-1\"}\n"

static struct difference difference;

/* What the script says of a token that comes later. */
static enum late_token late;

/* What lies beside case.json: mostly nothing. */
static struct case_files files;

static bool agrees_with(const char *tape_verdict, const char *tape_reason, const char *json)
{
    struct tape_head head = {.probe = bytes_of("relay/x"), .target = addr_of("192.0.2.25:25")};
    struct record verdict = {.op = RECORD_VERDICT,
                             .data = bytes_of(tape_verdict),
                             .more = {bytes_of(tape_reason), bytes_of(STEPS)}};
    assert_true(time_parse(bytes_of("2026-11-24T02:10:16.000000Z"), &head.started));
    files.case_json = bytes_of(json);
    return case_agrees(&files, true, late, &head, &verdict, 9, &difference);
}

static void agrees(const char *tape_verdict, const char *tape_reason, const char *json)
{
    if (!agrees_with(tape_verdict, tape_reason, json))
        fail_msg("%s\n-> %s | %s", json, difference.expected, difference.got);
}

static void differs(const char *tape_verdict, const char *json, unsigned line, const char *expected,
                    const char *got)
{
    assert_false(agrees_with(tape_verdict, "554 no", json));
    assert_string_equal(difference.expected, expected);
    assert_string_equal(difference.got, got);
    assert_int_equal(difference.line, line);
}

static void the_same_on_both(void **state)
{
    (void)state;
    agrees("closed", "554 no", CASE("192.0.2.25", "relay/x", "closed", "554 no", STEPS));
}

static void a_reason_is_one_printable_line(void **state)
{
    (void)state;
    agrees("error", "x.lua:1: no\n\tx.lua:2\x1b[2J",
           CASE("192.0.2.25", "relay/x", "error", "x.lua:1: no  x.lua:2?[2J", STEPS));
}

#define OVERRULED(verdict, reason)                                                                 \
    CASE("192.0.2.25", "relay/x", "inconclusive",                                                  \
         "own\",\"overruled\":{\"verdict\":\"" verdict "\",\"reason\":\"" reason "\"},\"x\":\"",   \
         STEPS)

static void a_run_may_believe_less(void **state)
{
    (void)state;
    agrees("open", "token returned", OVERRULED("open", "token returned"));
    agrees("suspect", "accepted", OVERRULED("suspect", "accepted"));
}

/* What the script said is then told beside it, and is what the tape holds. */
static void what_was_overruled_is_the_tapes(void **state)
{
    (void)state;
    agrees("open", "554 no", OVERRULED("open", "554 no"));
    differs("suspect", OVERRULED("open", "554 no"), 9, "the verdict open, as case.json says",
            "the verdict suspect");
    differs("open", OVERRULED("open", "554 yes"), 9, "the reason 554 yes, as case.json says",
            "the reason 554 no");
    differs("closed", OVERRULED("closed", "554 no"), 9,
            "the verdict inconclusive, as case.json says", "the verdict closed");
}

static void what_was_overruled_is_told(void **state)
{
    (void)state;
    differs("open", CASE("192.0.2.25", "relay/x", "inconclusive", "own", STEPS), 9,
            "the verdict inconclusive, as case.json says", "the verdict open");
    differs("inconclusive", OVERRULED("inconclusive", "554 no"), 9,
            "the reason own, as case.json says", "the reason 554 no");
}

/* A token that came later ------------------------------------------------------------------------ */

#define TOKEN      "mfrggzdfmztwq2lknnwg23tpobyxe43u"
#define MINTED     "{\"t\":1,\"op\":\"token\",\"data\":\"" TOKEN "\"}\n"
#define CAME(kind) "{\"t\":2,\"op\":\"receipt\",\"token\":\"" TOKEN "\",\"kind\":\"" kind "\"}\n"
#define AFTER      "token returned 12 s after the test had ended"
#define MAIL       "X-Ajar-Rcpt-To: <MFRGGZDFmztwq2lknnwg23tpobyxe43u@t.example>\r\n\r\n"

/* What the run says of a script's "suspect", by this proof and a receipt for this token. The receipt is `mail`. */
static const char *late_case(const char *reason, const char *proof, const char *token,
                             const char *kind, const char *mail)
{
    static char json[2000];
    unsigned char digest[SHA256_SIZE];
    char hex[SHA256_HEX];
    sha256_of(bytes_of(mail), digest);
    hash_hex(digest, sizeof digest, hex);
    snprintf(json, sizeof json,
             "{\"target\":\"192.0.2.25\",\"port\":25,\"probe\":\"relay/x\",\"verdict\":\"open\","
             "\"reason\":\"%s\",\"overruled\":{\"verdict\":\"suspect\",\"reason\":\"554 no\"},"
             "\"proof\":\"%s\",\"steps\":" STEPS ",\"receipts\":[{\"kind\":\"%s\",\"token\":\"%s\","
             "\"at\":\"2026-11-24T02:10:29.500000Z\",\"sha256\":\"%s\"}],\"elapsed_ms\":1000}",
             reason, proof, kind, token, hex);
    return json;
}

/* With this tape, and the file `mail` in the case (NULL: there is none). */
static void with(const char *tape, const char *mail)
{
    files = (struct case_files){.tape = bytes_of(tape)};
    if (mail)
        files.receipts[files.receipt_count++] = bytes_of(mail);
}

static void fails(const char *json, const char *flaw)
{
    char got[200];
    snprintf(got, sizeof got, "the verdict suspect: %s", flaw);
    differs("suspect", json, 9, "the verdict open, as case.json says", got);
}

static void a_token_that_came_later_proves(void **state)
{
    (void)state;
    with(MINTED, MAIL);
    agrees("suspect", "554 no", late_case(AFTER, TOKEN, TOKEN, "mail", MAIL));
    with(MINTED CAME("bounce") CAME("delay") CAME("other"), MAIL);
    agrees("suspect", "554 no", late_case(AFTER, TOKEN, TOKEN, "mail", MAIL));
    files = (struct case_files){0};
}

static void what_proves_nothing_later(void **state)
{
    (void)state;
    static const char other[] = "zzzzzzzzmztwq2lknnwg23tpobyxe43u";
    with(MINTED, MAIL);
    fails(late_case(AFTER, "", TOKEN, "mail", MAIL), "no token proves it");
    fails(late_case(AFTER, other, other, "mail", MAIL),
          "its proof is no token that could still come");
    fails(late_case(AFTER, TOKEN, other, "mail", MAIL), "no receipt of its token came later");
    fails(late_case(AFTER, TOKEN, TOKEN, "bounce", MAIL), "no receipt of its token came later");
    fails(late_case(AFTER, TOKEN, TOKEN, "other", MAIL), "no receipt of its token came later");
    fails(late_case(AFTER, TOKEN, TOKEN, "delay", MAIL), "no receipt of its token came later");
    fails(late_case(AFTER, TOKEN, TOKEN, "line", MAIL), "no receipt of its token came later");
    fails(late_case("token returned", TOKEN, TOKEN, "mail", MAIL), "its reason is another");
    with(MINTED, "not it");
    fails(late_case(AFTER, TOKEN, TOKEN, "mail", MAIL), "no receipt of its token came later");
    fails(late_case(AFTER, TOKEN, TOKEN, "mail", "not it"), "no receipt of its token came later");
    with(MINTED, NULL);
    fails(late_case(AFTER, TOKEN, TOKEN, "mail", MAIL), "no receipt of its token came later");
    with(MINTED CAME("bounce") CAME("mail"), MAIL);
    fails(late_case(AFTER, TOKEN, TOKEN, "mail", MAIL),
          "its proof is no token that could still come");
    files = (struct case_files){0};
}

/* The same of a script's verdict other than "suspect". */
static const char *late_case_of(const char *verdict)
{
    static char json[2000];
    const char *as_suspect = late_case(AFTER, TOKEN, TOKEN, "mail", MAIL);
    const char *at = strstr(as_suspect, "suspect");
    snprintf(json, sizeof json, "%.*s%s%s", (int)(at - as_suspect), as_suspect, verdict,
             at + strlen("suspect"));
    return json;
}

static void other_verdicts_become_open_where_the_script_awaits_mail(void **state)
{
    (void)state;
    with(MINTED, MAIL);
    late = LATE_TOKEN_ANY;
    agrees("closed", "554 no", late_case_of("closed"));
    agrees("inconclusive", "554 no", late_case_of("inconclusive"));
    differs("error", late_case_of("error"), 9, "the verdict open, as case.json says",
            "the verdict error");
    with(MINTED, NULL);
    differs("closed", late_case_of("closed"), 9, "the verdict open, as case.json says",
            "the verdict closed: no receipt of its token came later");
    late = LATE_TOKEN_SUSPECT;
    with(MINTED, MAIL);
    differs("closed", late_case_of("closed"), 9, "the verdict open, as case.json says",
            "the verdict closed");
    files = (struct case_files){0};
}

static void and_no_suspect_does_of_which_the_script_says_that_nothing_may_come(void **state)
{
    (void)state;
    with(MINTED, MAIL);
    late = LATE_TOKEN_NOTHING;
    differs("suspect", late_case(AFTER, TOKEN, TOKEN, "mail", MAIL), 9,
            "the verdict open, as case.json says", "the verdict suspect");
    late = LATE_TOKEN_SUSPECT;
    files = (struct case_files){0};
}

static void no_run_may_say_more(void **state)
{
    (void)state;
    differs("closed", CASE("192.0.2.25", "relay/x", "open", "554 no", STEPS), 9,
            "the verdict open, as case.json says", "the verdict closed");
    differs("suspect", CASE("192.0.2.25", "relay/x", "open", "554 no", STEPS), 9,
            "the verdict open, as case.json says", "the verdict suspect");
    differs("suspect", CASE("192.0.2.25", "relay/x", "error", "554 no", STEPS), 9,
            "the verdict error, as case.json says", "the verdict suspect");
    differs("open", CASE("192.0.2.25", "relay/x", "closed", "554 no", STEPS), 9,
            "the verdict closed, as case.json says", "the verdict open");
    differs("closed", CASE("192.0.2.25", "relay/x", "nonsense", "554 no", STEPS), 9,
            "the verdict nonsense, as case.json says", "the verdict closed");
}

static void another_reason_or_step(void **state)
{
    (void)state;
    differs("closed", CASE("192.0.2.25", "relay/x", "closed", "554 yes", STEPS), 9,
            "the reason 554 yes, as case.json says", "the reason 554 no");
    differs("closed", CASE("192.0.2.25", "relay/x", "closed", "554 no", "[]"), 9,
            "steps of its own, as case.json says", "steps that are others");
    differs("open",
            CASE("192.0.2.25", "relay/x", "inconclusive",
                 "own\",\"overruled\":{\"verdict\":\"open\",\"reason\":\"554 no\"},\"x\":\"", "[]"),
            9, "steps of its own, as case.json says", "steps that are others");
}

static void another_target_or_probe(void **state)
{
    (void)state;
    differs("closed", CASE("192.0.2.26", "relay/x", "closed", "554 no", STEPS), 1,
            "the target 192.0.2.26:25, as case.json says", "the target 192.0.2.25:25");
    differs("closed", CASE("home", "relay/x", "closed", "554 no", STEPS), 1,
            "the target that is no address, as case.json says", "the target 192.0.2.25:25");
    differs("closed", CASE("192.0.2.25", "relay/y", "closed", "554 no", STEPS), 1,
            "the probe relay/y, as case.json says", "the probe relay/x");
    differs(
        "closed",
        "{\"target\":\"192.0.2.25\",\"port\":25,\"name\":\"victim.example\",\"probe\":\"relay/x\"}",
        1, "the name victim.example, as case.json says", "the name ");
}

static void what_is_no_result(void **state)
{
    (void)state;
    differs("closed", "[]", 1, "a result that can't be read, as case.json says",
            "a result relay/x");
    differs("closed", "{}", 1, "the probe , as case.json says", "the probe relay/x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_on_both),
        cmocka_unit_test(a_reason_is_one_printable_line),
        cmocka_unit_test(a_run_may_believe_less),
        cmocka_unit_test(what_was_overruled_is_the_tapes),
        cmocka_unit_test(what_was_overruled_is_told),
        cmocka_unit_test(a_token_that_came_later_proves),
        cmocka_unit_test(what_proves_nothing_later),
        cmocka_unit_test(other_verdicts_become_open_where_the_script_awaits_mail),
        cmocka_unit_test(and_no_suspect_does_of_which_the_script_says_that_nothing_may_come),
        cmocka_unit_test(no_run_may_say_more),
        cmocka_unit_test(another_reason_or_step),
        cmocka_unit_test(another_target_or_probe),
        cmocka_unit_test(what_is_no_result),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
