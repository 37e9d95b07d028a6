/* ajar cosign: a further officer's signature on a sealed bundle. */
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/operator_key.h"
#include "cli/trust_options.h"
#include "evidence/cosign.h"
#include "net/loop.h"

#include <stdio.h>
#include <stdlib.h>

enum { OPT_KEY, OPT_PUBLIC_KEY, OPT_TRUSTED };

static const struct args_option options[] = {
    [OPT_KEY] = {"key", 'k', "FILE",
                 "the secret key to sign with; default ~/.config/ajar/ajar.key"},
    [OPT_PUBLIC_KEY] = TRUST_OPTION_KEY,
    [OPT_TRUSTED] = TRUST_OPTION_FILE,
    {0},
};

const struct args_command cmd_cosign_args = {
    "cosign", "[OPTION]... BUNDLE",
    "Adds a further signature to a bundle that verifies, beside the first one: what\n"
    "was sealed stays as it is, byte for byte. The bundle is replaced in one step:\n"
    "what goes wrong before leaves the old one.",
    options,
    "With --public-key or --trusted only what one of these keys has signed is signed.\n"
    "'ajar verify --threshold 2' asks for both signatures.\n"
    "\n"
    "Exit status: 0 it is signed, 1 it is not, 2 wrong usage.\n"};

struct cosigning {
    const char *bundle;
    const char *key_path;
    struct trust_options options;
};

/* Before a password is asked for. */
static bool look(const struct cosigning *c, const struct bundle_trust *trust, struct fail *fail)
{
    struct bundle_report report;
    return bundle_verify_by(c->bundle, trust, &report, fail);
}

static void print(const char *path, const struct public_key *key, const struct bundle_report *r)
{
    char id[KEY_ID_TEXT];
    char first[KEY_ID_TEXT];
    printf("%s: co-signed by key %s\n", path, key_id_text(key, id));
    printf("  bundle      %s, %lu %s, sealed by key %s\n", r->name, r->cases,
           r->cases == 1 ? "case" : "cases", key_id_text(&r->signer, first));
    printf("  signatures  %u\n", r->signature_count + 1);
}

static int cosign(struct cosigning *c)
{
    struct fail fail;
    struct bundle_trust trust;
    struct bundle_report report;
    if (!trust_read(&c->options, &trust, &fail) || !look(c, &trust, &fail))
        return complain("cosign", &fail);
    struct secret_key *key = operator_key_load(c->key_path, &fail);
    if (!key)
        return complain("cosign", &fail);
    struct public_key public = secret_key_public(key);
    bool ok = cosign_bundle(c->bundle, &trust, key, loop_now(), &report, &fail);
    secret_key_free(key);
    if (!ok)
        return complain("cosign", &fail);
    print(c->bundle, &public, &report);
    return 0;
}

static int run(struct args *a, struct cosigning *c)
{
    for (int which; (which = args_next(a)) != ARGS_END;) {
        if (which == OPT_KEY)
            c->key_path = a->value;
        else if (which == OPT_PUBLIC_KEY)
            trust_take_key(a, &c->options);
        else
            trust_take_file(a, &c->options);
    }
    if (a->status != ARGS_GO_ON)
        return a->status;
    c->bundle = args_only_operand(a, "BUNDLE");
    return c->bundle ? cosign(c) : a->status;
}

int cmd_cosign(int argc, char **argv)
{
    struct args args;
    struct cosigning *c = calloc(1, sizeof *c);
    if (!c)
        return complain_words("cosign", 1, "out of memory");
    args_begin(&args, &cmd_cosign_args, argc, argv);
    int status = run(&args, c);
    free(c);
    return status;
}
