/* ajar campaign show: what a campaign knows of an address, or of a network's. */
#include "cli/campaign_commands.h"
#include "cli/complain.h"

#include "base/json.h"
#include "base/text.h"
#include "intake/target_text.h"
#include "store/store_follow.h"

#include <stdio.h>

enum { OPT_JSON };
static const struct args_option options[] = {
    [OPT_JSON] = {"json", 'j', NULL, "print one JSON object a line"},
    {0},
};

const struct args_command cmd_campaign_show_args = {
    "campaign show", "[OPTION]... CAMPAIGN ADDRESS|NETWORK",
    "Says what a campaign knows of each target at an address or in a network: where\n"
    "it stands, who has said what of it, what was found, and what happened since.",
    options, "Exit status: 0 it was said, 1 there is none or it failed, 2 wrong usage.\n"};

enum { PAGE = 64, LINE_LIMIT = 16 * 1024 * 1024, SHOWN = 600 };

/* A target's own line, kept while what belongs to it is asked for. */
struct shown_target {
    int64_t id;
    struct buf head;
};

struct page {
    bool json;
    size_t count;
    int64_t last;
    struct shown_target targets[PAGE];
};

/* ---- what a line begins with ---- */

static void put_date(struct buf *out, const char *name, instant when)
{
    char text[TIME_TEXT];
    json_put_member_text(out, name, time_text(when, text));
}

static void put_head_json(struct buf *out, const struct store_target *t)
{
    char address[ADDR_IP_TEXT];
    buf_put_byte(out, '{');
    json_put_member_text(out, "target", addr_ip_text(&t->addr, address));
    json_put_member_number(out, "port", t->addr.port);
    json_put_member_text(out, "state", store_state_name(t->state));
    put_date(out, "since", t->since);
    json_put_member(out, "verdict", t->verdict);
    json_put_member(out, "name", t->name);
    json_put_member(out, "country", t->country);
    json_put_member(out, "network", t->network);
    json_put_name(out, "holdout");
    buf_put_text(out, t->holdout ? "true" : "false");
}

static void put_words(struct buf *out, const char *before, struct bytes words)
{
    if (words.n == 0)
        return;
    buf_put_text(out, before);
    text_escape(out, words, SHOWN);
}

static void put_head(struct buf *out, const struct store_target *t)
{
    char address[ADDR_TEXT];
    char since[TIME_TEXT];
    buf_printf(out, "%s %s since %s", addr_text(&t->addr, address), store_state_name(t->state),
               time_reader_text(t->since, since));
    put_words(out, ", ", t->verdict);
    put_words(out, "; ", t->name);
    put_words(out, " ", t->country);
    put_words(out, " ", t->network);
    buf_put_text(out, t->holdout ? "; held out: gets no letters\n" : "\n");
}

static void take_target(void *arg, const struct store_target *t)
{
    struct page *p = arg;
    struct shown_target *s = &p->targets[p->count++];
    p->last = s->id = t->id;
    s->head = buf_new(LINE_LIMIT);
    p->json ? put_head_json(&s->head, t) : put_head(&s->head, t);
}

/* ---- what belongs to it ---- */

struct part {
    struct buf *out;
    bool json;
};

/* Begins an object of a list. */
static void begin_object(struct buf *out)
{
    buf_put_text(out, out->p[out->n - 1] == '[' ? "{" : ",{");
}

static void take_said(void *arg, const struct store_said *said)
{
    const struct part *p = arg;
    char first[TIME_TEXT];
    char last[TIME_TEXT];
    if (p->json) {
        begin_object(p->out);
        json_put_member(p->out, "source", said->source);
        json_put_member(p->out, "said", said->said);
        put_date(p->out, "first", said->first);
        put_date(p->out, "last", said->last);
        json_put_member_number(p->out, "times", said->times);
        buf_put_byte(p->out, '}');
        return;
    }
    put_words(p->out, "  said by ", said->source);
    put_words(p->out, ": ", said->said);
    buf_printf(p->out, " (%s", time_reader_text(said->first, first));
    if (said->last != said->first)
        buf_printf(p->out, " to %s", time_reader_text(said->last, last));
    if (said->times > 1)
        buf_printf(p->out, ", %lu times", said->times);
    buf_put_text(p->out, ")\n");
}

