/* ajar pack verify, ajar pack info: who signed a pack, and what it may do. */
#include "cli/complain.h"
#include "cli/pack_commands.h"
#include "cli/pack_file.h"
#include "cli/pack_place.h"

#include <stdio.h>
#include <unistd.h>

/* Both have the same options. */
enum { OPT_PUBLIC_KEY, OPT_TRUSTED, OPT_SIGNATURE, OPT_JSON };

static const struct args_option options[] = {
    [OPT_PUBLIC_KEY] = TRUST_OPTION_KEY,
    [OPT_TRUSTED] = TRUST_OPTION_FILE,
    [OPT_SIGNATURE] = {"signature", 'x', "FILE", "the signature's file; default FILE.tar.minisig"},
    [OPT_JSON] = {"json", 'j', NULL, "print one JSON object"},
    {0},
};

const struct args_command cmd_pack_verify_args = {
    "pack verify", "[OPTION]... FILE.tar",
    "Checks that a pack's file is whole and that one of the keys given by\n"
    "--public-key or --trusted has signed these very bytes as this pack.",
    options, "Exit status: 0 it holds, 1 it does not, 2 wrong usage.\n"};

const struct args_command cmd_pack_info_args = {
    "pack info", "[OPTION]... FILE.tar | ORG/PACK",
    "Says what a pack holds, what it may do, and whether one of the keys given by\n"
    "--public-key or --trusted signed it. Nothing of it is run. ORG/PACK is one that\n"
    "is installed: without a key given it is held to that by which it was taken.",
    options,
    "Exit status: 0 it was shown, 1 it is no pack, or a signature is wrong, 2 wrong\n"
    "usage.\n"};

struct asking {
    const struct args_command *command;
    const char *path;
    const char *signature_path;
    bool json;
    bool must_be_signed;
    struct trust_options given;
    struct buf signature;
    const char *signer; /* of an installed pack: the key by which it was taken; else NULL */
};

static void print_signer(const struct seal *seal, const char *name)
{
    char id[KEY_ID_TEXT];
    char at[TIME_TEXT];
    printf("signed        by key %s%s%s, %s by its clock\n", key_id_text(&seal->key, id),
           name[0] ? ", " : "", name, time_reader_text(seal->at, at));
}

/* Of an installed pack: whose key it was taken by, which need not be trusted any more. */
static bool check_signer(const struct asking *a, const struct pack *p, struct seal *seal,
                         struct fail *fail)
{
    struct public_key key;
    return public_key_parse(bytes_of(a->signer), &key, fail) &&
           seal_check(buf_view(&a->signature), p, &key, seal, fail);
}

static bool check(const struct asking *a, const struct pack *p, struct seal *seal,
                  const char **name, struct fail *fail)
{
    if (a->given.trust.count == 0 && a->signer)
        return check_signer(a, p, seal, fail);
    return pack_file_check(p, buf_view(&a->signature), &a->given.trust, seal, name, fail);
}

/* The signature's number is all that can be said where no key was given. */
static void print_unchecked(const struct asking *a)
{
    struct fail ignored;
    unsigned char number[8];
    char id[KEY_ID_TEXT];
    if (a->signature.n == 0)
        puts("signed        by nobody: there is no signature beside it");
    else if (seal_key_id(buf_view(&a->signature), number, &ignored))
        printf("signed        it names key %s; not checked: --public-key says whose\n",
               key_number_text(number, id));
    else
        puts("signed        what lies beside it is no signature");
}

static bool answer(struct asking *a, const struct pack *p, struct fail *fail)
{
    struct bundle_trust trust;
    struct seal seal;
    const char *name = "";
    if (!trust_read(&a->given, &trust, fail))
        return false;
    bool ask = a->must_be_signed || a->given.trust.count > 0 || a->signer;
    bool ok = !ask || check(a, p, &seal, &name, fail) || fail_prefix(fail, "%s", a->path);
    if (ok && a->json) {
        pack_file_print_json(p, ask ? &seal : NULL);
    } else if (ok) {
        pack_file_print(p);
        ask ? print_signer(&seal, name) : print_unchecked(a);
    }
    return ok;
}

static bool ask_file(struct asking *a, struct fail *fail)
{
    struct pack *p = pack_file_read(a->path, a->signature_path, &a->signature, fail);
    bool ok = p && answer(a, p, fail);
    pack_free(p);
    return ok;
}

static bool ask_installed(struct asking *a, struct fail *fail)
{
    struct pack *p = NULL;
    struct pack_store *store = pack_place_open(false, fail);
    const struct lock_entry *e = store ? lock_find(&store->lock, a->path) : NULL;
    if (store && !e)
        fail_set(fail, "ENOENT", "%s: no such pack is installed, nor is there such a file",
                 a->path);
    if (e && (p = pack_store_get(store, e, &a->signature, fail)))
        a->signer = e->now.signer[0] ? e->now.signer : NULL;
    bool ok = p && answer(a, p, fail);
    pack_free(p);
    pack_place_close(store);
    return ok;
}

/* A name can be a path as well: what is there is meant. */
static bool is_installed_name(const struct asking *a)
{
    return !a->must_be_signed && !a->signature_path && manifest_is_name(bytes_of(a->path)) &&
           access(a->path, F_OK) != 0;
}

static bool ask(struct asking *a, struct fail *fail)
{
    a->signature = buf_new(SEAL_LIMIT);
    bool ok = is_installed_name(a) ? ask_installed(a, fail) : ask_file(a, fail);
    buf_free(&a->signature);
    trust_free(&a->given);
    return ok;
}

static void take(struct args *args, struct asking *a, int which)
{
    if (which == OPT_PUBLIC_KEY)
        trust_take_key(args, &a->given);
    else if (which == OPT_TRUSTED)
        trust_take_file(args, &a->given);
    else if (which == OPT_SIGNATURE)
        a->signature_path = args->value;
    else
        a->json = true;
}

static int run(struct asking *a, int argc, char **argv)
{
    struct args args;
    struct fail fail;
    args_begin(&args, a->command, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;)
        take(&args, a, which);
    a->path =
        args.status == ARGS_GO_ON
            ? args_only_operand(&args, a->must_be_signed ? "FILE.tar" : "FILE.tar or ORG/PACK")
            : NULL;
    if (!a->path)
        return args.status;
    if (a->must_be_signed && !a->given.keys[0] && !a->given.files[0])
        return args_wrong(&args,
                          "whose signature must it bear? --public-key KEY or --trusted FILE");
    return ask(a, &fail) ? 0 : complain(a->command->name, &fail);
}

int cmd_pack_verify(int argc, char **argv)
{
    return run(&(struct asking){.command = &cmd_pack_verify_args, .must_be_signed = true}, argc,
               argv);
}

int cmd_pack_info(int argc, char **argv)
{
    return run(&(struct asking){.command = &cmd_pack_info_args}, argc, argv);
}
