/* What a run that was cut off leaves behind, at every length that the file can have. */
#include "evidence/partial.h"

#include "base/hash.h"
#include "evidence/case_whole.h"
#include "made.h"

#include <sys/wait.h>

#define TAPE "{\"t\":1,\"op\":\"verdict\",\"verdict\":\"open\",\"reason\":\"x\",\"steps\":[]}\n"
#define MAIL "mail\r\n"

static char json_1[512];
static char json_2[512];

static const char *hex_of(const char *text)
{
    static char hex[SHA256_HEX];
    unsigned char digest[SHA256_SIZE];
    sha256_of(bytes_of(text), digest);
    hash_hex(digest, sizeof digest, hex);
    return hex;
}

static void add_case(struct bag *bag, const char *id, char *json, size_t size)
{
    struct fail fail = {0};
    char names[3][64];
    char receipt[SHA256_HEX];
    snprintf(receipt, sizeof receipt, "%s", hex_of(MAIL));
    snprintf(json, size,
             "{\"receipts\":[{\"file\":\"receipts/r-0.eml\",\"sha256\":\"%s\"}],"
             "\"tape_sha256\":\"%s\",\"case\":\"%s\"}\n",
             receipt, hex_of(TAPE), id);
    snprintf(names[0], sizeof names[0], "data/cases/%s/case.json", id);
    snprintf(names[1], sizeof names[1], "data/cases/%s/tape.jsonl", id);
    snprintf(names[2], sizeof names[2], "data/cases/%s/receipts/r-0.eml", id);
    struct bag_file files[] = {{names[0], bytes_of(json), NULL},
                               {names[1], bytes_of(TAPE), NULL},
                               {names[2], bytes_of(MAIL), NULL}};
    must(bag_add(bag, files, 3, &fail), &fail);
}

/* b.tar as a run leaves it that is killed after two cases. */
static void make_part(void)
{
    struct fail fail = {0};
    struct bag *bag = bag_new("b.tar", &fail);
    struct bag_file run = {.name = "data/run.json", .content = bytes_of("{}\n")};
    must(bag != NULL, &fail);
    must(bag_add(bag, &run, 1, &fail), &fail);
    add_case(bag, "c-1", json_1, sizeof json_1);
    add_case(bag, "c-2", json_2, sizeof json_2);
    bag_free(bag);
}

/* Names and sizes of what was handed on, a group between brackets. */
static bool note_group(void *arg, const struct bag_file *files, size_t n, struct fail *fail)
{
    (void)fail;
    struct buf *seen = arg;
    buf_put_byte(seen, '[');
    for (size_t i = 0; i < n; i++)
        buf_printf(seen, "%s%s", i ? " " : "", strrchr(files[i].name, '/') + 1);
    buf_put_byte(seen, ']');
    return true;
}

static struct partial read_part(const char *path, const char *groups)
{
    struct fail fail = {0};
    struct partial found;
    struct buf seen = buf_new(4096);
    must(partial_read(path, note_group, &seen, &found, &fail), &fail);
    if (groups)
        assert_string_equal(buf_text(&seen), groups);
    buf_free(&seen);
    return found;
}

#define CASE "[case.json tape.jsonl r-0.eml tree.txt]"

static void whole_cases_come_together(void **state)
{
    (void)state;
    make_part();
    struct partial found = read_part("b.tar", "[run.json]" CASE CASE);
    assert_int_equal(found.cases, 2);
    assert_int_equal(found.broken, 0);
    assert_true(found.has_run);
    assert_false(found.sealed);
    assert_string_equal(found.top, "b");
    assert_int_equal(found.good, found.size);
    assert_non_null(strstr(found.end.text, "cut off behind b/data/cases/c-2/tree.txt"));
}

static unsigned char part[64 * 1024];

/* run.json and each file of a case take two blocks. The last is tree.txt, without which a case is whole as well: what
 * is made of it then gets a new tree. */
enum {
    BLOCK = 512,
    FILE_BLOCKS = 2,
    RUN_END = FILE_BLOCKS * BLOCK,
    TREE_SIZE = FILE_BLOCKS * BLOCK,
    CASE_SIZE = 4 * FILE_BLOCKS * BLOCK
};

