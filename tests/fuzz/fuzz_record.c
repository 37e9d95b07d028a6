/* record_get on any line; what it takes must be written and read again as the same. */
#include "tape/record.h"

#include "base/check.h"

#include <stdint.h>

static void check_again(const struct record *r)
{
    struct buf line = buf_new(RECORD_LINE_LIMIT + 1);
    struct buf twice = buf_new(RECORD_LINE_LIMIT + 1);
    struct buf hold = buf_new(2 * RECORD_LINE_LIMIT);
    struct record again;
    struct fail fail;
    if (record_put(&line, r)) {
        require(record_get(bytes_slice(buf_view(&line), 0, line.n - 1), &again, &hold, &fail));
        require(record_put(&twice, &again));
        require(bytes_equal(buf_view(&line), buf_view(&twice)));
    }
    buf_free(&line);
    buf_free(&twice);
    buf_free(&hold);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf hold = buf_new(2 * RECORD_LINE_LIMIT);
    struct record r;
    struct fail fail;
    if (record_get(bytes_at(data, size), &r, &hold, &fail))
        check_again(&r);
    buf_free(&hold);
    return 0;
}
