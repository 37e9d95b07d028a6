/* Changes of a bundle's bytes, one at a time: none is accepted, and each is told in its own words. */
#include "made.h"

#include "evidence/secret.h"
#include "evidence/sign.h"

#include <limits.h>

enum {
    BLOCK = 512,
    NAME_AT = 0,
    MODE_AT = 100,
    UID_AT = 108,
    GID_AT = 116,
    SIZE_AT = 124,
    TIME_AT = 136,
    SUM_AT = 148,
    TYPE_AT = 156,
    LINK_AT = 157,
    MAGIC_AT = 257,
    DEVICE_AT = 329,
    PREFIX_AT = 345
};
enum { NAME_SIZE = 100 };

static unsigned char tar[256 * 1024];
static size_t tar_size;

static void load_tar(const char *path)
{
    tar_size = read_file(path, tar, sizeof tar);
}

static size_t blocks_of(const unsigned char *header)
{
    return BLOCK + (strtoul((const char *)header + SIZE_AT, NULL, 8) + BLOCK - 1) / BLOCK * BLOCK;
}

/* The header of the file `name`. */
static unsigned char *entry(const char *name)
{
    for (size_t at = 0; at < tar_size && tar[at]; at += blocks_of(tar + at)) {
        if (strcmp((char *)tar + at + strlen("b/"), name) == 0)
            return tar + at;
    }
    fail_msg("there is no %s", name);
    return NULL;
}

static void mend(unsigned char *header)
{
    unsigned sum = 0;
    memset(header + SUM_AT, ' ', 8);
    for (size_t i = 0; i < BLOCK; i++)
        sum += header[i];
    snprintf((char *)header + SUM_AT, 8, "%06o", sum);
}

/* Moves what is at `from` and behind it. */
static void shift(size_t from, long by)
{
    memmove(tar + from + by, tar + from, tar_size - from);
    tar_size += (size_t)by;
}

/* ---- every bit ----------------------------------------------------------------------------- */

static void no_flipped_bit_is_accepted(void **state)
{
    (void)state;
    struct fail fail;
    struct bundle_report report;
    make_bundle();
    load_tar("b.tar");
    int fd = open("b.tar", O_RDWR);
    for (size_t i = 0; i < 8 * tar_size; i++) {
        unsigned char changed = tar[i / 8] ^ (unsigned char)(1u << i % 8);
        assert_int_equal(pwrite(fd, &changed, 1, (off_t)(i / 8)), 1);
        if (bundle_verify("b.tar", NULL, &report, &fail))
            fail_msg("accepted with bit %zu of byte %zu flipped", i % 8, i / 8);
        assert_int_equal(pwrite(fd, &tar[i / 8], 1, (off_t)(i / 8)), 1);
    }
    close(fd);
    assert_verifies("b.tar");
}

/* ---- a header that was changed, with a checksum that holds --------------------------------- */

