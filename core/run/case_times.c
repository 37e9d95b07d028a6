#include "run/case_times.h"

#include "run/case_differs.h"
#include "tape/record.h"

#include <stdio.h>

enum { AT = 2 /* in a receipt's record, behind its token (tape/record.h) */, WHAT = 40 };

/* What is too far away for a number is as far as one can say. */
static instant later(instant from, span by)
{
    instant sum;
    if (__builtin_add_overflow(from, by, &sum))
        return by > 0 ? INT64_MAX : INT64_MIN;
    return sum;
}

static bool is_after(instant a, instant b)
{
    return a > later(b, BUNDLE_CLOCKS);
}

/* Line 0: it stands in case.json alone. */
static bool differs(struct difference *out, unsigned line, const char *what, instant said,
                    const char *than, instant other)
{
    char expected[DIFFERENCE_TEXT];
    char got[DIFFERENCE_TEXT];
    char when[TIME_TEXT];
    snprintf(expected, sizeof expected, "%s %s%s", what, time_text(said, when),
             line == 0 ? ", as case.json says" : "");
    snprintf(got, sizeof got, "one %s, at %s", than, time_text(other, when));
    return case_differs_words(out, line, expected, got);
}

/* ---- the list of receipts ---- */

static bool entry_agrees(const json_t *entry, size_t i, const struct case_files *files,
                         const struct tape_head *head, struct difference *out)
{
    instant at;
    char what[WHAT];
    snprintf(what, sizeof what, "receipts[%zu].at", i);
    if (!time_parse(object_text(entry, "at"), &at))
        return true; /* which run/case_receipts.h says */
    if (is_after(head->started, at))
        return differs(out, 0, what, at, "that is before its test began", head->started);
    return files->sealed == 0 || !is_after(at, files->sealed) ||
           differs(out, 0, what, at, "that is after the bundle was sealed", files->sealed);
}

static bool list_agrees(json_t *said, const struct case_files *files, const struct tape_head *head,
                        struct difference *out)
{
    size_t i;
    const json_t *entry;
    json_array_foreach(json_object_get(said, "receipts"), i, entry)
    {
        if (!entry_agrees(entry, i, files, head, out))
            return false;
    }
    return true;
}

/* ---- the tape ---- */

static bool record_agrees(const struct record *r, unsigned line, const struct tape_head *head,
                          struct difference *out)
{
    instant said;
    instant is = later(head->started, r->t);
    if (!time_parse(r->op == RECORD_NOW ? r->data : r->more[AT], &said))
        return true; /* no script can do anything with it */
    if (r->op == RECORD_NOW)
        return (!is_after(said, is) && !is_after(is, said)) ||
               differs(out, line, "the clock's time", said, "that was read elsewhere on the tape",
                       is);
    return !is_after(said, is) || differs(out, line, "a receipt's time", said,
                                          "that is after the script was told of it", is);
}

static unsigned line_of(struct bytes tape, size_t at)
{
    unsigned line = 1;
    for (size_t i = 0; (i = bytes_index(tape, '\n', i)) != BYTES_NOT_FOUND && i < at; i++)
        line++;
    return line;
}

/* The line of the tape around this place. */
static struct bytes around(struct bytes tape, size_t at)
{
    size_t from = at;
    while (from > 0 && tape.p[from - 1] != '\n')
        from--;
    return bytes_slice(tape, from, bytes_index(tape, '\n', at));
}

/* All records of this op; quotes within strings are escaped on a tape, so that it stands nowhere but in its place. */
static bool records_agree(struct bytes tape, const char *op, const struct tape_head *head,
                          struct buf *hold, struct difference *out)
{
    struct bytes wanted = bytes_of(op);
    struct record r;
    struct fail fail;
    for (size_t at = 0, next; at < tape.n; at += next + wanted.n) {
        next = bytes_find(bytes_slice(tape, at, tape.n), wanted);
        if (next == BYTES_NOT_FOUND)
            return true;
        if (record_get(around(tape, at + next), &r, hold, &fail) &&
            (r.op == RECORD_NOW || r.op == RECORD_RECEIPT) &&
            !record_agrees(&r, line_of(tape, at + next), head, out))
            return false;
    }
    return true;
}

bool case_times_agree(json_t *said, const struct case_files *files, const struct tape_head *head,
                      struct difference *out)
{
    if (files->sealed != 0 && is_after(head->started, files->sealed))
        return differs(out, 1, "the test's beginning,", head->started,
                       "that is after the bundle was sealed", files->sealed);
    struct buf hold = buf_new(2 * RECORD_LINE_LIMIT);
    bool ok = list_agrees(said, files, head, out) &&
              records_agree(files->tape, "\"op\":\"now\"", head, &hold, out) &&
              records_agree(files->tape, "\"op\":\"receipt\"", head, &hold, out);
    buf_free(&hold);
    return ok;
}
