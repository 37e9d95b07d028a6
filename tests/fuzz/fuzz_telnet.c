/* What is text is no longer than what came, and has no NUL in it; it is the same in two pieces that are cut where it is whole.
 * Every answer is a refusal, and is refused by nobody. */
#include "claim.h"
#include "proto/telnet.h"

static void claim_refusals(struct bytes in)
{
    struct buf answer = buf_new(TELNET_ANSWER);
    struct buf back = buf_new(TELNET_ANSWER);
    telnet_refuse(in, &answer);
    require(!answer.overflow && answer.n % 3 == 0 && answer.n <= in.n);
    require(telnet_is_refusal(buf_view(&answer)) == (answer.n > 0));
    require(!telnet_is_refusal(in) || telnet_whole(in) == in.n);
    telnet_refuse(buf_view(&answer), &back);
    require(back.n == 0);
    buf_free(&answer);
    buf_free(&back);
}

static void claim_pieces(struct bytes in, struct bytes text)
{
    struct buf pieces = buf_new(in.n);
    size_t whole = telnet_whole(in);
    require(whole <= in.n);
    telnet_text(bytes_slice(in, 0, whole), &pieces);
    telnet_text(bytes_slice(in, whole, in.n), &pieces);
    require(bytes_equal(buf_view(&pieces), text));
    buf_free(&pieces);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf out = buf_new(size);
    require(telnet_text(bytes_at(data, size), &out));
    require(out.n <= size);
    for (size_t i = 0; i < out.n; i++)
        require(out.p[i] != 0);
    claim_pieces(bytes_at(data, size), buf_view(&out));
    claim_refusals(bytes_at(data, size));
    buf_free(&out);
    return 0;
}
