/*
 * What the confined child says of the cases that it has derived again, when it was taken over ('a'): it is refused, or has no words
 * but such as may be shown. And what it is given ('c'), which it reads as it was written.
 */
#include "base/text.h"
#include "claim.h"
#include "run/rederive_ipc.h"

enum { CASES = 3 };

/* A script's error is escaped by whoever shows it. */
static void claim_fit(const struct rederived *r)
{
    require(r->outcome < REDERIVED_OUTCOMES);
    require(text_is_printable(bytes_of(r->told)));
    require(strlen(r->error) <= CONCLUSION_REASON);
    if (r->outcome == REDERIVED_DIFFERS)
        require(text_is_printable(bytes_of(r->difference.expected)) &&
                text_is_printable(bytes_of(r->difference.got)));
    if (r->outcome == REDERIVED_UNABLE)
        require(r->fail.code && text_is_printable(bytes_of(r->fail.text)));
}

static void put_all(struct buf *out, const struct rederived *all)
{
    ipc_begin(out, IPC_DONE);
    ipc_put_u8(out, true);
    for (size_t i = 0; i < CASES; i++)
        ipc_put_rederived(out, &all[i]);
}

static void try_answer(struct bytes frame)
{
    struct fail fail;
    struct rederived all[CASES];
    struct rederived again[CASES];
    if (!rederive_answer(frame, all, CASES, NULL, &fail)) {
        require(fail.code && text_is_printable(bytes_of(fail.text)));
        return;
    }
    struct buf out = buf_new((size_t)1024 * 1024);
    struct buf twice = buf_new((size_t)1024 * 1024);
    for (size_t i = 0; i < CASES; i++)
        claim_fit(&all[i]);
    put_all(&out, all);
    require(rederive_answer(buf_view(&out), again, CASES, NULL, &fail));
    put_all(&twice, again);
    require(bytes_equal(buf_view(&out), buf_view(&twice)));
    buf_free(&out);
    buf_free(&twice);
}

static void try_case(struct bytes frame)
{
    struct ipc_reader r = {.rest = frame};
    struct case_files files = ipc_case_files(&r);
    require(files.receipt_count <= RUN_RECEIPTS);
    claim_within(files.tape, frame);
    claim_within(files.case_json, frame);
    for (unsigned i = 0; i < files.receipt_count; i++)
        claim_within(files.receipts[i].content, frame);
    if (r.bad)
        return;
    struct buf out = buf_new(frame.n);
    ipc_put_case_files(&out, &files);
    require(!out.overflow && out.n == frame.n - r.rest.n);
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct bytes rest = bytes_at(data + 1, size - 1);
    if (data[0] == 'a')
        try_answer(rest);
    else
        try_case(rest);
    return 0;
}
