/* ajar pack verify, ajar pack info: who signed a pack, and what it may do. */
#include "cli/complain.h"
#include "cli/pack_commands.h"
#include "cli/pack_file.h"

#include <stdio.h>

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
    "pack info", "[OPTION]... FILE.tar",
    "Says what a pack holds, what it may do, and whether one of the keys given by\n"
    "--public-key or --trusted signed it. Nothing of it is run.",
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
};

static void print_signer(const struct seal *seal, const char *name)
{
    char id[KEY_ID_TEXT];
    char at[TIME_TEXT];
    printf("signed        by key %s%s%s, %s by its clock\n", key_id_text(&seal->key, id),
           name[0] ? ", " : "", name, time_reader_text(seal->at, at));
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
    bool ask = a->must_be_signed || a->given.trust.count > 0;
    bool ok = !ask ||
              pack_file_check(p, buf_view(&a->signature), &a->given.trust, &seal, &name, fail) ||
              fail_prefix(fail, "%s", a->path);
    if (ok && a->json) {
        pack_file_print_json(p, ask ? &seal : NULL);
    } else if (ok) {
        pack_file_print(p);
        ask ? print_signer(&seal, name) : print_unchecked(a);
    }
    return ok;
}

static bool ask(struct asking *a, struct fail *fail)
{
    a->signature = buf_new(SEAL_LIMIT);
    struct pack *p = pack_file_read(a->path, a->signature_path, &a->signature, fail);
    bool ok = p && answer(a, p, fail);
    pack_free(p);
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
    a->path = args.status == ARGS_GO_ON ? args_only_operand(&args, "FILE.tar") : NULL;
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
