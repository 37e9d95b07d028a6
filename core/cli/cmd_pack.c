/* ajar pack: tests and letters by others: made, signed, checked and installed. */
#include "cli/pack_commands.h"

static const struct args_option options[] = {{0}};

const struct args_command cmd_pack_args = {
    "pack", "COMMAND [OPTION]... [ARGUMENT]...",
    "Packs hold probes and letters that others have written, in one file that can be\n"
    "signed. What a pack may do stands in its manifest, pack.json; its probes run in\n"
    "a process that has no socket, no file and no key.\n"
    "new      makes a folder with a pack in it that works\n"
    "check    says what is wrong with a pack's folder\n"
    "test     tries a pack's probes on its scenarios and on recorded tapes\n"
    "build    makes a folder into a pack's file, the same bytes on every machine\n"
    "sign     signs a pack's file, with minisign's signature beside it\n"
    "verify   checks a pack's file and its signature\n"
    "info     says what a pack holds, what it may do, and who signed it\n"
    "install  makes a pack's probes some of those that 'ajar probe' has\n"
    "update   takes the newest of what is installed\n"
    "list     lists the packs that are installed\n"
    "remove   removes one; pin, unpin: keeps it as it is, or no longer;\n"
    "         rollback: brings back the version before\n"
    "trust    says whose packs are taken, and which of them\n"
    "source   says where they come from\n"
    "index    makes the signed list of the packs in a folder, which is a source",
    options,
    "'ajar pack COMMAND --help' says more of each. 'ajar probe -p FILE.tar' runs the\n"
    "probes of a pack.\n"};

const struct command *pack_commands(void)
{
    static const struct command all[] = {
        {"new", "makes a folder with a pack that works", cmd_pack_new, &cmd_pack_new_args, NULL},
        {"check", "says what is wrong with a pack's folder", cmd_pack_check, &cmd_pack_check_args,
         NULL},
        {"test", "tries a pack on its scenarios and tapes", cmd_pack_test, &cmd_pack_test_args,
         NULL},
        {"build", "makes a folder into a pack's file", cmd_pack_build, &cmd_pack_build_args, NULL},
        {"sign", "signs a pack's file", cmd_pack_sign, &cmd_pack_sign_args, NULL},
        {"verify", "checks a pack's file and its signature", cmd_pack_verify, &cmd_pack_verify_args,
         NULL},
        {"info", "says what a pack may do, and who signed it", cmd_pack_info, &cmd_pack_info_args,
         NULL},
        {"install", "installs a pack", cmd_pack_install, &cmd_pack_install_args, NULL},
        {"update", "takes the newest of what is installed", cmd_pack_update, &cmd_pack_update_args,
         NULL},
        {"list", "lists the packs that are installed", cmd_pack_list, &cmd_pack_list_args, NULL},
        {"remove", "removes a pack", cmd_pack_remove, &cmd_pack_remove_args, NULL},
        {"pin", "keeps a pack as it is", cmd_pack_pin, &cmd_pack_pin_args, NULL},
        {"unpin", "lets a pack be replaced again", cmd_pack_unpin, &cmd_pack_unpin_args, NULL},
        {"rollback", "brings back the version before", cmd_pack_rollback, &cmd_pack_rollback_args,
         NULL},
        {"trust", "says whose packs are taken", cmd_pack_trust, &cmd_pack_trust_args, NULL},
        {"source", "says where packs come from", cmd_pack_source, &cmd_pack_source_args, NULL},
        {"index", "makes the signed list of a folder's packs", cmd_pack_index, &cmd_pack_index_args,
         NULL},
        {NULL, NULL, NULL, NULL, NULL},
    };
    return all;
}

int cmd_pack(int argc, char **argv)
{
    return commands_run_part("pack", "build, sign, ...", argc, argv);
}
