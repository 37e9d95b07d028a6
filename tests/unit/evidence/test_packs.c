/* The scripts of a bundle, against what its run.json says of their packs; and whose those of the pack builtin are. */
#include "made.h"

#include "base/embedded.h"
#include "base/hash.h"

#define SCRIPT "scripts/relay/third-party.lua"

static struct bytes own_script(void)
{
    const struct embedded *own = embedded_find(SCRIPT);
    assert_non_null(own);
    return own->content;
}

/* As doc/evidence.md, section 5.1, says: the digest of the manifest's lines. */
static const char *pack_digest(const char *name, struct bytes content)
{
    static char hex[SHA256_HEX];
    char line[400];
    char of_file[SHA256_HEX];
    unsigned char raw[SHA256_SIZE];
    sha256_of(content, raw);
    hash_hex(raw, sizeof raw, of_file);
    snprintf(line, sizeof line, "%s  %s\n", of_file, name);
    sha256_of(bytes_of(line), raw);
    hash_hex(raw, sizeof raw, hex);
    return hex;
}

/* A bundle of these two files and a case. */
static void make(const char *name, struct bytes script, const char *run_json)
{
    const struct bag_file files[] = {{name, script, NULL},
                                     {"data/run.json", bytes_of(run_json), NULL},
                                     {"data/cases/c-1/case.json", bytes_of("{}\n"), NULL},
                                     {"data/cases/c-1/tape.jsonl", bytes_of("\n"), NULL}};
    unlink("b.tar");
    unlink("b.key");
    unlink("b.pub");
    make_bundle_of(files, 4);
}

static const char *entry(const char *pack, const char *digest, int files)
{
    static char text[400];
    snprintf(text, sizeof text, "{\"packs\":[{\"pack\":\"%s\",\"sha256\":\"%s\",\"files\":%d}]}\n",
             pack, digest, files);
    return text;
}

#define BUILTIN_FILE "data/packs/builtin/" SCRIPT

static void a_pack_that_is_what_run_json_says(void **state)
{
    (void)state;
    struct bytes other = bytes_of("return 1\n");
    make(BUILTIN_FILE, own_script(),
         entry("builtin@1", pack_digest(BUILTIN_FILE, own_script()), 1));
    assert_verifies("b.tar");
    make("data/packs/local/x.lua", other,
         entry("local", pack_digest("data/packs/local/x.lua", other), 1));
    assert_verifies("b.tar");
    make(BUILTIN_FILE, other, "{}\n"); /* as old bundles have it */
    assert_verifies("b.tar");
}

static void refused(const char *pack, const char *digest, int files, const char *because)
{
    make(BUILTIN_FILE, own_script(), entry(pack, digest, files));
    assert_not_verified("b.tar", because, pack);
}

static void one_that_is_not(void **state)
{
    (void)state;
    const char *digest = pack_digest(BUILTIN_FILE, own_script());
    refused("builtin@1", pack_digest(BUILTIN_FILE, bytes_of("return 1\n")), 1,
            "data/run.json: the SHA-256 that it gives of the pack builtin@1 is not that of its "
            "files in the bundle");
    digest = pack_digest(BUILTIN_FILE, own_script());
    refused("builtin@1", digest, 2,
            "data/run.json: of the pack builtin@1 it counts other files than the 1 in the bundle");
    refused("other@1", digest, 1,
            "data/run.json: of the pack other@1 it counts other files than the 0 in the bundle");
    refused("", digest, 0, "data/run.json: the SHA-256 that it gives of the pack ");
    make(BUILTIN_FILE, own_script(), "{\"packs\":[]}\n");
    assert_not_verified("b.tar", BUILTIN_FILE ": data/run.json does not name its pack once",
                        "none");
    make(BUILTIN_FILE, own_script(), "{\"packs\":[],\"packs\":[]}\n");
    assert_not_verified("b.tar", "data/run.json: no JSON object: duplicate object key", "twice");
    make(BUILTIN_FILE, own_script(), "{\"packs\":7}\n");
    assert_not_verified("b.tar", "data/run.json: \"packs\" is no list", "a number");
}

/* The first program that named them had interface 3, and older bundles are kept: so from 4 on they must be there. */
static void packs_that_are_not_named_are_missed(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct bundle_report report;
    make(BUILTIN_FILE, own_script(), "{\"interface\":3}\n");
    must(bundle_verify("b.tar", NULL, &report, &fail), &fail);
    assert_false(report.packs_told);
    make(BUILTIN_FILE, own_script(), "{\"interface\":4}\n");
    assert_not_verified("b.tar",
                        "data/run.json: it does not say of which packs the scripts are, which "
                        "every run with its interface, 4, does",
                        "interface 4");
    make(BUILTIN_FILE, own_script(),
         entry("builtin@1", pack_digest(BUILTIN_FILE, own_script()), 1));
    must(bundle_verify("b.tar", NULL, &report, &fail), &fail);
    assert_true(report.packs_told);
}

static enum builtin_origin origin(const char *name, struct bytes script)
{
    struct fail fail = {0};
    struct bundle_report report;
    make(name, script, "{}\n");
    must(bundle_verify("b.tar", NULL, &report, &fail), &fail);
    assert_int_equal(builtin_with(BUILTIN_NONE, bytes_of(name), script), report.builtin);
    return report.builtin;
}

static void whose_the_built_in_scripts_are(void **state)
{
    (void)state;
    assert_int_equal(origin(BUILTIN_FILE, own_script()), BUILTIN_OWN);
    assert_int_equal(origin(BUILTIN_FILE, bytes_of("return 1\n")), BUILTIN_OTHER);
    assert_int_equal(origin("data/packs/builtin/scripts/relay/new.lua", own_script()),
                     BUILTIN_OTHER);
    assert_int_equal(origin("data/packs/local/x.lua", own_script()), BUILTIN_NONE);
    assert_int_equal(builtin_with(BUILTIN_OTHER, bytes_of(BUILTIN_FILE), own_script()),
                     BUILTIN_OTHER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_pack_that_is_what_run_json_says, temp_enter, temp_leave),
        cmocka_unit_test_setup_teardown(one_that_is_not, temp_enter, temp_leave),
        cmocka_unit_test_setup_teardown(packs_that_are_not_named_are_missed, temp_enter,
                                        temp_leave),
        cmocka_unit_test_setup_teardown(whose_the_built_in_scripts_are, temp_enter, temp_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
