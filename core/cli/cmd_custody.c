/* ajar custody: what became of a bundle after it was sealed. */
#include "base/hash_file.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/custody_words.h"
#include "cli/operator_key.h"
#include "cli/trust_options.h"
#include "evidence/fields.h"
#include "net/loop.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    OPT_EVENT,
    OPT_BY,
    OPT_TO,
    OPT_NOTE,
    OPT_KEY,
    OPT_FILE,
    OPT_AGAINST,
    OPT_PUBLIC_KEY,
    OPT_TRUSTED
};

static const struct args_option options[] = {
    [OPT_EVENT] = {"event", 0, "EVENT",
                   "add: what happened: handed-over, received, copied, time-stamped, opened, "
                   "destroyed, or another word"},
    [OPT_BY] = {"by", 0, "NAME", "add: who did it"},
    [OPT_TO] = {"to", 0, "NAME", "add: who got it, or where it went"},
    [OPT_NOTE] = {"note", 0, "TEXT", "add: why, on what authority, how"},
    [OPT_KEY] = {"key", 'k', "FILE",
                 "add: the secret key to sign with; default ~/.config/ajar/ajar.key"},
    [OPT_FILE] = {"file", 'f', "FILE", "where the records are; default: BUNDLE.custody"},
    [OPT_AGAINST] = {"against", 0, "FILE",
                     "show: another copy of the records: one must be the beginning of the other"},
    [OPT_PUBLIC_KEY] = TRUST_OPTION_KEY,
    [OPT_TRUSTED] = TRUST_OPTION_FILE,
    {0},
};

const struct args_command cmd_custody_args = {
    "custody", "add --event EVENT --by NAME BUNDLE | show [OPTION]... BUNDLE",
    "add   records that a bundle or extract was handed over, copied, stamped, ...:\n"
    "      a signed record in a small bag beside it, BUNDLE.custody, that names the\n"
    "      record before. The bundle stays as it is, and must verify.\n"
    "show  checks these records, and prints them.",
    options,
    "'ajar verify' checks the records beside a bundle too. With --public-key or\n"
    "--trusted the bundle and each record must be signed by one of these keys.\n"
    "That the last records were not taken away no bag can show by itself: keep the\n"
    "digest that show prints elsewhere, or hold another copy --against it.\n"
    "\n"
    "Exit status: 0 it was recorded, the records hold; 1 not; 2 wrong usage.\n"};

struct custody_command {
    const char *bundle;
    const char *file; /* or NULL */
    char *path;       /* of the records */
    const char *key_path;
    const char *against;
    struct custody_event event;
    struct trust_options given;
    struct bundle_trust trust;
    struct bundle_report report;
};

static bool look(struct custody_command *c, struct fail *fail)
{
    return trust_read(&c->given, &c->trust, fail) &&
           bundle_verify_by(c->bundle, &c->trust, &c->report, fail);
}

/* ---- add ---- */

static int print_added(const struct custody_command *c, const struct custody_entry *added)
{
    char hex[SHA256_HEX];
    hash_hex(added->digest, sizeof added->digest, hex);
    printf("%s: record %lu: %s, by %s%s%s\n", c->path, added->record.number, added->record.event,
           added->record.by, added->record.to[0] ? ", to " : "", added->record.to);
    printf("  SHA-256     %s\n", hex);
    return 0;
}

static int add(struct custody_command *c)
{
    struct fail fail;
    struct custody_entry added;
    if (!custody_event_check(&c->event, &fail))
        return complain_words("custody", 2, fail.text);
    if (!trust_read(&c->given, &c->trust, &fail))
        return complain("custody", &fail);
    struct secret_key *key = operator_key_load(c->key_path, &fail);
    bool ok = key &&
              custody_add(c->bundle, c->path, &c->trust, &c->event, key, loop_now(), &added, &fail);
    secret_key_free(key);
    return ok ? print_added(c, &added) : complain("custody", &fail);
}

/* ---- show ---- */

static bool read_records(const struct custody_command *c, const char *path, struct custody *out,
                         struct fail *fail)
{
    if (access(path, F_OK) != 0 && errno == ENOENT)
        return fail_set(fail, "ENOENT", "%s is not there: nothing was recorded", path);
    return (custody_read(path, out, fail) &&
            custody_check(out, &c->report, c->trust.keys, loop_now(), fail)) ||
           fail_prefix(fail, "%s", path);
}

