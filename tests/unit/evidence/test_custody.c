/* What became of a bundle after it was sealed: records that follow each other, and what is refused. */
#include "made.h"

#include "evidence/custody.h"
#include "evidence/extract.h"
#include "evidence/sign.h"

#include "base/hash.h"

static const instant noon = 1796040000000000; /* 2026-11-30 12:00:00 */

#define BAG "b.tar.custody"

static struct secret_key *load(const char *path)
{
    struct fail fail = {0};
    bool needs_password;
    struct secret_key *key = secret_key_load(path, NULL, &needs_password, &fail);
    must(key != NULL, &fail);
    return key;
}

static struct bundle_report report_of(const char *path)
{
    struct fail fail = {0};
    struct bundle_report report;
    must(bundle_verify(path, NULL, &report, &fail), &fail);
    return report;
}

static bool try_add(const char *bag, const char *event, instant at, struct fail *fail)
{
    struct custody_entry added;
    struct secret_key *key = load("b.key");
    struct bundle_trust nobody = {0};
    struct custody_event e = {event, "Kari", "Ola", NULL};
    bool ok = custody_add("b.tar", bag, &nobody, &e, key, at, &added, fail);
    secret_key_free(key);
    return ok;
}

static void add(const char *event, unsigned hours)
{
    struct fail fail = {0};
    must(try_add(BAG, event, noon + hours * 3600 * SPAN_SECOND, &fail), &fail);
}

/* A bundle with three records. */
static void make_custody(void)
{
    make_bundle();
    add("handed-over", 0);
    add("received", 1);
    add("copied", 2);
}

static bool holds(const char *bundle, const char *bag, struct fail *fail)
{
    struct custody c;
    struct bundle_report report = report_of(bundle);
    bool ok = custody_read(bag, &c, fail) &&
              custody_check(&c, &report, NULL, noon + 3 * 3600 * SPAN_SECOND, fail);
    custody_free(&c);
    return ok;
}

static void assert_holds(void)
{
    struct fail fail = {0};
    must(holds("b.tar", BAG, &fail), &fail);
}

static void assert_refused(const char *because)
{
    struct fail fail = {0};
    if (holds("b.tar", BAG, &fail))
        fail_msg("it holds, though: %s", because);
    if (!strstr(fail.text, because))
        fail_msg("refused because \"%s\", not because \"%s\"", fail.text, because);
}

/* Unpacks the bag, does something in it, packs it again. */
static void bend_plainly(const char *how)
{
    char command[1024];
    snprintf(command, sizeof command,
             "rm -rf b.custody && tar -xf " BAG " && cd b.custody && %s && cd .. && "
             "tar --format=ustar -cf " BAG " b.custody",
             how);
    assert_runs(command);
}

/* The same by one who knows what a manifest is. */
static void bend(const char *how)
{
    char command[900];
    snprintf(command, sizeof command, "%s && sha256sum $(find data -type f) > manifest-sha256.txt",
             how);
    bend_plainly(command);
}

static void records_follow_each_other(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct custody c;
    make_custody();
    must(custody_read(BAG, &c, &fail), &fail);
    assert_int_equal(c.count, 3);
    assert_string_equal(c.entries[0].record.event, "handed-over");
    assert_string_equal(c.entries[2].record.by, "Kari");
    assert_string_equal(c.entries[2].record.to, "Ola");
    assert_string_equal(c.entries[2].record.note, "");
    assert_int_equal(c.entries[2].record.at, noon + 2 * 3600 * SPAN_SECOND);
    assert_memory_equal(c.entries[2].record.previous, c.entries[1].digest, SHA256_SIZE);
    custody_free(&c);
    assert_holds();
}

