/* ajar verify: whether a bundle is what its signer sealed. */
#include "cli/args.h"
#include "cli/commands.h"
#include "cli/complain.h"

#include "base/time.h"
#include "evidence/bundle.h"

#include <stdio.h>
#include <string.h>

enum { OPT_PUBLIC_KEY };

static const struct args_option options[] = {
    [OPT_PUBLIC_KEY] = {"public-key", 'P', "KEY",
                        "the signer's public key: its file, or the base64 line itself"},
    {0},
};

const struct args_command cmd_verify_args = {
    "verify", "[OPTION]... BUNDLE",
    "Checks a bundle: its signature, the digest of every file, that none is missing\n"
    "and none was added. Says what it checked, or the first thing that does not hold.",
    options,
    "Without --public-key the key in the bundle itself is taken. That shows that the\n"
    "bundle agrees with itself, not who made it: anyone can make a key.\n"
    "VERIFY.txt in the bundle says how to check the same without ajar.\n"
    "\n"
    "Exit status: 0 it verifies, 1 it does not, 2 wrong usage.\n"};

static void print_signer(const struct bundle_report *r)
{
    char id[KEY_ID_TEXT];
    char text[PUBLIC_KEY_TEXT];
    printf("  signed by   key %s, %s\n", key_id_text(&r->signer, id),
           r->signer_given ? "the key that you gave" : "the key in the bundle itself");
    if (!r->signer_given)
        printf("              %s\n", public_key_text(&r->signer, text));
}

static void print_sealed(const struct bundle_report *r)
{
    instant when;
    char text[TIME_TEXT];
    if (time_parse(bytes_of(r->sealed), &when))
        printf("  sealed      %s, by the signer's clock\n", time_reader_text(when, text));
}

static void print_report(const char *path, const struct bundle_report *r)
{
    printf("%s: verified\n", path);
    print_signer(r);
    print_sealed(r);
    printf("  bundle      %s\n", r->name);
    printf("  cases       %lu\n", r->cases);
    printf("  files       %lu, %llu bytes: each as sealed, none missing, none added\n", r->files,
           r->octets);
    if (!r->signer_given)
        fprintf(stderr,
                "ajar verify: who holds that key is for you to find out; with the operator's "
                "published key, give it by --public-key\n");
}

static int verify(const char *path, const char *key_given)
{
    struct fail fail = {0};
    struct public_key key;
    struct bundle_report report;
    if (key_given && !public_key_load(key_given, &key, &fail)) {
        fail_prefix(&fail, "--public-key");
        return complain("verify", &fail);
    }
    if (!bundle_verify(path, key_given ? &key : NULL, &report, &fail)) {
        int status = complain("verify", &fail);
        printf("%s: NOT verified\n", path);
        return status;
    }
    print_report(path, &report);
    return 0;
}

int cmd_verify(int argc, char **argv)
{
    struct args args;
    const char *key = NULL;
    args_begin(&args, &cmd_verify_args, argc, argv);
    while (args_next(&args) != ARGS_END)
        key = args.value;
    const char *path = args.status == ARGS_GO_ON ? args_only_operand(&args, "BUNDLE") : NULL;
    return path ? verify(path, key) : args.status;
}
