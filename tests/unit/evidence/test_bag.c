#include "evidence/bag.h"
#include "evidence/hold.h"
#include "temp.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

static const struct bag_file one_case[] = {
    {"data/cases/c-1/case.json", {(const unsigned char *)"{}\n", 3}, NULL},
    {"data/cases/c-1/tape.jsonl", {(const unsigned char *)"tape\n", 5}, NULL},
    {"data/cases/c-1/receipts/r-0.eml", {(const unsigned char *)"mail\r\n", 6}, NULL},
};

static struct bag *new_bag(void)
{
    struct fail fail = {0};
    struct bag *bag = bag_new("b.tar", &fail);
    if (!bag)
        fail_msg("%s", fail.text);
    return bag;
}

static void add(struct bag *bag, const struct bag_file *files, size_t n)
{
    struct fail fail = {0};
    if (!bag_add(bag, files, n, &fail))
        fail_msg("%s", fail.text);
}

/* Seals with a new key, whose public half goes into b.pub, and frees the bag. */
static void seal(struct bag *bag)
{
    struct fail fail = {0};
    struct secret_key *key = secret_key_new(&fail);
    assert_true(secret_key_save(key, NULL, "b.key", "b.pub", &fail));
    if (!bag_seal(bag, key, &fail))
        fail_msg("%s", fail.text);
    secret_key_free(key);
    bag_free(bag);
}

static void assert_public_commands_pass(void)
{
    assert_runs("tar -xf b.tar && cd b && minisign -V -p ../b.pub -m tagmanifest-sha256.txt");
    assert_runs("cd b && sha256sum -c --strict tagmanifest-sha256.txt");
    assert_runs("cd b && { test ! -s manifest-sha256.txt || "
                "sha256sum -c --strict manifest-sha256.txt; }");
    assert_runs("cd b && grep -qx 'Payload-Oxum: [0-9]*\\.'$(find data -type f | wc -l) "
                "bag-info.txt");
}

static void public_tools_accept_a_bundle(void **state)
{
    (void)state;
    struct bag *bag = new_bag();
    add(bag, one_case, 3);
    seal(bag);
    assert_public_commands_pass();
    assert_runs("test \"$(cat b/data/cases/c-1/tape.jsonl)\" = tape");
}

static void an_empty_bundle_can_be_sealed(void **state)
{
    (void)state;
    seal(new_bag());
    assert_runs("tar -xf b.tar && cd b && minisign -V -p ../b.pub -m tagmanifest-sha256.txt && "
                "sha256sum -c --strict tagmanifest-sha256.txt");
    assert_runs("grep -qx 'Payload-Oxum: 0.0' b/bag-info.txt");
}

static void the_guide_can_be_followed_word_by_word(void **state)
{
    (void)state;
    struct bag *bag = new_bag();
    add(bag, one_case, 3);
    seal(bag);
    assert_runs("tar -xf b.tar && grep '^     [a-z]' b/VERIFY.txt > guide && rm -r b && "
                "cp b.pub operator.pub && wc -l < guide | grep -qx 9");
    assert_runs("set -e; . ./guide > said; cd ..; grep -c ': OK' said | grep -qx 10; "
                "grep -cx 4 said | grep -qx 2; grep -qx 6 said");
}

static void the_archive_bears_no_times_and_no_owners(void **state)
{
    (void)state;
    struct bag *bag = new_bag();
    add(bag, one_case, 1);
    seal(bag);
    assert_runs("tar --utc --numeric-owner -tvf b.tar | grep -v '^-rw-r--r-- 0/0 .* 1970-01-01 "
                "00:00 b/' > others; test ! -s others");
}

static void the_trusted_comment_says_what_was_signed(void **state)
{
    (void)state;
    struct bag *bag = new_bag();
    add(bag, one_case, 3);
    seal(bag);
    assert_runs("tar -xf b.tar && cd b && minisign -VQ -p ../b.pub -m tagmanifest-sha256.txt | "
                "grep -Pqx 'ajar-evidence/2\\tbag:b\\tcases:1\\tutc:20[-0-9T:.]*Z'");
}

