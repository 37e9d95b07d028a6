/* ajar campaign import: what lists say of addresses, put into a campaign. */
#include "cli/campaign_commands.h"
#include "cli/complain.h"

#include "base/file.h"
#include "intake/intake.h"
#include "intake/when.h"
#include "net/input.h"
#include "net/loop.h"
#include "store/store_import.h"
#include "store/store_jobs.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { OPT_FORMAT, OPT_SOURCE, OPT_WHEN, OPT_PRIORITY };
static const struct args_option options[] = {
    [OPT_FORMAT] = {"format", 'f', "FORMAT",
                    "list, csv, shadowserver, intelmq, zmap, zgrab, listings, hopm or proxycheck; "
                    "default: told by the first line"},
    [OPT_SOURCE] = {"source", 's', "NAME",
                    "who says so; default: what the lines say, else the file's name"},
    [OPT_WHEN] = {"when", 'w', "DATE",
                  "when it was said, where the lines have no date: 2026-11-24 or "
                  "2026-11-24T02:10:16Z; default: now"},
    [OPT_PRIORITY] = {"priority", 0, "N", "0 is tested first, 3 last; default: 2"},
    {0},
};

const struct args_command cmd_campaign_import_args = {
    "campaign import", "[OPTION]... CAMPAIGN FILE|-...",
    "Puts what lists say into a campaign: reports of Shadowserver's as they come,\n"
    "events of IntelMQ's (JSON or CSV), what ZMap and ZGrab saw, logs of HOPM and\n"
    "output of proxycheck, what 'ajar lists --json' printed, any CSV with a column\n"
    "\"ip\", and plain lists of addresses, networks and proxies' URLs. Of each address\n"
    "it keeps who has said what and when. What was said before is not kept twice.",
    options,
    "A line that can't be read is told with its number and left out. A network of up\n"
    "to 65,536 addresses is taken as each of them.\n"
    "\n"
    "Exit status: 0 all lines were taken, 1 some were not, 2 wrong usage.\n"};

enum {
    NETWORK_BITS = 16, /* addresses of a network that are taken: 65,536 */
    BAD_TOLD = 20,     /* bad lines of a file that are told one by one */
    PATIENCE = 300     /* seconds to wait for a database that has gone */
};

struct importing {
    struct store_import *import;
    const char *source; /* or NULL */
    enum intake_format format;
    instant when;
    unsigned priority;
    bool failed; /* the campaign can't be written: it is no use going on */
    unsigned long bad;
};

/* One list. */
struct reading {
    const char *path; /* as it is told */
    unsigned long line;
    unsigned long entries;
    unsigned long passed_over;
    unsigned long bad;
};

static void tell(const struct reading *r, const struct fail *fail)
{
    struct fail told = *fail;
    fail_prefix(&told, "%s:%lu", r->path, r->line);
    complain("campaign import", &told);
}

static void note_bad(struct reading *r, const struct fail *fail)
{
    if (r->bad++ < BAD_TOLD)
        tell(r, fail);
    else if (r->bad == BAD_TOLD + 1)
        complain_words("campaign import", 0, "further lines that can't be read are only counted");
}

static void sleep_a_second(void)
{
    const struct timespec second = {.tv_sec = 1};
    nanosleep(&second, NULL);
}

/* A database that has gone for a moment is waited for, a second at a time; false when that is no use any more. */
static bool wait_for_it(int waited, const struct fail *fail)
{
    if (!store_may_return(fail) || waited == PATIENCE)
        return false;
    if (waited == 0)
        complain("campaign import", fail);
    sleep_a_second();
    return true;
}

static bool put(struct importing *m, const struct store_sighting *s, struct fail *fail)
{
    for (int waited = 0; !store_import_put(m->import, s, fail); waited++)
        if (!wait_for_it(waited, fail))
            return false;
    return true;
}

static bool next_address(struct addr *a)
{
    for (size_t i = addr_ip_length(a); i-- > 0;)
        if (++a->ip[i] != 0)
            return true;
    return false;
}

/* Each address of what the line names. */
static bool put_entry(struct importing *m, const struct entry *e, struct fail *fail)
{
    struct store_sighting s = {.addr = e->range.base,
                               .source = bytes_of(m->source ? m->source : e->source),
                               .said = bytes_of(e->said),
                               .name = bytes_of(e->name),
                               .country = bytes_of(e->country),
                               .network = bytes_of(e->network),
                               .priority = m->priority,
                               .when = e->when ? e->when : m->when};
    s.addr.port = e->addr.port;
    do {
        if (!put(m, &s, fail))
            return false;
    } while (next_address(&s.addr) && prefix_contains(&e->range, &s.addr));
    return true;
}

