/* tape_head_get on any line; what it takes must be written and read again as the same. And what is read without the JSON
 * library is what that would have read. */
#include "tape/tape_head_quick.h"

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

static void claim_the_same(const struct tape_head *a, const struct tape_head *b)
{
    require(addr_equal(&a->target, &b->target) && addr_equal(&a->sink, &b->sink));
    require(a->started == b->started && a->wait == b->wait);
    const struct bytes pairs[][2] = {
        {a->probe, b->probe},
        {a->pack, b->pack},
        {a->name, b->name},
        {a->mail_domain, b->mail_domain},
        {a->sender_domain, b->sender_domain},
        {a->helo, b->helo},
        {a->authority, b->authority},
        {a->contact, b->contact},
        {a->info, b->info},
        {a->args, b->args},
        {a->ways.name, b->ways.name},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        require(bytes_equal(pairs[i][0], pairs[i][1]));
    const struct ways *x = &a->ways;
    const struct ways *y = &b->ways;
    require(x->port_count == y->port_count && memcmp(x->ports, y->ports, sizeof x->ports) == 0);
    require(x->deaf_count == y->deaf_count && memcmp(x->deaf, y->deaf, sizeof x->deaf) == 0);
    require(x->closed == y->closed && addr_equal(&x->control, &y->control));
}

static void claim_quick_is_right(struct bytes line)
{
    struct buf hold = buf_new(2 * TAPE_HEAD_LIMIT);
    struct buf other = buf_new(2 * TAPE_HEAD_LIMIT);
    struct tape_head quick;
    struct tape_head any;
    struct fail fail;
    if (tape_head_quick(line, &quick, &hold)) {
        require(tape_head_get_any(line, &any, &other, &fail));
        claim_the_same(&quick, &any);
    }
    buf_free(&hold);
    buf_free(&other);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf hold = buf_new(2 * TAPE_HEAD_LIMIT);
    struct tape_head head;
    struct fail fail;
    if (tape_head_get(bytes_at(data, size), &head, &hold, &fail))
        check_again(&head);
    claim_quick_is_right(bytes_at(data, size));
    buf_free(&hold);
    return 0;
}
