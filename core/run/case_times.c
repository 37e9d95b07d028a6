#include "run/case_times.h"

#include "run/case_differs.h"
#include "tape/tape_walk.h"

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

static bool records_agree(struct bytes tape, enum record_op op, const struct tape_head *head,
                          struct difference *out)
{
    struct record r;
    bool ok = true;
    struct tape_walk walk = tape_walk_begin(tape, op);
    while (ok && tape_walk_next(&walk, &r))
        ok = record_agrees(&r, walk.line, head, out);
    tape_walk_end(&walk);
    return ok;
}

bool case_times_agree(json_t *said, const struct case_files *files, const struct tape_head *head,
                      struct difference *out)
{
    if (files->sealed != 0 && is_after(head->started, files->sealed))
        return differs(out, 1, "the test's beginning,", head->started,
                       "that is after the bundle was sealed", files->sealed);
    return list_agrees(said, files, head, out) &&
           records_agree(files->tape, RECORD_NOW, head, out) &&
           records_agree(files->tape, RECORD_RECEIPT, head, out);
}
