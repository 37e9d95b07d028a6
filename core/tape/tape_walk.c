#include "tape/tape_walk.h"

#include "tape/record_shape.h"

struct tape_walk tape_walk_begin(struct bytes tape, enum record_op op)
{
    return (struct tape_walk){.rest = tape, .op = op, .hold = buf_new(2 * RECORD_LINE_LIMIT)};
}

/* Up to the line in which this stands. */
static bool skip_to(struct tape_walk *w, struct bytes wanted)
{
    size_t at = bytes_find(w->rest, wanted);
    if (at == BYTES_NOT_FOUND)
        return false;
    size_t begin = 0;
    for (size_t end; (end = bytes_index(w->rest, '\n', begin)) < at; begin = end + 1)
        w->line++;
    w->rest = bytes_slice(w->rest, begin, w->rest.n);
    return true;
}

static struct bytes take_line(struct tape_walk *w)
{
    size_t end = bytes_index(w->rest, '\n', 0);
    struct bytes line = bytes_slice(w->rest, 0, end == BYTES_NOT_FOUND ? w->rest.n : end);
    w->rest = bytes_slice(w->rest, line.n + 1, w->rest.n);
    w->line++;
    return line;
}

bool tape_walk_next(struct tape_walk *w, struct record *out)
{
    struct fail ignored;
    /* Quotes within strings are escaped on a tape, so that this stands nowhere but in its place. */
    struct bytes behind_comma = record_shape_of(w->op)->head;
    while (skip_to(w, bytes_slice(behind_comma, 1, behind_comma.n))) {
        if (record_get(take_line(w), out, &w->hold, &ignored) && out->op == w->op)
            return true;
    }
    return false;
}

void tape_walk_end(struct tape_walk *w)
{
    buf_free(&w->hold);
}
