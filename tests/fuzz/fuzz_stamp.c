/*
 * What a time-stamp service answers, and what lies in a bundle as a time-stamp, may be anything. An answer that is
 * taken gives a stamp that can be kept; a kept stamp holds for these bytes and for no others, and has one form.
 */
#include "claim.h"
#include "evidence/stamp.h"

static void claim_kept(struct bytes text, struct bytes content)
{
    struct fail fail = {0};
    struct stamp s;
    struct stamp_request any = stamp_request_new(content);
    struct buf again = buf_new(STAMP_LIMIT);
    if (!stamp_check(text, content, NULL, &s, &fail)) {
        require(fail.code && fail.text[0]);
        return;
    }
    require(s.at >= 0 && !s.trusted);
    require(!stamp_check(text, bytes_of("other"), NULL, &s, &fail));
    require(!stamp_take(&any, text, &again, &fail)); /* it does not answer a new request */
    buf_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fail fail = {0};
    struct bytes content = bytes_of("signature");
    struct stamp_request request = stamp_request_new(content);
    struct stamp s;
    struct buf kept = buf_new(STAMP_LIMIT);
    memcpy(request.nonce, "\x41nonce..", sizeof request.nonce); /* that of the seeds */
    if (stamp_take(&request, bytes_at(data, size), &kept, &fail))
        require(stamp_check(buf_view(&kept), content, NULL, &s, &fail));
    else
        require(fail.code && fail.text[0] && kept.n == 0);
    claim_kept(bytes_at(data, size), content);
    buf_free(&kept);
    return 0;
}