static void public_tools_check_the_same(void **state)
{
    (void)state;
    make_custody();
    assert_runs("tar -xf " BAG " && cd b.custody && "
                "sha256sum -c --strict manifest-sha256.txt && "
                "for r in data/record-????.txt; do "
                "minisign -V -P \"$(sed -n 's/^key //p' $r)\" -m $r || exit 1; done && "
                "test \"$(sha256sum < data/record-0002.txt)\" = "
                "\"$(sed -n 's/^previous //p' data/record-0003.txt)  -\" && "
                "test \"$(tar -xOf ../b.tar b/tagmanifest-sha256.txt.minisig | sha256sum)\" = "
                "\"$(sed -n 's/^seal //p' data/record-0003.txt)  -\" && "
                "test \"$(sha256sum < ../b.tar)\" = "
                "\"$(sed -n 's/^file //p' data/record-0003.txt)  -\"");
}

static void packed_again_it_holds(void **state)
{
    (void)state;
    make_custody();
    bend("true");
    assert_holds();
}

static void a_changed_record_is_refused(void **state)
{
    (void)state;
    make_custody();
    bend_plainly("sed -i 's/Kari/Karl/' data/record-0002.txt");
    assert_refused("data/record-0002.txt was changed");
    bend("true");
    assert_refused("record 2: the signature does not hold");
}

static void a_removed_record_is_refused(void **state)
{
    (void)state;
    make_custody();
    bend_plainly("rm data/record-0002.txt*");
    assert_refused("data/record-0002.txt is missing");
    bend("true");
    assert_refused("record 2 is missing: data/record-0003.txt is there");
    bend("mv data/record-0003.txt data/record-0002.txt && "
         "mv data/record-0003.txt.minisig data/record-0002.txt.minisig");
    assert_refused("record 2: it is record 3, in the place of record 2");
}

static void reordered_records_are_refused(void **state)
{
    (void)state;
    make_custody();
    bend("for s in '' .minisig; do mv data/record-0001.txt$s x && "
         "mv data/record-0002.txt$s data/record-0001.txt$s && mv x data/record-0002.txt$s; done");
    assert_refused("record 1: it is record 2, in the place of record 1");
}

static void an_unsigned_record_is_refused(void **state)
{
    (void)state;
    make_custody();
    bend("rm data/record-0003.txt.minisig");
    assert_refused("record 3 is not signed");
}

static void a_record_whose_forerunner_was_replaced_is_refused(void **state)
{
    (void)state;
    struct fail fail = {0};
    make_bundle();
    add("handed-over", 0);
    assert_runs("cp " BAG " other");
    add("received", 1);
    add("copied", 2);
    must(try_add("other", "destroyed", noon + 3600 * SPAN_SECOND, &fail), &fail);
    bend("tar -xOf ../other b.custody/data/record-0002.txt > data/record-0002.txt && "
         "tar -xOf ../other b.custody/data/record-0002.txt.minisig > data/record-0002.txt.minisig");
    assert_refused("record 3: it follows another record 2 than the one here: that was replaced, or "
                   "the chain was forked");
}

static bool agree(const char *one, const char *two, struct fail *fail)
{
    struct custody a;
    struct custody b;
    must(custody_read(one, &a, fail), fail);
    must(custody_read(two, &b, fail), fail);
    bool ok = custody_agree(&a, &b, fail) && custody_agree(&b, &a, fail);
    custody_free(&a);
    custody_free(&b);
    return ok;
}

static void two_copies_agree_until_they_fork(void **state)
{
    (void)state;
    struct fail fail = {0};
    make_bundle();
    add("handed-over", 0);
    assert_runs("cp " BAG " other");
    assert_true(agree(BAG, "other", &fail));
    add("received", 1);
    assert_true(agree(BAG, "other", &fail));
    must(try_add("other", "copied", noon + 3600 * SPAN_SECOND, &fail), &fail);
    assert_false(agree(BAG, "other", &fail));
    assert_string_equal(fail.text, "they part behind record 1: the chain was forked");
}

