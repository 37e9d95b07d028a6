#include "cli/test_held.h"

#include "base/text.h"
#include "tape/object.h"
#include "tape/print.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { WORDS_MOST = 2048, SHOWN = 200, ROWS_SHOWN = 40, MORE_LIMIT = 64 * 1024, INDENT = 4 };

struct holding {
    const struct test_file *file;
    size_t index;
    test_held_fault *fault;
    void *arg;
    unsigned faults;
};

bool test_held_matches(struct bytes text, struct bytes pattern)
{
    size_t t = 0;
    size_t p = 0;
    size_t star = BYTES_NOT_FOUND; /* the latest, */
    size_t from = 0;               /* and up to where it reaches so far */
    while (t < text.n) {
        if (p < pattern.n && pattern.p[p] == '*') {
            star = p++;
            from = t;
        } else if (p < pattern.n && pattern.p[p] == text.p[t]) {
            p++;
            t++;
        } else if (star != BYTES_NOT_FOUND) {
            p = star + 1;
            t = ++from;
        } else {
            return false;
        }
    }
    while (p < pattern.n && pattern.p[p] == '*')
        p++;
    return p == pattern.n;
}

static struct bytes string_of(const json_t *value)
{
    return bytes_at(json_string_value(value), json_string_length(value));
}

/* "mine-open, relay/mine: WORDS", at a member of the run. */
__attribute__((format(printf, 5, 6))) static void
tell(struct holding *h, const char *name, int number, const char *more, const char *format, ...)
{
    char words[WORDS_MOST];
    unsigned line;
    unsigned column;
    va_list args;
    const struct test_run *run = test_file_run(h->file, h->index);
    int n = snprintf(words, sizeof words, "%s, %s: ", run->scenario, run->probe);
    va_start(args, format);
    vsnprintf(words + n, sizeof words - (size_t)n, format, args);
    va_end(args);
    test_file_where(h->file, h->index, name, number, &line, &column);
    h->faults++;
    h->fault(h->arg, line, column, words, more);
}

static void put_row(struct buf *out, unsigned long line, struct bytes text)
{
    buf_printf(out, "%*s%4lu  ", INDENT, "", line);
    text_escape(out, text, SHOWN);
    buf_put_byte(out, '\n');
}

/* ---- verdict and reason ---- */

/* Without the calls that led to a script's error: `ajar pack test` shows them with its verdicts. */
static struct bytes reason_of(const json_t *result)
{
    struct bytes reason = object_text(result, "reason");
    return bytes_trim(bytes_slice(reason, 0, bytes_find(reason, bytes_of("stack traceback:"))));
}

static bool hold_verdict(struct holding *h, const json_t *result)
{
    const json_t *wanted = test_file_member(h->file, h->index, "verdict");
    struct bytes got = object_text(result, "verdict");
    if (!wanted || bytes_equal(string_of(wanted), got))
        return true;
    struct buf text = buf_new(MORE_LIMIT);
    text_escape(&text, got, SHOWN);
    buf_put_text(&text, ": ");
    text_escape(&text, reason_of(result), SHOWN);
    tell(h, "verdict", TEST_FILE_WHOLE, "", "verdict: expected %s, got %s",
         json_string_value(wanted), buf_text(&text));
    buf_free(&text);
    return false;
}

static void hold_reason(struct holding *h, const json_t *result)
{
    const json_t *wanted = test_file_member(h->file, h->index, "reason");
    struct buf text = buf_new(MORE_LIMIT);
    text_escape(&text, reason_of(result), TEST_FILE_PATTERN);
    if (wanted && !test_held_matches(buf_view(&text), string_of(wanted)))
        tell(h, "reason", TEST_FILE_WHOLE, "", "reason: expected \"%s\", got \"%s\"",
             json_string_value(wanted), buf_text(&text));
    buf_free(&text);
}

/* ---- steps ---- */

static void list_steps(const json_t *steps, struct buf *out)
{
    size_t i;
    const json_t *step;
    json_array_foreach(steps, i, step)
    {
        if (i < ROWS_SHOWN)
            put_row(out, (unsigned long)json_integer_value(json_object_get(step, "line")),
                    object_text(step, "say"));
    }
}

