#include "evidence/extract.h"
#include "evidence/proof.h"
#include "evidence/secret.h"
#include "evidence/sign.h"
#include "made.h"

static void extract(const char *id, const char *to)
{
    struct fail fail = {0};
    must(extract_write("b.tar", id, to, NULL, 0, &fail), &fail);
}

static void an_extract_verifies_and_says_of_what(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct bundle_report r;
    make_bundle();
    extract("c-1", "e.tar");
    must(bundle_verify("e.tar", NULL, &r, &fail), &fail);
    assert_string_equal(r.case_id, "c-1");
    assert_string_equal(r.name, "b");
    assert_int_equal(r.cases, MADE_CASES);
    assert_in_range(r.place, 1, 2);
    assert_int_equal(r.parts, 4);
    assert_int_equal(r.hidden, 0);
}

static void an_extract_does_not_name_the_other_case(void **state)
{
    (void)state;
    make_bundle();
    extract("c-1", "e.tar");
    assert_runs("! grep -aq -e c-2 -e 'second tape' e.tar");
}

static void public_tools_check_what_an_extract_has_of_the_bundle(void **state)
{
    (void)state;
    make_bundle();
    extract("c-2", "e.tar");
    assert_runs("tar -xf e.tar && cd e && minisign -V -p ../b.pub -m tagmanifest-sha256.txt && "
                "sha256sum -c --strict --ignore-missing tagmanifest-sha256.txt > ../said && "
                "grep -qx 'tree-head.txt: OK' ../said");
}

static void a_bundle_of_one_case_has_a_proof_without_steps(void **state)
{
    (void)state;
    make_bundle_of(made_files, 3);
    extract("c-2", "e.tar");
    assert_verifies("e.tar");
    assert_runs("tar -xOf e.tar e/proof.txt | grep -c path | grep -qx 0");
}

/* `how` works on the unpacked directory e/, which is then packed again. */
static const struct {
    const char *how;
    const char *because;
} damages[] = {
    {"echo x >> data/run.json", "data/run.json and data/packs/ are not those that were sealed"},
    {"echo x > data/more", "data/run.json and data/packs/ are not those that were sealed"},
    {"rm -r data/packs", "are not those that were sealed"},
    {"echo x >> data/cases/c-1/tape.jsonl", "it has 4 parts, and the case's files have 5"},
    {"sed -i s/first/other/ data/cases/c-1/tape.jsonl", "its root is not that of the case's parts"},
    {"mv data/cases/c-1/receipts/r-0.eml data/cases/c-1/receipts/r-2.eml",
     "its root is not that of the case's parts"},
    {"rm data/cases/c-1/receipts/r-1.txt", "it has 4 parts, and the case's files have 3"},
    {"sed -i 's/^secret ./secret /;/^secret/s/$/0/' data/cases/c-1/tree.txt", "c-1: tree.txt: "},
    {"rm data/cases/c-1/tree.txt", "data/cases/c-1/tree.txt is missing"},
    {"cp -r data/cases/c-1 data/cases/c-2", "was added: proof.txt is for the case c-1"},
    {"mv data/cases/c-1 data/cases/c-2", "was added: proof.txt is for the case c-1"},
    {"mkdir data/cases/c-2", "is a directory with no file of the bundle in it"},
    {"sed -i s/c-1/c-2/ proof.txt; mv data/cases/c-1 data/cases/c-2",
     "does not lead from the case to the signed root"},
    {"sed -i 's/^path ./path /;/^path/s/$/0/' proof.txt", "proof.txt: it does not lead"},
    {"sed -i '/^place/s/ 1 / 3 /;/^place/s/ 2 / 3 /' proof.txt", "proof.txt: it does not lead"},
    {"sed -i '/^place/s/of 2/of 3/' proof.txt", "it says 3 cases, and the signed head 2"},
    {"echo >> proof.txt", "proof.txt: not the proof for a case"},
    {"sed -i '/^path/d' proof.txt", "proof.txt: it does not lead"},
    {"rm proof.txt", "names the bundle b, and its directory is called e"},
    {"sed -i s/cases.2/cases\\ 3/ tree-head.txt", "tree-head.txt was changed"},
    {"rm tree-head.txt", "tree-head.txt is missing"},
    {"rm VERIFY.txt", "VERIFY.txt is missing"},
    {"echo >> VERIFY.txt", "VERIFY.txt was changed"},
    {"echo > more.txt", "more.txt was added: tagmanifest-sha256.txt does not list it"},
    {"sed -i s/cases:2/cases:3/ *.minisig", "the trusted comment is not the one"},
    {"echo >> tagmanifest-sha256.txt", "the signature does not hold"},
    {"rm *.minisig", "not signed"},
};