static void what_is_no_record_is_refused(void **state)
{
    (void)state;
    make_custody();
    bend_plainly("echo x > data/more");
    assert_refused("data/more: not a record of custody");
    bend("rm data/more && echo x > more");
    assert_refused("more: nothing that belongs into a bag of custody");
    bend("rm more && mkdir data/empty");
    assert_refused("data/empty");
    bend("rmdir data/empty && cp data/record-0001.txt data/record-0004.txt && "
         "cp data/record-0001.txt.minisig data/record-0004.txt.minisig");
    assert_refused("record 4: it is record 1, in the place of record 4");
    bend("rm data/record-0004.txt* && echo 'BagIt-Version: 0.97' > bagit.txt");
    assert_refused("not a bag of custody");
}

static void a_bag_that_is_too_large_is_refused(void **state)
{
    (void)state;
    make_custody();
    bend_plainly("head -c 16385 /dev/zero > data/record-0004.txt");
    assert_refused("data/record-0004.txt: more than 16 KiB");
    bend_plainly("head -c 16384 /dev/zero > data/record-0004.txt && "
                 "for i in $(seq 5 2100); do ln data/record-0004.txt "
                 "data/record-$(printf %04d $i).txt; done && rm -f data/*.minisig && cd .. && "
                 "mv b.custody whole && cp -r whole b.custody && cd b.custody");
    assert_refused("more than 32 MiB of records");
}

static void a_pipe_is_refused_at_once(void **state)
{
    (void)state;
    make_bundle();
    assert_runs("mkfifo " BAG);
    assert_refused("not a regular file");
}

static mode_t mode_of(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return st.st_mode & 07777;
}

static void who_may_read_it_is_as_the_umask_and_the_old_file_say(void **state)
{
    (void)state;
    make_bundle();
    umask(027);
    add("handed-over", 0);
    assert_int_equal(mode_of(BAG), 0640);
    assert_int_equal(chmod(BAG, 0600), 0);
    umask(022);
    add("received", 1);
    assert_int_equal(mode_of(BAG), 0600);
}

static void a_link_leads_to_the_custody_beside_the_file(void **state)
{
    (void)state;
    make_custody();
    assert_runs("mkdir d && ln -s ../b.tar d/l.tar && ln -s d/l.tar second");
    char *plain = custody_path("b.tar");
    char *linked = custody_path("second");
    char real[4096];
    assert_non_null(realpath(BAG, real));
    assert_string_equal(plain, BAG);
    assert_string_equal(linked, real);
    free(plain);
    free(linked);
}

static void a_bag_without_records_is_refused(void **state)
{
    (void)state;
    make_custody();
    bend_plainly("rm data/* && : > manifest-sha256.txt");
    assert_refused("there is no record in it");
}

static void what_is_no_tar_is_refused(void **state)
{
    (void)state;
    make_bundle();
    write_file(BAG, "hello", 5);
    assert_refused("tar file");
}

static void the_custody_of_another_bundle_is_refused(void **state)
{
    (void)state;
    make_custody();
    assert_runs("mkdir old && mv b.tar b.key b.pub old");
    make_bundle();
    assert_refused("it is the custody of another bundle");
}

/* Signed well, and in its place: only what it is about is wrong. */
static void write_record(const struct custody_record *r, const char *comment)
{
    struct fail fail = {0};
    struct buf text = buf_new(CUSTODY_TEXT);
    struct buf signature = buf_new(CUSTODY_TEXT);
    struct secret_key *key = load("b.key");
    must(custody_record_put(&text, r, &fail), &fail);
    must(sign_put(&signature, key, buf_view(&text), comment, &fail), &fail);
    secret_key_free(key);
    write_file("record", text.p, text.n);
    write_file("signature", signature.p, signature.n);
    buf_free(&text);
    buf_free(&signature);
    bend("cp ../record data/record-0003.txt && cp ../signature data/record-0003.txt.minisig");
}

