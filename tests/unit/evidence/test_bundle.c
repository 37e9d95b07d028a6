#include "made.h"

#include "evidence/sign.h"

/* ---- what verifies ------------------------------------------------------------------------- */

static void a_bundle_verifies_by_its_own_key(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct bundle_report report;
    make_bundle();
    must(bundle_verify("b.tar", NULL, &report, &fail), &fail);
    assert_false(report.signer_given);
    assert_int_equal(report.files, MADE_FILES + MADE_CASES);
    assert_int_equal(report.octets, MADE_OCTETS);
    assert_int_equal(report.cases, MADE_CASES);
    assert_string_equal(report.name, "b");
    assert_memory_equal(report.trusted_comment, "ajar-evidence/2\tbag:b\tcases:2\tutc:20", 35);
    assert_int_equal(strlen(report.sealed), 27);
}

static void a_bundle_verifies_by_a_trusted_key(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct bundle_report report;
    struct public_key key;
    make_bundle();
    must(public_key_load("b.pub", &key, &fail), &fail);
    must(bundle_verify("b.tar", &key, &report, &fail), &fail);
    assert_true(report.signer_given);
    assert_memory_equal(report.signer.id, key.id, sizeof key.id);
}

static void an_empty_bundle_verifies(void **state)
{
    (void)state;
    make_bundle_of(NULL, 0);
    assert_verifies("b.tar");
}

static void the_name_of_the_tar_file_does_not_matter(void **state)
{
    (void)state;
    make_bundle();
    assert_runs("mv b.tar other.tar");
    assert_verifies("other.tar");
}

/* As doc/evidence.md, section 2, says. */
static void a_bundle_packed_again_in_the_order_of_its_lists_verifies(void **state)
{
    (void)state;
    static const char *const ways[] = {
        "tar -cf c.tar $(cat order)",
        "tar --format=ustar -cf c.tar $(cat order)",
        "tar --owner=somebody:12345 -cf c.tar $(cat order)",
        "tar --no-recursion -cf c.tar $(find b -type d) $(cat order)",
        "bsdtar --format=ustar -cf c.tar $(cat order) || tar -cf c.tar $(cat order)",
    };
    make_bundle();
    assert_runs("tar -xf b.tar && " MADE_ORDER);
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        assert_runs(ways[i]);
        assert_verifies("c.tar");
    }
}

static void a_bundle_signed_by_minisign_verifies(void **state)
{
    (void)state;
    make_bundle();
    assert_runs("tar -xf b.tar && cd b && "
                "comment=$(sed -n 's/^trusted comment: //p' tagmanifest-sha256.txt.minisig) && "
                "rm tagmanifest-sha256.txt.minisig && "
                "minisign -S -s ../b.key -t \"$comment\" -m tagmanifest-sha256.txt && "
                "cd .. && " MADE_ORDER " && tar -cf c.tar $(cat order)");
    assert_verifies("c.tar");
}

/* ---- what was changed in the files --------------------------------------------------------- */

