/* case.json, which people read, against the tape and the receipts: its verdict may be weaker, and all else is the same. */
#include "given.h"

#include "run/case_agrees.h"
#include "run/case_proof.h"
#include "run/exits.h"
#include "run/judge.h"

#include "base/hash.h"

#define STEPS "[{\"line\":7,\"say\":\"recipient accepted\"}]"
#define CASE(target, probe, verdict, reason, steps)                                                \
    "{\"target\":\"" target "\",\"port\":25,\"probe\":\"" probe "\",\"pack\":\"builtin@1\","       \
    "\"verdict\":\"" verdict "\",\"reason\":\"" reason "\",\"steps\":" steps TIMES                 \
    ",\"case\":\"c-1\"}\n"
#define TIMES ",\"started\":\"2026-11-24T02:10:16.000000Z\",\"elapsed_ms\":1000"

static struct difference difference;

/* What the script, run again, says beyond its verdict. */
static struct case_derived derived = {.relay = true};

/* What lies beside case.json: mostly nothing. */
static struct case_files files;

static bool agrees_with(const char *tape_verdict, const char *tape_reason, const char *json)
{
    struct tape_head head = {.probe = bytes_of("relay/x"),
                             .pack = bytes_of("builtin@1"),
                             .target = addr_of("192.0.2.25:25")};
    struct record verdict = {.op = RECORD_VERDICT,
                             .t = 1000 * 1000 + 999,
                             .data = bytes_of(tape_verdict),
                             .more = {bytes_of(tape_reason), bytes_of(STEPS)}};
    assert_true(time_parse(bytes_of("2026-11-24T02:10:16.000000Z"), &head.started));
    files.case_json = bytes_of(json);
    return case_agrees(&files, &derived, &head, &verdict, 9, &difference);
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

#define OVERRULED(why, verdict, reason)                                                            \
    CASE("192.0.2.25", "relay/x", "inconclusive",                                                  \
         why "\",\"overruled\":{\"verdict\":\"" verdict "\",\"reason\":\"" reason "\"},\"x\":\"",  \
         STEPS)

static void a_run_may_believe_less(void **state)
{
    (void)state;
    agrees("open", "token returned", OVERRULED(JUDGE_OWN_RETURNED, "open", "token returned"));
    agrees("suspect", "accepted", OVERRULED(JUDGE_OWN_YES, "suspect", "accepted"));
}

/* What the script said is then told beside it, and is what the tape holds. */
static void what_was_overruled_is_the_tapes(void **state)
{
    (void)state;
    agrees("open", "554 no", OVERRULED(JUDGE_OWN_RETURNED, "open", "554 no"));
    differs("suspect", OVERRULED(JUDGE_OWN_YES, "open", "554 no"), 9,
            "the verdict open, as case.json says", "the verdict suspect");
    differs("open", OVERRULED(JUDGE_OWN_RETURNED, "open", "554 yes"), 9,
            "the reason 554 yes, as case.json says", "the reason 554 no");
    differs("closed", OVERRULED(JUDGE_OWN_YES, "closed", "554 no"), 9,
            "the verdict inconclusive, as case.json says",
            "the verdict closed: that is no reason for which a run overrules it");
}

static void a_run_overrules_for_its_own_reasons_alone(void **state)
{
    (void)state;
    static const char flaw[] = "that is no reason for which a run overrules it";
    char got[200];
    snprintf(got, sizeof got, "the verdict open: %s", flaw);
    differs("open", OVERRULED("invented", "open", "554 no"), 9,
            "the verdict inconclusive, as case.json says", got);
    differs("open", OVERRULED(JUDGE_OWN_YES, "open", "554 no"), 9,
            "the verdict inconclusive, as case.json says", got);
    differs("open",
            CASE("192.0.2.25", "relay/x", "error",
                 "invented\",\"overruled\":{\"verdict\":"
                 "\"open\",\"reason\":\"554 no\"},\"x\":\"",
                 STEPS),
            9, "the verdict error, as case.json says", got);
    snprintf(got, sizeof got, "the verdict suspect: %s", flaw);
    differs("suspect", OVERRULED(JUDGE_OWN_RETURNED, "suspect", "554 no"), 9,
            "the verdict inconclusive, as case.json says", got);
}

static void what_was_overruled_is_told(void **state)
{
    (void)state;
    differs("open", CASE("192.0.2.25", "relay/x", "inconclusive", "own", STEPS), 9,
            "the verdict inconclusive, as case.json says", "the verdict open");
    differs("inconclusive", OVERRULED("own", "inconclusive", "554 no"), 9,
            "the reason own, as case.json says", "the reason 554 no");
}

/* A token that came later ------------------------------------------------------------------------ */

#define TOKEN      "mfrggzdfmztwq2lknnwg23tpobyxe43u"
#define UNSENT     "{\"t\":1,\"op\":\"token\",\"data\":\"" TOKEN "\"}\n"
#define SENT(data) "{\"t\":1,\"op\":\"send\",\"c\":1,\"data\":\"" data "\"}\n"
#define WHOLE      SENT("X-Ajar-Token: " TOKEN "\\r\\n\\r\\nhello\\r\\n.\\r\\n")
#define MINTED     UNSENT WHOLE
#define AFTER      "token returned 12 s after the test had ended"
#define TRACE                                                                                      \
    "Return-Path: <bounce-" TOKEN "@t.example>\r\n"                                                \
    "X-Ajar-Rcpt-To: <MFRGGZDFmztwq2lknnwg23tpobyxe43u@t.example>\r\n"                             \
    "Received: from mail.example ([192.0.2.30])\r\n\tby t.example ([192.0.2.1])\r\n"               \
    "\twith ESMTP;\r\n\tTue, 24 Nov 2026 02:10:29 +0000\r\n"
#define MAIL   TRACE "Message-ID: <" TOKEN "@t.example>\r\n\r\nThis is a test.\r\n"
#define REPORT TRACE "From: MAILER-DAEMON@mail.example\r\n\r\nIt came back: " TOKEN "\r\n"

static const char *digest_of(const char *text)
{
    static char hex[SHA256_HEX];
    unsigned char digest[SHA256_SIZE];
    sha256_of(bytes_of(text), digest);
    hash_hex(digest, sizeof digest, hex);
    return hex;
}

#define FILE_0 "receipts/r-0.eml"
#define ENTRY_OF(file)                                                                             \
    "{\"file\":\"" file "\",\"kind\":\"%s\",\"token\":\"%s\",\"peer\":\"192.0.2.30:7\","           \
    "\"at\":\"2026-11-24T02:10:29.500000Z\",\"sha256\":\"%s\",\"port\":2600}"
#define ENTRY ENTRY_OF(FILE_0)
#define OPEN_CASE                                                                                  \
    "{\"target\":\"192.0.2.25\",\"port\":25,\"probe\":\"relay/x\",\"pack\":\"builtin@1\","         \
    "\"verdict\":\"open\""

/* What the run says of a script's "suspect", by this proof and a receipt for this token. The receipt is `mail`. */
static const char *late_case(const char *reason, const char *proof, const char *token,
                             const char *kind, const char *mail)
{
    static char json[2000];
    snprintf(json, sizeof json,
             OPEN_CASE ",\"reason\":\"%s\",\"overruled\":{\"verdict\":\"suspect\",\"reason\":\"554 "
                       "no\"},\"proof\":\"%s\",\"exits\":[\"192.0.2.30\"],\"steps\":" STEPS
                       ",\"receipts\":[" ENTRY "]" TIMES "}",
             reason, proof, kind, token, digest_of(mail));
    return json;
}

/* A record of that receipt, as a tape has it. */
static const char *came(const char *kind)
{
    static char line[900];
    snprintf(line, sizeof line,
             UNSENT
             "{\"t\":2,\"op\":\"receipt\",\"token\":\"" TOKEN
             "\",\"kind\":\"%s\",\"peer\":\"192.0.2.30:7\",\"at\":\"2026-11-24T02:10:29.500000Z\","
             "\"digest\":\"%s\",\"answer\":\"%032d\",\"port\":2600}\n",
             kind, digest_of(MAIL), 0);
    return line;
}

/* With this tape, and the file `mail` in the case (NULL: there is none). */
static void with(const char *tape, const char *mail)
{
    files = (struct case_files){.tape = bytes_of(tape)};
    if (mail)
        files.receipts[files.receipt_count++] =
            (struct case_file){bytes_of(FILE_0), bytes_of(mail), false};
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
    files = (struct case_files){0};
}

/* What came before and proved nothing is on the tape, and in the list too. */
static void a_token_that_came_later_than_a_report_of_it(void **state)
{
    (void)state;
    static const char *const kinds[] = {"bounce", "delay", "other"};
    for (size_t i = 0; i < 3; i++) {
        char json[3000];
        char tape[1200];
        snprintf(tape, sizeof tape, "%s%s", came(kinds[i]), WHOLE);
        with(tape, MAIL);
        files.receipts[files.receipt_count++] =
            (struct case_file){bytes_of("receipts/r-1.eml"), bytes_of(MAIL), false};
        const char *one = late_case(AFTER, TOKEN, TOKEN, "mail", MAIL);
        const char *end = strstr(one, "],\"started\"");
        int n = snprintf(json, sizeof json, "%.*s,", (int)(end - one), one);
        n += snprintf(json + n, sizeof json - (size_t)n, ENTRY_OF("receipts/r-1.eml"), kinds[i],
                      TOKEN, digest_of(MAIL));
        snprintf(json + n, sizeof json - (size_t)n, "%s", end);
        agrees("suspect", "554 no", json);
    }
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
    fails(late_case(AFTER, TOKEN, TOKEN, "mail", "not it"),
          "a file without the trace that ajar's receiver writes on top of a mail");
    with(MINTED, REPORT);
    fails(late_case(AFTER, TOKEN, TOKEN, "mail", REPORT),
          "a mail that others have written, not the test message");
    with(MINTED, NULL);
    fails(late_case(AFTER, TOKEN, TOKEN, "mail", MAIL), "no receipt of its token came later");
    with(came("mail"), MAIL);
    fails(late_case(AFTER, TOKEN, TOKEN, "mail", MAIL),
          "its proof is no token that could still come");
    files = (struct case_files){0};
}

static void a_server_that_got_no_message_relays_none(void **state)
{
    (void)state;
    static const char flaw[] = "no message with its proof has gone out whole";
    with(UNSENT, MAIL);
    fails(late_case(AFTER, TOKEN, TOKEN, "mail", MAIL), flaw);
    with(UNSENT SENT("RCPT TO:<" TOKEN "@t.example>\\r\\n") SENT("DATA\\r\\n"), MAIL);
    fails(late_case(AFTER, TOKEN, TOKEN, "mail", MAIL), flaw);
    with(UNSENT SENT("RCPT TO:<" TOKEN "@t.example>\\r\\n") SENT("hello\\r\\n.\\r\\n"), MAIL);
    fails(late_case(AFTER, TOKEN, TOKEN, "mail", MAIL), flaw);
    with(UNSENT SENT("POST /form HTTP/1.1\\r\\n\\r\\n") SENT("text=" TOKEN), MAIL);
    agrees("suspect", "554 no", late_case(AFTER, TOKEN, TOKEN, "mail", MAIL));
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
    derived.late = LATE_TOKEN_ANY;
    agrees("closed", "554 no", late_case_of("closed"));
    agrees("inconclusive", "554 no", late_case_of("inconclusive"));
    differs("error", late_case_of("error"), 9, "the verdict open, as case.json says",
            "the verdict error");
    with(MINTED, NULL);
    differs("closed", late_case_of("closed"), 9, "the verdict open, as case.json says",
            "the verdict closed: no receipt of its token came later");
    derived.late = LATE_TOKEN_SUSPECT;
    with(MINTED, MAIL);
    differs("closed", late_case_of("closed"), 9, "the verdict open, as case.json says",
            "the verdict closed");
    files = (struct case_files){0};
}

static void and_no_suspect_does_of_which_the_script_says_that_nothing_may_come(void **state)
{
    (void)state;
    with(MINTED, MAIL);
    derived.late = LATE_TOKEN_NOTHING;
    differs("suspect", late_case(AFTER, TOKEN, TOKEN, "mail", MAIL), 9,
            "the verdict open, as case.json says", "the verdict suspect");
    derived.late = LATE_TOKEN_SUSPECT;
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
                 JUDGE_OWN_RETURNED
                 "\",\"overruled\":{\"verdict\":\"open\",\"reason\":\"554 no\"},\"x\":\"",
                 "[]"),
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
    differs("closed",
            "{\"target\":\"192.0.2.25\",\"port\":25,\"name\":\"victim.example\",\"probe\":\"relay/"
            "x\",\"pack\":\"builtin@1\"}",
            1, "the name victim.example, as case.json says", "the name (none)");
}

