#include "evidence/chain.h"
#include "evidence/chain_search.h"
#include "evidence/extract.h"
#include "made.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>

/* What a test works with: the key k.key, its chain k.chain, bundles named in the order in which they were sealed. */
struct chained {
    struct secret_key *key;
    struct public_key public;
};

static struct chained begin(void)
{
    struct fail fail = {0};
    struct chained c = {.key = secret_key_new(&fail)};
    must(c.key != NULL, &fail);
    c.public = secret_key_public(c.key);
    return c;
}

static void seal(const struct chained *c, const char *path, const char *chain)
{
    struct fail fail = {0};
    struct bag *bag = bag_new(path, &fail);
    must(bag != NULL, &fail);
    struct chain_file *file = chain_file_open(chain, &c->public, &fail);
    must(file != NULL, &fail);
    bag_chain(bag, file);
    must(bag_add(bag, made_files + 1, 2, &fail), &fail);
    must(bag_seal(bag, c->key, &fail), &fail);
    bag_free(bag);
    chain_file_close(file);
}

static struct bundle_report report_of(const char *path)
{
    struct fail fail = {0};
    struct bundle_report report;
    must(bundle_verify(path, NULL, &report, &fail), &fail);
    return report;
}

/* NULL: they follow; else what is wrong. */
static const char *follows(const char *before, const char *next)
{
    static struct fail fail;
    struct bundle_report a = report_of(before);
    struct bundle_report b = report_of(next);
    struct chain_member x = {before, &a};
    struct chain_member y = {next, &b};
    return chain_follows(&x, &y, &fail) ? NULL : fail.text;
}

static void runs_of_a_key_follow_each_other(void **state)
{
    (void)state;
    struct chained c = begin();
    seal(&c, "1.tar", "k.chain");
    seal(&c, "2.tar", "k.chain");
    seal(&c, "3.tar", "k.chain");
    assert_null(follows("1.tar", "2.tar"));
    assert_null(follows("2.tar", "3.tar"));
    assert_int_equal(report_of("3.tar").head.chain.number, 3);
    assert_int_equal(report_of("3.tar").head.chain.previous_cases, 1);
    secret_key_free(c.key);
}

/* A key number is chosen freely: the sentence names the keys then. */
static void two_keys_of_one_number_are_told_apart(void **state)
{
    (void)state;
    struct fail fail = {0};
    char x[PUBLIC_KEY_TEXT];
    char y[PUBLIC_KEY_TEXT];
    char expected[512];
    struct chained c = begin();
    seal(&c, "1.tar", "k.chain");
    seal(&c, "2.tar", "k.chain");
    struct bundle_report a = report_of("1.tar");
    struct bundle_report b = report_of("2.tar");
    b.signer.ed25519[0] ^= 1;
    struct chain_member one = {"1.tar", &a};
    struct chain_member two = {"2.tar", &b};
    assert_false(chain_follows(&one, &two, &fail));
    snprintf(expected, sizeof expected, ", %s and %s: a chain is of one key",
             public_key_text(&a.signer, x), public_key_text(&b.signer, y));
    assert_non_null(strstr(fail.text, expected));
    assert_non_null(strstr(fail.text, "are signed by two keys that share the id "));
    secret_key_free(c.key);
}

static void each_fault_has_a_sentence_of_its_own(void **state)
{
    (void)state;
    struct chained c = begin();
    struct chained other = begin();
    seal(&c, "1.tar", "k.chain");
    assert_runs("cp k.chain fork.chain");
    seal(&c, "2.tar", "k.chain");
    seal(&c, "3.tar", "k.chain");
    seal(&c, "fork.tar", "fork.chain");
    seal(&other, "other.tar", "o.chain");
    make_bundle();
    assert_string_equal(follows("1.tar", "3.tar"),
                        "between 1.tar, run 1, and 3.tar, run 3, 1 run is missing");
    assert_non_null(strstr(follows("2.tar", "1.tar"), "give them in their order"));
    assert_string_equal(follows("2.tar", "fork.tar"),
                        "2.tar and fork.tar are both run 2 of the chain: it was forked");
    assert_string_equal(follows("fork.tar", "3.tar"),
                        "3.tar follows another run 2 than fork.tar: the chain was forked");
    assert_non_null(strstr(follows("1.tar", "other.tar"), "a chain is of one key"));
    assert_string_equal(follows("1.tar", "b.tar"), "b.tar is in no chain");
    assert_non_null(strstr(follows("1.tar", "1.tar"), "are the same run, 1 of the chain"));
    secret_key_free(c.key);
    secret_key_free(other.key);
}