/* `how` works on the unpacked directory b/, which is then packed again. */
static const struct {
    const char *how;
    const char *because;
} damages[] = {
    {"echo x >> data/run.json",
     "data/run.json was changed: its SHA-256 is not the one in manifest-sha256.txt"},
    {"rm data/run.json", "data/run.json is missing: manifest-sha256.txt lists it"},
    {"rm -r data/cases", "data/cases/c-1/case.json is missing"},
    {"echo x > data/more.json", "data/more.json was added: manifest-sha256.txt does not list it"},
    {"mkdir data/cases/c-3; cp data/run.json data/cases/c-3/case.json",
     "data/cases/c-3/case.json was added"},
    {"mv data/run.json data/ran.json",
     "data/run.json was renamed: here it is called data/ran.json"},
    {"mv data/cases/c-1/receipts/r-0.eml x; "
     "mv data/cases/c-1/receipts/r-1.txt data/cases/c-1/receipts/r-0.eml; "
     "mv x data/cases/c-1/receipts/r-1.txt",
     "data/cases/c-1/receipts/r-0.eml was changed"},
    {"cp data/run.json data/cases/run.json", "data/cases/run.json was added"},
    {"mkdir data/cases/c-3", "data/cases/c-3 is a directory with no file of the bundle in it"},
    {"mkdir tsa", "tsa is a directory with no file of the bundle in it"},
    {"echo x > README", "README was added: tagmanifest-sha256.txt does not list it"},
    {"rm VERIFY.txt", "VERIFY.txt is missing: tagmanifest-sha256.txt lists it"},
    {"echo x >> VERIFY.txt", "VERIFY.txt was changed: its SHA-256 is not the one in tagmanifest"},
    {"mv VERIFY.txt READ.txt", "VERIFY.txt was renamed: here it is called READ.txt"},
    {"rm bagit.txt", "bagit.txt is missing"},
    {"sed -i s/1.0/0.9/ bagit.txt", "bagit.txt was changed"},
    {"sed -i s/Oxum:.*/Oxum:\\ 1.1/ bag-info.txt", "bag-info.txt was changed"},
    {"rm bag-info.txt", "bag-info.txt is missing"},
    {"rm manifest-sha256.txt", "manifest-sha256.txt is missing"},
    {"sed -i 1d manifest-sha256.txt", "manifest-sha256.txt was changed"},
    {"sed -i 1d tagmanifest-sha256.txt", "the signature does not hold"},
    {"rm tagmanifest-sha256.txt", "tagmanifest-sha256.txt is missing"},
    {"rm tagmanifest-sha256.txt.minisig", "not signed: tagmanifest-sha256.txt.minisig is missing"},
    {"rm *manifest*", "(a run that was cut off before it was sealed?)"},
    {"rm keys/operator.pub", "keys/operator.pub is missing"},
    {"echo x > keys/operator.pub", "keys/operator.pub: not a public key"},
    {"minisign -G -W -f -p keys/operator.pub -s ../other.key",
     "tagmanifest-sha256.txt.minisig: signed by the key "},
    {"sed -i s/cases:2/cases:3/ *.minisig", "the trusted comment is not the one that the key "},
    {"sed -i 's/^untrusted comment: s/&x/' *.minisig", "the untrusted comment was changed"},
    {"sed -i 2s/^RUT/RUR/ *.minisig; sed -i 2s/^RU/RW/ *.minisig",
     "a signature of the old, not prehashed kind"},
    {"echo >> tagmanifest-sha256.txt.minisig", "something follows the signature"},
    {"echo hello > tagmanifest-sha256.txt.minisig", "not a signature"},
    {"rm data/run.json; ln -s cases/c-1/case.json data/run.json", "run.json: a symbolic link"},
    {"ln data/run.json data/copy", "a hard link"},
    {"rm data/run.json; mkfifo data/run.json", "run.json: a named pipe"},
    {"touch 'data/a b'", "data/a b: a name with a character that is not allowed"},
    {"touch 'data/\xd0\xb0'", "a name with a character that is not allowed"},
    {"touch data/-x", "data/-x: a name that begins with \"-\""},
    {"cd ..; mv b c; ln -s c b; cd b; set -- c", "and its directory is called c"},
};

static void every_change_of_the_files_has_its_sentence(void **state)
{
    (void)state;
    make_bundle();
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        char command[1024];
        snprintf(command, sizeof command,
                 "rm -rf b c other.key; tar -xf b.tar && cd b && set -- b && { %s; } && "
                 "cd .. && cd \"$(pwd -P)\" && tar --format=ustar -cf c.tar $1",
                 damages[i].how);
        assert_runs(command);
        assert_not_verified("c.tar", damages[i].because, damages[i].how);
    }
}

/* ---- what its signer did wrong ------------------------------------------------------------- */

