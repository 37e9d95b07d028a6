#include "cli/output.h"

#include "base/text.h"
#include "cli/complain.h"
#include "cli/eta.h"
#include "cli/script_error.h"
#include "cli/terminal.h"
#include "net/loop.h"
#include "run/evidence.h"
#include "run/reason.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    VERDICT_WIDTH = 12,
    TARGET_WIDTH = 21,
    PROBE_WIDTH = 18,
    LINE_LIMIT = 512 * 1024,
    PLAIN_SECONDS = 30, /* between two lines of progress that stay */
    WRITE_BUFFER = 64 * 1024
};

struct output {
    bool json;
    bool colour;
    bool progress;       /* stderr is a terminal */
    bool plain;          /* stderr is none: lines of progress stay */
    bool shown;          /* a progress line stands there */
    bool headed;         /* the table's head was printed */
    bool explains;       /* how scripts failed */
    bool traced;         /* by dialogues that were shown */
    size_t width;        /* to set rows out by */
    bool cuts;           /* what is wider does not show */
    const char *command; /* that talks */
    instant began;
    instant told_at; /* when the last plain line of progress was written */
    struct eta eta;
    struct buf line;
};

struct output *output_new(enum output_form form, bool quiet, const char *command)
{
    struct output *o = calloc(1, sizeof *o);
    if (!o)
        return NULL;
    o->command = command;
    unsigned columns = terminal_columns();
    bool terminal = columns > 0;
    if (!terminal)
        setvbuf(stdout, NULL, _IOFBF, WRITE_BUFFER); /* output_tick empties it in time */
    o->json = form == OUTPUT_JSON || (form == OUTPUT_FITTING && !terminal);
    o->colour = terminal && !getenv("NO_COLOR");
    o->plain = !quiet && !isatty(STDERR_FILENO);
    o->progress = !quiet && isatty(STDERR_FILENO) && !(o->json && terminal);
    o->width = terminal ? columns : TERMINAL_LEAST;
    o->cuts = terminal;
    o->began = o->told_at = loop_monotonic();
    eta_begin(&o->eta, o->began);
    o->line = buf_new(LINE_LIMIT);
    return o;
}

void output_explain_errors(struct output *o, bool traced)
{
    o->explains = true;
    o->traced = traced;
}

void output_free(struct output *o)
{
    if (!o)
        return;
    buf_free(&o->line);
    free(o);
}

void output_make_room(struct output *o)
{
    if (!o->shown)
        return;
    fputs("\r\033[K", stderr);
    fflush(stderr);
    o->shown = false;
}

static const char *colour_of(enum verdict v)
{
    static const char *const colours[] = {"\033[1;31m", "\033[33m", "\033[32m",
                                          "\033[2m",    "\033[36m", "\033[35m"};
    return colours[v];
}

/* Pads or cuts text to a column of `width`, and a blank behind it. */
static void column(const char *text, size_t width)
{
    size_t n = text_width(bytes_of(text));
    printf("%s%*s ", text, n < width ? (int)(width - n) : 0, "");
}

/* Text cut to `width` columns, with an ellipsis where something is missing. */
static void cut(const char *text, size_t width)
{
    struct bytes all = bytes_of(text);
    size_t n = all.n;
    while (text_width(bytes_slice(all, 0, n)) > width - (n < all.n ? 1 : 0)) {
        n--;
        while (n > 0 && (all.p[n] & 0xc0) == 0x80)
            n--;
    }
    printf("%.*s%s", (int)n, text, n < all.n ? "…" : "");
}

static void print_head(struct output *o)
{
    o->headed = true;
    fputs(o->colour ? "\033[1m" : "", stdout);
    column("VERDICT", VERDICT_WIDTH);
    column("TARGET", TARGET_WIDTH);
    column("PROBE", PROBE_WIDTH);
    printf("REASON%s\n", o->colour ? "\033[0m" : "");
}

/* A reason that does not fit behind the other columns stands on a line of its own. */
static void print_row(struct output *o, const struct run_result *r, const char *reason)
{
    char target[ADDR_TEXT];
    size_t before = VERDICT_WIDTH + TARGET_WIDTH + PROBE_WIDTH + 3;
    size_t target_width = strlen(addr_text(&r->item->target, target));
    if (target_width > TARGET_WIDTH)
        before += target_width - TARGET_WIDTH;
    fputs(o->colour ? colour_of(r->verdict) : "", stdout);
    column(verdict_name(r->verdict), VERDICT_WIDTH);
    fputs(o->colour ? "\033[0m" : "", stdout);
    column(target, TARGET_WIDTH);
    if (before + text_width(bytes_of(reason)) <= o->width) {
        column(r->probe->id, PROBE_WIDTH);
    } else {
        printf("%s\n%*s", r->probe->id, VERDICT_WIDTH + 1, "");
        before = VERDICT_WIDTH + 1;
    }
    cut(reason, o->cuts ? o->width - before : SIZE_MAX);
    putchar('\n');
}