/* Bytes put at a place of the header of data/run.json. */
static const struct {
    const char *bytes;
    size_t n;
    size_t at;
    const char *because;
} headers[] = {
    {"b/data/ran.json", 16, NAME_AT, "data/run.json was renamed: here it is called data/ran.json"},
    {"b/data/../run.json", 19, NAME_AT, "b/data/../run.json: a name with \"..\" in it leads out"},
    {"../b/data/run.json", 19, NAME_AT, "../b/data/run.json: a name with \"..\" in it leads out"},
    {"/b/data/run.json", 17, NAME_AT, "/b/data/run.json: an absolute name leads out"},
    {"b/data//run.json", 17, NAME_AT, "b/data//run.json: a name with an empty part"},
    {"b/./data/run.json", 18, NAME_AT, "b/./data/run.json: a name with \".\" in it"},
    {"b/data/-run.json", 17, NAME_AT, "b/data/-run.json: a name that begins with \"-\""},
    {"b/data/run.js\xd0\xben", 17, NAME_AT, "a name with a character that is not allowed"},
    {"b/data/run.json\r", 17, NAME_AT, "a name with a character that is not allowed"},
    {"b/data/run.json\n", 17, NAME_AT, "a name with a character that is not allowed"},
    {"b/data/run\\json", 16, NAME_AT, "a name with a character that is not allowed"},
    {"b/data/run.json\0x", 18, NAME_AT, "a name with something behind its end"},
    {"\0", 1, NAME_AT, "a name with something behind its end"},
    {"c/data/run.json", 16, NAME_AT, "c/data/run.json: a second top directory beside b"},
    {"run.json", 9, NAME_AT, "run.json: a file beside the bundle's directory"},
    {"b/data/run.jso/", 16, NAME_AT, "b/data/run.jso/: a file with the name of a directory"},
    {"b/data/cases/c-1", 17, NAME_AT, "data/run.json was renamed"},
    {"b/data/packs", 13, NAME_AT, "data/run.json was renamed: here it is called data/packs"},
    {"x", 1, PREFIX_AT, "x/b/data/run.json: a second top directory"},
    {"77777777777", 12, SIZE_AT, "data/run.json: a file of more than 64 MiB"},
    {"\x80\0\0\0\0\0\0\0\0\0\0\3", 12, SIZE_AT, "run.json: a size that is no plain octal number"},
    {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 12, SIZE_AT, "no plain octal number"},
    {"-0000000003", 12, SIZE_AT, "run.json: a size that is no plain octal number"},
    {"          3", 12, SIZE_AT, "run.json: a size that is no plain octal number"},
    {"00000000008", 12, SIZE_AT, "run.json: a size that is no plain octal number"},
    {"00000000002", 12, SIZE_AT, "run.json: bytes that belong to no file stand behind it"},
    {"00000000004", 12, SIZE_AT, "data/run.json was changed"},
    {"00000002000", 12, SIZE_AT, "no ustar header where one must stand"},
    {"00100000000", 12, SIZE_AT, "the tar file is cut off within b/data/run.json"},
    {"000644 x", 8, MODE_AT, "run.json: a mode that is no plain octal number"},
    {"000644 ", 8, MODE_AT, NULL}, /* as BSD writes it */
    {"00:0000", 8, UID_AT, "an owner, a time or a device that is no number"},
    {"00@0000", 8, GID_AT, "an owner, a time or a device that is no number"},
    {"-", 1, TIME_AT, "an owner, a time or a device that is no number"},
    {"x", 1, DEVICE_AT, "an owner, a time or a device that is no number"},
    {"\x80\0\0\0\0\xff\xff\xff", 8, UID_AT, NULL}, /* an owner's number that is large */
    {"  1750 ", 8, GID_AT, NULL},
    {"\0", 1, TYPE_AT, "run.json: an entry of an unknown kind"},
    {"1", 1, TYPE_AT, "run.json: a hard link"},
    {"2", 1, TYPE_AT, "run.json: a symbolic link"},
    {"3", 1, TYPE_AT, "run.json: a device"},
    {"4", 1, TYPE_AT, "run.json: a device"},
    {"5", 1, TYPE_AT, "run.json: a directory with content"},
    {"6", 1, TYPE_AT, "run.json: a named pipe"},
    {"7", 1, TYPE_AT, "run.json: an entry of an unknown kind"},
    {"g", 1, TYPE_AT, "run.json: a pax header"},
    {"x", 1, TYPE_AT, "run.json: a pax header"},
    {"K", 1, TYPE_AT, "run.json: a long name of GNU's kind"},
    {"L", 1, TYPE_AT, "run.json: a long name of GNU's kind"},
    {"S", 1, TYPE_AT, "run.json: a sparse file"},
    {"/etc/passwd", 11, LINK_AT, "run.json: a file with the name of a link's target"},
    {"ustar  \0", 8, MAGIC_AT, NULL}, /* GNU's magic says the same of the same bytes */
    {"USTAR", 5, MAGIC_AT, "no ustar header where one must stand"},
    {"x", 1, BLOCK - 1, "run.json: bytes in its header that don't belong there"},
};

