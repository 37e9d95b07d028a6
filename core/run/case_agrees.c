#include "run/case_agrees.h"

#include "base/text.h"
#include "run/reason.h"
#include "script/probes.h"
#include "tape/strict.h"

#include <stdio.h>
#include <string.h>

enum { CASE_JSON_MOST = 256 * 1024 };

static struct bytes text_at(const json_t *of, const char *name)
{
    const json_t *text = json_object_get(of, name);
    return bytes_at(json_string_value(text), json_string_length(text));
}

static bool differs(struct difference *out, unsigned line, const char *what, struct bytes said,
                    struct bytes on_tape)
{
    out->line = line;
    snprintf(out->expected, sizeof out->expected, "%s %.*s, as case.json says", what,
             (int)bytes_slice(said, 0, 100).n, said.n ? (const char *)said.p : "");
    snprintf(out->got, sizeof out->got, "%s %.*s", what, (int)bytes_slice(on_tape, 0, 100).n,
             on_tape.n ? (const char *)on_tape.p : "");
    text_make_printable(out->expected);
    text_make_printable(out->got);
    return false;
}

static bool same_target(const json_t *said, const struct tape_head *head, struct difference *out)
{
    char on_tape[ADDR_TEXT];
    char name[ADDR_TEXT + 40];
    struct addr target = {0};
    json_int_t port = json_integer_value(json_object_get(said, "port"));
    bool is_address = addr_parse_ip(text_at(said, "target"), &target) && port >= 0 && port <= 65535;
    target.port = (uint16_t)port;
    if (is_address && addr_equal(&target, &head->target))
        return true;
    if (is_address)
        addr_text(&target, name);
    else
        strcpy(name, "that is no address");
    return differs(out, 1, "the target", bytes_of(name),
                   bytes_of(addr_text(&head->target, on_tape)));
}

/* May the run have made this of what the script said? */
static bool is_weaker(enum verdict run, enum verdict script)
{
    return (script == VERDICT_OPEN && (run == VERDICT_ERROR || run == VERDICT_INCONCLUSIVE)) ||
           (script == VERDICT_SUSPECT && run == VERDICT_INCONCLUSIVE);
}

/* Of a verdict that was changed the script's own is told beside it: that is then to be the tape's, as all is otherwise. */
static bool same_verdict(const json_t *said, const struct record *verdict, unsigned line,
                         struct difference *out)
{
    char reason[CONCLUSION_REASON + 1];
    enum verdict run;
    enum verdict script;
    const json_t *overruled = json_object_get(said, "overruled");
    const json_t *own = overruled ? overruled : said;
    struct bytes name = text_at(said, "verdict");
    if (!verdict_parse(name, &run) || !verdict_parse(verdict->data, &script) ||
        (run != script && !is_weaker(run, script)))
        return differs(out, line, "the verdict", name, verdict->data);
    if (overruled && !bytes_equal(text_at(own, "verdict"), verdict->data))
        return differs(out, line, "the verdict", text_at(own, "verdict"), verdict->data);
    reason_copy(reason, sizeof reason, verdict->more[0]);
    if ((overruled || run == script) && !bytes_equal_text(text_at(own, "reason"), reason))
        return differs(out, line, "the reason", text_at(own, "reason"), bytes_of(reason));
    return true;
}

static bool same_steps(const json_t *said, const struct record *verdict, unsigned line,
                       struct difference *out)
{
    struct bytes list = verdict->more[1];
    json_t *steps = json_loadb((const char *)list.p, list.n, JSON_ALLOW_NUL, NULL);
    bool same = steps && json_equal(steps, json_object_get(said, "steps"));
    json_decref(steps);
    return same || differs(out, line, "steps", bytes_of("of its own"), bytes_of("that are others"));
}

static bool agrees(const json_t *said, const struct tape_head *head, const struct record *verdict,
                   unsigned line, struct difference *out)
{
    if (!bytes_equal(text_at(said, "probe"), head->probe))
        return differs(out, 1, "the probe", text_at(said, "probe"), head->probe);
    return same_target(said, head, out) && same_verdict(said, verdict, line, out) &&
           same_steps(said, verdict, line, out);
}

bool case_agrees(struct bytes case_json, const struct tape_head *head, const struct record *verdict,
                 unsigned line, struct difference *out)
{
    struct fail fail;
    json_t *said = strict_load(case_json, CASE_JSON_MOST, &fail);
    if (!said)
        return differs(out, 1, "a result", bytes_of("that can't be read"), head->probe);
    bool ok = agrees(said, head, verdict, line, out);
    json_decref(said);
    return ok;
}
