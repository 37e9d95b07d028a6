#include "tape/tape_reader.h"

#include "tape/hidden.h"

#include <jansson.h>

void tape_reader_start(void)
{
    json_object_seed(0);
}

/* The next line, without its end. False: there is none, or it has no end. */
static bool next_line(struct tape_reader *r, struct bytes *line, struct fail *fail)
{
    r->line++;
    size_t end = bytes_index(r->tape, '\n', r->at);
    if (end == BYTES_NOT_FOUND)
        return fail_set(fail, "EFORMAT", "line %u: it has no end: the tape was cut off", r->line);
    *line = bytes_slice(r->tape, r->at, end);
    r->at = end + 1;
    return true;
}

static bool fail_hidden(const struct tape_reader *r, struct fail *fail)
{
    return fail_set(fail, "EHIDDEN", "line %u: it is hidden: the case was redacted", r->line);
}

bool tape_reader_open(struct tape_reader *r, struct bytes tape, struct tape_head *head,
                      struct fail *fail)
{
    struct bytes line;
    *r = (struct tape_reader){.tape = tape,
                              .head_hold = buf_new(2 * TAPE_HEAD_LIMIT),
                              .hold = buf_new(2 * RECORD_LINE_LIMIT)};
    if (tape.n > TAPE_LIMIT)
        return fail_set(fail, "ELIMIT", "the tape has %zu bytes, more than the %d that it may have",
                        tape.n, TAPE_LIMIT);
    if (!next_line(r, &line, fail))
        return false;
    if (tape_is_hidden(line))
        return fail_hidden(r, fail);
    return tape_head_get(line, head, &r->head_hold, fail) || fail_prefix(fail, "line 1");
}

bool tape_reader_pass_hidden(struct tape_reader *r)
{
    size_t end = bytes_index(r->tape, '\n', r->at);
    if (r->finished || end == BYTES_NOT_FOUND || !tape_is_hidden(bytes_slice(r->tape, r->at, end)))
        return false;
    r->line++;
    r->at = end + 1;
    r->finished = r->at == r->tape.n;
    return true;
}

static bool check_order(struct tape_reader *r, const struct record *record, struct fail *fail)
{
    if (record->t < r->t)
        return fail_set(fail, "EFORMAT", "line %u: its time is before that of the line above",
                        r->line);
    r->t = record->t;
    r->finished = record->op == RECORD_VERDICT;
    return true;
}

enum tape_step tape_reader_next(struct tape_reader *r, struct record *out, struct fail *fail)
{
    struct bytes line;
    if (r->at == r->tape.n && r->finished)
        return TAPE_END;
    if (r->finished) {
        fail_set(fail, "EFORMAT", "line %u: there is something behind the verdict", r->line + 1);
        return TAPE_BAD;
    }
    if (r->at == r->tape.n) {
        fail_set(fail, "EFORMAT", "the tape ends at line %u without a verdict", r->line);
        return TAPE_BAD;
    }
    if (!next_line(r, &line, fail))
        return TAPE_BAD;
    if (tape_is_hidden(line)) {
        fail_hidden(r, fail);
        return TAPE_BAD;
    }
    if (!record_get(line, out, &r->hold, fail)) {
        fail_prefix(fail, "line %u", r->line);
        return TAPE_BAD;
    }
    return check_order(r, out, fail) ? TAPE_RECORD : TAPE_BAD;
}

void tape_reader_close(struct tape_reader *r)
{
    buf_free(&r->head_hold);
    buf_free(&r->hold);
}
