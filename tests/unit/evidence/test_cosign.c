#include "made.h"

#include "evidence/cosign.h"

#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>

/* ---- signatures added to b.tar, which b.key has sealed --------------------------------------- */

/* NAME.key and NAME.pub. */
static struct secret_key *new_key(const char *name)
{
    struct fail fail = {0};
    char secret[32];
    char public[32];
    struct secret_key *key = secret_key_new(&fail);
    snprintf(secret, sizeof secret, "%s.key", name);
    snprintf(public, sizeof public, "%s.pub", name);
    must(secret_key_save(key, NULL, secret, public, &fail), &fail);
    return key;
}

static const instant some_time = 1795500000 * SPAN_SECOND; /* in November 2026 */
static const struct bundle_trust nobody;

static struct public_key cosigned_by(const char *name)
{
    struct fail fail = {0};
    struct bundle_report report;
    struct secret_key *key = new_key(name);
    struct public_key public = secret_key_public(key);
    must(cosign_bundle("b.tar", &nobody, key, some_time, &report, &fail), &fail);
    secret_key_free(key);
    return public;
}

/* The keys of these files, NULL-ended. */
static struct trust trusting(const char *const *names)
{
    struct fail fail = {0};
    struct trust t = {.count = 0};
    for (; *names; names++)
        must(trust_add(&t, *names, &fail), &fail);
    return t;
}

static bool verify_by(const char *path, struct trust t, unsigned threshold,
                      struct bundle_report *report, struct fail *fail)
{
    struct bundle_trust trust = {.keys = &t, .threshold = threshold};
    return bundle_verify_by(path, &trust, report, fail);
}

static void a_second_signature_stands_beside_the_first(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct bundle_report report;
    make_bundle();
    assert_runs("tar -xf b.tar && mv b before");
    struct public_key public = cosigned_by("c");
    must(bundle_verify("b.tar", NULL, &report, &fail), &fail);
    assert_int_equal(report.signature_count, 2);
    assert_memory_equal(&report.signatures[1].key, &public, sizeof public);
    assert_string_equal(report.signatures[1].at, "2026-11-24T06:00:00.000000Z");
    assert_int_equal(report.signatures[1].signer, BUNDLE_OWN);
    /* What was there is there still, byte for byte, and one file more. */
    assert_runs("tar -xf b.tar && [ $(diff -r before b | wc -l) = 1 ] && "
                "diff -r before b | grep '^Only in b: tagmanifest-sha256.txt.*minisig$'");
}

static void minisign_checks_it(void **state)
{
    (void)state;
    make_bundle();
    cosigned_by("c");
    assert_runs(
        "tar -xf b.tar && cd b && "
        "minisign -V -p ../c.pub -m tagmanifest-sha256.txt -x *.txt.????????????????.minisig");
    assert_runs("cd b && minisign -V -p ../b.pub -m tagmanifest-sha256.txt");
}

static void one_that_minisign_made_counts(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct bundle_report report;
    make_bundle();
    assert_runs("minisign -G -W -p m.pub -s m.key && tar -xf b.tar && cd b && "
                "key=$(tail -n 1 ../m.pub) id=$(sed -n '1s/.* //p' ../m.pub) && "
                "id=$(printf %16s $id | tr ' ' 0) && " /* minisign leaves out zeros in front */
                "first=$(sha256sum tagmanifest-sha256.txt.minisig | cut -c 1-64) && "
                "minisign -S -s ../m.key -m tagmanifest-sha256.txt "
                "-x tagmanifest-sha256.txt.$id.minisig -t \"$(printf 'ajar-cosign/1\\tbag:b\\t"
                "signature:%s\\tkey:%s\\tutc:2026-11-24T02:10:16.123456Z' $first $key)\" && "
                "cd .. && " MADE_ORDER " && tar -cf c.tar $(cat order)");
    must(verify_by("c.tar", trusting((const char *[]){"m.pub", "b.pub", NULL}), 2, &report, &fail),
         &fail);
}