static struct custody_record third_record(void)
{
    struct fail fail = {0};
    struct custody c;
    must(custody_read(BAG, &c, &fail), &fail);
    struct custody_record r = c.entries[2].record;
    custody_free(&c);
    return r;
}

static void a_record_of_another_bundle_in_the_row_is_refused(void **state)
{
    (void)state;
    make_custody();
    struct custody_record r = third_record();
    r.seal[7] ^= 1;
    write_record(&r, "ajar-custody/1\trecord:3\tutc:2026-11-30T14:00:00.000000Z");
    assert_refused("record 3: it is of another bundle than record 2");
}

static void a_record_from_before_the_one_before_is_refused(void **state)
{
    (void)state;
    make_custody();
    struct custody_record r = third_record();
    r.at = noon;
    write_record(&r, "ajar-custody/1\trecord:3\tutc:2026-11-30T12:00:00.000000Z");
    assert_refused("record 3: its time is before that of record 2");
}

static void the_comment_of_another_record_is_refused(void **state)
{
    (void)state;
    make_custody();
    struct custody_record r = third_record();
    write_record(&r, "ajar-custody/1\trecord:2\tutc:2026-11-30T14:00:00.000000Z");
    assert_refused("record 3: the trusted comment is that of another record");
}

static void a_record_from_the_future_is_refused(void **state)
{
    (void)state;
    struct fail fail = {0};
    make_bundle();
    add("handed-over", 0);
    add("received", 4);
    assert_refused("record 2 is from the future: 2026-11-30T16:00:00.000000Z");
    assert_false(try_add(BAG, "copied", noon, &fail));
    assert_non_null(strstr(fail.text, "is from the future"));
}

static void a_clock_that_stands_before_the_last_record_adds_none(void **state)
{
    (void)state;
    struct fail fail = {0};
    make_bundle();
    add("handed-over", 1);
    assert_false(try_add(BAG, "copied", noon + 3599 * SPAN_SECOND, &fail));
    assert_non_null(strstr(fail.text, "later than this machine's clock"));
    assert_holds();
}

static void an_extract_has_a_custody_of_its_own(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct custody_entry added;
    make_custody();
    must(extract_write("b.tar", "c-1", "e.tar", NULL, 0, &fail), &fail);
    assert_false(holds("e.tar", BAG, &fail));
    assert_non_null(strstr(fail.text, "not of this extract"));
    struct bundle_trust nobody = {0};
    struct custody_event e = {"handed-over", "Kari", "the owner", "on request"};
    struct secret_key *key = load("b.key");
    must(custody_add("e.tar", "e.tar.custody", &nobody, &e, key, noon, &added, &fail), &fail);
    secret_key_free(key);
    must(holds("e.tar", "e.tar.custody", &fail), &fail);
    assert_false(holds("b.tar", "e.tar.custody", &fail));
    assert_string_equal(fail.text, "it is the custody of an extract, of the case c-1");
}

static void keys_that_a_reader_names_must_have_signed(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct custody c;
    make_custody();
    struct bundle_report report = report_of("b.tar");
    must(custody_read(BAG, &c, &fail), &fail);
    struct trust trust = {.count = 1};
    trust.keys[0] = (struct trusted_key){report.signer, "Kari", INT64_MIN, INT64_MAX};
    must(custody_check(&c, &report, &trust, noon + 3 * 3600 * SPAN_SECOND, &fail), &fail);
    trust.keys[0].until = noon + 3600 * SPAN_SECOND + 1;
    assert_false(custody_check(&c, &report, &trust, noon + 3 * 3600 * SPAN_SECOND, &fail));
    assert_string_equal(fail.code, "ETRUST");
    trust.keys[0].key.ed25519[0] ^= 1;
    assert_false(custody_check(&c, &report, &trust, noon + 3 * 3600 * SPAN_SECOND, &fail));
    assert_non_null(strstr(fail.text, "record 1 is signed by the key"));
    custody_free(&c);
}

