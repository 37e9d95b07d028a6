/* ajar redact: an extract in which parts of the case are hidden, and the rest can still be proven. */
#include "cli/args.h"
#include "cli/case_find.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/disclosure.h"
#include "cli/line_range.h"

#include "evidence/case_tree.h"
#include "evidence/hide.h"

#include <stdio.h>
#include <stdlib.h>

enum { RANGES_MOST = 64, ROOM = 2 * BUNDLE_FILE_LIMIT };

enum { OPT_HIDE, OPT_LINES, OPT_OUT, OPT_KEY };

static const struct args_option options[] = {
    [OPT_HIDE] = {"hide", 'H', "TEXT", "hide whatever holds this text; may be given again"},
    [OPT_LINES] = {"lines", 'l', "FROM[-TO]",
                   "hide these lines of the tape, as 'ajar show' numbers them"},
    [OPT_OUT] = {"output", 'o', "FILE", "the new file; nothing is overwritten"},
    [OPT_KEY] = {"public-key", 'P', "KEY", "verify with this key, not the one in the bundle"},
    {0},
};

const struct args_command cmd_redact_args = {
    "redact", "[OPTION]... BUNDLE|EXTRACT [CASE] --hide TEXT... -o FILE",
    "Writes an extract of one case in which each record of the tape, each line of a\n"
    "receipt and each member of case.json that holds a TEXT is replaced by its hash.\n"
    "'ajar verify' says how many parts are hidden, and proves all others; 'ajar\n"
    "replay' can't derive such a case again. CASE may be left out for an extract.",
    options,
    "A TEXT is taken literally, as a whole: --hide mark@example.org leaves what has\n"
    "mark alone, or mark@example.com; give each form by its own --hide.\n"
    "A TEXT (a mailbox, a name, an address) is found in UTF-8, its letters in either\n"
    "case, in the base64 of the TEXT as you write it, with its @ written =40, %40,\n"
    "&#64; or &#x40;, and where it is broken over the folded lines of a mail, over\n"
    "records, or over the lines of a reply, each with its code in front (250-mark@,\n"
    "250 example.org). It is not found in other codings: read the result with 'ajar\n"
    "show' before you hand it out. Where a line of the tape or a receipt is hidden,\n"
    "so is what holds the SHA-256 of that file, which would give it away to whoever\n"
    "guesses. run.json and the scripts are the run's and stay: a warning names those\n"
    "that hold a TEXT (but no script of ajar's own).\n"
    "\n"
    "Exit status: 0 it was written, 1 nothing holds a TEXT, the bundle does not\n"
    "verify, or the extract could not be written, 2 wrong usage.\n"};

struct redact {
    struct args args;
    struct disclosure d;
    const char *texts[HIDE_TEXTS];
    size_t text_count;
    struct line_range ranges[RANGES_MOST];
    size_t range_count;
    struct bundle_report report;
};

/* ---- one case ---- */

/* What is written in place of the case's files. */
struct written {
    struct part_file files[PARTS_FILES];
    size_t n;
    struct buf contents[PARTS_FILES];
    struct buf tree;
    char names[PARTS_FILES][NAME_LIMIT];
    struct bag_file instead[PARTS_FILES];
};

static bool mark(const struct redact *r, struct hide *h, struct fail *fail)
{
    for (size_t i = 0; i < r->text_count; i++) {
        bool found;
        if (!hide_text(h, bytes_of(r->texts[i]), &found, fail))
            return false;
        if (!found)
            return fail_set(fail, "ENOENT", "nothing in the case holds '%.100s'", r->texts[i]);
    }
    for (size_t i = 0; i < r->range_count; i++) {
        if (!hide_lines(h, r->ranges[i].from, r->ranges[i].to))
            return fail_set(fail, "ENOENT", "the tape has no line %lu", r->ranges[i].to);
    }
    return hide_digests(h, fail);
}

static bool is_marked(void *arg, unsigned long part)
{
    return ((const struct hide *)arg)->hidden[part];
}

static void set_instead(struct written *w, size_t i, const char *id, const char *file,
                        struct bytes content)
{
    snprintf(w->names[i], NAME_LIMIT, "data/cases/%s/%s", id, file);
    w->instead[i] = (struct bag_file){.name = w->names[i], .content = content};
}

static bool hide_parts(struct redact *r, const struct bundle_case *c, struct written *w,
                       struct fail *fail)
{
    struct hide h;
    struct case_tree tree;
    unsigned long hidden;
    if (!case_tree_parse(c->tree, &tree, fail) || !hide_begin(&h, w->files, w->n, fail))
        return false;
    bool ok = mark(r, &h, fail) && case_tree_redact(&tree, w->files, w->n, is_marked, &h,
                                                    w->contents, &w->tree, &hidden, fail);
    hide_free(&h);
    return ok;
}

