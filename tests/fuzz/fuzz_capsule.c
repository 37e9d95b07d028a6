/* A datagram lies within what came and is written as the same data; what was passed over may be forgotten. */
#include "claim.h"
#include "proto/capsule.h"

static const char *why;

static enum parse parse(struct bytes in, size_t *used)
{
    struct bytes data;
    return capsule_udp_parse(in, &data, used, &why);
}

static void claim_written_alike(struct bytes data)
{
    struct bytes again;
    size_t used = 0;
    struct buf out = buf_new(CAPSULE_LIMIT + 16);
    if (capsule_put_udp(&out, data)) {
        require(capsule_udp_parse(buf_view(&out), &again, &used, &why) == PARSE_OK);
        require(used == out.n && bytes_equal(again, data));
    }
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    struct bytes in = bytes_at(p, n);
    struct bytes data = {0};
    size_t used = 0;
    size_t rest = 0;
    claim_parser(parse, in);
    enum parse state = capsule_udp_parse(in, &data, &used, &why);
    require(used <= n);
    if (state == PARSE_BAD)
        return 0;
    if (state == PARSE_MORE) {
        require(parse(bytes_slice(in, used, n), &rest) == PARSE_MORE && rest == 0);
        return 0;
    }
    require(data.n < CAPSULE_LIMIT);
    claim_within(data, in);
    claim_written_alike(data);
    return 0;
}