static void what_was_changed_in_an_extract_is_said(void **state)
{
    (void)state;
    make_bundle();
    extract("c-1", "e.tar");
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        char command[1024];
        snprintf(command, sizeof command,
                 "rm -rf e; tar -xf e.tar && cd e && { %s; } && cd .. && "
                 "tar --format=ustar -cf f.tar e",
                 damages[i].how);
        assert_runs(command);
        assert_not_verified("f.tar", damages[i].because, damages[i].how);
    }
}

/* Away from the case's other files, where no reader of cases looks for more of it. */
static void a_file_put_in_behind_the_case_is_refused(void **state)
{
    (void)state;
    static const char *const names[] = {
        "case.json",         "tape.jsonl",          "tree.txt",
        "receipts/r-0.eml",  "receipts/r-1.txt",    "receipts/r-9.eml",
        "receipts/evidence", "receipts/more/r.eml", "more.txt"};
    make_bundle();
    extract("c-1", "e1.tar");
    extract("c-2", "e2.tar");
    for (size_t i = 0; i < 2 * sizeof names / sizeof names[0]; i++) {
        char command[1024];
        unsigned of = (unsigned)(i % 2 + 1);
        snprintf(command, sizeof command,
                 "rm -rf e%u; mkdir -p e%u/data/cases/c-%u/receipts/more && cp e%u.tar f.tar && "
                 "echo FORGED > e%u/data/cases/c-%u/%s && "
                 "tar --format=ustar -rf f.tar e%u/data/cases/c-%u/%s",
                 of, of, of, of, of, of, names[i / 2], of, of, names[i / 2]);
        assert_runs(command);
        assert_not_verified("f.tar", "c-", command);
    }
}

/* Whoever reads cases takes files that stand together. */
static void an_extract_whose_files_stand_apart_is_refused(void **state)
{
    (void)state;
    make_bundle();
    extract("c-1", "e.tar");
    assert_runs("tar -xf e.tar && cd e/data/cases/c-1 && mv receipts/r-0.eml ../../../../aside && "
                "cd ../../../.. && tar --format=ustar -cf f.tar e && "
                "mv aside e/data/cases/c-1/receipts/r-0.eml && "
                "tar --format=ustar -rf f.tar e/data/cases/c-1/receipts/r-0.eml");
    assert_not_verified("f.tar", "the files of its case don't stand together", "apart");
}

/* The signer chooses the bundle's name, and it is printed. */
static void a_bundles_name_that_no_directory_can_have_is_refused(void **state)
{
    (void)state;
    struct fail fail = {0};
    static unsigned char tags[4096];
    struct buf signature = buf_new(4096);
    bool needs_password;
    make_bundle();
    extract("c-1", "e.tar");
    assert_runs("tar -xf e.tar");
    size_t n = read_file("e/tagmanifest-sha256.txt", tags, sizeof tags);
    struct secret_key *key = secret_key_load("b.key", NULL, &needs_password, &fail);
    must(key != NULL, &fail);
    must(sign_put(&signature, key, bytes_at(tags, n),
                  "ajar-evidence/2\tbag:b 31m\tcases:2\tutc:2026-11-24T02:10:16.123456Z", &fail),
         &fail);
    secret_key_free(key);
    write_file("e/tagmanifest-sha256.txt.minisig", signature.p, signature.n);
    buf_free(&signature);
    assert_runs("tar --format=ustar -cf f.tar e");
    assert_not_verified("f.tar", "names a bundle as none can be called", "name");
}