static void own_lines_stand_in_bag_info(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct bag *bag = new_bag();
    assert_true(bag_info(bag, "Source-Organization", "Post- og teletilsynet \xc3\xa5", &fail));
    assert_false(bag_info(bag, "payload-oxum", "1.1", &fail));
    assert_false(bag_info(bag, "Two words", "x", &fail));
    assert_false(bag_info(bag, "Contact-Name", "a\nPayload-Oxum: 9.9", &fail));
    seal(bag);
    assert_runs("tar -xf b.tar && grep -c . b/bag-info.txt | grep -qx 5");
    assert_runs("grep -qx 'Source-Organization: Post- og teletilsynet .*' b/bag-info.txt");
}

static void evidence_is_never_overwritten(void **state)
{
    (void)state;
    struct fail fail = {0};
    write_file("b.tar", "mine", 4);
    assert_null(bag_new("b.tar", &fail));
    assert_string_equal(fail.code, "EEXIST");
    assert_runs("grep -qx mine b.tar");
}

static void names_that_lead_out_or_do_not_fit_are_refused(void **state)
{
    (void)state;
    static const char *const names[] = {"/etc/passwd", "data/../x", "data//x",   "data/./x",
                                        "data/",       "data/a b",  "data/\xc3", "",
                                        "bagit.txt",   "data/-x"};
    struct bag *bag = new_bag();
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct fail fail = {0};
        struct bag_file file = {.name = names[i], .content = bytes_of("x")};
        assert_false(bag_add(bag, &file, 1, &fail));
        assert_string_equal(fail.code, "ENAME");
    }
    seal(bag);
    assert_runs("tar -xf b.tar && grep -qx 'Payload-Oxum: 0.0' b/bag-info.txt");
}

static void a_name_is_added_once(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct bag *bag = new_bag();
    struct bag_file twice[] = {one_case[0], one_case[0]};
    assert_false(bag_add(bag, twice, 2, &fail));
    struct bag_file single = {.name = "data/packs/local/a.lua", .content = bytes_of("return 1\n")};
    add(bag, &single, 1);
    assert_false(bag_add(bag, &single, 1, &fail));
    assert_string_equal(fail.text, "b.tar: data/packs/local/a.lua: added twice");
    bag_free(bag);
}

/* Names of every length around ustar's 100, below directories of a hundred. */
static void long_names_fit_or_are_refused(void **state)
{
    (void)state;
    struct bag *bag = new_bag();
    char directory[101];
    memset(directory, 'd', 100);
    directory[100] = '\0';
    unsigned added = 0;
    for (int n = 80; n < 110; n++) {
        struct fail fail = {0};
        char name[300];
        snprintf(name, sizeof name, "data/%s/%0*d", directory, n, n);
        struct bag_file file = {.name = name, .content = bytes_of("x")};
        bool ok = bag_add(bag, &file, 1, &fail);
        assert_int_equal(ok, n <= 100);
        added += ok;
    }
    assert_int_equal(added, 21);
    seal(bag);
    assert_public_commands_pass();
}

/* ---- a disk that fills up ------------------------------------------------------------------ */

static void limit_file_size(rlim_t limit)
{
    struct rlimit r;
    getrlimit(RLIMIT_FSIZE, &r);
    r.rlim_cur = limit;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &r), 0);
}

static void add_until_full(struct bag *bag, unsigned *added)
{
    static unsigned char content[100 * 1024];
    for (*added = 0; *added < 1000; (*added)++) {
        struct fail fail = {0};
        char names[2][64];
        snprintf(names[0], sizeof names[0], "data/cases/c-%u/case.json", *added);
        snprintf(names[1], sizeof names[1], "data/cases/c-%u/tape.jsonl", *added);
        struct bag_file files[] = {{names[0], bytes_of("{}\n"), NULL},
                                   {names[1], bytes_at(content, sizeof content), NULL}};
        if (!bag_add(bag, files, 2, &fail)) {
            assert_string_equal(fail.code, "EFBIG");
            assert_non_null(strstr(fail.text, "b.tar: the limit on a file's size is reached"));
            return;
        }
    }
}