static void what_is_no_result(void **state)
{
    (void)state;
    static const char expected[] =
        "a case.json that is one JSON object, in which no name stands twice";
    differs("closed", "[]", 0, expected, "a case.json that is no JSON object");
    differs(
        "closed", "{\"verdict\":\"open\",\"verdict\":\"closed\"}", 0, expected,
        "a case.json that is no JSON object: duplicate object key near '\"verdict\"' (byte 27)");
    differs("closed", "{}", 1, "the probe (none), as case.json says", "the probe relay/x");
}

/* The proof and its receipts ---------------------------------------------------------------------- */

/* A script's `open` by TOKEN, which `mail` brought; what stands in case.json is changed from `old` to `new`. */
static const char *open_case(const char *old, const char *new)
{
    static char json[2000];
    static char changed[2000];
    snprintf(json, sizeof json,
             OPEN_CASE ",\"reason\":\"554 no\",\"proof\":\"" TOKEN
                       "\",\"exits\":[\"192.0.2.30\"],\"steps\":" STEPS ",\"receipts\":[" ENTRY
                       "]" TIMES ",\"tape_sha256\":\"%s\",\"case\":\"c-1\"}",
             "mail", TOKEN, digest_of(MAIL), "");
    char *end = strstr(json, "\"tape_sha256\":\"");
    snprintf(end, 200, "\"tape_sha256\":\"%s\",\"case\":\"c-1\"}", digest_of(came("mail")));
    const char *at = strstr(json, old);
    assert_non_null(at);
    snprintf(changed, sizeof changed, "%.*s%s%s", (int)(at - json), json, new, at + strlen(old));
    return changed;
}

