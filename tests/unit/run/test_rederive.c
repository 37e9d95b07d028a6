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
    struct script_source source = {"test.lua", "test@1", bytes_of(script)};
    probes = probes_new(&source, 1, &limits, &fail);
    return probes ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    probes_free(probes);
    return 0;
}

static void differs(const char *tape, const char *words)
{
    struct fail fail = {.text = ""};
    if (rederive(probes, bytes_of(tape), &fail) || !strstr(fail.text, words))
        fail_msg("%s\n-> %s", tape, fail.text);
}

static void the_verdict_follows_from_the_bytes(void **state)
{
    (void)state;
    struct fail fail = {.text = ""};
    if (!rederive(probes, bytes_of(HEAD DIALOGUE("NOOP") VERDICT("closed", "550 no", STEP)), &fail))
        fail_msg("%s", fail.text);
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
            "line 7 of the tape: another reason was given: 550 no");
    differs(HEAD DIALOGUE("NOOP") VERDICT("closed", "550 no", ""),
            "line 7 of the tape: other steps led to the verdict");
    differs(HEAD DIALOGUE("NOOP") VERDICT("closed", "550 no", STEP "," STEP),
            "line 7 of the tape: other steps led to the verdict");
}

static void a_tape_that_goes_on_or_ends_early(void **state)
{
    (void)state;
    differs(HEAD DIALOGUE("NOOP") "{\"t\":6,\"op\":\"close\",\"c\":1}\n" VERDICT("closed", "550 no",
                                                                                 STEP),
            "line 7 of the tape: expected close on connection 1 (), got verdict (closed)");
    differs(HEAD DIALOGUE("NOOP"), "without a verdict");
    differs(HEAD, "without a verdict");
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
    differs(HEAD_OF("relay/none") VERDICT("closed", "", ""), "no script for the probe relay/none");
}

static void what_is_no_tape(void **state)
{
    (void)state;
    differs("", "line 1");
    differs("not JSON\n", "line 1");
    differs(HEAD "not JSON\n", "line 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_verdict_follows_from_the_bytes),
        cmocka_unit_test(another_byte_sent),
        cmocka_unit_test(another_verdict_reason_or_step),
        cmocka_unit_test(a_tape_that_goes_on_or_ends_early),
        cmocka_unit_test(another_target),
        cmocka_unit_test(a_probe_that_is_not_in_the_bundle),
        cmocka_unit_test(what_is_no_tape),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