static bool compare(const struct custody_command *c, const struct custody *records,
                    struct fail *fail)
{
    struct custody other = {0};
    bool ok = !c->against || (read_records(c, c->against, &other, fail) &&
                              (custody_agree(records, &other, fail) ||
                               fail_prefix(fail, "%s and %s", c->path, c->against)));
    if (ok && c->against && other.count == records->count)
        printf("%s holds the same records\n", c->against);
    else if (ok && c->against)
        printf("%s holds the same records, but for %zu more in %s\n", c->against,
               other.count > records->count ? other.count - records->count
                                            : records->count - other.count,
               other.count > records->count ? c->against : c->path);
    custody_free(&other);
    return ok;
}

static void print(const struct custody_command *c, const struct custody *records,
                  const unsigned char file[SHA256_SIZE])
{
    printf("%s: %zu record%s of %s %s hold%s: none changed, none missing between two others\n",
           c->path, records->count, records->count == 1 ? "" : "s",
           c->report.case_id[0] ? "an extract of" : "the bundle", c->report.name,
           records->count == 1 ? "s" : "");
    custody_words_print(records, c->trust.keys, file);
}

static bool check(struct custody_command *c, struct custody *records, unsigned char *file,
                  struct fail *fail)
{
    char hex[SHA256_HEX];
    return look(c, fail) && read_records(c, c->path, records, fail) &&
           sha256_file(c->bundle, hex, fail) && fields_hex(bytes_of(hex), file, SHA256_SIZE);
}

static int show(struct custody_command *c)
{
    struct fail fail;
    struct custody records = {0};
    unsigned char file[SHA256_SIZE];
    bool ok = check(c, &records, file, &fail);
    if (ok) {
        print(c, &records, file);
        ok = compare(c, &records, &fail);
    }
    custody_free(&records);
    return ok ? 0 : complain("custody", &fail);
}

/* ---- the command line ---- */

static const char **place_of(struct custody_command *c, int which)
{
    switch (which) {
    case OPT_EVENT:
        return &c->event.event;
    case OPT_BY:
        return &c->event.by;
    case OPT_TO:
        return &c->event.to;
    case OPT_NOTE:
        return &c->event.note;
    case OPT_KEY:
        return &c->key_path;
    case OPT_FILE:
        return &c->file;
    default:
        return &c->against;
    }
}

static int run_add(struct args *a, struct custody_command *c)
{
    if (c->against)
        return args_wrong(a, "--against is for 'show'");
    if (!c->event.event || !c->event.by)
        return args_wrong(a, "'add' wants --event and --by");
    return add(c);
}

static int run_show(struct args *a, struct custody_command *c)
{
    if (c->event.event || c->event.by || c->event.to || c->event.note || c->key_path)
        return args_wrong(a, "--event, --by, --to, --note and --key are for 'add'");
    return show(c);
}

static int run(struct args *a, struct custody_command *c)
{
    const char *what = a->operand_count > 0 ? a->operands[0] : "";
    bool adds = strcmp(what, "add") == 0;
    if (!adds && strcmp(what, "show") != 0)
        return args_wrong(
            a, what[0] ? "'%s' is neither 'add' nor 'show'" : "'add' or 'show' is missing%s", what);
    if (a->operand_count != 2)
        return args_wrong(a, a->operand_count < 2 ? "BUNDLE is missing" : "one bundle at a time");
    c->bundle = a->operands[1];
    c->path = c->file ? strdup(c->file) : custody_path(c->bundle);
    if (!c->path)
        return complain_words("custody", 1, "out of memory");
    return adds ? run_add(a, c) : run_show(a, c);
}

int cmd_custody(int argc, char **argv)
{
    struct args args;
    struct custody_command *c = calloc(1, sizeof *c);
    if (!c)
        return complain_words("custody", 1, "out of memory");
    args_begin(&args, &cmd_custody_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;) {
        if (which == OPT_PUBLIC_KEY)
            trust_take_key(&args, &c->given);
        else if (which == OPT_TRUSTED)
            trust_take_file(&args, &c->given);
        else
            *place_of(c, which) = args.value;
    }
    int status = args.status == ARGS_GO_ON ? run(&args, c) : args.status;
    trust_free(&c->given);
    free(c->path);
    free(c);
    return status;
}
