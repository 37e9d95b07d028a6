/* Does the verdict follow from the bytes? A tape that is what it says, and all that may be wrong with one. */
#include "given.h"

#include "run/rederive.h"

#define HEAD_OF(probe)                                                                             \
    "{\"tape\":1,\"probe\":\"" probe                                                               \
    "\",\"pack\":\"test@1\",\"target\":{\"address\":\"192.0.2.25\",\"port\":25,"                   \
    "\"name\":null},\"started\":\"2026-11-24T02:10:16.123456Z\",\"run\":{\"sink\":"                \
    "\"192.0.2.99:2600\",\"mail_domain\":\"t.example\",\"helo\":\"p.example\",\"authority\":\"\"," \
    "\"contact\":\"\",\"info\":\"\",\"wait_us\":1000000},\"args\":{}}\n"
#define HEAD HEAD_OF("relay/test")
#define DIALOGUE(hello)                                                                            \
    "{\"t\":1,\"op\":\"open\",\"c\":1,\"to\":\"192.0.2.25:25\"}\n"                                 \
    "{\"t\":2,\"op\":\"opened\",\"c\":1,\"from\":\"192.0.2.1:4000\"}\n"                            \
    "{\"t\":3,\"op\":\"recv\",\"c\":1,\"data\":\"220 a\\r\\n\"}\n"                                 \
    "{\"t\":4,\"op\":\"send\",\"c\":1,\"data\":\"" hello "\\r\\n\"}\n"                             \
    "{\"t\":5,\"op\":\"recv\",\"c\":1,\"data\":\"550 no\\r\\n\"}\n"
#define VERDICT(verdict, reason, steps)                                                            \
    "{\"t\":6,\"op\":\"verdict\",\"verdict\":\"" verdict "\",\"reason\":\"" reason                 \
    "\",\"steps\":[" steps "]}\n"
#define STEP "{\"line\":6,\"say\":\"550 no\"}"

static const char script[] =
    "local probe = ajar.probe { id = 'relay/test', kind = 'relay', ports = {}, summary = '' }\n"
    "function probe.run(target)\n"
    "  local smtp = ajar.smtp.connect(target)\n"
    "  return ajar.closed(smtp:command('NOOP'))\n"
    "end\n"
    "return probe\n";

static struct probes *probes;

static int load(void **state)
{
    (void)state;
    struct fail fail;
    struct vm_limits limits = vm_limits_default();
    struct script_source source = {"test.lua", "test@1", bytes_of(script), 0, {0}};
    probes = probes_new(&source, 1, &limits, &fail);
    return probes ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    probes_free(probes);
    return 0;
}

static struct rederived what;

static const char *sentence(void)
{
    static struct fail fail;
    if (what.outcome == REDERIVED_SAME)
        return "the same";
    if (what.outcome == REDERIVED_NOTHING || what.outcome == REDERIVED_ENDED)
        return what.error;
    if (what.outcome == REDERIVED_UNABLE)
        return what.fail.text;
    difference_fail(&what.difference, &fail);
    return fail.text;
}

static void comes_to(const char *tape, enum rederived_outcome outcome, const char *words)
{
    rederive(probes, &(struct case_files){.tape = bytes_of(tape)}, &what);
    if (what.outcome != outcome || !strstr(sentence(), words))
        fail_msg("%s\n-> %s", tape, sentence());
}

static void differs(const char *tape, const char *words)
{
    comes_to(tape, REDERIVED_DIFFERS, words);
}

static void cannot_be_tried(const char *tape, const char *words)
{
    comes_to(tape, REDERIVED_UNABLE, words);
}

static void the_verdict_follows_from_the_bytes(void **state)
{
    (void)state;
    comes_to(HEAD DIALOGUE("NOOP") VERDICT("closed", "550 no", STEP), REDERIVED_SAME, "the same");
}

