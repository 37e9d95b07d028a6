/* ajar show: a bundle for a person: its cases, or the dialogue of one. */
#include "cli/args.h"
#include "cli/case_claims.h"
#include "cli/case_find.h"
#include "cli/case_table.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/line_range.h"
#include "cli/run_words.h"
#include "cli/terminal.h"

#include "base/text.h"
#include "base/time.h"
#include "evidence/bundle.h"
#include "proto/receipt.h"
#include "tape/object.h"
#include "tape/print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OUT_LIMIT = 64 * 1024 * 1024 };
enum { RECORD_MOST = 4096, MEMBER_MOST = 200, SOURCE_MOST = 600, RUN_MOST = 1024 * 1024 };

enum { OPT_LINES, OPT_ALL, OPT_RUN };

static const struct args_option options[] = {
    [OPT_LINES] = {"lines", 'l', "FROM[-TO]", "only these lines of the tape"},
    [OPT_ALL] = {"all", 'a', NULL, "also what is beyond the first 4096 bytes of an answer"},
    [OPT_RUN] = {"run", 'r', NULL,
                 "the run instead: who tested, on what authority, from where, by which clock, with "
                 "what"},
    {0},
};

const struct args_command cmd_show_args = {
    "show", "[OPTION]... BUNDLE [CASE]",
    "Shows the cases of a bundle in a table, or one case's dialogue, step by step,\n"
    "with its receipts and its verdict. The beginning of CASE is enough where it is\n"
    "clear.",
    options,
    "Showing verifies nothing: 'ajar verify BUNDLE' does. Where a case.json does not\n"
    "say what its tape and its receipts say, that is said all the same (of a table's\n"
    "first 10,000 cases, on standard error); the status is then 0 too, and that of\n"
    "'ajar verify' 1. What came from the network is escaped.\n"
    "Colour only on a terminal and without NO_COLOR in the environment.\n"};

struct show {
    struct args args;
    const char *bundle;
    const char *wanted; /* beginning of a case's name, or NULL */
    bool of_run;
    unsigned columns; /* of the terminal; 0: stdout is none */
    struct print_options print;
    char id[CASE_FIND_ID]; /* of the case that is meant */
    unsigned long matches;
    struct case_asker asker;
    /* Of them that don't say what lies beside them: the first, and what differs. */
    unsigned long lies;
    char first_liar[NAME_LIMIT];
    struct fail first_lie;
    struct buf out;
};

static void flush(struct show *s)
{
    fwrite(s->out.p, 1, s->out.n, stdout);
    buf_clear(&s->out);
}

static json_t *load_case(const struct bundle_case *c, struct fail *fail)
{
    json_t *json = object_load(c->case_json);
    if (!json)
        fail_set(fail, "EFORMAT", "case %s: case.json is no JSON object", c->id);
    return json;
}

static const char *colour(const struct show *s, const char *sequence)
{
    return s->print.colour ? sequence : "";
}

/* Whoever has the key can seal a case.json that says something else than its tape and its receipts. */
static void put_contradiction(struct show *s, const struct bundle_case *c)
{
    struct fail why;
    if (case_claims_one(&s->asker, c, &why))
        return;
    buf_printf(
        &s->out,
        "%sNOT what lies beside it: case.json does not say what tape and receipts say: %s%s\n",
        colour(s, "\x1b[1;31m"), why.text, colour(s, "\x1b[0m"));
}

static void count_contradiction(struct show *s, const struct bundle_case *c)
{
    struct fail why;
    if (case_claims_one(&s->asker, c, &why) || s->lies++ > 0)
        return;
    s->first_lie = why;
    snprintf(s->first_liar, sizeof s->first_liar, "%s", c->id);
}

/* Below the table, which has a row for each case and nothing else. */
static void say_contradictions(const struct show *s)
{
    if (s->lies > 0)
        fprintf(
            stderr,
            "ajar show: NOT what lies beside %s: of %lu case%s case.json does not say what tape "
            "and receipts say; the first is %s: %s\n",
            s->lies == 1 ? "it" : "them", s->lies, s->lies == 1 ? "" : "s", s->first_liar,
            s->first_lie.text);
}

static bool show_row(void *arg, const struct bundle_case *c, struct fail *fail)
{
    struct show *s = arg;
    struct case_table table = {&s->out, s->columns, s->print.colour};
    json_t *json = load_case(c, fail);
    if (!json)
        return false;
    if (s->matches++ == 0)
        case_table_titles(&table);
    case_table_row(&table, c->id, json);
    if (s->matches <= BUNDLE_ALL_CASES)
        count_contradiction(s, c);
    json_decref(json);
    flush(s);
    return true;
}

static void put_member(struct show *s, const char *before, const json_t *object, const char *name)
{
    buf_put_text(&s->out, before);
    text_escape(&s->out, object_text(object, name), MEMBER_MOST);
}