/* ---- a program that was ended in the middle ---- */

static void what_was_sealed_and_not_noted_keeps_its_place(void **state)
{
    (void)state;
    struct chained c = begin();
    seal(&c, "1.tar", "k.chain");
    assert_runs("sed -i '$d' k.chain && tail -n 1 k.chain | grep -q '^sealing 1 '");
    seal(&c, "2.tar", "k.chain");
    assert_null(follows("1.tar", "2.tar"));
    secret_key_free(c.key);
}

/* As on a full disk: no byte more in this file. */
static rlim_t limit_size(rlim_t size)
{
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    rlim_t before = limit.rlim_cur;
    limit.rlim_cur = size;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    return before;
}

static void a_run_that_got_no_place_says_nothing_of_the_one_before(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct chain_link link;
    static char text[4096];
    struct chained c = begin();
    seal(&c, "1.tar", "k.chain");
    assert_runs("sed -i '$d' k.chain && mv k.chain cut && touch k.chain");
    struct chain_file *file = chain_file_open("k.chain", &c.public, &fail);
    must(file != NULL, &fail);
    assert_runs("cat cut > k.chain && cp k.chain before");
    rlim_t before = limit_size(read_file("k.chain", text, sizeof text));
    assert_false(chain_file_next(file, &link, &fail));
    limit_size(before);
    must(chain_file_end(file, false, &fail), &fail);
    chain_file_close(file);
    assert_runs("cmp k.chain before");
    seal(&c, "2.tar", "k.chain");
    assert_null(follows("1.tar", "2.tar"));
    secret_key_free(c.key);
}

static void what_was_never_sealed_gives_its_place_back(void **state)
{
    (void)state;
    static const char *const endings[] = {"truncate -s 3000 1.tar",
                                          "head -c -3072 1.tar > x && mv x 1.tar"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        struct chained c = begin();
        seal(&c, "1.tar", "k.chain");
        assert_runs("sed -i '$d' k.chain");
        assert_runs(endings[i]);
        seal(&c, "2.tar", "k.chain");
        assert_int_equal(report_of("2.tar").head.chain.number, 1);
        assert_runs("grep -qx 'abandoned 1' k.chain && rm -f k.chain *.tar");
        secret_key_free(c.key);
    }
}

/* Its place may be taken: that is not for the program to guess. */
static void what_can_not_be_read_is_asked_for(void **state)
{
    (void)state;
    static const char *const ways[] = {"mv 1.tar away", "mv 1.tar away && mkdir 1.tar",
                                       "cp 1.tar away && echo more >> 1.tar",
                                       "cp 1.tar away && printf X | dd of=1.tar conv=notrunc 2>&1"};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        struct fail fail = {0};
        struct chained c = begin();
        seal(&c, "1.tar", "k.chain");
        assert_runs("sed -i '$d' k.chain && cp k.chain before");
        assert_runs(ways[i]);
        assert_null(chain_file_open("k.chain", &c.public, &fail));
        assert_string_equal(fail.code, "EPENDING");
        assert_non_null(strstr(fail.text, "was run 1 sealed?"));
        assert_non_null(strstr(fail.text, "end k.chain by the line `abandoned 1`"));
        assert_runs("cmp k.chain before && rm -rf 1.tar && mv away 1.tar");
        seal(&c, "2.tar", "k.chain");
        assert_null(follows("1.tar", "2.tar"));
        assert_runs("rm -f k.chain *.tar");
        secret_key_free(c.key);
    }
}

static void what_the_user_says_was_never_sealed_gives_its_place_back(void **state)
{
    (void)state;
    struct chained c = begin();
    seal(&c, "1.tar", "k.chain");
    assert_runs("rm 1.tar && sed -i '$d' k.chain && echo 'abandoned 1' >> k.chain");
    seal(&c, "2.tar", "k.chain");
    assert_int_equal(report_of("2.tar").head.chain.number, 1);
    secret_key_free(c.key);
}

/* ---- a disk that fails while a bundle is sealed ---- */