static void take_case(void *arg, const struct store_case_row *c)
{
    const struct part *p = arg;
    char when[TIME_TEXT];
    if (p->json) {
        begin_object(p->out);
        json_put_member(p->out, "case", c->id);
        json_put_member(p->out, "probe", c->probe);
        json_put_member_number(p->out, "round", c->round);
        json_put_member(p->out, "verdict", c->verdict);
        json_put_member(p->out, "reason", c->reason);
        put_date(p->out, "started", c->started);
        json_put_member(p->out, "bundle", c->bundle);
        buf_put_byte(p->out, '}');
        return;
    }
    put_words(p->out, "  case ", c->id);
    put_words(p->out, " ", c->probe);
    put_words(p->out, " ", c->verdict);
    put_words(p->out, ": ", c->reason);
    buf_printf(p->out, " (%s", time_reader_text(c->started, when));
    put_words(p->out, ", in ", c->bundle);
    buf_put_text(p->out, ")\n");
}

static void take_event(void *arg, const struct store_event_row *e)
{
    const struct part *p = arg;
    char when[TIME_TEXT];
    if (p->json) {
        begin_object(p->out);
        put_date(p->out, "at", e->at);
        json_put_member(p->out, "kind", e->kind);
        json_put_member(p->out, "detail", e->detail);
        buf_put_byte(p->out, '}');
        return;
    }
    buf_printf(p->out, "  %s", time_reader_text(e->at, when));
    put_words(p->out, " ", e->kind);
    put_words(p->out, ": ", e->detail);
    buf_put_byte(p->out, '\n');
}

static void begin_list(const struct part *p, const char *name)
{
    if (!p->json)
        return;
    json_put_name(p->out, name);
    buf_put_byte(p->out, '[');
}

static void end_list(const struct part *p)
{
    if (p->json)
        buf_put_byte(p->out, ']');
}

static bool print_target(struct store *s, struct shown_target *t, bool json, struct fail *fail)
{
    struct part p = {.out = &t->head, .json = json};
    begin_list(&p, "sightings");
    if (!store_sightings(s, t->id, take_said, &p, fail))
        return false;
    end_list(&p);
    begin_list(&p, "cases");
    if (!store_cases(s, t->id, take_case, &p, fail))
        return false;
    end_list(&p);
    begin_list(&p, "events");
    if (!store_events(s, t->id, take_event, &p, fail))
        return false;
    end_list(&p);
    if (json)
        buf_put_text(&t->head, "}\n");
    if (t->head.overflow)
        return fail_set(fail, "ELIMIT", "too much is known of one target");
    fwrite(t->head.p, 1, t->head.n, stdout);
    return true;
}

/* ---- pages ---- */

static bool print_page(struct store *s, struct store_search *q, bool json, size_t *count,
                       struct fail *fail)
{
    struct page page = {.json = json};
    bool ok = store_search(s, q, take_target, &page, fail);
    for (size_t i = 0; i < page.count; i++) {
        ok = ok && print_target(s, &page.targets[i], json, fail);
        buf_free(&page.targets[i].head);
    }
    q->after = page.last;
    *count = page.count;
    return ok;
}

static bool print_all(struct store *s, struct store_search *q, bool json, struct fail *fail)
{
    size_t all = 0;
    size_t count = 0;
    do {
        if (!print_page(s, q, json, &count, fail))
            return false;
        all += count;
    } while (count == q->most);
    return all > 0 || fail_set(fail, "ENOENT", "no target there is in this campaign");
}

/* What is looked for: false when it is neither address nor network. */
static bool parse_place(struct args *args, const char *text, struct store_search *q)
{
    struct target_text t;
    struct fail fail;
    if (!target_text_parse(bytes_of(text), &t, &fail) || t.kind == TARGET_NAME || t.addr.port) {
        args_wrong(args, "'%s' is neither an address nor a network", text);
        return false;
    }
    q->in_network = true;
    q->network = t.network;
    if (t.kind == TARGET_ADDRESS) {
        q->network.base = t.addr;
        q->network.bits = (unsigned char)(addr_ip_length(&t.addr) * 8);
    }
    return true;
}

int cmd_campaign_show(int argc, char **argv)
{
    struct args args;
    struct fail fail = {0};
    struct store_search q = {.most = PAGE};
    bool json = false;
    args_begin(&args, &cmd_campaign_show_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;)
        json |= which == OPT_JSON;
    if (args.status != ARGS_GO_ON)
        return args.status;
    if (args.operand_count != 2)
        return args_wrong(&args, "CAMPAIGN and one ADDRESS or NETWORK are expected");
    if (!parse_place(&args, args.operands[1], &q))
        return args.status;
    struct store *s = store_open(args.operands[0], &fail);
    bool ok = s && print_all(s, &q, json, &fail);
    store_close(s);
    return ok ? 0 : complain("campaign show", &fail);
}