static int is_open(void **state)
{
    (void)state;
    static char tape[900];
    snprintf(tape, sizeof tape, "%s", came("mail"));
    with(tape, MAIL);
    files.id = bytes_of("c-1");
    derived.has_proof = token_parse(bytes_of(TOKEN), &derived.proof);
    return 0;
}

static int is_not(void **state)
{
    (void)state;
    files = (struct case_files){0};
    derived = (struct case_derived){.relay = true};
    return 0;
}

static void open_differs(const char *old, const char *new, unsigned line, const char *expected,
                         const char *got)
{
    char what[200];
    snprintf(what, sizeof what, "%s, as case.json says", expected);
    differs("open", open_case(old, new), line, what, got);
}

/* The same case, its `open` overruled for this reason. */
static const char *overruled_case(const char *verdict, const char *why)
{
    static char json[2600];
    const char *open = open_case("", "");
    const char *at = strstr(open, "\"verdict\":\"open\"");
    const char *behind = strstr(open, "\"exits\"");
    snprintf(json, sizeof json,
             "%.*s\"verdict\":\"%s\",\"reason\":\"%s\",\"overruled\":{\"verdict\":\"open\","
             "\"reason\":\"554 no\"},%s",
             (int)(at - open), open, verdict, why, behind);
    return json;
}

