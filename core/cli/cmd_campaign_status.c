/* ajar campaign status: how far a campaign has come, on one screen. */
#include "cli/campaign_commands.h"
#include "cli/complain.h"

#include "base/json.h"
#include "store/store_targets.h"

#include <stdio.h>

enum { OPT_JSON };
static const struct args_option options[] = {
    [OPT_JSON] = {"json", 'j', NULL, "print one JSON object"},
    {0},
};

const struct args_command cmd_campaign_status_args = {
    "campaign status", "[OPTION]... CAMPAIGN",
    "Says how many targets a campaign has: where they stand, what was found, who has\n"
    "named them; and how much work is left. A target that several lists have named is\n"
    "counted with each of them.",
    options, "Exit status: 0 it was said, 1 it could not be, 2 wrong usage.\n"};

enum { COUNTS = 12 /* of one kind that are shown; the others as one */, COUNT_NAME = 64 };
enum { LINE_LIMIT = 1024 * 1024 };

static const struct {
    enum store_count_by by;
    const char *title;
    const char *member;
} kinds[] = {
    {STORE_BY_STATE, "State", "states"},
    {STORE_BY_VERDICT, "Verdict", "verdicts"},
    {STORE_BY_SOURCE, "Source", "sources"},
};

/* ---- for people ---- */

struct shown {
    const char *title;
    unsigned count;
    unsigned more;
    unsigned long in_more;
};

static void show_count(void *arg, struct bytes name, unsigned long count)
{
    struct shown *s = arg;
    if (s->count == COUNTS) {
        s->more++;
        s->in_more += count;
        return;
    }
    printf("%-10s%10lu  %.*s\n", s->count++ == 0 ? s->title : "", count, (int)name.n,
           name.n ? (const char *)name.p : "");
}

static bool show_counts(struct store *s, struct fail *fail)
{
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof kinds / sizeof kinds[0]; i++) {
        struct shown shown = {.title = kinds[i].title};
        ok = store_count(s, kinds[i].by, show_count, &shown, fail);
        if (shown.more > 0)
            printf("%20lu  %u more\n", shown.in_more, shown.more);
    }
    return ok;
}

static bool show(struct store *s, const struct store_about *about, const struct store_totals *t,
                 struct fail *fail)
{
    char since[TIME_TEXT];
    printf("%s, since %s\n\n", about->name, time_reader_text(about->created, since));
    printf("%-10s%10lu", "Targets", t->targets);
    if (about->holdout > 0)
        printf("  %lu of them get no letters: they are the group held out", t->holdout);
    printf("\n");
    if (!show_counts(s, fail))
        return false;
    printf("%-10s%10lu  waiting\n", "Jobs", t->due);
    printf("%20lu  under way on %lu machines\n", t->leased, t->machines);
    printf("%20lu  finished\n", t->jobs - t->due - t->leased);
    printf("%-10s%10lu\n%-10s%10lu\n", "Cases", t->cases, "Letters", t->letters);
    return true;
}

/* ---- for programs ---- */

static void put_count(void *arg, struct bytes name, unsigned long count)
{
    struct buf *line = arg;
    if (line->p[line->n - 1] != '{')
        buf_put_byte(line, ',');
    json_put_string(line, name);
    buf_printf(line, ":%lu", count);
}

static bool put_counts(struct store *s, struct buf *line, struct fail *fail)
{
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof kinds / sizeof kinds[0]; i++) {
        json_put_name(line, kinds[i].member);
        buf_put_byte(line, '{');
        ok = store_count(s, kinds[i].by, put_count, line, fail);
        buf_put_byte(line, '}');
    }
    return ok;
}

static bool print_json(struct store *s, const struct store_about *about,
                       const struct store_totals *t, struct fail *fail)
{
    char since[TIME_TEXT];
    struct buf line = buf_new(LINE_LIMIT);
    buf_put_byte(&line, '{');
    json_put_member_text(&line, "name", about->name);
    json_put_member_text(&line, "id", about->id);
    json_put_member_text(&line, "created", time_text(about->created, since));
    json_put_member_number(&line, "targets", t->targets);
    json_put_member_number(&line, "holdout", t->holdout);
    json_put_member_number(&line, "sightings", t->sightings);
    bool ok = put_counts(s, &line, fail);
    json_put_name(&line, "jobs");
    buf_printf(&line, "{\"waiting\":%lu,\"under_way\":%lu,\"finished\":%lu}", t->due, t->leased,
               t->jobs - t->due - t->leased);
    json_put_member_number(&line, "machines", t->machines);
    json_put_member_number(&line, "cases", t->cases);
    json_put_member_number(&line, "letters", t->letters);
    buf_put_text(&line, "}\n");
    if (ok && line.overflow)
        ok = fail_set(fail, "ELIMIT", "there are too many sources to be named");
    if (ok)
        fwrite(line.p, 1, line.n, stdout);
    buf_free(&line);
    return ok;
}

int cmd_campaign_status(int argc, char **argv)
{
    struct args args;
    struct fail fail = {0};
    struct store_about about;
    struct store_totals t;
    bool json = false;
    args_begin(&args, &cmd_campaign_status_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;)
        json |= which == OPT_JSON;
    if (args.status != ARGS_GO_ON)
        return args.status;
    const char *place = args_only_operand(&args, "CAMPAIGN");
    if (!place)
        return args.status;
    struct store *s = store_open(place, &fail);
    bool ok = s && store_about(s, &about, &fail) && store_totals(s, &t, &fail) &&
              (json ? print_json(s, &about, &t, &fail) : show(s, &about, &t, &fail));
    store_close(s);
    return ok ? 0 : complain("campaign status", &fail);
}
