/* ajar extract: one case of a bundle, which can still be verified and says nothing of the others. */
#include "cli/args.h"
#include "cli/case_find.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/disclosure.h"

enum { OPT_OUT, OPT_KEY };

static const struct args_option options[] = {
    [OPT_OUT] = {"output", 'o', "FILE", "the new file; nothing is overwritten"},
    [OPT_KEY] = {"public-key", 'P', "KEY", "verify the bundle with this key, not the one in it"},
    {0},
};

const struct args_command cmd_extract_args = {
    "extract", "[OPTION]... BUNDLE CASE -o FILE",
    "Writes one case of a bundle into a file of its own, with the proof that it was\n"
    "sealed among the others: 'ajar verify' accepts it, as do 'ajar show', 'ajar\n"
    "replay' and 'ajar notify'. The beginning of CASE is enough where it is clear.",
    options,
    "The extract says how many cases the bundle has, and nothing else of the others:\n"
    "neither their names nor their sizes nor their order. It does show run.json and\n"
    "the scripts, which are the run's. What of the case itself is not for everybody\n"
    "'ajar redact' hides. The bundle is verified first, the extract after it was\n"
    "written.\n"
    "\n"
    "Exit status: 0 it was written, 1 the bundle does not verify or the extract could\n"
    "not be written, 2 wrong usage.\n"};

static int extract(const struct disclosure *d, const char *wanted)
{
    struct fail fail;
    struct bundle_report report;
    char id[CASE_FIND_ID];
    if (!disclosure_verify(d, &report, &fail))
        return complain("extract", &fail);
    if (report.case_id[0] != '\0')
        return complain_words("extract", 1, "it is an extract already, of one case");
    if (!case_find(d->from, wanted, id, &fail) || !disclosure_write(d, id, NULL, 0, &report, &fail))
        return complain("extract", &fail);
    disclosure_print(d, &report);
    return 0;
}

int cmd_extract(int argc, char **argv)
{
    struct args args;
    struct disclosure d = {.command = "extract"};
    args_begin(&args, &cmd_extract_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;)
        *(which == OPT_OUT ? &d.to : &d.key) = args.value;
    if (args.status != ARGS_GO_ON)
        return args.status;
    if (args.operand_count != 2)
        return args_wrong(&args, "one bundle and one case are expected");
    if (!d.to)
        return args_wrong(&args, "-o FILE is missing: where the extract goes");
    d.from = args.operands[0];
    return extract(&d, args.operands[1]);
}
