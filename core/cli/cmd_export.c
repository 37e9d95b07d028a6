/* ajar export: what a bundle holds, in forms that other programs read. */
#include "base/hash_file.h"
#include "cli/case_claims.h"
#include "cli/case_find.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/trust_options.h"
#include "evidence/replace.h"
#include "export/format.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OUT_LIMIT = 512 * 1024 * 1024, RUN_LIMIT = 1024 * 1024 };

enum { OPT_JSON, OPT_PCAPNG, OPT_WARC, OPT_IN_TOTO, OPT_OUT, OPT_PUBLIC_KEY, OPT_TRUSTED };

static const struct args_option options[] = {
    [OPT_JSON] = {"json", 'j', NULL,
                  "one JSON object a line: the bundle with its run, then each case with its tape "
                  "and receipts"},
    [OPT_PCAPNG] = {"pcapng", 0, NULL,
                    "the connections as packets for Wireshark; their headers are synthetic, and "
                    "say so. At a port that is not the protocol's own it must be told which one "
                    "it is: tshark -d tcp.port==2525,smtp"},
    [OPT_WARC] = {"warc", 0, NULL,
                  "what was asked and answered in HTTP/1, as a web archive (WARC/1.1)"},
    [OPT_IN_TOTO] = {"in-toto", 0, NULL,
                     "an in-toto statement about the bundle's file: its run and each verdict"},
    [OPT_OUT] = {"output", 'o', "FILE", "the new file; nothing is overwritten; default: stdout"},
    [OPT_PUBLIC_KEY] = TRUST_OPTION_KEY,
    [OPT_TRUSTED] = TRUST_OPTION_FILE,
    {0},
};

const struct args_command cmd_export_args = {
    "export", "--FORM [OPTION]... BUNDLE [CASE]",
    "Writes the cases of a bundle, or one of them, in a form that other programs\n"
    "read. The bundle is verified first. What is written is derived from it and says\n"
    "so: the evidence is the bundle. The beginning of CASE is enough if it is clear.",
    options,
    "The same bundle gives the same bytes. Of a case whose case.json does not say\n"
    "what its tape and its receipts say no statement is made; of the other forms you\n"
    "are told. doc/evidence.md, section 14, describes the forms.\n"
    "\n"
    "Exit status: 0 it was written, 1 the bundle does not verify or could not be\n"
    "exported, 2 wrong usage.\n"};

struct export_command {
    const struct export_format *format;
    const char *bundle;
    const char *wanted;
    const char *to;     /* or NULL: stdout */
    struct replace new; /* what becomes `to` */
    struct trust_options given;
    struct bundle_trust trust;
    struct bundle_report report;
    struct exporting e;
    struct case_asker asker;
};

static const struct export_format *format_of(int which)
{
    switch (which) {
    case OPT_PCAPNG:
        return &export_pcapng;
    case OPT_IN_TOTO:
        return &export_in_toto;
    case OPT_WARC:
        return &export_warc;
    default:
        return &export_json;
    }
}

/* ---- what is written ---- */

static bool flush(struct export_command *c, struct fail *fail)
{
    struct buf *out = &c->e.out;
    bool ok = c->to ? replace_write(&c->new, buf_view(out), fail)
                    : out->n == 0 || fwrite(out->p, 1, out->n, stdout) == out->n;
    buf_clear(out);
    if (!ok)
        return c->to ? fail_prefix(fail, "%s", c->to) : fail_errno(fail, errno, "stdout");
    return true;
}

/* Of a case that contradicts itself nothing is stated. The other forms have its files as they are, and the person is told. */
static bool write_one(struct export_command *c, const struct bundle_case *one, struct fail *fail)
{
    static const char what[] = "its case.json does not say what its tape and receipts say";
    struct fail why;
    bool holds = case_claims_one(&c->asker, one, &why);
    if (!holds && c->format->states)
        return fail_set(fail, "EDIVERGED", "no statement is made of it: %s: %s", what, why.text);
    if (!c->format->each(&c->e, one, fail))
        return false;
    if (!holds)
        fprintf(stderr, "ajar export: case %s: %s: %s\n", one->id, what, why.text);
    return true;
}