static void a_changed_header_is_refused_in_its_own_words(void **state)
{
    (void)state;
    make_bundle();
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        load_tar("b.tar");
        unsigned char *header = entry("data/run.json");
        if (headers[i].at == NAME_AT && headers[i].n > 1)
            memset(header, 0, NAME_SIZE);
        memcpy(header + headers[i].at, headers[i].bytes, headers[i].n);
        mend(header);
        write_file("c.tar", tar, tar_size);
        if (headers[i].because)
            assert_not_verified("c.tar", headers[i].because, headers[i].bytes);
        else
            assert_verifies("c.tar");
    }
}

/* GNU's sparse map of old stands where POSIX has the prefix. */
static void a_sparse_map_in_the_header_is_refused(void **state)
{
    (void)state;
    make_bundle();
    load_tar("b.tar");
    unsigned char *header = entry("data/run.json");
    memcpy(header + MAGIC_AT, "ustar  ", 8);
    memcpy(header + 386, "00000000000", 12);
    mend(header);
    write_file("c.tar", tar, tar_size);
    assert_not_verified("c.tar", "bytes in its header that don't belong there", "sparse map");
}

/* ---- whole files: taken out, put in twice, in another order -------------------------------- */

static void take_out(const char *name)
{
    size_t at = (size_t)(entry(name) - tar);
    size_t n = blocks_of(tar + at);
    shift(at + n, -(long)n);
}

/* A copy of the file `name` before the file `where`. */
static void put_twice(const char *name, const char *where)
{
    static unsigned char copy[64 * 1024];
    unsigned char *header = entry(name);
    size_t n = blocks_of(header);
    memcpy(copy, header, n);
    size_t at = (size_t)(entry(where) - tar);
    shift(at, (long)n);
    memcpy(tar + at, copy, n);
}

static void every_file_is_missed(void **state)
{
    (void)state;
    static const char *const tags[] = {
        "bagit.txt",           "bag-info.txt",           "VERIFY.txt",
        "manifest-sha256.txt", "tagmanifest-sha256.txt", "tagmanifest-sha256.txt.minisig",
        "keys/operator.pub"};
    char because[128];
    make_bundle();
    for (size_t i = 0; i < MADE_FILES; i++) {
        load_tar("b.tar");
        take_out(made_files[i].name);
        write_file("c.tar", tar, tar_size);
        snprintf(because, sizeof because, "%s is missing: manifest", made_files[i].name);
        assert_not_verified("c.tar", because, because);
    }
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        load_tar("b.tar");
        take_out(tags[i]);
        write_file("c.tar", tar, tar_size);
        snprintf(because, sizeof because, "%s is missing", tags[i]);
        assert_not_verified("c.tar", because, because);
    }
}

static void no_file_comes_twice_wherever_its_copy_stands(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *where;
    } copies[] = {
        {"data/run.json", "data/run.json"},
        {"data/run.json", "data/packs/builtin/probe.lua"},
        {"data/run.json", "bagit.txt"},
        {"data/run.json", "tagmanifest-sha256.txt.minisig"},
        {"data/cases/c-1/tape.jsonl", "data/cases/c-1/tape.jsonl"},
        {"data/cases/c-1/tape.jsonl", "data/run.json"},
        {"data/cases/c-2/case.json", "data/run.json"},
        {"bagit.txt", "data/run.json"},
        {"VERIFY.txt", "VERIFY.txt"},
        {"manifest-sha256.txt", "manifest-sha256.txt"},
        {"tagmanifest-sha256.txt", "data/packs/builtin/probe.lua"},
        {"tagmanifest-sha256.txt.minisig", "tagmanifest-sha256.txt.minisig"},
    };
    make_bundle();
    for (size_t i = 0; i < sizeof copies / sizeof copies[0]; i++) {
        char because[128];
        load_tar("b.tar");
        put_twice(copies[i].name, copies[i].where);
        write_file("c.tar", tar, tar_size);
        snprintf(because, sizeof because, "%s is in the bundle twice", copies[i].name);
        assert_not_verified("c.tar", because, copies[i].where);
    }
}