/* As above, but all manifests are made anew and signed by the operator. */
static const struct {
    const char *how;
    const char *because;
} faults[] = {
    {"sed -i s/Oxum:.*/Oxum:\\ 395.9/ bag-info.txt",
     "bag-info.txt: Payload-Oxum is 395.9, and the bundle has 395.10"},
    {"sed -i /Oxum/d bag-info.txt", "bag-info.txt: no Payload-Oxum"},
    {"sed -n /Oxum/p bag-info.txt > x; cat x >> bag-info.txt; rm x", "more than one Payload-Oxum"},
    {"sed -i s/1.0/0.97/ bagit.txt", "bagit.txt: not BagIt 1.0"},
    {"sed -i 1s/^/A/ manifest-sha256.txt", "manifest-sha256.txt: line 1 is not"},
    {"sed -i '2s/  / */' manifest-sha256.txt", "manifest-sha256.txt: line 2 is not"},
    {"sed -i 's/$/\\r/' manifest-sha256.txt", "line 1: data/packs/builtin/probe.lua?: a name"},
    {"sed -i 1s/^./A/ manifest-sha256.txt", "manifest-sha256.txt: line 1 is not"},
    {"sed -i 1p manifest-sha256.txt", "data/packs/builtin/probe.lua is listed twice"},
    {"printf x >> manifest-sha256.txt", "line 11 is not"},
    {"truncate -s -1 manifest-sha256.txt", "line 10 is not"},
    {"sed -i '3s/^/\\n/' manifest-sha256.txt", "line 3 is not"},
    {"sed -i '1s/^/\\xef\\xbb\\xbf/' manifest-sha256.txt", "line 1 is not"},
    {"sed -i '10s/$/ /' manifest-sha256.txt", "line 10: data/run.json : a name with a character"},
    {"sed -i 's|run.json|run.js\\xd0\\xben|' manifest-sha256.txt", "line 10: data/run.js\xd0\xbe"
                                                                   "n: a name with a character"},
    {"sed -i 's|run.json|run\\x00json|' manifest-sha256.txt", "line 10 is not"},
    {"sed -i 's|run.json|run.json\\xe2\\x80\\xa8|' manifest-sha256.txt", "a name with a character"},
    {"sed -i '1y/abcdef/ABCDEF/' manifest-sha256.txt", "line 1 is not"},
    {"printf '\\0' >> manifest-sha256.txt", "line 11 is not"},
    {"sed -i 's|data/run.json|data/../data/run.json|' manifest-sha256.txt",
     "line 10: data/../data/run.json: a name with \"..\""},
};

static void what_its_signer_did_wrong_is_said(void **state)
{
    (void)state;
    make_bundle();
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        char command[1024];
        snprintf(command, sizeof command,
                 "rm -rf b; tar -xf b.tar && cd b && { %s; } && "
                 "t=tagmanifest-sha256.txt c=$(sed -n 's/^trusted comment: //p' *.minisig) && "
                 "sha256sum bag-info.txt bagit.txt keys/* manifest-sha256.txt tree-head.txt "
                 "VERIFY.txt > $t && "
                 "rm $t.minisig && minisign -S -s ../b.key -t \"$c\" -m $t && cd .. && "
                 "tar --format=ustar -cf c.tar b",
                 faults[i].how);
        assert_runs(command);
        assert_not_verified("c.tar", faults[i].because, faults[i].how);
    }
}

static void a_signature_of_another_kind_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *comment;
        const char *because;
    } comments[] = {
        {"timestamp:1\tfile:x\thashed", "does not say \"ajar-evidence/2\""},
        {"ajar-evidence/3\tbag:b\tcases:2\tutc:2026-11-24T02:10:16.123456Z", "ajar-evidence/2"},
        {"ajar-evidence/2\tbag:b\tutc:2026-11-24T02:10:16.123456Z", "is not bag, cases and utc"},
        {"ajar-evidence/2\tbag:b\tcases:2\tutc:yesterday", "is not bag, cases and utc"},
        {"ajar-evidence/2\tbag:b\tcases:2\tutc:2026-11-24T02:10:16.123456Z\tx", "is not bag"},
        {"ajar-evidence/2\tbag:b\tcases:-2\tutc:2026-11-24T02:10:16.123456Z", "is not bag"},
        {"ajar-evidence/2\tbag:b\tcases:3\tutc:2026-11-24T02:10:16.123456Z",
         "the trusted comment says cases:3, and 2 are in the bundle"},
        {"ajar-evidence/2\tbag:c\tcases:2\tutc:2026-11-24T02:10:16.123456Z",
         "names the bundle c, and its directory is called b"},
    };
    make_bundle();
    for (size_t i = 0; i < sizeof comments / sizeof comments[0]; i++) {
        char command[1024];
        snprintf(command, sizeof command,
                 "rm -rf b; tar -xf b.tar && cd b && rm *.minisig && "
                 "minisign -S -s ../b.key -t '%s' -m tagmanifest-sha256.txt && cd .. && "
                 "tar -cf c.tar b",
                 comments[i].comment);
        assert_runs(command);
        assert_not_verified("c.tar", comments[i].because, comments[i].comment);
    }
}

static void another_key_than_the_given_one_is_refused_by_name(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct bundle_report report;
    struct public_key key;
    make_bundle();
    struct secret_key *other = secret_key_new(&fail);
    key = secret_key_public(other);
    secret_key_free(other);
    assert_false(bundle_verify("b.tar", &key, &report, &fail));
    char id[KEY_ID_TEXT];
    assert_non_null(strstr(fail.text, key_id_text(&key, id)));
    must(public_key_load("b.pub", &key, &fail), &fail);
    assert_non_null(strstr(fail.text, key_id_text(&key, id)));
}