static void the_threshold_counts_trusted_signatures(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct bundle_report report;
    make_bundle();
    cosigned_by("c");
    cosigned_by("d");
    secret_key_free(new_key("e"));
    must(verify_by("b.tar", trusting((const char *[]){"b.pub", "c.pub", "d.pub", NULL}), 3, &report,
                   &fail),
         &fail);
    must(verify_by("b.tar", trusting((const char *[]){"e.pub", "c.pub", "d.pub", NULL}), 2, &report,
                   &fail),
         &fail);
    assert_int_equal(report.signatures[0].signer, BUNDLE_UNKNOWN);
    assert_int_equal(report.trusted_count, 2);
    must(verify_by("b.tar", trusting((const char *[]){"d.pub", NULL}), 1, &report, &fail), &fail);
    assert_false(
        verify_by("b.tar", trusting((const char *[]){"e.pub", "c.pub", NULL}), 2, &report, &fail));
    assert_string_equal(fail.text, "b.tar: signed by 1 of the keys that you trust, and not by 2");
    assert_int_equal(report.signature_count, 3); /* to be shown */
    assert_false(verify_by("b.tar", trusting((const char *[]){"e.pub", NULL}), 1, &report, &fail));
    assert_non_null(strstr(fail.text, "signed by the key "));
}

static void a_key_signs_once(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct bundle_report report;
    bool needs_password;
    make_bundle();
    cosigned_by("c");
    static const char *const names[] = {"b.key", "c.key"};
    for (size_t i = 0; i < 2; i++) {
        struct secret_key *key = secret_key_load(names[i], NULL, &needs_password, &fail);
        must(key != NULL, &fail);
        assert_false(cosign_bundle("b.tar", &nobody, key, some_time, &report, &fail));
        assert_non_null(strstr(fail.text, "has signed it already"));
        secret_key_free(key);
    }
}

/* A key number is chosen freely. Of the 158 bytes of a secret key's line it begins with byte 54, letter 72. */
static void a_key_signs_once_whatever_its_number(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct bundle_report report;
    bool needs_password;
    make_bundle();
    assert_runs("n=A; [ $(sed -n 2p b.key | cut -c 73) != A ] || n=B; "
                "(umask 077; sed \"2s/^\\(.\\{72\\}\\)./\\1$n/\" b.key > again.key)");
    struct secret_key *key = secret_key_load("again.key", NULL, &needs_password, &fail);
    must(key != NULL, &fail);
    assert_false(cosign_bundle("b.tar", &nobody, key, some_time, &report, &fail));
    assert_non_null(strstr(fail.text, "has signed it already"));
    secret_key_free(key);
}

static void a_key_that_has_expired_does_not_count(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct bundle_report report;
    make_bundle();
    cosigned_by("c");
    struct trust t = trusting((const char *[]){"c.pub", NULL});
    t.keys[0].until = some_time;
    assert_false(verify_by("b.tar", t, 1, &report, &fail));
    assert_non_null(strstr(fail.text, " was trusted until 2026-11-24, and signed on 2026-11-24"));
    assert_int_equal(report.signatures[1].signer, BUNDLE_EXPIRED);
    t.keys[0].until = some_time + 1;
    must(verify_by("b.tar", t, 1, &report, &fail), &fail);
    t.keys[0].from = some_time + 1;
    t.keys[0].until = INT64_MAX;
    assert_false(verify_by("b.tar", t, 1, &report, &fail));
    assert_non_null(strstr(fail.text, " is trusted from 2026-11-24 on, and signed on 2026-11-24"));
}

/* ---- what is wrong with one ------------------------------------------------------------------ */