static void print_result(struct output *o, const struct run_result *r)
{
    bool explain = o->explains && r->verdict == VERDICT_ERROR && script_error_is(r->tape);
    if (!o->headed)
        print_head(o);
    print_row(o, r, explain ? "the script failed:" : r->reason);
    if (explain)
        script_error_print(r->tape, 2, !o->traced);
    else if (o->explains && !o->traced && r->verdict == VERDICT_ERROR &&
             reason_is_lost(bytes_of(r->reason)))
        script_error_dialogue(r->tape, 2);
}

void output_result(struct output *o, const struct run_result *result)
{
    output_make_room(o);
    if (!o->json) {
        print_result(o, result);
        return;
    }
    if (result->line.n > 0) {
        fwrite(result->line.p, 1, result->line.n, stdout);
        return;
    }
    buf_clear(&o->line);
    if (result_json(&o->line, result) && buf_put_byte(&o->line, '\n'))
        fwrite(o->line.p, 1, o->line.n, stdout);
}

static void put_left(struct output *o, const struct run_counts *c, instant now)
{
    unsigned long left = 0;
    if (!eta_left(&o->eta, now, c->done, c->total, &left))
        return;
    if (left >= 3600)
        buf_printf(&o->line, ", %lu h %02lu min left", left / 3600, left / 60 % 60);
    else
        buf_printf(&o->line, ", %lu:%02lu left", left / 60, left % 60);
}

/* "12/40 done, 7 in flight, 3/s, 1 open, 0:09 left" */
static void put_progress(struct output *o, const struct run_counts *c, instant now)
{
    buf_clear(&o->line);
    buf_printf(&o->line, "%lu", c->done);
    if (c->total > 0)
        buf_printf(&o->line, "/%lu", c->total);
    buf_printf(&o->line, " done, %lu in flight, %.0f/s, %lu open", c->in_flight,
               eta_rate(&o->eta, now, c->done), c->verdicts[VERDICT_OPEN]);
    if (c->held > 0)
        buf_printf(&o->line, ", %lu awaiting mail", c->held);
    put_left(o, c, now);
}

void output_tick(struct output *o, const struct run_counts *c)
{
    instant now = loop_monotonic();
    fflush(stdout);
    eta_note(&o->eta, now, c->done);
    if (o->plain && now - o->told_at >= PLAIN_SECONDS * SPAN_SECOND) {
        put_progress(o, c, now);
        output_say(o, buf_text(&o->line));
        o->told_at = now;
    }
    if (!o->progress)
        return;
    put_progress(o, c, now);
    fprintf(stderr, "\r\033[K%s", buf_text(&o->line));
    fflush(stderr);
    o->shown = true;
}

void output_say(struct output *o, const char *line)
{
    output_make_room(o);
    fflush(stdout); /* both may lead to one file */
    complain_words(o->command, 0, line);
}

/* "12 tested in 3.0 s: 5 open, 7 closed" */
static void put_sum(struct output *o, const struct run_counts *c)
{
    const char *separator = ": ";
    buf_printf(&o->line, "%lu tested in %.1f s", c->done - c->refused,
               (double)(loop_monotonic() - o->began) / 1e6);
    for (unsigned v = VERDICT_OPEN; v <= VERDICT_ERROR; v++) {
        unsigned long n = c->verdicts[v] - (v == VERDICT_ERROR ? c->refused : 0);
        if (n == 0)
            continue;
        buf_printf(&o->line, "%s%lu %s", separator, n, verdict_name((enum verdict)v));
        separator = ", ";
    }
}

void output_end(struct output *o, const struct run_counts *c, unsigned long duplicates)
{
    const char *end = o->json ? "; " : ".\n";
    output_make_room(o);
    buf_clear(&o->line);
    put_sum(o, c);
    if (c->refused > c->own)
        buf_printf(&o->line, "%s%lu not tested: outside the scope, denied or opted out", end,
                   c->refused - c->own);
    if (c->own > 0)
        buf_printf(&o->line, "%s%lu not tested: the address of --from or --control", end, c->own);
    if (duplicates > 0)
        buf_printf(&o->line, "%s%lu %s left out: given more than once", end, duplicates,
                   duplicates == 1 ? "target" : "targets");
    if (!o->json)
        printf("\n%s.\n", buf_text(&o->line));
    fflush(stdout);
    if (o->json)
        output_say(o, buf_text(&o->line));
}