static void what_came_from_ourselves_came_from_an_end_of_the_tapes(void **state)
{
    (void)state;
    char tape[1200];
    char digest[SHA256_HEX];
    char json[2600];
    differs("open", overruled_case("inconclusive", EXITS_OWN), 9,
            "the verdict inconclusive, as case.json says",
            "the verdict open: no receipt of its came from an address of ours");
    snprintf(tape, sizeof tape,
             "%s{\"t\":1,\"op\":\"opened\",\"c\":1,\"from\":\"192.0.2.30:99\"}\n", came("mail"));
    snprintf(digest, sizeof digest, "%s", digest_of(came("mail")));
    snprintf(json, sizeof json, "%s", overruled_case("inconclusive", EXITS_OWN));
    memcpy(strstr(strstr(json, "tape_sha256"), digest), digest_of(tape), SHA256_HEX - 1);
    files.tape = bytes_of(tape);
    agrees("open", "554 no", json);
}

static void what_the_sink_holds_no_receipt_for_has_none(void **state)
{
    (void)state;
    differs("open", overruled_case("error", JUDGE_UNPROVEN), 9,
            "the verdict error, as case.json says",
            "the verdict open: there is a receipt for its token");
}

static void an_open_case_has_its_receipt(void **state)
{
    (void)state;
    agrees("open", "554 no", open_case("", ""));
    agrees("open", "554 no", open_case("\"token\":\"" TOKEN "\",", "")); /* as once it was */
}

static void another_case_tape_or_time(void **state)
{
    (void)state;
    open_differs("c-1", "c-2", 0, "case c-2", "case c-1");
    open_differs("builtin@1", "builtin@2", 1, "the pack builtin@2", "the pack builtin@1");
    open_differs("\"started\":\"2026", "\"started\":\"2025", 1,
                 "started 2025-11-24T02:10:16.000000Z", "started 2026-11-24T02:10:16.000000Z");
    open_differs("1000", "999", 9, "elapsed_ms 999", "elapsed_ms 1000");
    open_differs("1000", "2001", 9, "elapsed_ms 2001", "elapsed_ms 1000");
    char digest[SHA256_HEX];
    char is[100];
    snprintf(digest, sizeof digest, "%s", digest_of(came("mail")));
    snprintf(is, sizeof is, "tape_sha256 %s", digest);
    open_differs(digest, "00", 0, "tape_sha256 00", is);
}

static void another_receipt_than_the_tapes(void **state)
{
    (void)state;
    open_differs(":7\"", ":8\"", 2, "receipts[0].peer 192.0.2.30:8",
                 "receipts[0].peer 192.0.2.30:7");
    open_differs("\"kind\":\"mail", "\"kind\":\"bounce", 2, "receipts[0].kind bounce",
                 "receipts[0].kind mail");
    open_differs("29.5", "28.5", 2, "receipts[0].at 2026-11-24T02:10:28.500000Z",
                 "receipts[0].at 2026-11-24T02:10:29.500000Z");
    open_differs("\"port\":2600", "\"port\":2601", 2, "receipts[0].port 2601",
                 "receipts[0].port 2600");
    open_differs("[\"192.0.2.30\"]", "[\"192.0.2.31\"]", 0, "exits [\"192.0.2.31\"]",
                 "exits [\"192.0.2.30\"]");
    open_differs("192.0.2.30:7", "home", 0, "receipts[0].peer home",
                 "receipts[0].peer that is no address");
}