static void no_changed_byte_is_taken_for_a_record(void **state)
{
    (void)state;
    static unsigned char all[64 * 1024];
    struct fail fail = {0};
    struct custody before;
    make_bundle();
    add("handed-over", 0);
    must(custody_read(BAG, &before, &fail), &fail);
    size_t n = read_file(BAG, all, sizeof all);
    int fd = open(BAG, O_WRONLY | O_CLOEXEC);
    for (size_t i = 0; i < n; i++) {
        struct custody c;
        unsigned char bent = all[i] ^ (unsigned char)(1u << i % 8);
        assert_int_equal(pwrite(fd, &bent, 1, (off_t)i), 1);
        if (custody_read(BAG, &c, &fail) &&
            (c.count != 1 ||
             memcmp(c.entries[0].digest, before.entries[0].digest, SHA256_SIZE) != 0))
            fail_msg("byte %zu was changed, and the record with it", i);
        custody_free(&c);
        assert_int_equal(pwrite(fd, &all[i], 1, (off_t)i), 1);
    }
    close(fd);
    custody_free(&before);
}

static void what_can_be_said_of_an_event(void **state)
{
    (void)state;
    static const struct custody_event wrong[] = {
        {"", "Kari", NULL, NULL},          {"Handed", "Kari", NULL, NULL},
        {"handed over", "K", NULL, NULL},  {"copied", "", NULL, NULL},
        {"copied", "a\nb", NULL, NULL},    {"copied", "K", "\x1b[2J", NULL},
        {"copied", "K", NULL, "\xc2\x9b"}, {"copied", NULL, NULL, NULL},
    };
    struct fail fail = {0};
    char note[CUSTODY_NOTE + 1];
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(custody_event_check(&wrong[i], &fail));
        assert_string_equal(fail.code, "EINVAL");
    }
    memset(note, 'n', sizeof note);
    note[CUSTODY_NOTE] = '\0';
    struct custody_event e = {"copied", "Øyvind", "to the archive", note};
    assert_false(custody_event_check(&e, &fail));
    note[CUSTODY_NOTE - 1] = '\0';
    must(custody_event_check(&e, &fail), &fail);
}

#define IN_TEMP(test) cmocka_unit_test_setup_teardown(test, temp_enter, temp_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TEMP(records_follow_each_other),
        IN_TEMP(public_tools_check_the_same),
        IN_TEMP(packed_again_it_holds),
        IN_TEMP(a_changed_record_is_refused),
        IN_TEMP(a_removed_record_is_refused),
        IN_TEMP(reordered_records_are_refused),
        IN_TEMP(an_unsigned_record_is_refused),
        IN_TEMP(a_record_whose_forerunner_was_replaced_is_refused),
        IN_TEMP(two_copies_agree_until_they_fork),
        IN_TEMP(what_is_no_record_is_refused),
        IN_TEMP(a_bag_that_is_too_large_is_refused),
        IN_TEMP(a_pipe_is_refused_at_once),
        IN_TEMP(who_may_read_it_is_as_the_umask_and_the_old_file_say),
        IN_TEMP(a_link_leads_to_the_custody_beside_the_file),
        IN_TEMP(a_bag_without_records_is_refused),
        IN_TEMP(what_is_no_tar_is_refused),
        IN_TEMP(the_custody_of_another_bundle_is_refused),
        IN_TEMP(a_record_of_another_bundle_in_the_row_is_refused),
        IN_TEMP(a_record_from_before_the_one_before_is_refused),
        IN_TEMP(the_comment_of_another_record_is_refused),
        IN_TEMP(a_record_from_the_future_is_refused),
        IN_TEMP(a_clock_that_stands_before_the_last_record_adds_none),
        IN_TEMP(an_extract_has_a_custody_of_its_own),
        IN_TEMP(keys_that_a_reader_names_must_have_signed),
        IN_TEMP(no_changed_byte_is_taken_for_a_record),
        IN_TEMP(what_can_be_said_of_an_event),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
