/* ajar pack check: what is wrong with a pack's folder. */
#include "cli/complain.h"
#include "cli/pack_check.h"
#include "cli/pack_commands.h"

#include "base/embedded.h"
#include "sim/sim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct args_option options[] = {{0}};

const struct args_command cmd_pack_check_args = {
    "pack check", "[FOLDER]",
    "Says what is wrong with a pack's folder (default: the working directory), a line\n"
    "for each fault: FILE:LINE:COLUMN: WORDS. Looked at are the manifest, the files\n"
    "that it names, and the scripts: what does not load, globals and members of the\n"
    "API that do not exist, are newer than the manifest's \"api\" or take a capability\n"
    "that is not declared, ids that are taken, summaries, ports and words for\n"
    "arguments that are missing, target.args that are not declared, capabilities\n"
    "that are declared and not used, messages and placeholders of letters that do not\n"
    "exist or are missing, links, and whether there is a README.md. What is\n"
    "deprecated is warned of, and no fault. Scripts are loaded in a confined process.",
    options, "Exit status: 0 nothing is wrong, 1 something is, 2 wrong usage.\n"};

enum { ANNOTATIONS_LIMIT = 1024 * 1024 };

static void put_annotations(struct buf *out)
{
    static const char annotations[] = "doc/api/";
    const struct embedded *list = NULL;
    size_t n = embedded_list(&list);
    for (size_t i = 0; i < n; i++)
        if (strncmp(list[i].path, annotations, strlen(annotations)) == 0)
            buf_put(out, list[i].content);
}

static bool check(struct pack_check *c, struct scripts *builtin, struct fail *fail)
{
    struct buf annotations = buf_new(ANNOTATIONS_LIMIT);
    put_annotations(&annotations);
    c->annotations = buf_view(&annotations);
    struct known_names *probes = known_names_of_probes(fail);
    struct known_names *scenarios = probes ? known_names_of_scenarios(sim_hooks(), fail) : NULL;
    struct known_names *letters = scenarios ? known_names_of_letters(fail) : NULL;
    c->builtin = builtin;
    c->probe_names = probes;
    c->scenario_names = scenarios;
    c->letter_names = letters;
    bool ok = letters && scripts_load_builtin(builtin, fail) && pack_check_folder(c, fail);
    known_names_free(probes);
    known_names_free(scenarios);
    buf_free(&annotations);
    known_names_free(letters);
    return ok;
}

/* Without the slashes at its end. */
static const char *folder_of(char *operand)
{
    for (size_t n = strlen(operand); n > 1 && operand[n - 1] == '/'; n--)
        operand[n - 1] = '\0';
    return operand;
}

int cmd_pack_check(int argc, char **argv)
{
    struct args args;
    struct fail fail;
    args_begin(&args, &cmd_pack_check_args, argc, argv);
    while (args_next(&args) != ARGS_END)
        continue;
    if (args.status != ARGS_GO_ON)
        return args.status;
    if (args.operand_count > 1)
        return args_wrong(&args, "'%s' is one folder too many", args.operands[1]);
    struct pack_check *c = calloc(1, sizeof *c);
    struct scripts *builtin = calloc(1, sizeof *builtin);
    if (!c || !builtin) {
        free(c);
        free(builtin);
        return complain_words("pack check", 1, "out of memory");
    }
    c->folder = args.operand_count ? folder_of(args.operands[0]) : ".";
    int status = check(c, builtin, &fail) ? c->faults > 0 : complain("pack check", &fail);
    scripts_free(builtin);
    free(builtin);
    free(c);
    return status;
}