static bool write_case(void *arg, const struct bundle_case *one, struct fail *fail)
{
    struct export_command *c = arg;
    if (!write_one(c, one, fail))
        return fail_prefix(fail, "case %s", one->id);
    c->e.cases++;
    return flush(c, fail);
}

/* The beginning waits for the first case: of an extract that can't be exported nothing is written, on stdout either. */
static bool write_all(struct export_command *c, struct fail *fail)
{
    const struct export_format *f = c->format;
    return (!f->begin || f->begin(&c->e, fail)) &&
           bundle_cases(c->bundle, c->e.wanted, write_case, c, fail) &&
           (!f->end || f->end(&c->e, fail)) && flush(c, fail);
}

/* ---- where to ---- */

static bool open_file(struct export_command *c, struct fail *fail)
{
    if (!c->to)
        return true;
    return replace_begin_new(&c->new, c->to, fail);
}

/* What was written is there whole, or not at all. */
static bool close_file(struct export_command *c, bool written, struct fail *fail)
{
    if (!c->to)
        return written;
    return replace_end(&c->new, written, fail) || (written && fail_prefix(fail, "%s", c->to));
}

/* ---- the command ---- */

static bool look(struct export_command *c, char id[CASE_FIND_ID], char digest[SHA256_HEX],
                 struct buf *run_json, struct fail *fail)
{
    const char *slash = strrchr(c->bundle, '/');
    if (!trust_read(&c->given, &c->trust, fail) ||
        !bundle_verify_by(c->bundle, &c->trust, &c->report, fail) ||
        (c->wanted && !case_find(c->bundle, c->wanted, id, fail)) ||
        !sha256_file(c->bundle, digest, fail) ||
        !bundle_read(c->bundle, "data/run.json", run_json, fail))
        return false;
    c->e = (struct exporting){.file_name = slash ? slash + 1 : c->bundle,
                              .file_sha256 = digest,
                              .report = &c->report,
                              .run_json = buf_view(run_json),
                              .wanted = c->wanted ? id : NULL,
                              .out = buf_new(OUT_LIMIT)};
    return true;
}

static int export(struct export_command *c)
{
    struct fail fail;
    char id[CASE_FIND_ID];
    char digest[SHA256_HEX];
    struct buf run_json = buf_new(RUN_LIMIT);
    case_asker_begin(&c->asker, c->bundle, NULL);
    bool ok = look(c, id, digest, &run_json, &fail) && open_file(c, &fail) &&
              close_file(c, write_all(c, &fail), &fail);
    case_asker_end(&c->asker);
    buf_free(&c->e.out);
    buf_free(&run_json);
    if (!ok)
        return complain("export", &fail);
    fprintf(stderr, "ajar export: %lu case%s of %s\n", c->e.cases, c->e.cases == 1 ? "" : "s",
            c->report.name);
    return 0;
}

static int run(struct args *a, struct export_command *c)
{
    if (!c->format)
        return args_wrong(a, "in which form? --json, --pcapng, --warc or --in-toto");
    if (a->operand_count < 1 || a->operand_count > 2)
        return args_wrong(a, a->operand_count ? "one bundle and one case at a time"
                                              : "BUNDLE is missing");
    if (c->format->binary && !c->to && isatty(STDOUT_FILENO))
        return args_wrong(a, "--%s is nothing for a terminal: -o FILE says where it goes",
                          c->format->name);
    c->bundle = a->operands[0];
    c->wanted = a->operands[1];
    return export(c);
}

static void take(struct args *a, int which, struct export_command *c)
{
    if (which == OPT_PUBLIC_KEY)
        trust_take_key(a, &c->given);
    else if (which == OPT_TRUSTED)
        trust_take_file(a, &c->given);
    else if (which == OPT_OUT)
        c->to = a->value;
    else if (c->format && c->format != format_of(which))
        args_wrong(a, "one form at a time");
    else
        c->format = format_of(which);
}

int cmd_export(int argc, char **argv)
{
    struct args args;
    struct export_command *c = calloc(1, sizeof *c);
    if (!c)
        return complain_words("export", 1, "out of memory");
    args_begin(&args, &cmd_export_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;)
        take(&args, which, c);
    int status = args.status == ARGS_GO_ON ? run(&args, c) : args.status;
    trust_free(&c->given);
    free(c);
    return status;
}