/* On replay no wait yields: what a script computes between its waits must not add up. */
static void the_budget_is_that_between_two_waits(void **state)
{
    (void)state;
    enum { WAITS = 50 };
    static const char busy[] =
        "local probe = ajar.probe { id = 'relay/test', kind = 'relay', ports = {}, summary = '' }\n"
        "function probe.run(target)\n"
        "  for _ = 1, 50 do ajar.sleep(1) for _ = 1, 10000 do end end\n"
        "  return ajar.closed('done')\n"
        "end\n"
        "return probe\n";
    struct fail fail;
    struct vm_limits limits = vm_limits_default();
    struct script_source source = {"busy.lua", "test@1", bytes_of(busy), 0, {0}};
    limits.instructions = 200 * 1000;
    struct probes *tired = probes_new(&source, 1, &limits, &fail);
    struct buf tape = buf_new(TAPE_LIMIT);
    buf_put_text(&tape, HEAD);
    for (int i = 0; i < WAITS; i++)
        buf_put_text(&tape, "{\"t\":6,\"op\":\"paused\"}\n");
    buf_put_text(&tape, VERDICT("closed", "done", ""));
    rederive(tired, &(struct case_files){.tape = buf_view(&tape)}, &what);
    if (what.outcome != REDERIVED_SAME)
        fail_msg("%s\n%s", sentence(), what.error);
    buf_free(&tape);
    probes_free(tired);
}

static void another_byte_sent(void **state)
{
    (void)state;
    differs(HEAD DIALOGUE("NOOB") VERDICT("closed", "550 no", STEP),
            "line 5 of the tape: expected send on connection 1 (NOOB");
}

static void another_verdict_reason_or_step(void **state)
{
    (void)state;
    differs(HEAD DIALOGUE("NOOP") VERDICT("open", "550 no", STEP),
            "line 7 of the tape: expected verdict (open), got verdict (closed)");
    differs(HEAD DIALOGUE("NOOP") VERDICT("closed", "550 yes", STEP),
            "line 7 of the tape: expected the reason (550 yes), got the reason (550 no)");
    differs(HEAD DIALOGUE("NOOP") VERDICT("closed", "550 no", ""),
            "line 7 of the tape: expected no step 1, got step 1 ({\"line\":6,\"say\":\"550 no\"})");
    differs(HEAD DIALOGUE("NOOP") VERDICT("closed", "550 no", STEP "," STEP),
            "line 7 of the tape: expected step 2 ({\"line\":6,\"say\":\"550 no\"}), got no step 2");
    differs(HEAD DIALOGUE("NOOP") VERDICT("closed", "550 no", "{\"line\":5,\"say\":\"550 no\"}"),
            "line 7 of the tape: expected step 1 ({\"line\":5,\"say\":\"550 no\"}), got step 1 "
            "({\"line\":6,");
}

/* A record that is missing, one too many, one that stands elsewhere. */
static void another_record(void **state)
{
    (void)state;
#define OPEN                                                                                       \
    "{\"t\":1,\"op\":\"open\",\"c\":1,\"to\":\"192.0.2.25:25\"}\n"                                 \
    "{\"t\":2,\"op\":\"opened\",\"c\":1,\"from\":\"192.0.2.1:4000\"}\n"
#define BANNER  "{\"t\":3,\"op\":\"recv\",\"c\":1,\"data\":\"220 a\\r\\n\"}\n"
#define SAYS    "{\"t\":4,\"op\":\"send\",\"c\":1,\"data\":\"NOOP\\r\\n\"}\n"
#define REFUSES "{\"t\":5,\"op\":\"recv\",\"c\":1,\"data\":\"550 no\\r\\n\"}\n"
#define END     VERDICT("closed", "550 no", STEP)
    differs(
        HEAD OPEN SAYS REFUSES END,
        "line 4 of the tape: expected send on connection 1 (NOOP\\r\\n), got recv on connection 1");
    differs(
        HEAD OPEN BANNER REFUSES END,
        "line 5 of the tape: expected recv on connection 1 (550 no\\r\\n), got send on connection "
        "1 (NOOP\\r\\n)");
    differs(HEAD OPEN BANNER SAYS END,
            "line 6 of the tape: expected verdict (closed), got recv on connection 1");
    differs(
        HEAD OPEN BANNER SAYS SAYS REFUSES END,
        "line 6 of the tape: expected send on connection 1 (NOOP\\r\\n), got recv on connection 1");
    differs(HEAD OPEN BANNER SAYS REFUSES "{\"t\":6,\"op\":\"note\",\"data\":\"hm\"}\n" END,
            "line 7 of the tape: expected note (hm), got verdict (closed)");
    differs(
        HEAD BANNER OPEN SAYS REFUSES END,
        "line 2 of the tape: expected recv on connection 1 (220 a\\r\\n), got open on connection "
        "1 (192.0.2.25:25)");
}