static void another_key_under_the_same_number_is_refused(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct bundle_report report;
    struct public_key key;
    make_bundle();
    struct secret_key *other = secret_key_new(&fail);
    must(public_key_load("b.pub", &key, &fail), &fail);
    struct public_key forged = secret_key_public(other);
    memcpy(forged.id, key.id, sizeof key.id);
    secret_key_free(other);
    assert_false(bundle_verify("b.tar", &forged, &report, &fail));
    assert_non_null(strstr(fail.text, "the signature does not hold"));
}

/* ---- what is no bundle --------------------------------------------------------------------- */

static const struct {
    const char *how; /* makes c.tar of b.tar and b/ */
    const char *because;
} archives[] = {
    {": > c.tar", "not a tar file: it is empty"},
    {"echo hello > c.tar", "not a tar file: it is shorter than one block"},
    {"head -c 2000 b/VERIFY.txt > c.tar", "not a tar file: no ustar header"},
    {"gzip -c b.tar > c.tar", "not a tar file"},
    {"head -c 10240 /dev/zero > c.tar", "not a tar file: it begins with zeros"},
    {"mkdir c.tar", "Is a directory"},
    {"cat b.tar b.tar > c.tar", "something follows the end of the archive"},
    {"{ cat b.tar; echo; } > c.tar", "bytes were added behind the end"},
    /* One block more, or two where one would pad the file as GNU tar does. */
    {"n=512; [ $(($(stat -c %s b.tar) % 10240)) -ne 9728 ] || n=1024; "
     "{ cat b.tar; head -c $n /dev/zero; } > c.tar",
     "bytes were added behind the end"},
    {"tar --format=pax --pax-option=comment=x -cf c.tar b", "a pax header"},
    {"tar --format=gnu -cf c.tar --transform='s|run|&/long/long/long/long/long/long/long/long/long/"
     "long/long/long/long/long/long/long/long/long/long/x|' b",
     "a long name of GNU's kind"},
    {"cp b.tar c.tar; tar --format=ustar -rf c.tar b/data/run.json",
     "data/run.json is in the bundle twice"},
    {"cp b.tar c.tar; tar --format=ustar -rf c.tar b/bagit.txt",
     "bagit.txt is in the bundle twice"},
    {"cp b.tar c.tar; cp -r b d; tar --format=ustar -rf c.tar d/data/run.json",
     "a second top directory beside b"},
    {"cp b.tar c.tar; tar --format=ustar -rf c.tar b.pub", "b.pub: a file beside the bundle's"},
    {"tar -P --format=ustar -cf c.tar $PWD/b", "an absolute name leads out of the bundle"},
    {"tar -P --format=ustar -cf c.tar b/../b", "a name with \"..\" in it leads out"},
    {"tar --format=ustar -cf c.tar ./b", "a name with \".\" in it"},
    {"truncate -s 1M x; tar -S --format=gnu -cf c.tar x b", "x: a sparse file"},
    {"tar --format=v7 -cf c.tar b", "not a tar file: no ustar header"},
    {"truncate -s 65M b/data/big; tar --format=ustar -cf c.tar b",
     "data/big: a file of more than 64 MiB"},
    {"mkdir b/t; for i in $(seq 70); do echo > b/t/$i; done; tar -cf c.tar b",
     "too many files beside data/"},
};

static void what_is_no_bundle_is_refused_with_a_reason(void **state)
{
    (void)state;
    make_bundle();
    for (size_t i = 0; i < sizeof archives / sizeof archives[0]; i++) {
        char command[1024];
        snprintf(command, sizeof command, "rm -rf b d c.tar; tar -xf b.tar && { %s; }",
                 archives[i].how);
        assert_runs(command);
        assert_not_verified("c.tar", archives[i].because, archives[i].how);
    }
    assert_not_verified("missing.tar", "No such file", "missing");
}

enum { TAR_CUT = 512 };

static unsigned char archive[64 * 1024];

static void a_bundle_cut_off_anywhere_is_refused(void **state)
{
    (void)state;
    make_bundle();
    size_t n = read_file("b.tar", archive, sizeof archive);
    for (size_t cut = TAR_CUT; cut < n; cut += TAR_CUT) {
        char how[32];
        snprintf(how, sizeof how, "cut at %zu", cut);
        write_file("c.tar", archive, cut);
        assert_not_verified("c.tar", "the tar file is cut off", how);
        write_file("c.tar", archive, cut + 100);
        assert_not_verified("c.tar", cut + TAR_CUT < n ? "cut off" : "", how);
    }
}