static void receipts_that_are_not_their_files(void **state)
{
    (void)state;
    open_differs("r-0.eml", "r-1.eml", 0, "receipts[0].file receipts/r-1.eml",
                 "receipts[0].file that is not in the case");
    char digest[SHA256_HEX];
    snprintf(digest, sizeof digest, "%s", digest_of(MAIL));
    open_differs(digest, "00", 0, "receipts[0].sha256 00",
                 "receipts[0].sha256 that is not its file's");
    files.receipts[files.receipt_count++] =
        (struct case_file){bytes_of("receipts/r-1.eml"), bytes_of("x"), false};
    open_differs("", "", 0, "receipts without this file", "receipts receipts/r-1.eml");
}

static void times_that_can_not_be(void **state)
{
    (void)state;
    char tape[1200];
    char digest[SHA256_HEX];
    assert_true(time_parse(bytes_of("2026-11-24T02:11:00.000000Z"), &files.sealed));
    agrees("open", "554 no", open_case("", ""));
    files.sealed -= 1200 * SPAN_SECOND;
    differs("open", open_case("", ""), 1, "the test's beginning, 2026-11-24T02:10:16.000000Z",
            "one that is after the bundle was sealed, at 2026-11-24T01:51:00.000000Z");
    files.sealed = 0;
    snprintf(tape, sizeof tape,
             "%s{\"t\":5,\"op\":\"now\",\"data\":\"2026-11-24T03:10:16.000000Z\"}\n", came("mail"));
    snprintf(digest, sizeof digest, "%s", digest_of(tape));
    const char *json = open_case("", "");
    memcpy(strstr(json, "tape_sha256") + strlen("tape_sha256\":\""), digest, SHA256_HEX - 1);
    files.tape = bytes_of(tape);
    differs("open", json, 3, "the clock's time 2026-11-24T03:10:16.000000Z",
            "one that was read elsewhere on the tape, at 2026-11-24T02:10:16.000005Z");
}

static void a_late_receipt_of_another_time(void **state)
{
    (void)state;
    static const char after[] = "token returned 432012 s after the test had ended";
    char json[2000];
    with(MINTED, MAIL);
    snprintf(json, sizeof json, "%s", late_case(after, TOKEN, TOKEN, "mail", MAIL));
    memcpy(strstr(json, "-24T02:10:29.5"), "-29", 3);
    fails(json, "a mail whose trace names another peer or time");
    files = (struct case_files){0};
}

static void what_each_receipt_and_tape_has_since_kinds_are_sorted(void **state)
{
    (void)state;
    files.interface = CASE_FILES_SORTED;
    agrees("open", "554 no", open_case("", ""));
    open_differs("\"token\":\"" TOKEN "\",", "", 0, "receipts[0].token (none)",
                 "receipts[0].token that each receipt has");
    char is[100];
    snprintf(is, sizeof is, "tape_sha256 %s", digest_of(came("mail")));
    open_differs("\"tape_sha256\"", "\"x\"", 0, "tape_sha256 (none)", is);
}

/* The open case, with this in the place of that in tape and receipt, and the digests that follow. */
static void open_with(const char *from, const char *to, const char *tape_from, const char *tape_to)
{
    static char mail[1200];
    static char tape[1600];
    static char json[2000];
    char old_tape[SHA256_HEX];
    char old_mail[SHA256_HEX];
    const char *was = came("mail");
    snprintf(old_tape, sizeof old_tape, "%s", digest_of(was));
    snprintf(old_mail, sizeof old_mail, "%s", digest_of(MAIL));
    const char *at = strstr(MAIL, from);
    snprintf(mail, sizeof mail, "%.*s%s%s", (int)(at - MAIL), MAIL, to, at + strlen(from));
    at = strstr(was, tape_from);
    snprintf(tape, sizeof tape, "%.*s%s%s", (int)(at - was), was, tape_to, at + strlen(tape_from));
    memcpy(strstr(tape, old_mail), digest_of(mail), SHA256_HEX - 1);
    snprintf(json, sizeof json, "%s", open_case("", ""));
    memcpy(strstr(json, old_mail), digest_of(mail), SHA256_HEX - 1);
    memcpy(strstr(json, old_tape), digest_of(tape), SHA256_HEX - 1);
    files.tape = bytes_of(tape);
    files.receipts[0].content = bytes_of(mail);
    assert_false(agrees_with("open", "554 no", json));
}

#define OTHER_JOB "zzzzzzzzmztwq2lknnwg23tpobyxe43u"
#define ATTEMPT_2 "mfrggzdfmztwq2bbbbbbbbbbbbbbbbbb"

