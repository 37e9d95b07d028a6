/* ajar pack build: a folder made into a pack's file. */
#include "cli/complain.h"
#include "cli/pack_commands.h"

#include "base/file.h"
#include "pack/pack.h"

#include <stdio.h>

enum { OPT_OUTPUT };

static const struct args_option options[] = {
    [OPT_OUTPUT] = {"output", 'o', "FILE",
                    "the file to make; default NAME-VERSION.tar in the working directory"},
    {0},
};

const struct args_command cmd_pack_build_args = {
    "pack build", "[OPTION]... [FOLDER]",
    "Makes a folder with a pack.json in it (default: the working directory) into one\n"
    "file, a plain tar. The same files give the same bytes, whoever builds: no times,\n"
    "no owners, names in order. Left out are names that begin with a dot, *.tar,\n"
    "*.minisig, *.key and *.pub; links are refused. Nothing is overwritten.",
    options,
    "It prints the file's name and SHA-256, which 'sha256sum FILE' shows too.\n"
    "\n"
    "Exit status: 0 it is built, 1 it is not, 2 wrong usage.\n"};

static bool write_pack(struct bytes archive, const char *output, struct fail *fail)
{
    char title[PACK_TITLE];
    char path[PACK_TITLE + 8];
    struct pack *p = pack_parse(archive, fail);
    if (!p)
        return false;
    snprintf(path, sizeof path, "%s.tar", pack_title(&p->manifest, title));
    const char *to = output ? output : path;
    bool ok = file_create(to, archive, fail);
    if (ok)
        printf("%s\n  SHA-256     %s\n", to, p->digest);
    pack_free(p);
    return ok;
}

int cmd_pack_build(int argc, char **argv)
{
    struct args args;
    struct fail fail;
    const char *output = NULL;
    args_begin(&args, &cmd_pack_build_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;)
        output = args.value;
    if (args.status != ARGS_GO_ON)
        return args.status;
    if (args.operand_count > 1)
        return args_wrong(&args, "'%s' is one folder too many", args.operands[1]);
    struct buf archive = buf_new(PACK_LIMIT);
    bool ok = pack_build(args.operand_count ? args.operands[0] : ".", &archive, &fail) &&
              write_pack(buf_view(&archive), output, &fail);
    buf_free(&archive);
    return ok ? 0 : complain("pack build", &fail);
}
