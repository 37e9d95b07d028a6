/* ajar seal: what a run that was cut off has left, made a bundle. */
#include "cli/args.h"
#include "cli/chain_place.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/operator_key.h"

#include "net/loop.h"
#include "run/recover.h"

#include <inttypes.h>
#include <stdio.h>

enum { OPTION_KEY, OPTION_CHAIN, OPTION_OUT };

static const struct args_option options[] = {
    [OPTION_KEY] = {"key", 'k', "FILE", "sign with this secret key, not ~/.config/ajar/ajar.key"},
    [OPTION_CHAIN] = {"chain", 0, "FILE",
                      "the file that binds the key's runs to each other; none: this one to none; "
                      "default: beside the key"},
    [OPTION_OUT] = {"output", 'o', "BUNDLE", "the new bundle"},
    {0},
};

const struct args_command cmd_seal_args = {
    "seal", "[OPTION]... -o NEW BUNDLE",
    "Recovers a bundle that was never sealed, because its run was killed or the\n"
    "machine went down: every finished case that is whole goes into the bundle NEW,\n"
    "which says that it was recovered, when, and from what. BUNDLE stays as it is.",
    options,
    "`ajar verify --partial BUNDLE` says beforehand what there is. A run that is\n"
    "stopped by Ctrl-C, SIGTERM or a full disk seals its bundle itself.\n"
    "\n"
    "A case that is damaged, and not the last, which was being written, is left out\n"
    "and named; the others are sealed all the same, and the exit status is 1.\n"
    "\n"
    "Exit status: 0 sealed and verified, 1 it could not be or a damaged case was left\n"
    "out, 2 wrong usage.\n"};

static void say(const char *to, const struct partial *found)
{
    fprintf(stderr, "ajar seal: sealed %s with %lu recovered %s; `ajar verify %s` checks it\n", to,
            found->cases, found->cases == 1 ? "case" : "cases", to);
    if (found->broken > 0)
        fprintf(stderr, "ajar seal: left out, as not whole: %lu; the first is %s: %s\n",
                found->broken, found->first_broken, found->why.text);
    fprintf(stderr, "ajar seal: read up to byte %" PRIu64 " of %" PRIu64 ": %s\n", found->good,
            found->size, found->end.text);
}

static int seal(const char *from, const char *to, const char *key_path, const char *chain_path)
{
    struct fail fail;
    struct partial found;
    struct secret_key *key = operator_key_load(key_path, &fail);
    if (!key)
        return complain("seal", &fail);
    struct chain_file *chain;
    struct chain_place place = {"seal", chain_path, key_path, to};
    bool ok = chain_place_open(&place, key, &chain, &fail) &&
              recover_bundle(from, to, key, chain, loop_now(), &found, &fail);
    chain_file_close(chain);
    secret_key_free(key);
    if (!ok)
        return complain("seal", &fail);
    say(to, &found);
    return found.damaged > 0;
}

int cmd_seal(int argc, char **argv)
{
    struct args args;
    const char *key = NULL;
    const char *to = NULL;
    const char *chain = NULL;
    args_begin(&args, &cmd_seal_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;)
        *(which == OPTION_KEY ? &key : which == OPTION_CHAIN ? &chain : &to) = args.value;
    const char *from = args.status == ARGS_GO_ON ? args_only_operand(&args, "BUNDLE") : NULL;
    if (!from)
        return args.status;
    if (!to)
        return args_wrong(&args, "where to? -o NEW is missing");
    return seal(from, to, key, chain);
}