/* Is it FOLDER/name? */
static bool is_file(struct bytes path, const char *name)
{
    size_t n = strlen(name);
    return path.n > n && path.p[path.n - n - 1] == '/' &&
           bytes_equal_text(bytes_slice(path, path.n - n, path.n), name);
}

/* What case.json knows of the receipt in the file `name`; NULL when it does not. */
static const json_t *receipt_of(const json_t *json, const char *name)
{
    const json_t *receipts = json_object_get(json, "receipts");
    for (size_t i = 0; i < json_array_size(receipts); i++) {
        const json_t *receipt = json_array_get(receipts, i);
        if (is_file(object_text(receipt, "file"), name))
            return receipt;
    }
    return NULL;
}

static void put_receipts(struct show *s, const struct bundle_case *c, const json_t *json)
{
    buf_printf(&s->out, c->receipt_count ? "\nReceipts:\n" : "\nNo receipts.\n");
    for (unsigned i = 0; i < c->receipt_count; i++) {
        const json_t *receipt = receipt_of(json, c->receipts[i].name);
        buf_printf(&s->out, "  %s, %zu bytes", c->receipts[i].name, c->receipts[i].content.n);
        if (receipt) {
            put_member(s, ": ", receipt, "kind");
            put_member(s, " from ", receipt, "peer");
            if (receipt_was_refused(c->receipts[i].content))
                buf_put_text(&s->out, "; refused for its size: this is its beginning");
        }
        buf_put_byte(&s->out, '\n');
    }
}

/* Where the suspicion comes from: the list that named the target, and what public lists said of it. */
static void put_source(struct show *s, const json_t *json)
{
    struct bytes source = object_text(json, "source");
    if (source.n == 0)
        return;
    buf_put_text(&s->out, "Named by: ");
    text_escape(&s->out, source, SOURCE_MOST);
    buf_put_byte(&s->out, '\n');
}

/* Whom to write to, as it was known when the target was tested. */
static void put_contacts(struct show *s, const json_t *json)
{
    const json_t *contacts = json_object_get(json, "contacts");
    const json_t *to = json_object_get(contacts, "to");
    if (!json_is_object(contacts))
        return;
    buf_put_text(&s->out, "Contact:  ");
    if (json_is_true(json_object_get(contacts, "opted_out")))
        buf_put_text(&s->out, "not to be written to");
    else if (json_array_size(to) == 0)
        buf_put_text(&s->out, "nobody is known");
    for (size_t i = 0; i < json_array_size(to); i++) {
        const char *text = json_string_value(json_array_get(to, i));
        buf_put_text(&s->out, i ? ", " : "");
        text_escape(&s->out, bytes_of(text ? text : ""), SOURCE_MOST);
    }
    if (object_text(contacts, "to_from").n > 0) {
        put_member(s, ", by ", contacts, "to_from");
        put_member(s, ", ", contacts, "asked");
    }
    if (object_text(contacts, "exchanges_sha256").n > 0)
        buf_put_text(&s->out, "; what was asked and answered is in contacts.jsonl");
    buf_put_byte(&s->out, '\n');
}

/* The run may have judged otherwise than the probe, for better reasons or because the token came later: its word is the
 * one in case.json. */
static void put_overruled(struct show *s, const json_t *json)
{
    const json_t *overruled = json_object_get(json, "overruled");
    if (!json_is_object(overruled))
        return;
    put_member(s, "The probe itself came to ", overruled, "verdict");
    put_member(s, " (", overruled, "reason");
    bool later = bytes_equal_text(object_text(json, "verdict"), "open");
    put_member(s, later ? "), and then: " : "), which does not stand: ", json, "reason");
    buf_put_byte(&s->out, '\n');
}

static void put_heading(struct show *s, const struct bundle_case *c, const json_t *json)
{
    buf_printf(&s->out, "Case %s", c->id);
    put_member(s, ": ", json, "verdict");
    buf_put_byte(&s->out, '\n');
    put_contradiction(s, c);
    put_overruled(s, json);
    put_source(s, json);
    put_contacts(s, json);
}

/* Where the tape's own record of it is hidden: as far as case.json shows it. */
static void put_verdict(struct show *s, const json_t *json)
{
    const json_t *list = json_object_get(json, "steps");
    char *steps = list ? json_dumps(list, JSON_COMPACT) : NULL;
    struct print_verdict v = {object_text(json, "verdict"), object_text(json, "reason"),
                              bytes_of(steps ? steps : "")};
    print_verdict(&s->out, &v, &s->print);
    free(steps);
}

/* A member's text, or that it is hidden. */
static void put_or_hidden(struct show *s, const json_t *json, const char *name)
{
    if (object_text(json, name).n > 0)
        put_member(s, "", json, name);
    else
        buf_put_text(&s->out, "(hidden)");
}