/* A directory's entry before the file `where`. */
static void put_directory(const char *name, const char *where)
{
    size_t at = (size_t)(entry(where) - tar);
    shift(at, BLOCK);
    unsigned char *header = tar + at;
    memcpy(header, header + BLOCK, BLOCK);
    memset(header, 0, NAME_SIZE);
    snprintf((char *)header, NAME_SIZE, "b/%s", name);
    header[TYPE_AT] = '5';
    memcpy(header + SIZE_AT, "00000000000", 12);
    mend(header);
}

static void no_directory_comes_twice_wherever_it_stands(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *because;
    } names[] = {
        {"", "b is a directory that is in the bundle twice"},
        {"data", "data is a directory that is in the bundle twice"},
        {"data/cases/c-1", "data/cases/c-1 is a directory that is in the bundle twice"},
        {"keys", "keys is a directory that is in the bundle twice"},
        {"keys/", "keys is a directory that is in the bundle twice"},
    };
    make_bundle();
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        load_tar("b.tar");
        put_directory(names[i].name, "data/run.json");
        write_file("c.tar", tar, tar_size);
        assert_verifies("c.tar");
        put_directory(names[i].name, "tagmanifest-sha256.txt.minisig");
        write_file("c.tar", tar, tar_size);
        assert_not_verified("c.tar", names[i].because, names[i].name);
    }
}

/* Which of two files of one name is unpacked last is the reader's affair: both are refused, also with other content. */
static void a_second_file_of_the_name_with_other_content_is_refused(void **state)
{
    (void)state;
    make_bundle();
    load_tar("b.tar");
    put_twice("data/run.json", "bagit.txt");
    entry("bagit.txt")[-BLOCK] = '[';
    write_file("c.tar", tar, tar_size);
    assert_not_verified("c.tar", "data/run.json is in the bundle twice", "other content");
}

/* The file `name`, which stood before the file `where` or behind it, moved there; into c.tar. */
static void move(const char *name, const char *where, bool back)
{
    static unsigned char copy[64 * 1024];
    load_tar("b.tar");
    unsigned char *header = entry(name);
    size_t n = blocks_of(header);
    memcpy(copy, header, n);
    if (!back) {
        put_twice(name, where);
        take_out(name);
    } else {
        shift((size_t)(header - tar) + n, -(long)n);
        size_t at = (size_t)(entry(where) - tar);
        shift(at, (long)n);
        memcpy(tar + at, copy, n);
    }
    write_file("c.tar", tar, tar_size);
}

/* The lists that are signed give the order of all files: a tar file with another was made anew by somebody. */
static void files_in_another_order_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *where; /* before this one */
        bool back;         /* towards the file's beginning */
        const char *because;
    } moves[] = {
        {"data/run.json", "data/cases/c-2/case.json", true,
         "data/run.json stands where manifest-sha256.txt lists data/cases/c-2/case.json: the files "
         "are in another order than they were sealed in"},
        {"data/cases/c-1/tape.jsonl", "data/run.json", false,
         "data/cases/c-1/receipts/r-0.eml stands where manifest-sha256.txt lists "
         "data/cases/c-1/tape.jsonl: the files are in another order"},
        {"data/run.json", "bag-info.txt", false,
         "bagit.txt stands before files of data/: the files are in another order"},
        {"manifest-sha256.txt", "data/packs/builtin/probe.lua", true,
         "manifest-sha256.txt stands before files of data/: the files are in another order"},
        {"bagit.txt", "keys/operator.pub", false,
         "bagit.txt stands in another place than tagmanifest-sha256.txt gives it"},
        {"tagmanifest-sha256.txt", "bag-info.txt", true,
         "bag-info.txt stands behind tagmanifest-sha256.txt: the files are in another order"},
        {"tagmanifest-sha256.txt.minisig", "tagmanifest-sha256.txt", true,
         "tagmanifest-sha256.txt stands behind tagmanifest-sha256.txt.minisig"},
    };
    make_bundle();
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++) {
        move(moves[i].name, moves[i].where, moves[i].back);
        assert_not_verified("c.tar", moves[i].because, moves[i].name);
    }
}

