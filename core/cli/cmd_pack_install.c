/* ajar pack install, ajar pack update: packs made some of those that `ajar probe` has. */
#include "cli/choice.h"
#include "cli/complain.h"
#include "cli/pack_commands.h"
#include "cli/pack_install.h"

enum { OPT_YES, OPT_UNTRUSTED, OPT_OLDER, OPT_SIGNATURE };

static const struct args_option install_options[] = {
    [OPT_YES] = {"yes", 'y', NULL, "do not ask"},
    [OPT_UNTRUSTED] = {"untrusted", 0, NULL,
                       "take one that nobody signed, or a key that you do not trust"},
    [OPT_OLDER] = {"older", 0, NULL, "take one that is older than the one installed"},
    [OPT_SIGNATURE] = {"signature", 'x', "FILE", "the signature's file; default FILE.tar.minisig"},
    {0},
};

static const struct args_option update_options[] = {
    [OPT_YES] = {"yes", 'y', NULL, "do not ask"},
    {0},
};

const struct args_command cmd_pack_install_args = {
    "pack install", "[OPTION]... FILE.tar | ORG/PACK[@RANGE]",
    "Says what a pack may do and who signed it, asks, and makes its probes some of\n"
    "those that 'ajar probe' has. It must be signed by a key that you trust for it\n"
    "('ajar pack trust'). Its probes run in a process of their own, signed or not.\n"
    "By its name the newest comes from the sources ('ajar pack source'), within\n"
    "RANGE, as in 'acme/envelopes@>=1.0.0 <2.0.0', and first what it requires.",
    install_options,
    "What was installed before is kept: 'ajar pack rollback' brings it back. Of a\n"
    "file, the packs that it requires are installed before.\n"
    "\n"
    "Exit status: 0 it is installed, 1 it is not, 2 wrong usage.\n"};

const struct args_command cmd_pack_update_args = {
    "pack update", "[OPTION]... [ORG/PACK]",
    "Takes the newest version of each pack that is installed and not pinned, or of\n"
    "one, from the sources ('ajar pack source'), as 'ajar pack install' does.",
    update_options,
    "What goes together is taken together: no version is taken that another pack, as it\n"
    "is installed then, shuts out. Says which of those that are installed were\n"
    "withdrawn, or whose key was revoked. One that can't be updated keeps none of the\n"
    "others from it.\n"
    "\n"
    "Exit status: 0 each is the newest that goes with the others, 1 one is not, or is\n"
    "withdrawn and has no newer one, 2 wrong usage.\n"};

int cmd_pack_install(int argc, char **argv)
{
    struct args args;
    struct fail fail;
    struct pack_install how = {.yes = false};
    const char *signature = NULL;
    args_begin(&args, &cmd_pack_install_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;) {
        how.yes |= which == OPT_YES;
        how.untrusted |= which == OPT_UNTRUSTED;
        how.older |= which == OPT_OLDER;
        if (which == OPT_SIGNATURE)
            signature = args.value;
    }
    const char *what =
        args.status == ARGS_GO_ON ? args_only_operand(&args, "FILE.tar or ORG/PACK") : NULL;
    if (!what)
        return args.status;
    if (signature && !choice_is_pack(what))
        return args_wrong(&args, "--signature is for a FILE.tar: a source has its own");
    bool ok = choice_is_pack(what) ? pack_install_file(&how, what, signature, &fail)
                                   : pack_install_named(&how, what, &fail);
    return ok ? 0 : complain("pack install", &fail);
}

int cmd_pack_update(int argc, char **argv)
{
    struct args args;
    struct fail fail;
    struct pack_install how = {.yes = false};
    args_begin(&args, &cmd_pack_update_args, argc, argv);
    while (args_next(&args) != ARGS_END)
        how.yes = true;
    if (args.status != ARGS_GO_ON)
        return args.status;
    if (args.operand_count > 1)
        return args_wrong(&args, "'%s' is one pack too many", args.operands[1]);
    return pack_install_update(&how, args.operand_count ? args.operands[0] : NULL, &fail)
               ? 0
               : complain("pack update", &fail);
}