/* In place of the C library's: of one file nothing can be brought to the disk. */
static ino_t failing;
int fsync(int fd)
{
    struct stat st;
    if (failing != 0 && fstat(fd, &st) == 0 && st.st_ino == failing) {
        errno = EIO;
        return -1;
    }
    return (int)syscall(SYS_fsync, fd);
}

/* A bundle d/1.tar; `what` of it fails when it is sealed. Still open afterwards. */
static struct bag *seal_failing(const struct chained *c, struct chain_file *chain, const char *what)
{
    struct fail fail = {0};
    struct stat st;
    assert_int_equal(mkdir("d", 0700), 0);
    struct bag *bag = bag_new("d/1.tar", &fail);
    must(bag != NULL, &fail);
    bag_chain(bag, chain);
    must(bag_add(bag, made_files + 1, 2, &fail), &fail);
    assert_int_equal(stat(what, &st), 0);
    failing = st.st_ino;
    assert_false(bag_seal(bag, c->key, &fail));
    failing = 0;
    assert_string_equal(fail.code, "EIO");
    return bag;
}

static void a_place_is_given_back_once_the_signature_is_gone(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct chained c = begin();
    struct chain_file *file = chain_file_open("k.chain", &c.public, &fail);
    must(file != NULL, &fail);
    struct bag *bag = seal_failing(&c, file, "d");
    assert_runs("grep -qx 'abandoned 1' k.chain && ! grep -q minisig d/1.tar");
    bag_free(bag);
    chain_file_close(file);
    secret_key_free(c.key);
}

static void a_place_is_kept_while_the_signature_may_be_there(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct chained c = begin();
    struct chain_file *file = chain_file_open("k.chain", &c.public, &fail);
    must(file != NULL, &fail);
    struct bag *bag = seal_failing(&c, file, "d/1.tar");
    assert_runs("tail -n 1 k.chain | grep -q '^sealing 1 '");
    bag_free(bag);
    chain_file_close(file);
    seal(&c, "2.tar", "k.chain");
    assert_int_equal(report_of("2.tar").head.chain.number, 1);
    secret_key_free(c.key);
}

/* Cut off after each byte, the file is read, and the next run gets a place. */
static void a_chain_cut_off_anywhere_goes_on(void **state)
{
    (void)state;
    struct chained c = begin();
    static char whole[4096];
    seal(&c, "1.tar", "k.chain");
    size_t n = read_file("k.chain", whole, sizeof whole);
    for (size_t cut = 0; cut <= n; cut++) {
        struct fail fail = {0};
        struct chain_link link;
        write_file("k.chain", whole, cut);
        struct chain_file *file = chain_file_open("k.chain", &c.public, &fail);
        must(file && chain_file_next(file, &link, &fail), &fail);
        assert_in_range(link.number, 1, 2);
        must(chain_file_end(file, false, &fail), &fail);
        chain_file_close(file);
    }
    secret_key_free(c.key);
}

static void a_chain_of_another_key_is_refused(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct chained c = begin();
    struct chained other = begin();
    seal(&c, "1.tar", "k.chain");
    assert_null(chain_file_open("k.chain", &other.public, &fail));
    assert_non_null(strstr(fail.text, "k.chain: it is the chain of another key, not of "));
    secret_key_free(c.key);
    secret_key_free(other.key);
}

static void a_changed_chain_is_refused(void **state)
{
    (void)state;
    static const char *const changes[] = {
        "echo hello >> k.chain",
        "sed -i 2d k.chain",
        "sed -i 's/^sealed 1/sealed 2/' k.chain",
        "sed -i 's/^sealing 1/sealing 0/' k.chain",
        "sed -i '/^sealing 1/p' k.chain",
        "sed -i 's/ing 1/ing 7/;s/^sealed 1/abandoned 7/' k.chain"};
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        struct fail fail = {0};
        struct chained c = begin();
        seal(&c, "1.tar", "k.chain");
        assert_runs(changes[i]);
        assert_null(chain_file_open("k.chain", &c.public, &fail));
        assert_non_null(strstr(fail.text, "does not follow from those above"));
        assert_runs("rm k.chain 1.tar");
        secret_key_free(c.key);
    }
}

/* ---- a file that is gone ---- */

static struct chain_entry searched(const struct chained *c)
{
    struct chain_entry e = {.number = 99};
    chain_search(".", &c->public, &e);
    return e;
}