static void tokens_of_two_tests_on_one_tape(void **state)
{
    (void)state;
    open_with("", "", "{\"t\":1",
              "{\"t\":0,\"op\":\"token\",\"data\":\"" OTHER_JOB "\"}\n{\"t\":1");
    assert_string_equal(difference.got, "one of another test, or none at all");
}

static void a_receipt_of_a_token_that_its_test_has_not_made(void **state)
{
    (void)state;
    open_with("", "", "\"data\":\"" TOKEN, "\"data\":\"" ATTEMPT_2);
    assert_string_equal(difference.got, "receipts[0].token that its test has not made");
}

static void a_receipt_from_before_its_token(void **state)
{
    (void)state;
    open_with("", "", "\"t\":1,", "\"t\":99000000,");
    assert_string_equal(difference.got, "receipts[0].at that is before its token was made");
}

static void a_test_message_that_names_another_target(void **state)
{
    (void)state;
    static const char got[] = "receipts[0].file that names another target in the test's own words";
    files.interface = CASE_FILES_SORTED;
    open_with("Message-ID", "X-Test-Target: 192.0.2.26:25\r\nMessage-ID", "", "");
    assert_string_equal(difference.got, got);
    open_with("This is a test.",
              "This message is an automatic\r\n test of the mail server at\r\n192.0.2.26:25.", "",
              "");
    assert_string_equal(difference.got, got);
}

static void a_proof_from_our_own_end_alone(void **state)
{
    (void)state;
    open_with("", "", "{\"t\":2",
              "{\"t\":1,\"op\":\"opened\",\"c\":1,\"from\":\"192.0.2.30:99\"}\n{\"t\":2");
    assert_string_equal(difference.got, "the proof that came from the prober's own address alone");
}

static void a_suspect_that_lists_its_own_test_message(void **state)
{
    (void)state;
    char json[2000];
    with(MINTED, MAIL);
    files.interface = CASE_FILES_SORTED;
    snprintf(
        json, sizeof json,
        "{\"target\":\"192.0.2.25\",\"port\":25,\"probe\":\"relay/x\",\"pack\":\"builtin@1\","
        "\"verdict\":\"suspect\",\"reason\":\"554 no\",\"exits\":[\"192.0.2.30\"],\"steps\":" STEPS
        ",\"receipts\":[" ENTRY "]" TIMES ",\"case\":\"c-1\"}",
        "mail", TOKEN, digest_of(MAIL));
    differs("suspect", json, 0, "the verdict suspect, as case.json says",
            "the verdict open, by a receipt of its own test message that is listed");
}

static void a_late_receipt_from_before_its_message(void **state)
{
    (void)state;
    with(UNSENT "{\"t\":99000000,\"op\":\"send\",\"c\":1,\"data\":\"" TOKEN "\\r\\n.\\r\\n\"}\n",
         MAIL);
    fails(late_case(AFTER, TOKEN, TOKEN, "mail", MAIL),
          "its receipt is from before its message went out");
    files = (struct case_files){0};
}

static void a_receipt_without_its_token(void **state)
{
    (void)state;
    char digest[SHA256_HEX];
    char other[SHA256_HEX];
    static const char nothing[] = "Subject: hello\r\n\r\nnothing of a token here\r\n";
    files.receipts[0].content = bytes_of(nothing);
    snprintf(digest, sizeof digest, "%s", digest_of(MAIL));
    snprintf(other, sizeof other, "%s", digest_of(nothing));
    open_differs(digest, other, 0, "receipts[0].token " TOKEN,
                 "receipts[0].token that does not stand in its file");
}

static void no_receipt_at_all(void **state)
{
    (void)state;
    char list[600];
    snprintf(list, sizeof list, "\"receipts\":[" ENTRY "],", "mail", TOKEN, digest_of(MAIL));
    list[strlen(list) - 1] = '\0';
    files.receipt_count = 0;
    open_differs(list, "\"x\":1", 2, "receipts without that of the tape", "receipts " TOKEN);
    /* nor does the tape tell of one */
    files.tape = bytes_of(MINTED);
    const char *nothing = "exits [\"192.0.2.30\"]";
    open_differs(list, "\"x\":1", 0, nothing, "exits []");
}

static void a_proof_that_is_another_or_proves_nothing(void **state)
{
    (void)state;
    open_differs("\"proof\":\"mf", "\"proof\":\"mg", 9,
                 "the proof mgrggzdfmztwq2lknnwg23tpobyxe43u", "the proof " TOKEN);
    derived.relay = false;
    open_differs("", "", 9, "the proof " TOKEN,
                 "the proof that no receipt proves: none that the tape records is by its bytes of "
                 "this token");
    derived.relay = true;
    files.tape = bytes_of(MINTED);
    open_differs("", "", 9, "the proof " TOKEN,
                 "the proof that no receipt proves: none that the tape records is by its bytes of "
                 "this token");
    derived.has_proof = false;
    open_differs("", "", 9, "the proof " TOKEN, "the proof (none)");
    files.receipt_count = 0;
    differs("closed",
            CASE("192.0.2.25", "relay/x", "closed", "554 no", STEPS ",\"proof\":\"" TOKEN "\""), 9,
            "the proof of a case that is not open, as case.json says", "the proof none");
}

