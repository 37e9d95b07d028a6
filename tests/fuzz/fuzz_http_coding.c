/* What is undone never passes its limit, and is the same for the same bytes. */
#include "claim.h"
#include "proto/http_coding.h"

enum { LIMIT = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf once = buf_new(LIMIT);
    struct buf again = buf_new(LIMIT);
    bool ok = http_coding_undo(bytes_at(data, size), &once);
    require(ok == http_coding_undo(bytes_at(data, size), &again));
    require(once.n <= LIMIT && ok == (once.n > 0));
    require(bytes_equal(buf_view(&once), buf_view(&again)));
    buf_free(&once);
    buf_free(&again);
    return 0;
}