static void the_last_run_of_a_key_is_found_by_what_it_has_signed(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct chained c = begin();
    struct chained other = begin();
    assert_int_equal(searched(&c).number, 0);
    seal(&c, "b.tar", "k.chain");
    seal(&c, "a.tar", "k.chain");
    seal(&c, "c.tar", "k.chain");
    seal(&other, "d.tar", "o.chain");
    seal(&c, "none.tar", "n.chain");
    assert_runs(
        "rm none.tar n.chain; echo hello > x.tar; mkfifo p.tar; mkdir dir.tar; ln -s gone l.tar");
    struct chain_entry e = searched(&c);
    struct bundle_report last = report_of("c.tar");
    assert_int_equal(e.number, 3);
    assert_int_equal(e.cases, last.cases);
    assert_memory_equal(e.head, last.head_digest, SHA256_SIZE);
    assert_string_equal(e.path, "./c.tar");
    assert_int_equal(searched(&other).number, 1);
    must(extract_write("c.tar", "c-2", "e.tar", NULL, 0, &fail), &fail);
    assert_runs("rm c.tar");
    assert_string_equal(searched(&c).path, "./e.tar");
    secret_key_free(c.key);
    secret_key_free(other.key);
}

static void what_the_key_has_not_signed_is_no_run_of_it(void **state)
{
    (void)state;
    static const char *const damages[] = {"sed -i 's/^chain 1/chain 8/' k.tar",
                                          "truncate -s -512 k.tar; truncate -s -2048 k.tar",
                                          "sed -i 's/utc:20/utc:21/' k.tar", "truncate -s +1 k.tar",
                                          "sed -i 's/tree-head.txt$/tree-tail.txt/' k.tar"};
    struct chained c = begin();
    seal(&c, "k.tar", "k.chain");
    assert_runs("mv k.tar kept");
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        assert_runs("cp kept k.tar");
        assert_int_equal(searched(&c).number, 1);
        assert_runs(damages[i]);
        assert_int_equal(searched(&c).number, 0);
    }
    secret_key_free(c.key);
}

/* As doc/evidence.md, section 12, says. */
static void a_chain_whose_file_is_lost_goes_on(void **state)
{
    (void)state;
    char command[1024];
    char id[KEY_ID_TEXT];
    struct chained c = begin();
    seal(&c, "1.tar", "k.chain");
    seal(&c, "2.tar", "k.chain");
    snprintf(command, sizeof command,
             "rm k.chain; tar -xOf 2.tar 2/tree-head.txt > head && "
             "n=$(sed -n 's/^chain //p' head) cases=$(sed -n 's/^cases //p' head) && "
             "echo \"ajar-chain/2 %s\" > k.chain && "
             "echo \"sealing $n $(sha256sum < head | cut -c -64) $cases $PWD/2.tar\" >> k.chain && "
             "echo \"sealed $n\" >> k.chain",
             key_id_text(&c.public, id));
    assert_runs(command);
    seal(&c, "3.tar", "k.chain");
    assert_null(follows("2.tar", "3.tar"));
    secret_key_free(c.key);
}

#define IN_TEMP(test) cmocka_unit_test_setup_teardown(test, temp_enter, temp_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TEMP(runs_of_a_key_follow_each_other),
        IN_TEMP(two_keys_of_one_number_are_told_apart),
        IN_TEMP(each_fault_has_a_sentence_of_its_own),
        IN_TEMP(what_was_sealed_and_not_noted_keeps_its_place),
        IN_TEMP(a_run_that_got_no_place_says_nothing_of_the_one_before),
        IN_TEMP(what_was_never_sealed_gives_its_place_back),
        IN_TEMP(what_can_not_be_read_is_asked_for),
        IN_TEMP(what_the_user_says_was_never_sealed_gives_its_place_back),
        IN_TEMP(a_place_is_given_back_once_the_signature_is_gone),
        IN_TEMP(a_place_is_kept_while_the_signature_may_be_there),
        IN_TEMP(a_chain_cut_off_anywhere_goes_on),
        IN_TEMP(a_chain_of_another_key_is_refused),
        IN_TEMP(a_changed_chain_is_refused),
        IN_TEMP(the_last_run_of_a_key_is_found_by_what_it_has_signed),
        IN_TEMP(what_the_key_has_not_signed_is_no_run_of_it),
        IN_TEMP(a_chain_whose_file_is_lost_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
