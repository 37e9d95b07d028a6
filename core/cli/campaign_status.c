#include "cli/campaign_status.h"

#include "base/json.h"
#include "base/text.h"

enum { COUNTS = 12 /* of one kind that are shown; the others as one */, COUNT_NAME = 64 };

static const struct {
    enum store_count_by by;
    const char *title;
    const char *member;
} kinds[] = {
    {STORE_BY_STATE, "State", "states"},
    {STORE_BY_VERDICT, "Verdict", "verdicts"},
    {STORE_BY_SOURCE, "Source", "sources"},
};

bool campaign_status_read(struct store *s, struct campaign_status *out, struct fail *fail)
{
    return store_about(s, &out->about, fail) && store_totals(s, &out->totals, fail);
}

unsigned long campaign_status_finished(const struct campaign_status *c)
{
    return c->totals.jobs - c->totals.due - c->totals.leased;
}

/* ---- a table ---- */

struct shown {
    struct buf *out;
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
    buf_printf(s->out, "%-10s%10lu  ", s->count++ == 0 ? s->title : "", count);
    text_escape(s->out, name, COUNT_NAME);
    buf_put_byte(s->out, '\n');
}

static bool show_counts(struct store *s, struct buf *out, struct fail *fail)
{
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof kinds / sizeof kinds[0]; i++) {
        struct shown shown = {.out = out, .title = kinds[i].title};
        ok = store_count(s, kinds[i].by, show_count, &shown, fail);
        if (shown.more > 0)
            buf_printf(out, "%20lu  %u more\n", shown.in_more, shown.more);
    }
    return ok;
}

static void show_pace(const struct campaign_status *c, const struct eta *eta, instant now,
                      struct buf *out)
{
    unsigned long seconds;
    unsigned long done = campaign_status_finished(c);
    double rate = eta ? eta_rate(eta, now, done) : 0;
    if (rate > 0)
        buf_printf(out, ", %.1f a second", rate);
    if (rate > 0 && eta_left(eta, now, done, c->totals.jobs, &seconds))
        buf_printf(out, ", %lu:%02lu:%02lu left", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

bool campaign_status_table(struct store *s, const struct campaign_status *c, const struct eta *eta,
                           instant now, struct buf *out, struct fail *fail)
{
    char since[TIME_TEXT];
    const struct store_totals *t = &c->totals;
    text_escape(out, bytes_of(c->about.name), STORE_CAMPAIGN_NAME);
    buf_printf(out, ", since %s\n\n%-10s%10lu", time_reader_text(c->about.created, since),
               "Targets", t->targets);
    if (c->about.holdout > 0)
        buf_printf(out, "  %lu of them get no letters: they are the group held out", t->holdout);
    buf_put_byte(out, '\n');
    if (!show_counts(s, out, fail))
        return false;
    buf_printf(out, "%-10s%10lu  waiting\n", "Jobs", t->due);
    buf_printf(out, "%20lu  under way on %lu machines\n", t->leased, t->machines);
    buf_printf(out, "%20lu  finished", campaign_status_finished(c));
    show_pace(c, eta, now, out);
    buf_printf(out, "\n%-10s%10lu\n%-10s%10lu\n", "Cases", t->cases, "Letters", t->letters);
    return true;
}

/* ---- a line ---- */

struct listed {
    struct buf *out;
    const char *before;
};

static void list_count(void *arg, struct bytes name, unsigned long count)
{
    struct listed *l = arg;
    buf_printf(l->out, "%s%lu ", l->before, count);
    text_escape(l->out, name, COUNT_NAME);
    l->before = ", ";
}

bool campaign_status_line(struct store *s, const struct campaign_status *c, struct buf *out,
                          struct fail *fail)
{
    const struct store_totals *t = &c->totals;
    struct listed states = {out, ": "};
    struct listed verdicts = {out, "; "};
    text_escape(out, bytes_of(c->about.name), STORE_CAMPAIGN_NAME);
    buf_printf(out, ": %lu targets", t->targets);
    if (!store_count(s, STORE_BY_STATE, list_count, &states, fail) ||
        !store_count(s, STORE_BY_VERDICT, list_count, &verdicts, fail))
        return false;
    buf_printf(out, "; %lu tests waiting, %lu under way, %lu finished; %lu letters\n", t->due,
               t->leased, campaign_status_finished(c), t->letters);
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

bool campaign_status_json(struct store *s, const struct campaign_status *c, struct buf *out,
                          struct fail *fail)
{
    char since[TIME_TEXT];
    const struct store_totals *t = &c->totals;
    buf_put_byte(out, '{');
    json_put_member_text(out, "name", c->about.name);
    json_put_member_text(out, "id", c->about.id);
    json_put_member_text(out, "created", time_text(c->about.created, since));
    json_put_member_number(out, "targets", t->targets);
    json_put_member_number(out, "holdout", t->holdout);
    json_put_member_number(out, "sightings", t->sightings);
    bool ok = put_counts(s, out, fail);
    json_put_name(out, "jobs");
    buf_printf(out, "{\"waiting\":%lu,\"under_way\":%lu,\"finished\":%lu}", t->due, t->leased,
               campaign_status_finished(c));
    json_put_member_number(out, "machines", t->machines);
    json_put_member_number(out, "cases", t->cases);
    json_put_member_number(out, "letters", t->letters);
    buf_put_text(out, "}\n");
    return ok &&
           (!out->overflow || fail_set(fail, "ELIMIT", "there are too many sources to be named"));
}