/* Many files: the lists are compared where they lie, in temporary files. */
static void one_of_many_files_in_another_place_is_named(void **state)
{
    (void)state;
    enum { CASES = 3000 };
    static char names[2 * CASES][64];
    static struct bag_file files[2 * CASES];
    for (unsigned i = 0; i < 2 * CASES; i++) {
        snprintf(names[i], sizeof names[i], "data/cases/c-%u/%s", i / 2,
                 i % 2 ? "tape.jsonl" : "case.json");
        files[i] = (struct bag_file){.name = names[i], .content = bytes_of("{}\n")};
    }
    make_bundle_of(files, 2 * CASES);
    assert_runs("tar -xf b.tar && " MADE_ORDER " && grep -v c-2990/tape order > other && "
                "sed -i '$!{/c-2999.tree/s/$/\\nb\\/data\\/cases\\/c-2990\\/tape.jsonl/}' other && "
                "tar --format=ustar -cf c.tar -T other");
    assert_not_verified("c.tar",
                        "data/cases/c-2990/tree.txt stands where manifest-sha256.txt lists "
                        "data/cases/c-2990/tape.jsonl",
                        "far back");
}

/* Wherever they stand, all files of all cases are looked at: a signer may list them so. */
static void the_parts_of_cases_that_stand_apart_are_checked(void **state)
{
    (void)state;
    struct fail fail = {0};
    make_bundle();
    for (size_t i = 0; i < MADE_FILES; i++) {
        struct bundle_report report = {.cases = MADE_CASES};
        move(made_files[i].name, "tagmanifest-sha256.txt.minisig", false);
        must(bundle_check_parts("c.tar", ULONG_MAX, &report, &fail), &fail);
        assert_int_equal(report.parts_cases, MADE_CASES);
    }
}

/* So many that going through them would take a reading for each. */
static void too_many_that_stand_apart_are_not_called_checked(void **state)
{
    (void)state;
    enum { CASES = 70 };
    struct fail fail = {0};
    struct bundle_report report = {.cases = CASES};
    struct bag_file files[2 * CASES];
    char names[2 * CASES][64];
    for (unsigned i = 0; i < 2 * CASES; i++) {
        snprintf(names[i], sizeof names[i], "data/cases/c-%u/%s", i / 2,
                 i % 2 ? "tape.jsonl" : "case.json");
        files[i] = (struct bag_file){.name = names[i], .content = bytes_of("{}\n")};
    }
    make_bundle_of(files, 2 * CASES);
    assert_runs("tar -xf b.tar && tar --format=ustar -cf c.tar --exclude=tape.jsonl b && "
                "tar --format=ustar -rf c.tar b/data/cases/*/tape.jsonl");
    must(bundle_check_parts("c.tar", BUNDLE_ALL_CASES, &report, &fail), &fail);
    assert_in_range(report.parts_cases, 1, CASES - 1);
    assert_false(bundle_check_parts("c.tar", ULONG_MAX, &report, &fail));
    assert_non_null(strstr(fail.text, "of its 70 cases were gone through"));
}

static void exchanged_contents_are_refused(void **state)
{
    (void)state;
    make_bundle();
    load_tar("b.tar");
    unsigned char kept[BLOCK];
    unsigned char *one = entry("data/cases/c-1/case.json") + BLOCK;
    unsigned char *two = entry("data/cases/c-2/case.json") + BLOCK;
    memcpy(kept, one, BLOCK);
    memcpy(one, two, BLOCK);
    memcpy(two, kept, BLOCK);
    write_file("c.tar", tar, tar_size);
    assert_not_verified("c.tar", "data/cases/c-1/case.json was changed", "exchanged");
}

/* ---- signatures that hold for something else ----------------------------------------------- */

#define SIGNATURE "tagmanifest-sha256.txt.minisig"

