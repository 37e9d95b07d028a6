#include "cli/traceback_words.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

static bool begins(struct bytes row, const char *with)
{
    return bytes_equal_text(bytes_slice(row, 0, strlen(with)), with);
}

static struct bytes take_row(struct bytes *rest)
{
    size_t end = bytes_index(*rest, '\n', 0);
    struct bytes row = bytes_slice(*rest, 0, end);
    *rest = end == BYTES_NOT_FOUND ? bytes_at(NULL, 0) : bytes_slice(*rest, end + 1, rest->n);
    return row;
}

/* A call of the library, or of what is written in C: no line that a script's author could look at. */
static bool is_inner(struct bytes row)
{
    return begins(row, "\t[C]: in ") || begins(row, "\tscripts/lib/");
}

/* Is there a call that is the script's own? */
static bool any_own(struct bytes error)
{
    while (error.n > 0) {
        struct bytes row = take_row(&error);
        if (row.n > 0 && row.p[0] == '\t' && !is_inner(row))
            return true;
    }
    return false;
}

void traceback_words(struct bytes error, int indent)
{
    bool own = any_own(error);
    struct bytes rest = error;
    while (rest.n > 0) {
        struct bytes row = take_row(&rest);
        bool call = row.n > 0 && row.p[0] == '\t';
        if (own && call && is_inner(row))
            continue;
        struct buf text = buf_new(4 * row.n + 8);
        text_escape(&text, bytes_slice(row, call, row.n), row.n);
        printf("%*s%s\n", call ? indent + 2 : indent, "", buf_text(&text));
        buf_free(&text);
    }
}
