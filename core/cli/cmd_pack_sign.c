/* ajar pack sign: a signature beside a pack's file. */
#include "cli/complain.h"
#include "cli/operator_key.h"
#include "cli/pack_commands.h"

#include "base/file.h"
#include "net/loop.h"
#include "pack/seal.h"

#include <stdio.h>

enum { OPT_KEY, OPT_OUTPUT, PATH_MOST = 4096 };

static const struct args_option options[] = {
    [OPT_KEY] = {"key", 'k', "FILE",
                 "the secret key to sign with; default ~/.config/ajar/ajar.key"},
    [OPT_OUTPUT] = {"output", 'o', "FILE", "the signature's file; default FILE.tar.minisig"},
    {0},
};

const struct args_command cmd_pack_sign_args = {
    "pack sign", "[OPTION]... FILE.tar",
    "Signs a pack's file as it is, byte for byte, with minisign's signature in a file\n"
    "of its own. Its trusted comment names the pack, its version and its SHA-256.\n"
    "Nothing is overwritten.",
    options,
    "'minisign -V -p KEY.pub -m FILE.tar' checks it too.\n"
    "\n"
    "Exit status: 0 it is signed, 1 it is not, 2 wrong usage.\n"};

static bool sign(const struct pack *p, const char *key_path, const char *to, struct fail *fail)
{
    struct buf text = buf_new(SEAL_LIMIT);
    char id[KEY_ID_TEXT];
    char title[PACK_TITLE];
    struct secret_key *key = operator_key_load(key_path, fail);
    bool ok =
        key && seal_put(&text, key, p, loop_now(), fail) && file_create(to, buf_view(&text), fail);
    if (ok) {
        struct public_key public = secret_key_public(key);
        printf("%s: %s, signed by key %s\n", to, pack_label(&p->manifest, title),
               key_id_text(&public, id));
    }
    secret_key_free(key);
    buf_free(&text);
    return ok;
}

int cmd_pack_sign(int argc, char **argv)
{
    struct args args;
    struct fail fail;
    const char *key = NULL;
    const char *output = NULL;
    char beside[PATH_MOST];
    args_begin(&args, &cmd_pack_sign_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;)
        *(which == OPT_KEY ? &key : &output) = args.value;
    const char *path = args.status == ARGS_GO_ON ? args_only_operand(&args, "FILE.tar") : NULL;
    if (!path)
        return args.status;
    snprintf(beside, sizeof beside, "%s" SEAL_SUFFIX, path);
    struct pack *p = pack_read(path, &fail);
    bool ok = p && sign(p, key, output ? output : beside, &fail);
    pack_free(p);
    return ok ? 0 : complain("pack sign", &fail);
}
