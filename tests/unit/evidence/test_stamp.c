#include "made.h"

#include "evidence/stamp.h"
#include "evidence/stamp_desk.h"

#include <time.h>

/* ---- a time-stamp service, made with openssl, in the directory at hand ------------------------ */

static void make_service(void)
{
    static const char config[] = "[tsa]\ndefault_tsa = s\n[s]\nserial = serial\n"
                                 "signer_cert = tsa.pem\nsigner_key = tsa.key\n"
                                 "signer_digest = sha256\ndefault_policy = 1.2.3.4\n"
                                 "digests = sha256\ness_cert_id_alg = sha256\n";
    write_file("tsa.cnf", config, sizeof config - 1);
    assert_runs("echo 01 > serial; openssl req -x509 -newkey ec -pkeyopt "
                "ec_paramgen_curve:prime256v1 -nodes -keyout tsa.key -out tsa.pem -days 2 "
                "-subj '/O=Stamps/CN=Time' -addext extendedKeyUsage=critical,timeStamping");
}

static unsigned char file[STAMP_LIMIT];

static struct bytes content_of(const char *path)
{
    return bytes_at(file, read_file(path, file, sizeof file));
}

/* What the service answers to the request, changed by `how` on the way. */
static void answer(const struct stamp_request *request, const char *how)
{
    struct fail fail = {0};
    char command[1024];
    struct buf query = buf_new(1024);
    must(stamp_request_put(request, &query, &fail), &fail);
    write_file("query", query.p, query.n);
    buf_free(&query);
    snprintf(command, sizeof command,
             "openssl ts -reply -config tsa.cnf -queryfile query -out answer && { %s; }", how);
    assert_runs(command);
}

/* A stamp of these bytes, as it is kept. */
static struct buf stamped(struct bytes content)
{
    struct fail fail = {0};
    struct buf kept = buf_new(STAMP_LIMIT);
    struct stamp_request request = stamp_request_new(content);
    answer(&request, "true");
    must(stamp_take(&request, content_of("answer"), &kept, &fail), &fail);
    return kept;
}

static struct stamp_trust *trust_of(const char *path)
{
    struct fail fail = {0};
    struct stamp_trust *t = stamp_trust_parse(content_of(path), &fail);
    must(t != NULL, &fail);
    return t;
}

static void a_stamp_says_when_and_by_whom(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct stamp s;
    make_service();
    struct buf kept = stamped(bytes_of("hello"));
    must(stamp_check(buf_view(&kept), bytes_of("hello"), NULL, &s, &fail), &fail);
    assert_string_equal(s.service, "CN=Time,O=Stamps");
    assert_false(s.trusted);
    instant now = (instant)time(NULL) * SPAN_SECOND;
    assert_true(s.at <= now && s.at > now - 60 * SPAN_SECOND);
    buf_free(&kept);
}

static void openssl_checks_what_is_kept(void **state)
{
    (void)state;
    make_service();
    struct buf kept = stamped(bytes_of("hello"));
    write_file("kept.tsr", kept.p, kept.n);
    buf_free(&kept);
    assert_runs("printf hello > f && openssl ts -verify -data f -in kept.tsr -CAfile tsa.pem");
}

static void its_reader_says_whom_to_trust(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct stamp s;
    make_service();
    struct buf kept = stamped(bytes_of("hello"));
    struct stamp_trust *ours = trust_of("tsa.pem");
    must(stamp_check(buf_view(&kept), bytes_of("hello"), ours, &s, &fail), &fail);
    assert_true(s.trusted);
    make_service(); /* another one */
    struct stamp_trust *others = trust_of("tsa.pem");
    must(stamp_check(buf_view(&kept), bytes_of("hello"), others, &s, &fail), &fail);
    assert_false(s.trusted);
    assert_string_equal(s.why.text, "the certificate of the time-stamp's signer: self-signed "
                                    "certificate");
    stamp_trust_free(ours);
    stamp_trust_free(others);
    buf_free(&kept);
}

static void it_is_for_these_bytes_alone(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct stamp s;
    make_service();
    struct buf kept = stamped(bytes_of("hello"));
    assert_false(stamp_check(buf_view(&kept), bytes_of("Hello"), NULL, &s, &fail));
    assert_string_equal(fail.text, "the time-stamp is for something else: its digest is another "
                                   "one");
    buf_free(&kept);
}