/* `how` works in b/, where $c is the co-signature; then all is packed again. */
static const struct {
    const char *how;
    const char *because;
} damages[] = {
    {"sed -i '3s/bag:b/bag:c/' $c", "it was made for another bundle, or for another first"},
    {"sed -i '3s/utc:2026/utc:2025/' $c", "the trusted comment is not the one that the key"},
    {"sed -i '3s/ajar-cosign/ajar-evidence/' $c", "not a co-signature"},
    {"sed -i '1s/by ajar/by Ajar/' $c", "the untrusted comment was changed"},
    {"mv $c tagmanifest-sha256.txt.0123456789ABCDEF.minisig",
     "a co-signature by another key than its name says"},
    {"mv $c tagmanifest-sha256.txt.minisig.2", "was added: tagmanifest-sha256.txt does not list"},
    {"mv $c tagmanifest-sha256.txt.0123456789abcdef.minisig", "was added"},
    {"mkdir keys/x; mv $c keys/$c", "was added"},
    {"echo hello > $c", "not a signature"},
    {"minisign -S -s ../b.key -m tagmanifest-sha256.txt -x $c -t \"$(sed -n 's/^trusted comment: "
     "//p' $c)\"",
     "the key in the trusted comment has another number"},
    /* A first signature of a later time: what the second officer has seen is not there any more. */
    {"minisign -S -s ../b.key -m tagmanifest-sha256.txt -t \"$(sed -n 's/^trusted comment: "
     "//p' tagmanifest-sha256.txt.minisig | sed s/utc:20/utc:19/)\"",
     "it was made for another bundle, or for another first signature of this one"},
};

static void every_fault_has_its_sentence(void **state)
{
    (void)state;
    make_bundle();
    cosigned_by("c");
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        char command[1024];
        snprintf(command, sizeof command,
                 "rm -rf b; tar -xf b.tar && cd b && c=$(ls *.txt.????????????????.minisig) && "
                 "{ %s; } && cd .. && tar --format=ustar -cf c.tar b",
                 damages[i].how);
        assert_runs(command);
        assert_not_verified("c.tar", damages[i].because, damages[i].how);
    }
}

static void another_key_under_a_trusted_number_does_not_count(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct bundle_report report;
    make_bundle();
    cosigned_by("c");
    struct trust t = trusting((const char *[]){"c.pub", NULL});
    t.keys[0].key.ed25519[0] ^= 1;
    assert_false(verify_by("b.tar", t, 1, &report, &fail));
    assert_non_null(strstr(fail.text, "signed by another key under the number of the trusted key"));
}

static unsigned char archive[64 * 1024];

/* In the blocks that were added, one bit of every byte. */
static void no_flipped_bit_of_it_is_accepted(void **state)
{
    (void)state;
    struct fail fail;
    struct bundle_report report;
    make_bundle();
    size_t before = read_file("b.tar", archive, sizeof archive);
    cosigned_by("c");
    size_t n = read_file("b.tar", archive, sizeof archive);
    assert_true(n >= before + 1024);
    write_file("c.tar", archive, n);
    for (size_t i = before - 1024; i < n; i++) {
        unsigned char bit = (unsigned char)(1u << (i * 5 + i / 512) % 8);
        poke("c.tar", i, archive[i] ^ bit);
        if (bundle_verify("c.tar", NULL, &report, &fail))
            fail_msg("accepted with bit %u of byte %zu flipped", bit, i);
        poke("c.tar", i, archive[i]);
    }
}

/* ---- all or nothing -------------------------------------------------------------------------- */

static void assert_not_cosigned(const char *because)
{
    struct fail fail = {0};
    struct bundle_report report;
    struct secret_key *key = secret_key_new(&fail);
    assert_runs("cp b.tar before.tar && ls > names");
    assert_false(cosign_bundle("b.tar", &nobody, key, some_time, &report, &fail));
    secret_key_free(key);
    if (!strstr(fail.text, because))
        fail_msg("refused because \"%s\"", fail.text);
    assert_runs("cmp b.tar before.tar && ls | diff names - | diff - /dev/null");
}

static void a_bundle_that_does_not_verify_is_not_signed(void **state)
{
    (void)state;
    make_bundle();
    assert_runs("tar -xf b.tar && echo x >> b/data/run.json && tar -cf b.tar b");
    assert_not_cosigned("data/run.json was changed");
}

static void two_do_not_sign_at_once(void **state)
{
    (void)state;
    make_bundle();
    int held = open("b.tar", O_RDONLY);
    assert_int_equal(flock(held, LOCK_EX), 0);
    assert_not_cosigned("another program is adding to it; try again");
    close(held);
}