/* No list gives the order of its data/; that of what stands beside it the tag manifest does. */
static void an_extract_in_another_order_is_refused(void **state)
{
    (void)state;
    make_bundle();
    extract("c-1", "e.tar");
    assert_runs("tar -xf e.tar && tar -cf f.tar e/proof.txt $(tar -tf e.tar | grep -v proof.txt)");
    assert_not_verified("f.tar", "proof.txt stands before files of data/", "the proof in front");
    assert_runs("tar -cf f.tar $(tar -tf e.tar | grep -v pub) e/keys/operator.pub");
    assert_not_verified("f.tar", "keys/operator.pub stands behind proof.txt", "the key at the end");
}

static void an_extract_packed_again_verifies(void **state)
{
    (void)state;
    make_bundle();
    extract("c-1", "e.tar");
    assert_runs("tar -xf e.tar && mv e another && "
                "tar -cf f.tar $(tar -tf e.tar | sed s/^e/another/)");
    assert_verifies("f.tar");
}

static void no_changed_byte_is_accepted(void **state)
{
    (void)state;
    static unsigned char all[256 * 1024];
    make_bundle();
    extract("c-1", "e.tar");
    size_t n = read_file("e.tar", all, sizeof all);
    write_file("f.tar", all, n);
    int fd = open("f.tar", O_WRONLY | O_CLOEXEC);
    for (size_t i = 0; i < n; i++) {
        struct fail fail;
        struct bundle_report report;
        unsigned char other = all[i] ^ (unsigned char)(1 << i % 8);
        assert_int_equal(pwrite(fd, &other, 1, (off_t)i), 1);
        if (bundle_verify("f.tar", NULL, &report, &fail))
            fail_msg("accepted with another byte at %zu", i);
        assert_int_equal(pwrite(fd, &all[i], 1, (off_t)i), 1);
    }
    close(fd);
    assert_verifies("f.tar");
}

static void what_is_there_is_not_overwritten(void **state)
{
    (void)state;
    struct fail fail;
    make_bundle();
    write_file("e.tar", "mine", 4);
    assert_false(extract_write("b.tar", "c-1", "e.tar", NULL, 0, &fail));
    assert_string_equal(fail.code, "EEXIST");
    assert_runs("grep -qx mine e.tar");
}

static void a_case_that_is_not_there_leaves_no_file(void **state)
{
    (void)state;
    struct fail fail;
    make_bundle();
    assert_false(extract_write("b.tar", "c-9", "e.tar", NULL, 0, &fail));
    assert_string_equal(fail.code, "ENOENT");
    assert_runs("test ! -e e.tar");
}

#define IN_TEMP(test) cmocka_unit_test_setup_teardown(test, temp_enter, temp_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TEMP(an_extract_verifies_and_says_of_what),
        IN_TEMP(an_extract_does_not_name_the_other_case),
        IN_TEMP(public_tools_check_what_an_extract_has_of_the_bundle),
        IN_TEMP(a_bundle_of_one_case_has_a_proof_without_steps),
        IN_TEMP(what_was_changed_in_an_extract_is_said),
        IN_TEMP(a_file_put_in_behind_the_case_is_refused),
        IN_TEMP(an_extract_whose_files_stand_apart_is_refused),
        IN_TEMP(a_bundles_name_that_no_directory_can_have_is_refused),
        IN_TEMP(an_extract_in_another_order_is_refused),
        IN_TEMP(an_extract_packed_again_verifies),
        IN_TEMP(no_changed_byte_is_accepted),
        IN_TEMP(what_is_there_is_not_overwritten),
        IN_TEMP(a_case_that_is_not_there_leaves_no_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