static void at_every_length_exactly_the_whole_cases_are_found(void **state)
{
    (void)state;
    make_part();
    size_t size = read_file("b.tar", part, sizeof part);
    assert_int_equal(size, RUN_END + 2 * CASE_SIZE);
    for (size_t n = 0; n <= size; n += n % BLOCK ? BLOCK - n % BLOCK : 100) {
        write_file("c.tar", part, n);
        struct partial found = read_part("c.tar", NULL);
        size_t whole = n < RUN_END ? 0 : (n - RUN_END + TREE_SIZE) / CASE_SIZE;
        size_t good = RUN_END + whole * CASE_SIZE;
        assert_int_equal(found.cases, whole);
        assert_int_equal(found.has_run, n >= RUN_END);
        assert_int_equal(found.good, n < RUN_END ? 0 : good > n ? good - TREE_SIZE : good);
        assert_true(found.end.text[0]);
    }
}

/* A power cut may leave room without content. */
static void a_case_with_a_hole_is_left_out_and_named(void **state)
{
    (void)state;
    static const size_t files[] = {0, 1, 2};
    make_part();
    size_t size = read_file("b.tar", part, sizeof part);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        unsigned char kept[BLOCK];
        unsigned char *content = part + RUN_END + files[i] * FILE_BLOCKS * BLOCK + BLOCK;
        memcpy(kept, content, BLOCK);
        memset(content, 0, files[i] == 2 ? sizeof MAIL - 1 : 20);
        write_file("c.tar", part, size);
        struct partial found = read_part("c.tar", "[run.json]" CASE);
        memcpy(content, kept, BLOCK);
        assert_int_equal(found.broken, 1);
        assert_string_equal(found.first_broken, "c-1");
        assert_true(found.why.text[0]);
    }
}

static void room_kept_behind_the_end_does_no_harm(void **state)
{
    (void)state;
    make_part();
    assert_runs("truncate -s +1M b.tar");
    struct partial found = read_part("b.tar", "[run.json]" CASE CASE);
    assert_int_equal(found.good, RUN_END + 2 * CASE_SIZE);
    assert_false(found.sealed);
}

/* A message can hold a tar file with a case in it: it must not come to light when what is before it is damaged. */
static void nothing_is_looked_for_behind_a_damaged_place(void **state)
{
    (void)state;
    make_part();
    size_t size = read_file("b.tar", part, sizeof part);
    part[RUN_END + 10] ^= 1;
    write_file("c.tar", part, size);
    struct partial found = read_part("c.tar", "[run.json]");
    assert_non_null(strstr(found.end.text, "a header with a wrong checksum"));
}

static void what_ends_a_bundle_is_not_handed_on(void **state)
{
    (void)state;
    make_bundle();
    size_t size = read_file("b.tar", part, sizeof part);
    write_file("c.tar", part, size - BLOCK);
    struct partial found =
        read_part("c.tar", "[probe.lua][run.json]"); /* made.h's tapes are none */
    assert_false(found.sealed);
    assert_int_equal(found.broken, MADE_CASES);
    found = read_part("b.tar", NULL);
    assert_true(found.sealed);
}

static bool refuse(void *arg, const struct bag_file *files, size_t n, struct fail *fail)
{
    (void)arg;
    (void)n;
    return fail_set(fail, "ESTOP", "enough of %s", files[0].name);
}

static void reading_stops_when_told_to(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct partial found;
    make_part();
    assert_false(partial_read("b.tar", refuse, NULL, &found, &fail));
    assert_string_equal(fail.text, "enough of data/run.json");
    assert_false(partial_read("none.tar", NULL, NULL, &found, &fail));
    assert_string_equal(fail.text, "none.tar: No such file or directory");
}

static void a_bundle_at_work_is_known(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct partial found;
    struct bag *bag = bag_new("b.tar", &fail);
    pid_t child = fork();
    if (child == 0)
        _exit(partial_read("b.tar", NULL, NULL, &found, &fail) && found.at_work ? 0 : 1);
    int status = -1;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    bag_free(bag);
    assert_false(read_part("b.tar", "").at_work);
}

static struct bundle_case small_case(const char *json, const char *tape)
{
    return (struct bundle_case){.id = "c-1", .case_json = bytes_of(json), .tape = bytes_of(tape)};
}

