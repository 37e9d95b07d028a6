#include "cli/traceback_words.h"

#include "base/text.h"

#include <stdio.h>

void traceback_words(struct bytes error, int indent)
{
    struct bytes rest = error;
    while (rest.n > 0) {
        struct buf row = buf_new(4 * error.n + 8);
        size_t end = bytes_index(rest, '\n', 0);
        size_t n = end == BYTES_NOT_FOUND ? rest.n : end;
        bool call = rest.p[0] == '\t';
        text_escape(&row, bytes_slice(rest, call, n), rest.n);
        printf("%*s%s\n", call ? indent + 2 : indent, "", buf_text(&row));
        rest = bytes_slice(rest, n + 1, rest.n);
        buf_free(&row);
    }
}
