#include "world/difference.h"

#include "base/text.h"
#include "tape/steps.h"

#include <stdio.h>

enum { SHOWN = 60, BEFORE = 16 };

/* "WHAT, from byte N (TEXT)", where it begins at `from`. */
static void describe(char out[DIFFERENCE_TEXT], const char *what, struct bytes text, size_t from)
{
    struct buf shown = buf_new(4 * SHOWN + 8);
    char place[40] = "";
    if (from > 0)
        snprintf(place, sizeof place, ", from byte %zu", from + 1);
    text_escape(&shown, bytes_slice(text, from, text.n), SHOWN);
    const char *words = buf_text(&shown);
    if (text.n > 0)
        snprintf(out, DIFFERENCE_TEXT, "%s%s (%s)", what, place, words ? words : "");
    else
        snprintf(out, DIFFERENCE_TEXT, "%s", what);
    buf_free(&shown);
    text_make_printable(out);
}

/* Where two texts should be shown from, so that the place is seen where they part. */
static size_t place_of(struct bytes a, struct bytes b)
{
    size_t same = 0;
    while (same < a.n && same < b.n && a.p[same] == b.p[same])
        same++;
    return same < SHOWN - BEFORE ? 0 : same - BEFORE;
}

static void describe_record(char out[DIFFERENCE_TEXT], const struct record *r, size_t from)
{
    char what[60];
    if (r->c > 0)
        snprintf(what, sizeof what, "%s on connection %u", record_op_name(r->op), r->c);
    else
        snprintf(what, sizeof what, "%s", record_op_name(r->op));
    describe(out, what, r->data, from);
}

void difference_of_records(struct difference *d, unsigned line, const struct record *stands,
                           const struct record *came)
{
    bool alike = stands && stands->op == came->op && stands->c == came->c;
    size_t from = alike ? place_of(stands->data, came->data) : 0;
    d->line = line;
    if (stands)
        describe_record(d->expected, stands, from);
    else
        describe(d->expected, "the end of the tape", bytes_of(""), 0);
    describe_record(d->got, came, from);
}

void difference_of_reasons(struct difference *d, unsigned line, struct bytes stands,
                           struct bytes came)
{
    size_t from = place_of(stands, came);
    d->line = line;
    describe(d->expected, "the reason", stands, from);
    describe(d->got, "the reason", came, from);
}

static void describe_step(char out[DIFFERENCE_TEXT], unsigned number, struct bytes step,
                          size_t from)
{
    char what[40];
    snprintf(what, sizeof what, step.n > 0 ? "step %u" : "no step %u", number);
    describe(out, what, step, from);
}

void difference_of_steps(struct difference *d, unsigned line, struct bytes stands,
                         struct bytes came)
{
    struct bytes a;
    struct bytes b;
    unsigned number = 0;
    do {
        a = steps_next(&stands);
        b = steps_next(&came);
        number++;
    } while (a.n > 0 && bytes_equal(a, b));
    size_t from = place_of(a, b);
    d->line = line;
    describe_step(d->expected, number, a, from);
    describe_step(d->got, number, b, from);
}

bool difference_fail(const struct difference *d, struct fail *fail)
{
    return fail_set(fail, "EDIVERGED", "line %u of the tape: expected %s, got %s", d->line,
                    d->expected, d->got);
}