static void what_was_added_before_the_disk_filled_up_is_sealed(void **state)
{
    (void)state;
    unsigned added;
    limit_file_size(1000 * 1000);
    struct bag *bag = new_bag();
    add_until_full(bag, &added);
    assert_int_equal(added, 8);
    seal(bag);
    limit_file_size(RLIM_INFINITY);
    assert_public_commands_pass();
    assert_runs("grep -q '\tcases:8\t' b/tagmanifest-sha256.txt.minisig");
}

static void a_small_group_may_still_fit_after_a_large_one_did_not(void **state)
{
    (void)state;
    unsigned added;
    limit_file_size(1000 * 1000);
    struct bag *bag = new_bag();
    add_until_full(bag, &added);
    struct bag_file small = {.name = "data/run.json", .content = bytes_of("{}\n")};
    add(bag, &small, 1);
    seal(bag);
    limit_file_size(RLIM_INFINITY);
    assert_public_commands_pass();
    assert_int_equal(access("b/data/run.json", F_OK), 0);
}

static void a_bag_that_was_not_sealed_keeps_its_files(void **state)
{
    (void)state;
    struct bag *bag = new_bag();
    add(bag, one_case, 3);
    bag_free(bag);
    struct stat st;
    assert_int_equal(stat("b.tar", &st), 0);
    assert_int_equal(st.st_size, 4 * 1024);
    assert_true(st.st_blocks < 100); /* the room kept for the end was given back */
}

static void room_kept_for_the_end_is_given_back(void **state)
{
    (void)state;
    struct bag *bag = new_bag();
    add(bag, one_case, 3);
    seal(bag);
    struct stat st;
    assert_int_equal(stat("b.tar", &st), 0);
    assert_true(st.st_blocks * 512 < st.st_size + 64 * 1024);
}

/* In another process, as `ajar seal` asks it. */
static bool is_held(const char *path)
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        struct fail fail;
        uint64_t size;
        bool held = false;
        _exit(hold_look(path, &size, &held, &fail) && held ? 1 : 0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status != 0;
}

static void a_bag_is_held_until_it_is_sealed_also_when_it_is_read(void **state)
{
    (void)state;
    struct bag *bag = new_bag();
    add(bag, one_case, 3);
    fclose(fopen("b.tar", "rb"));
    assert_true(is_held("b.tar"));
    seal(bag);
    assert_false(is_held("b.tar"));
}

#define IN_TEMP(test) cmocka_unit_test_setup_teardown(test, temp_enter, temp_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TEMP(public_tools_accept_a_bundle),
        IN_TEMP(an_empty_bundle_can_be_sealed),
        IN_TEMP(the_guide_can_be_followed_word_by_word),
        IN_TEMP(the_archive_bears_no_times_and_no_owners),
        IN_TEMP(the_trusted_comment_says_what_was_signed),
        IN_TEMP(own_lines_stand_in_bag_info),
        IN_TEMP(evidence_is_never_overwritten),
        IN_TEMP(names_that_lead_out_or_do_not_fit_are_refused),
        IN_TEMP(a_name_is_added_once),
        IN_TEMP(long_names_fit_or_are_refused),
        IN_TEMP(what_was_added_before_the_disk_filled_up_is_sealed),
        IN_TEMP(a_small_group_may_still_fit_after_a_large_one_did_not),
        IN_TEMP(a_bag_that_was_not_sealed_keeps_its_files),
        IN_TEMP(room_kept_for_the_end_is_given_back),
        IN_TEMP(a_bag_is_held_until_it_is_sealed_also_when_it_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