static void no_bit_of_it_can_be_flipped(void **state)
{
    (void)state;
    struct fail fail;
    struct stamp s;
    make_service();
    struct buf kept = stamped(bytes_of("hello"));
    for (size_t bit = 0; bit < 8 * kept.n; bit++) {
        kept.p[bit / 8] ^= (unsigned char)(1u << bit % 8);
        if (stamp_check(buf_view(&kept), bytes_of("hello"), NULL, &s, &fail))
            fail_msg("accepted with bit %zu of byte %zu flipped", bit % 8, bit / 8);
        kept.p[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
    buf_free(&kept);
}

/* ---- what a service does wrong ---------------------------------------------------------------- */

static const struct {
    const char *how; /* changes the file "answer" */
    const char *because;
} lies[] = {
    {": > answer", "not a time-stamp reply as RFC 3161 describes it"},
    {"echo hello > answer", "not a time-stamp reply"},
    {"echo >> answer", "not a time-stamp reply"},
    {"truncate -s -1 answer", "not a time-stamp reply"},
    {"truncate -s 70000 answer", "not a time-stamp reply"},
    {"tail -c 1 answer | LC_ALL=C tr '\\000-\\377' '\\001-\\377\\000' | "
     "dd of=answer bs=1 conv=notrunc seek=$(($(stat -c %s answer) - 1))",
     "the signature of the time-stamp does not hold"},
    {"openssl ts -query -digest $(sha256sum < /dev/null | cut -c 1-64) -sha256 -cert -out query && "
     "openssl ts -reply -config tsa.cnf -queryfile query -out answer",
     "the time-stamp is for something else"},
    {"printf hello > f; openssl ts -query -data f -sha256 -cert -out query && "
     "openssl ts -reply -config tsa.cnf -queryfile query -out answer",
     "the time-stamp answers another request"},
    {"printf hello > f; openssl ts -query -data f -sha256 -no_nonce -cert -out query && "
     "openssl ts -reply -config tsa.cnf -queryfile query -out answer",
     "the time-stamp answers another request"},
    {"printf hello > f; openssl ts -query -data f -sha512 -cert -out query && "
     "openssl ts -reply -config tsa.cnf -queryfile query -out answer",
     "the service refuses: it does not take SHA-256"},
    {"printf hello > f; openssl ts -query -data f -sha256 -no_nonce -out query && "
     "openssl ts -reply -config tsa.cnf -queryfile query -out answer",
     "a time-stamp without the certificate of its signer"},
    {"printf hello > f; openssl ts -query -data f -sha256 -tspolicy 1.2.99 -out query && "
     "openssl ts -reply -config tsa.cnf -queryfile query -out answer",
     "the service refuses: the policy is not supported: Requested policy is not supported."},
};

static void every_lie_has_its_sentence(void **state)
{
    (void)state;
    make_service();
    struct stamp_request request = stamp_request_new(bytes_of("hello"));
    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++) {
        struct fail fail = {0};
        struct buf kept = buf_new(STAMP_LIMIT);
        answer(&request, lies[i].how);
        if (stamp_take(&request, content_of("answer"), &kept, &fail))
            fail_msg("taken all the same: %s", lies[i].how);
        if (!strstr(fail.text, lies[i].because))
            fail_msg("%s: refused because \"%s\"", lies[i].how, fail.text);
        buf_free(&kept);
    }
}

static void what_is_no_certificate_is_no_trust(void **state)
{
    (void)state;
    struct fail fail = {0};
    assert_null(stamp_trust_parse(bytes_of("hello\n"), &fail));
    assert_non_null(strstr(fail.text, "there is no certificate in it"));
}

/* ---- in a bundle ------------------------------------------------------------------------------ */

static void stamp_bundle(unsigned times)
{
    struct fail fail = {0};
    struct stamp_desk *desk = stamp_desk_open("b.tar", &fail);
    must(desk != NULL, &fail);
    for (unsigned i = 0; i < times; i++) {
        struct buf kept = stamped(stamp_desk_signature(desk));
        must(stamp_desk_add(desk, buf_view(&kept), &fail), &fail);
        buf_free(&kept);
    }
    must(stamp_desk_write(desk, &fail), &fail);
    stamp_desk_close(desk);
}

static void a_bundle_keeps_its_stamps_beside_the_signature(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct bundle_report report;
    make_service();
    make_bundle();
    stamp_bundle(2);
    stamp_bundle(1);
    must(bundle_verify("b.tar", NULL, &report, &fail), &fail);
    assert_int_equal(report.stamp_count, 3);
    assert_string_equal(report.stamps[2].service, "CN=Time,O=Stamps");
    assert_false(report.stamp_trusted);
    assert_runs("tar -xf b.tar && cd b && for t in '' .2 .3; do openssl ts -verify "
                "-data tagmanifest-sha256.txt.minisig -in tagmanifest-sha256.txt.minisig$t.tsr "
                "-CAfile ../tsa.pem || exit 1; done; sha256sum -c --strict manifest-sha256.txt "
                "tagmanifest-sha256.txt && minisign -V -p ../b.pub -m tagmanifest-sha256.txt");
}

static void there_is_an_end_to_the_stamps_of_a_bundle(void **state)
{
    (void)state;
    struct fail fail = {0};
    make_service();
    make_bundle();
    stamp_bundle(BESIDE_STAMPS);
    assert_verifies("b.tar");
    struct stamp_desk *desk = stamp_desk_open("b.tar", &fail);
    must(desk != NULL, &fail);
    assert_false(stamp_desk_add(desk, bytes_of("x"), &fail));
    assert_string_equal(fail.text, "b.tar: it has 8 time-stamps, and there can't be more");
    stamp_desk_close(desk);
}

static bool verify_by(const struct bundle_trust *trust, struct bundle_report *report,
                      struct fail *fail)
{
    return bundle_verify_by("b.tar", trust, report, fail);
}

static void one_by_a_trusted_service_can_be_asked_for(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct bundle_report report;
    make_service();
    make_bundle();
    struct stamp_trust *first = trust_of("tsa.pem");
    struct bundle_trust trust = {.services = first};
    assert_false(verify_by(&trust, &report, &fail));
    assert_string_equal(fail.text, "b.tar: there is no time-stamp, and one by a service that you "
                                   "trust is asked for");
    stamp_bundle(1);
    must(verify_by(&trust, &report, &fail), &fail);
    assert_true(report.stamp_trusted && report.stamped == report.stamps[0].at);
    make_service();
    struct stamp_trust *second = trust_of("tsa.pem");
    struct bundle_trust others = {.services = second};
    assert_false(verify_by(&others, &report, &fail));
    assert_string_equal(fail.text, "b.tar: no time-stamp by a service that you trust: the "
                                   "certificate of the time-stamp's signer: self-signed "
                                   "certificate");
    stamp_bundle(1); /* by the second service */
    must(verify_by(&others, &report, &fail), &fail);
    assert_false(report.stamps[0].trusted);
    assert_true(report.stamps[1].trusted);
    stamp_trust_free(first);
    stamp_trust_free(second);
}

static void a_trusted_stamp_tells_whether_the_key_was_still_trusted(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct bundle_report report;
    struct trust keys = {.count = 0};
    make_service();
    make_bundle();
    must(trust_add(&keys, "b.pub", &fail), &fail);
    must(bundle_verify("b.tar", NULL, &report, &fail), &fail);
    instant sealed = 0;
    assert_true(time_parse(bytes_of(report.sealed), &sealed));
    keys.keys[0].until = sealed + 1;
    sleep(1); /* a service's time is in whole seconds */
    stamp_bundle(1);
    struct bundle_trust trust = {.keys = &keys};
    must(verify_by(&trust, &report, &fail), &fail); /* by the signer's clock */
    struct stamp_trust *services = trust_of("tsa.pem");
    trust.services = services;
    assert_false(verify_by(&trust, &report, &fail));
    assert_non_null(strstr(fail.text, "and the time-stamp shows its signature only on 20"));
    stamp_trust_free(services);
}

/* b.tar, sealed by its key with another time in the trusted comment: what `date -d` makes of `when`. */
static void seal_at(const char *when)
{
    char command[1024];
    make_bundle();
    snprintf(
        command, sizeof command,
        "rm -rf b; tar -xf b.tar && cd b && utc=$(date -u -d '%s' +%%Y-%%m-%%dT%%T.000000Z) && "
        "c=$(sed -n 's/^trusted comment: //p' *.minisig | sed s/utc:.*/utc:$utc/) && "
        "minisign -S -s ../b.key -t \"$c\" -m tagmanifest-sha256.txt && cd .. && %s && tar "
        "--format=ustar -cf b.tar -T order",
        when, MADE_ORDER);
    assert_runs(command);
}

static void a_trusted_stamp_proves_a_later_time_of_sealing_false(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct bundle_report report;
    make_service();
    struct stamp_trust *services = trust_of("tsa.pem");
    struct bundle_trust trusting = {.services = services};
    struct bundle_trust nobody = {.keys = NULL};
    static const char *const soon[] = {"-3 years", "now", "+9 minutes"};
    for (size_t i = 0; i < sizeof soon / sizeof soon[0]; i++) {
        seal_at(soon[i]);
        stamp_bundle(1);
        must(verify_by(&trusting, &report, &fail), &fail);
        assert_runs("rm b.tar b.key b.pub");
    }
    seal_at("2099-11-24");
    stamp_bundle(1);
    must(verify_by(&nobody, &report, &fail), &fail); /* anyone may have made the stamp */
    assert_false(verify_by(&trusting, &report, &fail));
    assert_non_null(strstr(fail.text, "b.tar: it says that it was sealed at "
                                      "2099-11-24T00:00:00.000000Z, and a time-stamp that you "
                                      "trust shows that very seal at 20"));
    assert_runs("rm b.tar b.key b.pub");
    seal_at("+11 minutes");
    stamp_bundle(1);
    assert_false(verify_by(&trusting, &report, &fail));
    assert_non_null(strstr(fail.text, ": that time is false"));
    stamp_trust_free(services);
}

/* `how` works in b/, whose stamp is $t; then all is packed again. */
static const struct {
    const char *how;
    const char *because;
} damages[] = {
    {"echo x >> $t", "not a time-stamp reply"},
    {": > $t", "not a time-stamp reply"},
    {"mv $t tagmanifest-sha256.txt.minisig.1.tsr", "was added: tagmanifest-sha256.txt does not"},
    {"mv $t tagmanifest-sha256.txt.minisig.9.tsr", "was added"},
    {"mv $t tagmanifest-sha256.txt.tsr", "was added"},
    {"head -c 70000 /dev/zero > $t", "not a time-stamp reply"},
    {"minisign -S -s ../b.key -m tagmanifest-sha256.txt -t \"$(sed -n 's/^trusted comment: "
     "//p' tagmanifest-sha256.txt.minisig | sed s/utc:20/utc:19/)\"",
     "minisig.tsr: the time-stamp is for something else"},
};

static void every_damage_has_its_sentence(void **state)
{
    (void)state;
    make_service();
    make_bundle();
    stamp_bundle(1);
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        char command[1024];
        snprintf(command, sizeof command,
                 "rm -rf b; tar -xf b.tar && cd b && t=tagmanifest-sha256.txt.minisig.tsr && "
                 "{ %s; } && cd .. && tar --format=ustar -cf c.tar b",
                 damages[i].how);
        assert_runs(command);
        assert_not_verified("c.tar", damages[i].because, damages[i].how);
    }
}

#define IN_TEMP(test) cmocka_unit_test_setup_teardown(test, temp_enter, temp_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TEMP(a_stamp_says_when_and_by_whom),
        IN_TEMP(openssl_checks_what_is_kept),
        IN_TEMP(its_reader_says_whom_to_trust),
        IN_TEMP(it_is_for_these_bytes_alone),
        IN_TEMP(no_bit_of_it_can_be_flipped),
        IN_TEMP(every_lie_has_its_sentence),
        IN_TEMP(what_is_no_certificate_is_no_trust),
        IN_TEMP(a_bundle_keeps_its_stamps_beside_the_signature),
        IN_TEMP(there_is_an_end_to_the_stamps_of_a_bundle),
        IN_TEMP(one_by_a_trusted_service_can_be_asked_for),
        IN_TEMP(a_trusted_stamp_tells_whether_the_key_was_still_trusted),
        IN_TEMP(a_trusted_stamp_proves_a_later_time_of_sealing_false),
        IN_TEMP(every_damage_has_its_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
