#include "run/case_agrees.h"

#include "base/text.h"
#include "run/judge.h"
#include "run/late_claim.h"
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

/* All that is compared, and where to say what differs. */
struct agreement {
    const struct case_files *files;
    bool relay;
    enum late_token late;
    const json_t *said;
    const struct tape_head *head;
    const struct record *verdict;
    unsigned line; /* of the verdict */
    struct difference *out;
};

/* These are to be the tape's. */
static bool same_words(const struct agreement *a, const json_t *words)
{
    char reason[CONCLUSION_REASON + 1];
    const struct record *verdict = a->verdict;
    if (!bytes_equal(text_at(words, "verdict"), verdict->data))
        return differs(a->out, a->line, "the verdict", text_at(words, "verdict"), verdict->data);
    reason_copy(reason, sizeof reason, verdict->more[0]);
    return bytes_equal_text(text_at(words, "reason"), reason) ||
           differs(a->out, a->line, "the reason", text_at(words, "reason"), bytes_of(reason));
}

/* The run has another verdict: may it, and does it say what the script's was? */
static bool may_overrule(const struct agreement *a, enum verdict run, enum verdict script)
{
    char got[DIFFERENCE_TEXT];
    struct bytes name = text_at(a->said, "verdict");
    const json_t *overruled = json_object_get(a->said, "overruled");
    bool late = run == VERDICT_OPEN && judge_may_be_late(script, a->late);
    if (!overruled || !(late || is_weaker(run, script)))
        return differs(a->out, a->line, "the verdict", name, a->verdict->data);
    const char *flaw = late ? late_claim_flaw(a->said, a->files, a->relay, a->head) : NULL;
    if (flaw) {
        snprintf(got, sizeof got, "%s: %s", verdict_name(script), flaw);
        return differs(a->out, a->line, "the verdict", name, bytes_of(got));
    }
    return same_words(a, overruled);
}

static bool same_verdict(const struct agreement *a)
{
    enum verdict run;
    enum verdict script;
    if (!verdict_parse(text_at(a->said, "verdict"), &run) ||
        !verdict_parse(a->verdict->data, &script))
        return same_words(a, a->said);
    if (run != script)
        return may_overrule(a, run, script);
    const json_t *overruled = json_object_get(a->said, "overruled");
    return same_words(a, a->said) && (!overruled || same_words(a, overruled));
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

/* No name is "", and so is null. */
static bool same_name(const json_t *said, const struct tape_head *head, struct difference *out)
{
    return bytes_equal(text_at(said, "name"), head->name) ||
           differs(out, 1, "the name", text_at(said, "name"), head->name);
}

static bool agrees(const struct agreement *a)
{
    if (!bytes_equal(text_at(a->said, "probe"), a->head->probe))
        return differs(a->out, 1, "the probe", text_at(a->said, "probe"), a->head->probe);
    return same_target(a->said, a->head, a->out) && same_name(a->said, a->head, a->out) &&
           same_verdict(a) && same_steps(a->said, a->verdict, a->line, a->out);
}

bool case_agrees(const struct case_files *files, bool relay, enum late_token late,
                 const struct tape_head *head, const struct record *verdict, unsigned line,
                 struct difference *out)
{
    struct fail fail;
    json_t *said = strict_load(files->case_json, CASE_JSON_MOST, &fail);
    struct agreement a = {files, relay, late, said, head, verdict, line, out};
    if (!said)
        return differs(out, 1, "a result", bytes_of("that can't be read"), head->probe);
    bool ok = agrees(&a);
    json_decref(said);
    return ok;
}