static bool redact_case(void *arg, const struct bundle_case *c, struct fail *fail)
{
    struct redact *r = arg;
    struct written *w = calloc(1, sizeof *w);
    if (!w)
        return fail_set(fail, "ENOMEM", "out of memory");
    w->n = bundle_case_parts(c, w->files);
    w->tree = buf_new(ROOM);
    for (size_t i = 0; i < w->n; i++)
        w->contents[i] = buf_new(ROOM);
    bool ok = hide_parts(r, c, w, fail);
    for (size_t i = 0; i < w->n; i++)
        set_instead(w, i, c->id, w->files[i].name, buf_view(&w->contents[i]));
    set_instead(w, w->n, c->id, CASE_TREE_FILE, buf_view(&w->tree));
    ok = ok && disclosure_write(&r->d, c->id, w->instead, w->n + 1, &r->report, fail);
    for (size_t i = 0; i < w->n; i++)
        buf_free(&w->contents[i]);
    buf_free(&w->tree);
    free(w);
    return ok;
}

/* ---- what stays ---- */

/* What is of the run, and of no case, is in each extract as it was signed. The program's own scripts say nothing. */
static bool is_of_run(const char *name)
{
    static const char own[] = "data/packs/builtin/";
    const char *rest;
    return name_case(name, &rest).n == 0 && strncmp(name, own, strlen(own)) != 0;
}

static bool warn_of(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    const struct redact *r = arg;
    for (size_t i = 0; is_of_run(name) && i < r->text_count; i++) {
        bool found;
        if (!hide_is_in(name, content, bytes_of(r->texts[i]), &found, fail))
            return false;
        if (found)
            fprintf(stderr,
                    "ajar redact: %s: %s still holds '%.100s': it is the run's, and can't be "
                    "hidden\n",
                    r->d.to, name, r->texts[i]);
    }
    return true;
}

/* ---- the command ---- */

/* The case that is meant: of an extract there is but one. */
static bool find_case(const struct redact *r, const char *wanted, char id[CASE_FIND_ID],
                      struct fail *fail)
{
    if (wanted)
        return case_find(r->d.from, wanted, id, fail);
    if (r->report.case_id[0] == '\0')
        return fail_set(fail, "EINVAL", "%s is a whole bundle: say which case", r->d.from);
    return case_find(r->d.from, r->report.case_id, id, fail);
}

static int redact(struct redact *r, const char *wanted)
{
    struct fail fail;
    char id[CASE_FIND_ID];
    if (!disclosure_verify(&r->d, &r->report, &fail) || !find_case(r, wanted, id, &fail) ||
        !bundle_cases(r->d.from, id, redact_case, r, &fail) ||
        !bundle_each(r->d.to, warn_of, r, &fail))
        return complain("redact", &fail);
    disclosure_print(&r->d, &r->report);
    return 0;
}

static int take_option(struct redact *r, int which)
{
    struct args *a = &r->args;
    if (which == OPT_HIDE) {
        size_t n = strlen(a->value);
        if (n == 0 || n > HIDE_TEXT)
            return args_wrong(a, "--hide: a text of 1 to %d bytes is expected", HIDE_TEXT);
        if (r->text_count == HIDE_TEXTS)
            return args_wrong(a, "--hide: at most %d times", HIDE_TEXTS);
        r->texts[r->text_count++] = a->value;
    } else if (which == OPT_LINES) {
        if (r->range_count == RANGES_MOST)
            return args_wrong(a, "--lines: at most %d times", RANGES_MOST);
        if (!line_range_parse(a->value, &r->ranges[r->range_count]) ||
            r->ranges[r->range_count++].to == 0)
            return args_wrong(a, "--lines: '%s' is nothing like 12 or 12-20", a->value);
    } else {
        *(which == OPT_OUT ? &r->d.to : &r->d.key) = a->value;
    }
    return ARGS_GO_ON;
}

static int parse(struct redact *r, int argc, char **argv)
{
    struct args *a = &r->args;
    args_begin(a, &cmd_redact_args, argc, argv);
    for (int which; (which = args_next(a)) != ARGS_END;) {
        int status = take_option(r, which);
        if (status != ARGS_GO_ON)
            return status;
    }
    if (a->status != ARGS_GO_ON)
        return a->status;
    if (a->operand_count < 1 || a->operand_count > 2)
        return args_wrong(a, "one bundle and one case are expected, or one extract");
    if (!r->d.to)
        return args_wrong(a, "-o FILE is missing: where the extract goes");
    if (r->text_count + r->range_count == 0)
        return args_wrong(a, "nothing to hide: give --hide TEXT or --lines FROM-TO");
    r->d.command = "redact";
    r->d.from = a->operands[0];
    return ARGS_GO_ON;
}

int cmd_redact(int argc, char **argv)
{
    struct redact *r = calloc(1, sizeof *r);
    if (!r)
        return complain_words("redact", 1, "out of memory");
    int status = parse(r, argc, argv);
    if (status == ARGS_GO_ON)
        status = redact(r, r->args.operands[1]);
    free(r);
    return status;
}
