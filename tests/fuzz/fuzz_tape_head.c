/* tape_head_get on any line; what it takes must be written and read again as the same. */
#include "tape/tape_head.h"

#include "base/check.h"

#include <stdint.h>

static void check_again(const struct tape_head *head)
{
    struct buf line = buf_new(TAPE_HEAD_LIMIT + 1);
    struct buf twice = buf_new(TAPE_HEAD_LIMIT + 1);
    struct buf hold = buf_new(2 * TAPE_HEAD_LIMIT);
    struct tape_head again;
    struct fail fail;
    if (tape_head_put(&line, head)) {
        require(tape_head_get(bytes_slice(buf_view(&line), 0, line.n - 1), &again, &hold, &fail));
        require(tape_head_put(&twice, &again));
        require(bytes_equal(buf_view(&line), buf_view(&twice)));
    }
    buf_free(&line);
    buf_free(&twice);
    buf_free(&hold);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf hold = buf_new(2 * TAPE_HEAD_LIMIT);
    struct tape_head head;
    struct fail fail;
    if (tape_head_get(bytes_at(data, size), &head, &hold, &fail))
        check_again(&head);
    buf_free(&hold);
    return 0;
}