/* Each of the patterns has its step, in this order; others may stand between them. */
static void hold_steps(struct holding *h, const json_t *result)
{
    size_t i;
    const json_t *step;
    const json_t *steps = json_object_get(result, "steps");
    const json_t *wanted = test_file_member(h->file, h->index, "steps");
    size_t met = 0;
    struct buf text = buf_new(MORE_LIMIT);
    json_array_foreach(steps, i, step)
    {
        buf_clear(&text);
        text_escape(&text, object_text(step, "say"), TEST_FILE_PATTERN);
        met += met < json_array_size(wanted) &&
               test_held_matches(buf_view(&text), string_of(json_array_get(wanted, met)));
    }
    buf_clear(&text);
    list_steps(steps, &text);
    if (met < json_array_size(wanted))
        tell(h, "steps", (int)met, buf_text(&text), "steps: there is no \"%s\"%s; its steps are",
             json_string_value(json_array_get(wanted, met)),
             met > 0 ? " behind those before it" : "");
    buf_free(&text);
}

/* ---- what it sends ---- */

struct sending {
    struct holding *holding;
    const json_t *wanted;
    size_t met; /* of these */
    const json_t *never;
    struct buf text; /* a row's */
    struct buf rows; /* the first, for whoever reads the fault */
    size_t count;
};

static void hold_row_back(struct sending *s, unsigned line)
{
    size_t i;
    const json_t *pattern;
    struct buf more = buf_new(MORE_LIMIT);
    json_array_foreach(s->never, i, pattern)
    {
        if (!test_held_matches(buf_view(&s->text), string_of(pattern)))
            continue;
        buf_clear(&more);
        put_row(&more, line, buf_view(&s->text));
        tell(s->holding, "never", (int)i, buf_text(&more), "never: it sends \"%s\"",
             json_string_value(pattern));
    }
    buf_free(&more);
}

static void on_row(void *arg, const struct print_cells *row)
{
    struct sending *s = arg;
    if (row->of != INK_SENT || row->hidden)
        return;
    buf_clear(&s->text);
    text_escape(&s->text, row->text, row->text.n);
    s->met += s->met < json_array_size(s->wanted) &&
              test_held_matches(buf_view(&s->text), string_of(json_array_get(s->wanted, s->met)));
    hold_row_back(s, row->line);
    if (s->count++ < ROWS_SHOWN)
        put_row(&s->rows, row->line, row->text);
}

static void hold_sent(struct holding *h, struct bytes tape)
{
    struct fail fail;
    struct buf none = buf_new(0);
    struct sending s = {.holding = h,
                        .wanted = test_file_member(h->file, h->index, "sends"),
                        .never = test_file_member(h->file, h->index, "never"),
                        .text = buf_new(MORE_LIMIT * 16),
                        .rows = buf_new(MORE_LIMIT)};
    struct print_options options = {.bare = true, .cells = on_row, .arg = &s};
    bool read = print_tape(&none, tape, &options, &fail);
    if (!read)
        tell(h, "", TEST_FILE_WHOLE, "", "its tape can't be read: %s", fail.text);
    if (s.count > ROWS_SHOWN)
        buf_printf(&s.rows, "%*s      (%zu more)\n", INDENT, "", s.count - ROWS_SHOWN);
    if (read && s.met < json_array_size(s.wanted))
        tell(h, "sends", (int)s.met, buf_text(&s.rows), "sends: there is no \"%s\"%s; it sends",
             json_string_value(json_array_get(s.wanted, s.met)),
             s.met > 0 ? " behind those before it" : "");
    buf_free(&s.text);
    buf_free(&s.rows);
    buf_free(&none);
}

/* ---- all of it ---- */

bool test_held_wants_tape(const struct test_file *f, size_t index)
{
    return test_file_member(f, index, "sends") || test_file_member(f, index, "never");
}

unsigned test_held(const struct test_file *f, size_t index, const json_t *result, struct bytes tape,
                   test_held_fault *fault, void *arg)
{
    struct holding h = {.file = f, .index = index, .fault = fault, .arg = arg};
    if (!hold_verdict(&h, result))
        return h.faults;
    hold_reason(&h, result);
    hold_steps(&h, result);
    if (test_held_wants_tape(f, index))
        hold_sent(&h, tape);
    return h.faults;
}
