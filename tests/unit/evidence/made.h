/* made: a small bundle, b.tar, with keys b.key and b.pub, in the directory at hand. */
#pragma once

#include "evidence/bag.h"
#include "evidence/bundle.h"
#include "temp.h"

static const struct bag_file made_files[] = {
    {"data/packs/builtin/probe.lua", {(const unsigned char *)"return 1\n", 9}, NULL},
    {"data/cases/c-2/case.json", {(const unsigned char *)"{\"case\":\"c-2\"}\n", 15}, NULL},
    {"data/cases/c-2/tape.jsonl", {(const unsigned char *)"second tape\n", 12}, NULL},
    {"data/cases/c-1/case.json", {(const unsigned char *)"{\"case\":\"c-1\"}\n", 15}, NULL},
    {"data/cases/c-1/tape.jsonl", {(const unsigned char *)"first tape\n", 11}, NULL},
    {"data/cases/c-1/receipts/r-0.eml", {(const unsigned char *)"mail\r\n", 6}, NULL},
    {"data/cases/c-1/receipts/r-1.txt", {(const unsigned char *)"", 0}, NULL},
    {"data/run.json", {(const unsigned char *)"{}\n", 3}, NULL},
};

/* Each case with its tree.txt, of 12 + 8 + 70 + 72 bytes. */
enum { MADE_FILES = 8, MADE_CASES = 2, MADE_OCTETS = 71 + MADE_CASES * 162 };

/* In a shell, the bundle unpacked in b/: the names of its files in their order, to pack them again, into `order`
 * (doc/evidence.md, section 2). */
#define MADE_ORDER                                                                                 \
    "(cd b && cut -c 67- manifest-sha256.txt tagmanifest-sha256.txt && "                           \
    "printf 'tagmanifest-sha256.txt%s\\n' '' .minisig && ls | grep 'txt[.].*[.]') | "              \
    "sed s,^,b/, > order"

/* Any fail ends the test. */
__attribute__((unused)) static void must(bool ok, const struct fail *fail)
{
    if (!ok)
        fail_msg("%s", fail->text);
}

/* How many of these files are added at once: those of one case. */
static size_t made_group(const struct bag_file *files, size_t n)
{
    const char *rest;
    struct bytes id = name_case(files[0].name, &rest);
    size_t group = 1;
    while (id.n > 0 && group < n && bytes_equal(name_case(files[group].name, &rest), id))
        group++;
    return group;
}

__attribute__((unused)) static void made_add(struct bag *bag, const struct bag_file *files,
                                             size_t n)
{
    struct fail fail = {0};
    for (size_t i = 0, group; i < n; i += group) {
        group = made_group(files + i, n - i);
        must(bag_add(bag, files + i, group, &fail), &fail);
    }
}

__attribute__((unused)) static void make_bundle_of(const struct bag_file *files, size_t n)
{
    struct fail fail = {0};
    struct bag *bag = bag_new("b.tar", &fail);
    must(bag != NULL, &fail);
    struct secret_key *key = secret_key_new(&fail);
    must(secret_key_save(key, NULL, "b.key", "b.pub", &fail), &fail);
    made_add(bag, files, n);
    must(bag_seal(bag, key, &fail), &fail);
    secret_key_free(key);
    bag_free(bag);
}

__attribute__((unused)) static void make_bundle(void)
{
    make_bundle_of(made_files, MADE_FILES);
}

__attribute__((unused)) static void assert_verifies(const char *path)
{
    struct fail fail = {0};
    struct bundle_report report;
    must(bundle_verify(path, NULL, &report, &fail), &fail);
}

__attribute__((unused)) static void assert_not_verified(const char *path, const char *because,
                                                        const char *how)
{
    struct fail fail = {0};
    struct bundle_report report;
    if (bundle_verify(path, NULL, &report, &fail))
        fail_msg("verified all the same: %s", how);
    if (!strstr(fail.text, because))
        fail_msg("%s: refused because \"%s\", not because \"%s\"", how, fail.text, because);
    assert_ptr_equal(strstr(fail.text, path), fail.text);
}
