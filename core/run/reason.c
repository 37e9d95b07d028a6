#include "run/reason.h"

#include "base/text.h"

#include <string.h>

bool reason_is_lost(struct bytes reason)
{
    struct bytes worker = bytes_of(REASON_LOST);
    struct bytes cell = bytes_of(REASON_LOST_CELL);
    bool begins = bytes_equal(bytes_slice(reason, 0, worker.n), worker) ||
                  bytes_equal(bytes_slice(reason, 0, cell.n), cell);
    return begins && bytes_index(reason, '\n', 0) == BYTES_NOT_FOUND;
}

void reason_copy(char *to, size_t size, struct bytes from)
{
    size_t n = from.n < size - 1 ? from.n : size - 1;
    memcpy(to, from.p ? (const char *)from.p : "", n);
    to[n] = '\0';
    for (size_t i = 0; i < n; i++)
        if (to[i] == '\n' || to[i] == '\t' || to[i] == '\0')
            to[i] = ' ';
    text_make_printable(to);
}