static bool is_too_large(const struct entry *e, struct fail *fail)
{
    char text[PREFIX_TEXT];
    unsigned host_bits = (unsigned)addr_ip_length(&e->range.base) * 8 - e->range.bits;
    if (host_bits <= NETWORK_BITS)
        return false;
    fail_set(fail, "ETARGET", "%s has too many addresses: 65,536 at most are taken at once",
             prefix_text(&e->range, text));
    return true;
}

/* False: nothing more can be read of this list, or be written. */
static bool take_line(struct importing *m, struct reading *r, struct intake *intake,
                      struct bytes line, struct fail *fail)
{
    struct entry e;
    enum intake_answer answer = intake_line(intake, line, &e, fail);
    if (answer == INTAKE_ENTRY && is_too_large(&e, fail))
        answer = INTAKE_BAD;
    if (answer == INTAKE_BAD) {
        note_bad(r, fail);
        return !intake_is_hopeless(intake);
    }
    r->entries += answer == INTAKE_ENTRY;
    r->passed_over += answer == INTAKE_NOTHING;
    if (answer == INTAKE_ENTRY && !put_entry(m, &e, fail)) {
        complain("campaign import", fail);
        m->failed = true;
    }
    return !m->failed;
}

static void read_lines(struct importing *m, struct reading *r, struct input *in,
                       struct intake *intake)
{
    struct bytes line;
    struct fail fail = {0};
    while (input_next(in, &line, &fail) == INPUT_LINE) {
        r->line++;
        if (!take_line(m, r, intake, line, &fail))
            return;
        fail = (struct fail){0};
    }
    if (fail.code) {
        r->bad++;
        complain("campaign import", &fail);
    }
}

static bool finish(struct importing *m, struct fail *fail)
{
    for (int waited = 0; !store_import_flush(m->import, fail); waited++)
        if (!wait_for_it(waited, fail))
            return false;
    return true;
}

static void say_what_came(const struct reading *r, enum intake_format format,
                          struct store_imported before, struct store_imported after)
{
    printf("%s: %s: %lu lines with suspects, %lu without, %lu bad; %lu targets are new, %lu "
           "sightings in all\n",
           r->path, intake_format_name(format), r->entries, r->passed_over, r->bad,
           after.added - before.added, after.sightings - before.sightings);
}

/* The list's name as evidence has it: where it lies on this machine is not for others. */
static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void import_one(struct importing *m, const char *path)
{
    struct fail fail = {0};
    struct reading r = {.path = strcmp(path, "-") == 0 ? "standard input" : path};
    struct store_imported before = store_import_counts(m->import);
    struct input *in = input_open(path, NULL, &fail);
    struct intake *intake = in ? intake_new(name_of(r.path), m->format) : NULL;
    if (!in || !intake) {
        complain("campaign import", &fail);
        m->bad++;
        input_close(in);
        return;
    }
    read_lines(m, &r, in, intake);
    if (!m->failed && !finish(m, &fail)) {
        complain("campaign import", &fail);
        m->failed = true;
    }
    say_what_came(&r, intake_format(intake), before, store_import_counts(m->import));
    m->bad += r.bad;
    intake_free(intake);
    input_close(in);
}

static void take_option(struct args *args, int which, struct importing *m)
{
    long priority = STORE_PRIORITY;
    if (which == OPT_FORMAT &&
        (!intake_format_parse(bytes_of(args->value), &m->format) || m->format == INTAKE_ANY))
        args_wrong(args, "--format: '%s' is none of them", args->value);
    else if (which == OPT_SOURCE && !args->value[0])
        args_wrong(args, "--source: a name is expected");
    else if (which == OPT_SOURCE)
        m->source = args->value;
    else if (which == OPT_WHEN && !when_parse(bytes_of(args->value), &m->when))
        args_wrong(args, "--when: '%s' is no date", args->value);
    else if (which == OPT_PRIORITY && args_number(args, 0, STORE_PRIORITIES - 1, &priority))
        m->priority = (unsigned)priority;
}

int cmd_campaign_import(int argc, char **argv)
{
    struct args args;
    struct fail fail = {0};
    struct importing m = {.when = loop_now(), .priority = STORE_PRIORITY};
    args_begin(&args, &cmd_campaign_import_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;)
        take_option(&args, which, &m);
    if (args.status != ARGS_GO_ON)
        return args.status;
    if (args.operand_count < 2)
        return args_wrong(&args, "%s is missing", args.operand_count ? "FILE" : "CAMPAIGN");
    struct store *s = store_open(args.operands[0], &fail);
    m.import = s ? store_import_new(s, loop_now(), &fail) : NULL;
    if (!m.import) {
        store_close(s);
        return complain("campaign import", &fail);
    }
    for (char **path = args.operands + 1; *path && !m.failed; path++)
        import_one(&m, *path);
    store_import_free(m.import);
    store_close(s);
    return m.failed || m.bad > 0;
}