static void when_the_disk_is_full_the_old_bundle_stays(void **state)
{
    (void)state;
    make_bundle();
    struct rlimit old;
    struct rlimit small = {8192, RLIM_INFINITY};
    getrlimit(RLIMIT_FSIZE, &old);
    small.rlim_max = old.rlim_max;
    assert_runs("cp b.tar kept.tar");
    struct fail fail = {0};
    struct bundle_report report;
    struct secret_key *key = secret_key_new(&fail);
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    bool ok = cosign_bundle("b.tar", &nobody, key, some_time, &report, &fail);
    setrlimit(RLIMIT_FSIZE, &old);
    secret_key_free(key);
    assert_false(ok);
    assert_non_null(strstr(fail.text, "File too large"));
    assert_runs("cmp b.tar kept.tar && [ $(ls | grep -c new) = 0 ]");
}

static void a_link_stays_a_link_and_a_mode_a_mode(void **state)
{
    (void)state;
    struct stat st;
    make_bundle();
    assert_runs("mkdir d && mv b.tar d/b.tar && chmod 640 d/b.tar && ln -s d/b.tar b.tar");
    cosigned_by("c");
    assert_int_equal(lstat("b.tar", &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_int_equal(stat("d/b.tar", &st), 0);
    assert_int_equal(st.st_mode & 07777, 0640);
    assert_verifies("d/b.tar");
}

/* What was added stands behind what it is about; which of several came first says nothing. */
static void a_signature_that_was_added_has_its_place_behind(void **state)
{
    (void)state;
    make_bundle();
    cosigned_by("c");
    cosigned_by("d");
    assert_runs("tar -xf b.tar && " MADE_ORDER " && (head -n -2 order; tail -n 1 order; "
                "tail -n 2 order | head -n 1) > other && tar --format=ustar -cf c.tar -T other");
    assert_verifies("c.tar");
    assert_runs(
        "(tail -n 1 order; head -n -1 order) > other && tar --format=ustar -cf c.tar -T other");
    assert_not_verified("c.tar", ".minisig stands before files of data/", "in front");
    assert_runs("(head -n -3 order; tail -n 1 order; tail -n 3 order | head -n 2) > other && "
                "tar --format=ustar -cf c.tar -T other");
    assert_not_verified("c.tar", "tagmanifest-sha256.txt.minisig stands behind tagmanifest-sha256",
                        "before the first");
}

static void a_bundle_packed_again_can_be_signed(void **state)
{
    (void)state;
    make_bundle();
    assert_runs("tar -xf b.tar && " MADE_ORDER " && tar -cf b.tar $(cat order)");
    cosigned_by("c");
    assert_verifies("b.tar");
    assert_runs("tar -xf b.tar && cd b && sha256sum -c --strict manifest-sha256.txt && "
                "sha256sum -c --strict tagmanifest-sha256.txt");
}

#define IN_TEMP(test) cmocka_unit_test_setup_teardown(test, temp_enter, temp_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TEMP(a_second_signature_stands_beside_the_first),
        IN_TEMP(minisign_checks_it),
        IN_TEMP(one_that_minisign_made_counts),
        IN_TEMP(the_threshold_counts_trusted_signatures),
        IN_TEMP(a_key_signs_once),
        IN_TEMP(a_key_signs_once_whatever_its_number),
        IN_TEMP(a_signature_that_was_added_has_its_place_behind),
        IN_TEMP(a_key_that_has_expired_does_not_count),
        IN_TEMP(every_fault_has_its_sentence),
        IN_TEMP(another_key_under_a_trusted_number_does_not_count),
        IN_TEMP(no_flipped_bit_of_it_is_accepted),
        IN_TEMP(a_bundle_that_does_not_verify_is_not_signed),
        IN_TEMP(two_do_not_sign_at_once),
        IN_TEMP(when_the_disk_is_full_the_old_bundle_stays),
        IN_TEMP(a_link_stays_a_link_and_a_mode_a_mode),
        IN_TEMP(a_bundle_packed_again_can_be_signed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