/* Where the tape's head is hidden: as print_tape gives it, as far as case.json shows it. */
static void put_title(struct show *s, const json_t *json)
{
    const json_t *port = json_object_get(json, "port");
    instant when;
    char time[TIME_TEXT];
    put_or_hidden(s, json, "probe");
    buf_put_text(&s->out, " of ");
    put_or_hidden(s, json, "pack");
    buf_put_text(&s->out, " on ");
    put_or_hidden(s, json, "target");
    if (json_is_integer(port))
        buf_printf(&s->out, ":%" JSON_INTEGER_FORMAT, json_integer_value(port));
    if (object_text(json, "name").n > 0) {
        put_member(s, " (", json, "name");
        buf_put_byte(&s->out, ')');
    }
    buf_put_text(&s->out, "\nbegun ");
    if (time_parse(object_text(json, "started"), &when))
        buf_put_text(&s->out, time_reader_text(when, time));
    else
        put_or_hidden(s, json, "started");
    buf_put_text(&s->out, "\n(this is from case.json: the tape's head is hidden)\n\n");
}

static bool show_dialogue(void *arg, const struct bundle_case *c, struct fail *fail)
{
    struct show *s = arg;
    json_t *json = load_case(c, fail);
    if (!json)
        return false;
    put_heading(s, c, json);
    if (!print_has_title(c->tape))
        put_title(s, json);
    bool ok = print_tape(&s->out, c->tape, &s->print, fail);
    if (ok && s->print.from == 0) {
        if (!print_has_verdict(c->tape))
            put_verdict(s, json);
        put_receipts(s, c, json);
    }
    if (!ok)
        fail_prefix(fail, "case %s: tape.jsonl", c->id);
    flush(s);
    json_decref(json);
    return ok;
}

static bool take_origin(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    enum builtin_origin *origin = arg;
    (void)fail;
    *origin = builtin_with(*origin, bytes_of(name), content);
    return true;
}

static bool show_origin(struct show *s, struct fail *fail)
{
    enum builtin_origin origin = BUILTIN_NONE;
    if (!bundle_each(s->bundle, take_origin, &origin, fail))
        return false;
    if (origin != BUILTIN_NONE)
        buf_printf(&s->out, "  %-11s %s\n", "scripts", builtin_words(origin));
    return true;
}

static bool show_run(struct show *s, struct fail *fail)
{
    struct buf json = buf_new(RUN_MOST);
    bool ok = bundle_read(s->bundle, "data/run.json", &json, fail);
    if (ok && !run_words_put(&s->out, buf_view(&json), fail))
        ok = fail_prefix(fail, "%s", s->bundle);
    ok = ok && show_origin(s, fail);
    buf_free(&json);
    flush(s);
    return ok;
}

static bool run(struct show *s, struct fail *fail)
{
    if (s->of_run)
        return show_run(s, fail);
    if (s->wanted)
        return case_find(s->bundle, s->wanted, s->id, fail) &&
               bundle_cases(s->bundle, s->id, show_dialogue, s, fail);
    if (!bundle_cases(s->bundle, NULL, show_row, s, fail))
        return false;
    if (s->matches == 0)
        puts("No cases.");
    say_contradictions(s);
    return true;
}

static bool take_lines(struct show *s)
{
    struct line_range range;
    bool ok = line_range_parse(s->args.value, &range);
    s->print.from = (unsigned)range.from;
    s->print.to = (unsigned)range.to;
    return ok;
}

static int parse(struct show *s, int argc, char **argv)
{
    struct args *a = &s->args;
    args_begin(a, &cmd_show_args, argc, argv);
    for (int which; (which = args_next(a)) != ARGS_END;) {
        if (which == OPT_ALL)
            s->print.most = 0;
        else if (which == OPT_RUN)
            s->of_run = true;
        else if (!take_lines(s))
            return args_wrong(a, "--lines: '%s' is nothing like 12, 12-20 or 12-", a->value);
    }
    if (a->status != ARGS_GO_ON)
        return a->status;
    if (a->operand_count < 1 || a->operand_count > 2)
        return args_wrong(a, a->operand_count ? "one bundle and one case at a time"
                                              : "the bundle is missing");
    if (s->of_run && a->operand_count > 1)
        return args_wrong(a, "--run shows the run, not a case");
    s->bundle = a->operands[0];
    s->wanted = a->operands[1];
    return ARGS_GO_ON;
}

static void look_at_terminal(struct show *s)
{
    const char *no_colour = getenv("NO_COLOR");
    s->columns = terminal_columns();
    s->print.colour = s->columns > 0 && (!no_colour || !*no_colour);
    if (s->columns > 0)
        s->print.width = s->columns;
}

int cmd_show(int argc, char **argv)
{
    struct fail fail;
    struct show s = {.print = {.width = TERMINAL_LEAST, .most = RECORD_MOST},
                     .out = buf_new(OUT_LIMIT)};
    int status = parse(&s, argc, argv);
    if (status != ARGS_GO_ON)
        return status;
    look_at_terminal(&s);
    case_asker_begin(&s.asker, s.bundle, NULL);
    status = run(&s, &fail) ? 0 : complain("show", &fail);
    case_asker_end(&s.asker);
    buf_free(&s.out);
    return status;
}