/* The script's own error is told, with its calls, when it is what differs, and only then. */
static void a_script_that_fails(void **state)
{
    (void)state;
    static const char broken[] =
        "local probe = ajar.probe { id = 'relay/test', kind = 'relay', ports = {}, summary = '' }\n"
        "local function stumble(t) return t.none.at_all end\n"
        "function probe.run(target)\n"
        "  local smtp = ajar.smtp.connect(target)\n"
        "  return ajar.closed(stumble(smtp))\n"
        "end\n"
        "return probe\n";
    struct fail fail;
    struct vm_limits limits = vm_limits_default();
    struct script_source source = {"broken.lua", "test@1", bytes_of(broken), 0, {0}};
    struct probes *failing = probes_new(&source, 1, &limits, &fail);
    rederive(failing, &(struct case_files){.tape = bytes_of(HEAD OPEN BANNER SAYS REFUSES END)},
             &what);
    assert_int_equal(what.outcome, REDERIVED_DIFFERS);
    assert_string_equal(what.difference.got, "verdict (error)");
    assert_non_null(strstr(what.error, "broken.lua:2: attempt to index field 'none'"));
    assert_non_null(strstr(what.error, "stack traceback:\n\tbroken.lua:2: in function"));
    assert_non_null(strstr(what.error, "\n\tbroken.lua:5: in function"));
    rederive(failing, &(struct case_files){.tape = bytes_of(HEAD SAYS END)}, &what);
    assert_int_equal(what.difference.line, 2);
    assert_string_equal(what.error, "");
    probes_free(failing);
}

/* The script did not run again where its worker had died; else it did, and asked for more than there is. */
static void a_tape_that_holds_the_verdict_error_alone(void **state)
{
    (void)state;
    static const char lost[] =
        "the worker that ran this probe was ended by signal 9 (Killed), twice";
    comes_to(HEAD VERDICT("error", "out of memory", ""), REDERIVED_NOTHING, "out of memory");
    comes_to(HEAD VERDICT("error",
                          "the worker that ran this probe was ended by signal 9 (Killed), twice",
                          ""),
             REDERIVED_NOTHING, lost);
    differs(HEAD VERDICT("closed", "550 no", ""), "line 2 of the tape: expected verdict (closed)");
    differs(HEAD OPEN VERDICT("error", "out of memory", ""),
            "line 4 of the tape: expected verdict (error)");
    cannot_be_tried(HEAD VERDICT("error", "out of memory", "") OPEN, "line 3");
}

/* It may do the same here, so it is not run, whatever the tape holds until then: this one would send something else. */
static void a_tape_whose_scripts_process_was_ended(void **state)
{
    (void)state;
#define LOST "the process of this probe's pack turned in circles inside the script and was ended"
    comes_to(HEAD DIALOGUE("NOOP") VERDICT("error", LOST, ""), REDERIVED_ENDED, LOST);
    comes_to(HEAD DIALOGUE("EHLO a") VERDICT("error", LOST, ""), REDERIVED_ENDED, LOST);
    comes_to(HEAD VERDICT("error", LOST, ""), REDERIVED_NOTHING, LOST);
    cannot_be_tried(HEAD OPEN VERDICT("error", LOST, "") OPEN, "line 5");
}

/* Words of a script are not those of ajar: it can't choose not to be run again. */
static void a_script_that_says_that_its_process_was_ended(void **state)
{
    (void)state;
    differs(HEAD DIALOGUE("NOOP") VERDICT("closed", LOST, STEP), "line 7 of the tape");
    differs(HEAD DIALOGUE("NOOP")
                VERDICT("error", LOST "\\nstack traceback:\\n\\ttest.lua:4: in", ""),
            "line 7 of the tape: expected verdict (error)");
}

/* And case.json says what such a tape says, like any other's. */
static void a_case_of_a_script_whose_process_was_ended(void **state)
{
    (void)state;
    struct case_files files = {
        .tape = bytes_of(HEAD DIALOGUE("NOOP") VERDICT("error", LOST, "")),
        .case_json = bytes_of("{\"verdict\":\"closed\",\"reason\":\"550 no\"}"),
    };
    rederive(probes, &files, &what);
    assert_int_equal(what.outcome, REDERIVED_DIFFERS);
}