/* ---- reading ------------------------------------------------------------------------------- */

struct seen_cases {
    char text[512];
};

static bool note_case(void *arg, const struct bundle_case *c, struct fail *fail)
{
    (void)fail;
    struct seen_cases *s = arg;
    size_t used = strlen(s->text);
    used += (size_t)snprintf(s->text + used, sizeof s->text - used, "%s %.*s", c->id,
                             (int)c->tape.n - 1, (const char *)c->tape.p);
    for (unsigned i = 0; i < c->receipt_count; i++)
        used += (size_t)snprintf(s->text + used, sizeof s->text - used, " %s=%zu",
                                 c->receipts[i].name, c->receipts[i].content.n);
    snprintf(s->text + used, sizeof s->text - used, ";");
    return true;
}

static void cases_come_whole_and_in_order(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct seen_cases s = {""};
    make_bundle();
    must(bundle_cases("b.tar", NULL, note_case, &s, &fail), &fail);
    assert_string_equal(s.text, "c-2 second tape;c-1 first tape r-0.eml=6 r-1.txt=0;");
}

static void one_case_can_be_asked_for(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct seen_cases s = {""};
    make_bundle();
    must(bundle_cases("b.tar", "c-1", note_case, &s, &fail), &fail);
    assert_string_equal(s.text, "c-1 first tape r-0.eml=6 r-1.txt=0;");
    assert_false(bundle_cases("b.tar", "c-9", note_case, &s, &fail));
    assert_string_equal(fail.text, "b.tar: there is no case c-9 in the bundle");
}

static void a_case_without_its_tape_is_not_handed_on(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct seen_cases s = {""};
    make_bundle_of(made_files, 2);
    assert_false(bundle_cases("b.tar", NULL, note_case, &s, &fail));
    assert_non_null(strstr(fail.text, "data/cases/c-2/ has no tape.jsonl"));
    assert_string_equal(s.text, "");
}

static bool stop(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    (void)content;
    ++*(int *)arg;
    return fail_set(fail, "ESTOP", "enough of %s", name);
}

static void reading_stops_when_told_to(void **state)
{
    (void)state;
    struct fail fail = {0};
    int calls = 0;
    make_bundle();
    assert_false(bundle_each("b.tar", stop, &calls, &fail));
    assert_int_equal(calls, 1);
    assert_string_equal(fail.text, "b.tar: enough of data/packs/builtin/probe.lua");
}

static void a_file_is_read_by_its_name(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct buf out = buf_new(100);
    make_bundle();
    must(bundle_read("b.tar", "data/run.json", &out, &fail), &fail);
    assert_string_equal(buf_text(&out), "{}\n");
    assert_false(bundle_read("b.tar", "data/none", &out, &fail));
    assert_string_equal(fail.text, "b.tar: there is no data/none in the bundle");
    assert_false(bundle_read("b.tar", "VERIFY.txt", &out, &fail));
    assert_string_equal(fail.code, "ELIMIT");
    buf_free(&out);
}

#define IN_TEMP(test) cmocka_unit_test_setup_teardown(test, temp_enter, temp_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TEMP(a_bundle_verifies_by_its_own_key),
        IN_TEMP(a_bundle_verifies_by_a_trusted_key),
        IN_TEMP(an_empty_bundle_verifies),
        IN_TEMP(the_name_of_the_tar_file_does_not_matter),
        IN_TEMP(a_bundle_packed_again_in_the_order_of_its_lists_verifies),
        IN_TEMP(a_bundle_signed_by_minisign_verifies),
        IN_TEMP(every_change_of_the_files_has_its_sentence),
        IN_TEMP(what_its_signer_did_wrong_is_said),
        IN_TEMP(a_signature_of_another_kind_is_refused),
        IN_TEMP(another_key_than_the_given_one_is_refused_by_name),
        IN_TEMP(another_key_under_the_same_number_is_refused),
        IN_TEMP(what_is_no_bundle_is_refused_with_a_reason),
        IN_TEMP(a_bundle_cut_off_anywhere_is_refused),
        IN_TEMP(cases_come_whole_and_in_order),
        IN_TEMP(one_case_can_be_asked_for),
        IN_TEMP(a_case_without_its_tape_is_not_handed_on),
        IN_TEMP(reading_stops_when_told_to),
        IN_TEMP(a_file_is_read_by_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
