/* record_get on any line; what it takes must be written and read again as the same. And what is read without the JSON
 * library is what that would have read. */
#include "tape/record_shape.h"

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

static void claim_the_same(const struct record *a, const struct record *b)
{
    struct record x = *a;
    struct record y = *b;
    require(a->op == b->op && a->t == b->t && a->c == b->c);
    for (unsigned i = 0; i < RECORD_FIELDS; i++)
        require(bytes_equal(*record_slot(&x, i), *record_slot(&y, i)));
}

static void claim_quick_is_right(struct bytes line)
{
    struct buf hold = buf_new(2 * RECORD_LINE_LIMIT);
    struct buf other = buf_new(2 * RECORD_LINE_LIMIT);
    struct record quick;
    struct record any;
    struct fail fail;
    if (record_quick(line, &quick, &hold)) {
        require(record_get_any(line, &any, &other, &fail));
        claim_the_same(&quick, &any);
    }
    buf_free(&hold);
    buf_free(&other);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf hold = buf_new(2 * RECORD_LINE_LIMIT);
    struct record r;
    struct fail fail;
    if (record_get(bytes_at(data, size), &r, &hold, &fail))
        check_again(&r);
    claim_quick_is_right(bytes_at(data, size));
    buf_free(&hold);
    return 0;
}