static void ports_that_the_script_has_not_found(void **state)
{
    (void)state;
    derived.reach = (struct ways_reach){{443, 25}, {true, false}, 2};
    agrees("open", "554 no",
           open_case("\"steps\"", "\"ports\":{\"missed\":[25],\"reached\":[443]},\"steps\""));
    open_differs("\"steps\"", "\"ports\":{\"reached\":[25],\"missed\":[]},\"steps\"", 9,
                 "the ports {\"reached\":[25],\"missed\":[]}",
                 "the ports {\"reached\":[443],\"missed\":[25]}");
    open_differs("", "", 9, "the ports (none)", "the ports {\"reached\":[443],\"missed\":[25]}");
}

#define HIDDEN "\"hidden 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\":null"

/* What is hidden in a redacted case says nothing else than the tape; what is shown is held against it. */
static void a_member_that_is_hidden(void **state)
{
    (void)state;
    static const char *const members[] = {"\"target\":\"192.0.2.25\"",  "\"port\":25",
                                          "\"pack\":\"builtin@1\"",     "\"verdict\":\"open\"",
                                          "\"reason\":\"554 no\"",      "\"proof\":\"" TOKEN "\"",
                                          "\"exits\":[\"192.0.2.30\"]", ("\"steps\":" STEPS),
                                          "\"elapsed_ms\":1000",        "\"case\":\"c-1\""};
    files.hidden_members = 1;
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        agrees("open", "554 no", open_case(members[i], HIDDEN));
    open_differs("\"port\":25,", HIDDEN ",\"port\":26,", 1, "the target 192.0.2.25:26",
                 "the target 192.0.2.25:25");
}

/* One hidden member stands for one that is missing, and for no other. */
static void two_members_missing_of_which_one_is_hidden(void **state)
{
    (void)state;
    char json[2000];
    files.hidden_members = 1;
    snprintf(json, sizeof json, "%s", open_case("\"proof\":\"" TOKEN "\"", HIDDEN));
    char *at = strstr(json, "\"reason\":\"554 no\",");
    memset(at, ' ', strlen("\"reason\":\"554 no\","));
    differs("open", json, 0, "no more members missing than are hidden, 1", "2: reason, proof");
}

static void a_stand_in_within_another_member(void **state)
{
    (void)state;
    static const char reason[] = "\"reason\":\"554 no\"";
    char json[3000];
    const char *with = overruled_case("inconclusive", JUDGE_OWN_RETURNED);
    const char *at = strstr(with, reason);
    snprintf(json, sizeof json, "%.*s" HIDDEN "%s", (int)(at - with), with, at + strlen(reason));
    differs("open", json, 9, "the reason (none), as case.json says", "the reason 554 no");
}

/* Anyone can write that something is hidden, and leave it out. */
static void a_member_that_is_called_hidden_where_nothing_is(void **state)
{
    (void)state;
    open_differs("\"proof\":\"" TOKEN "\"", HIDDEN, 0, "hidden members: 1",
                 "hidden members: 0, as tree.txt says");
}

/* So is a line of a receipt, of which the digest then is another. */
static void a_receipt_in_which_a_line_is_hidden(void **state)
{
    (void)state;
    files.receipts[0].content = bytes_of("[hidden 9f86]\n\r\n");
    files.receipts[0].hidden = true;
    agrees("open", "554 no", open_case("", ""));
    files.receipts[0].hidden = false;
    assert_false(agrees_with("open", "554 no", open_case("", "")));
}

/* Who has not run the script ----------------------------------------------------------------------- */

static bool agrees_unrun_of(const char *pack, const char *verdict, const char *json)
{
    struct tape_head head = {
        .probe = bytes_of("relay/x"), .pack = bytes_of(pack), .target = addr_of("192.0.2.25:25")};
    struct record end = {.op = RECORD_VERDICT,
                         .t = 1000 * 1000 + 999,
                         .data = bytes_of(verdict),
                         .more = {bytes_of("554 no"), bytes_of(STEPS)}};
    assert_true(time_parse(bytes_of("2026-11-24T02:10:16.000000Z"), &head.started));
    files.case_json = bytes_of(json);
    return case_agrees(&files, NULL, &head, &end, 9, &difference);
}

static bool agrees_unrun(const char *verdict, const char *json)
{
    return agrees_unrun_of("builtin@1", verdict, json);
}