static void a_case_is_whole_or_says_what_is_not(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        const char *tape;
        const char *because;
    } cases[] = {
        {"{\"case\":\"c-1\"}", TAPE, NULL}, /* from before case.json named the tape's digest */
        {"{\"case\":\"c-1\",\"reason\":\"a server's \\u0000\"}", TAPE, NULL},
        {"{\"case\":\"c-1\\u0000\"}", TAPE, "its case.json is not whole, or not its own"},
        {"{\"case\":\"c-1\"}", "{\"tape\":1}\n", "its tape is not whole"},
        {"{\"case\":\"c-1\"}", "", "its tape is not whole"},
        {"{\"case\":\"c-1\",\"tape_sha256\":\"00\"}", TAPE, "its tape is not whole"},
        {"{\"case\":\"c-1\",\"tape_sha256\":1}", TAPE, "its tape is not whole"},
        {"{\"case\":\"c-2\"}", TAPE, "its case.json is not whole, or not its own"},
        {"{\"case\":\"c-1\"", TAPE, "its case.json is not whole"},
        {"", TAPE, "its case.json is not whole"},
        {"[]", TAPE, "its case.json is not whole"},
        {"{\"case\":\"c-1\",\"receipts\":[{}]}", TAPE, "its receipt 0 is missing or not whole"},
        {"{\"case\":\"c-1\",\"receipts\":[{\"file\":\"receipts/r-0.eml\"}]}", TAPE,
         "its receipt 0 is missing"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fail fail = {0};
        struct bundle_case c = small_case(cases[i].json, cases[i].tape);
        bool whole = case_whole(&c, &fail);
        assert_int_equal(whole, cases[i].because == NULL);
        if (!whole && !strstr(fail.text, cases[i].because))
            fail_msg("%s: \"%s\"", cases[i].json, fail.text);
    }
}

static void a_receipt_on_no_list_was_added(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct bundle_case c = small_case("{\"case\":\"c-1\"}", TAPE);
    c.receipt_count = 1;
    c.receipts[0].name = "r-0.eml";
    assert_false(case_whole(&c, &fail));
    assert_non_null(strstr(fail.text, "receipts that its case.json does not list"));
}

/* Two files and one name for both: what nobody names would be signed with the rest. */
static void a_receipt_that_is_listed_twice_does_not_stand_for_another(void **state)
{
    (void)state;
    struct fail fail = {0};
    char json[400];
    char hex[SHA256_HEX];
    unsigned char digest[SHA256_SIZE];
    sha256_of(bytes_of("mail\n"), digest);
    hash_hex(digest, sizeof digest, hex);
    snprintf(json, sizeof json,
             "{\"case\":\"c-1\",\"receipts\":[{\"file\":\"receipts/r-0.eml\",\"sha256\":\"%s\"},"
             "{\"file\":\"receipts/r-0.eml\",\"sha256\":\"%s\"}]}",
             hex, hex);
    struct bundle_case c = small_case(json, TAPE);
    c.receipt_count = 2;
    c.receipts[0].name = "r-0.eml";
    c.receipts[0].content = bytes_of("mail\n");
    c.receipts[1].name = "r-1.eml";
    c.receipts[1].content = bytes_of("added\n");
    assert_false(case_whole(&c, &fail));
    assert_non_null(strstr(fail.text, "its receipt 1 is listed twice"));
}

#define IN_TEMP(test) cmocka_unit_test_setup_teardown(test, temp_enter, temp_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TEMP(whole_cases_come_together),
        IN_TEMP(at_every_length_exactly_the_whole_cases_are_found),
        IN_TEMP(a_case_with_a_hole_is_left_out_and_named),
        IN_TEMP(room_kept_behind_the_end_does_no_harm),
        IN_TEMP(nothing_is_looked_for_behind_a_damaged_place),
        IN_TEMP(what_ends_a_bundle_is_not_handed_on),
        IN_TEMP(reading_stops_when_told_to),
        IN_TEMP(a_bundle_at_work_is_known),
        cmocka_unit_test(a_case_is_whole_or_says_what_is_not),
        cmocka_unit_test(a_receipt_on_no_list_was_added),
        cmocka_unit_test(a_receipt_that_is_listed_twice_does_not_stand_for_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