/* The text of the signature in a tar at hand, which must have the length of the old one. */
static void put_signature(const char *text, size_t n)
{
    unsigned char *header = entry(SIGNATURE);
    assert_int_equal(strtoul((char *)header + SIZE_AT, NULL, 8), n);
    memcpy(header + BLOCK, text, n);
    write_file("c.tar", tar, tar_size);
}

/* Two bundles of one key, b.tar and o.tar, whose directories have the same name. */
static void make_two(char first[1024], char second[1024])
{
    struct fail fail = {0};
    bool needs_password = false;
    make_bundle();
    struct secret_key *key = secret_key_load("b.key", NULL, &needs_password, &fail);
    assert_runs("mv b.tar first.tar");
    struct bag *bag = bag_new("b.tar", &fail);
    must(bag != NULL, &fail);
    must(bag_add(bag, made_files + 1, 2, &fail) && bag_add(bag, made_files + 3, 2, &fail), &fail);
    must(bag_seal(bag, key, &fail), &fail);
    bag_free(bag);
    secret_key_free(key);
    load_tar("b.tar");
    memcpy(second, entry(SIGNATURE) + BLOCK, BLOCK);
    load_tar("first.tar");
    memcpy(first, entry(SIGNATURE) + BLOCK, BLOCK);
}

static void another_bundles_signature_and_comment_are_refused(void **state)
{
    (void)state;
    char first[1024] = "";
    char second[1024] = "";
    char mixed[1024];
    make_two(first, second);
    put_signature(second, strlen(second));
    assert_not_verified("c.tar", "the signature does not hold", "another bundle's signature");
    const char *ours = strstr(first, "\ntrusted");
    const char *theirs = strstr(second, "\ntrusted");
    snprintf(mixed, sizeof mixed, "%.*s%s", (int)(ours - first), first, theirs);
    put_signature(mixed, strlen(mixed));
    assert_not_verified("c.tar", "the trusted comment is not the one that the key ",
                        "another bundle's comment, with its signature");
}

/* Whoever makes a key can give it any number. With the trusted key at hand that helps nobody. */
static void a_key_of_the_same_number_signs_in_vain(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct bundle_report report;
    struct public_key trusted;
    make_bundle();
    must(public_key_load("b.pub", &trusted, &fail), &fail);
    struct secret_key *forger = secret_key_new(&fail);
    memcpy(forger->id, trusted.id, sizeof trusted.id);
    assert_runs("mv b.tar honest.tar");
    struct bag *bag = bag_new("b.tar", &fail);
    made_add(bag, made_files, MADE_FILES);
    must(bag_seal(bag, forger, &fail), &fail);
    bag_free(bag);
    secret_key_free(forger);
    assert_verifies("b.tar"); /* it agrees with itself, as any forgery can */
    assert_false(bundle_verify("b.tar", &trusted, &report, &fail));
    assert_non_null(strstr(fail.text, "or another key bears that number"));
}

#define IN_TEMP(test) cmocka_unit_test_setup_teardown(test, temp_enter, temp_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TEMP(no_flipped_bit_is_accepted),
        IN_TEMP(a_changed_header_is_refused_in_its_own_words),
        IN_TEMP(a_sparse_map_in_the_header_is_refused),
        IN_TEMP(every_file_is_missed),
        IN_TEMP(no_file_comes_twice_wherever_its_copy_stands),
        IN_TEMP(no_directory_comes_twice_wherever_it_stands),
        IN_TEMP(a_second_file_of_the_name_with_other_content_is_refused),
        IN_TEMP(files_in_another_order_are_refused),
        IN_TEMP(one_of_many_files_in_another_place_is_named),
        IN_TEMP(the_parts_of_cases_that_stand_apart_are_checked),
        IN_TEMP(too_many_that_stand_apart_are_not_called_checked),
        IN_TEMP(exchanged_contents_are_refused),
        IN_TEMP(another_bundles_signature_and_comment_are_refused),
        IN_TEMP(a_key_of_the_same_number_signs_in_vain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