/* A script that is built in names the token that it has seen come back. Of another one that is not known. */
static void what_the_sink_holds_no_receipt_for_shows_of_built_in_scripts(void **state)
{
    (void)state;
    static char json[2600];
    snprintf(json, sizeof json, "%s", overruled_case("error", JUDGE_UNPROVEN));
    assert_false(agrees_unrun("open", json));
    assert_string_equal(difference.got, "the verdict open: there is a receipt for its token");
    memcpy(strstr(json, "builtin@1"), "another@1", 9);
    assert_true(agrees_unrun_of("another@1", "open", json));
    assert_true(case_may_hide_proof(&files));
    files.case_json = bytes_of(open_case("", ""));
    assert_false(case_may_hide_proof(&files));
}

static void without_the_script_all_but_its_findings_is_asked(void **state)
{
    (void)state;
    assert_true(agrees_unrun("open", open_case("", "")));
    assert_true(agrees_unrun(
        "open", open_case("\"steps\"", "\"ports\":{\"reached\":[25],\"missed\":[]},\"steps\"")));
    assert_false(agrees_unrun("open", open_case("\"port\":25", "\"port\":26")));
    assert_false(agrees_unrun("open", open_case("\"proof\":\"mf", "\"proof\":\"mg")));
    assert_false(agrees_unrun("closed", open_case("", "")));
    files.receipt_count = 0;
    assert_false(agrees_unrun("open", open_case("", "")));
}

#define OF_AN_OPEN_CASE(test) cmocka_unit_test_setup_teardown(test, is_open, is_not)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_on_both),
        cmocka_unit_test(a_reason_is_one_printable_line),
        cmocka_unit_test(a_run_may_believe_less),
        cmocka_unit_test(what_was_overruled_is_the_tapes),
        cmocka_unit_test(a_run_overrules_for_its_own_reasons_alone),
        cmocka_unit_test(a_server_that_got_no_message_relays_none),
        cmocka_unit_test(what_was_overruled_is_told),
        cmocka_unit_test(a_token_that_came_later_proves),
        cmocka_unit_test(a_token_that_came_later_than_a_report_of_it),
        cmocka_unit_test(what_proves_nothing_later),
        cmocka_unit_test(other_verdicts_become_open_where_the_script_awaits_mail),
        cmocka_unit_test(and_no_suspect_does_of_which_the_script_says_that_nothing_may_come),
        cmocka_unit_test(no_run_may_say_more),
        cmocka_unit_test(another_reason_or_step),
        cmocka_unit_test(another_target_or_probe),
        cmocka_unit_test(what_is_no_result),
        OF_AN_OPEN_CASE(what_came_from_ourselves_came_from_an_end_of_the_tapes),
        OF_AN_OPEN_CASE(what_the_sink_holds_no_receipt_for_has_none),
        OF_AN_OPEN_CASE(times_that_can_not_be),
        OF_AN_OPEN_CASE(what_each_receipt_and_tape_has_since_kinds_are_sorted),
        cmocka_unit_test(a_late_receipt_of_another_time),
        OF_AN_OPEN_CASE(an_open_case_has_its_receipt),
        OF_AN_OPEN_CASE(another_case_tape_or_time),
        OF_AN_OPEN_CASE(another_receipt_than_the_tapes),
        OF_AN_OPEN_CASE(receipts_that_are_not_their_files),
        OF_AN_OPEN_CASE(a_receipt_without_its_token),
        OF_AN_OPEN_CASE(no_receipt_at_all),
        OF_AN_OPEN_CASE(a_proof_that_is_another_or_proves_nothing),
        OF_AN_OPEN_CASE(ports_that_the_script_has_not_found),
        OF_AN_OPEN_CASE(tokens_of_two_tests_on_one_tape),
        OF_AN_OPEN_CASE(a_receipt_of_a_token_that_its_test_has_not_made),
        OF_AN_OPEN_CASE(a_receipt_from_before_its_token),
        OF_AN_OPEN_CASE(a_test_message_that_names_another_target),
        OF_AN_OPEN_CASE(a_proof_from_our_own_end_alone),
        OF_AN_OPEN_CASE(a_suspect_that_lists_its_own_test_message),
        cmocka_unit_test(a_late_receipt_from_before_its_message),
        OF_AN_OPEN_CASE(a_member_that_is_hidden),
        OF_AN_OPEN_CASE(two_members_missing_of_which_one_is_hidden),
        OF_AN_OPEN_CASE(a_stand_in_within_another_member),
        OF_AN_OPEN_CASE(a_member_that_is_called_hidden_where_nothing_is),
        OF_AN_OPEN_CASE(a_receipt_in_which_a_line_is_hidden),
        OF_AN_OPEN_CASE(what_the_sink_holds_no_receipt_for_shows_of_built_in_scripts),
        OF_AN_OPEN_CASE(without_the_script_all_but_its_findings_is_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