/* Where a script was when its budget was spent is chance; that it was spent, and when in the dialogue, is not. */
static void a_script_that_turns_in_circles(void **state)
{
    (void)state;
#define SPENT ": instruction budget spent: the script ran too long without waiting for anything"
    static const char circles[] =
        "local probe = ajar.probe { id = 'relay/test', kind = 'relay', ports = {}, summary = '' }\n"
        "function probe.run(target)\n"
        "  local smtp = ajar.smtp.connect(target)\n"
        "  while true do end\n"
        "end\n"
        "return probe\n";
    struct fail fail;
    struct vm_limits limits = vm_limits_default();
    struct script_source source = {"circles.lua", "test@1", bytes_of(circles), 0, {0}};
    limits.instructions = 200 * 1000;
    struct probes *turning = probes_new(&source, 1, &limits, &fail);
    static const char *const tapes[][2] = {
        {HEAD OPEN BANNER VERDICT("error", "other.lua:77" SPENT, ""), "the same"},
        {HEAD OPEN BANNER VERDICT("error", "other.lua:77" SPENT " ", ""), "the reason"},
        {HEAD OPEN BANNER VERDICT("error", "not enough memory", ""), "the reason"},
        {HEAD OPEN BANNER SAYS VERDICT("error", "other.lua:77" SPENT, ""), "line 5"},
        {HEAD OPEN BANNER VERDICT("closed", "other.lua:77" SPENT, ""), "verdict (closed)"},
    };
    for (size_t i = 0; i < sizeof tapes / sizeof tapes[0]; i++) {
        rederive(turning, &(struct case_files){.tape = bytes_of(tapes[i][0])}, &what);
        if (!strstr(sentence(), tapes[i][1]))
            fail_msg("%s\n-> %s", tapes[i][0], sentence());
        assert_int_equal(rederive_is_spent(bytes_of(tapes[i][0])), i == 0 || i == 3 || i == 4);
    }
    assert_false(rederive_is_spent(bytes_of(HEAD OPEN)));
    assert_false(rederive_is_spent(bytes_of("no tape")));
    probes_free(turning);
}

static void a_tape_that_goes_on_or_ends_early(void **state)
{
    (void)state;
    differs(HEAD DIALOGUE("NOOP") "{\"t\":6,\"op\":\"close\",\"c\":1}\n" VERDICT("closed", "550 no",
                                                                                 STEP),
            "line 7 of the tape: expected close on connection 1, got verdict (closed)");
    cannot_be_tried(HEAD DIALOGUE("NOOP"), "the tape ends at line 6 without a verdict");
    cannot_be_tried(HEAD, "the tape ends at line 1 without a verdict");
}

static void another_target(void **state)
{
    (void)state;
    differs(HEAD "{\"t\":1,\"op\":\"open\",\"c\":1,\"to\":\"192.0.2.26:25\"}\n" VERDICT("closed",
                                                                                        "", ""),
            "line 2 of the tape: expected open on connection 1 (192.0.2.26:25)");
}

static void a_probe_that_is_not_in_the_bundle(void **state)
{
    (void)state;
    cannot_be_tried(HEAD_OF("relay/none") VERDICT("closed", "", ""),
                    "no script for the probe relay/none");
}

static void what_is_no_tape(void **state)
{
    (void)state;
    cannot_be_tried("", "line 1");
    cannot_be_tried("not JSON\n", "line 1");
    cannot_be_tried(HEAD "not JSON\n", "line 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_verdict_follows_from_the_bytes),
        cmocka_unit_test(the_budget_is_that_between_two_waits),
        cmocka_unit_test(another_byte_sent),
        cmocka_unit_test(another_verdict_reason_or_step),
        cmocka_unit_test(another_record),
        cmocka_unit_test(a_script_that_fails),
        cmocka_unit_test(a_tape_that_holds_the_verdict_error_alone),
        cmocka_unit_test(a_tape_whose_scripts_process_was_ended),
        cmocka_unit_test(a_script_that_says_that_its_process_was_ended),
        cmocka_unit_test(a_case_of_a_script_whose_process_was_ended),
        cmocka_unit_test(a_script_that_turns_in_circles),
        cmocka_unit_test(a_tape_that_goes_on_or_ends_early),
        cmocka_unit_test(another_target),
        cmocka_unit_test(a_probe_that_is_not_in_the_bundle),
        cmocka_unit_test(what_is_no_tape),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
