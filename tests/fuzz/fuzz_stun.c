/* What is read of a message lies within it; its addresses are written as the same bytes. */
#include "claim.h"
#include "proto/stun.h"

static const char *why;

static enum parse parse(struct bytes in, size_t *used)
{
    struct stun_message m;
    return stun_parse(in, &m, used, &why);
}

static void claim_address(const struct stun_message *m, unsigned type)
{
    struct addr a;
    struct bytes value;
    if (!stun_find_address(m, type, &a))
        return;
    struct buf out = buf_new(STUN_LIMIT);
    require(stun_find(m, type, &value));
    require(stun_begin(&out, STUN_DATA, STUN_INDICATION, m->transaction));
    require(stun_put_address(&out, (enum stun_attribute)type, &a) && stun_end(&out));
    struct bytes written = bytes_slice(buf_view(&out), STUN_HEAD + 4, out.n);
    require(written.n == value.n && memcmp(written.p + 1, value.p + 1, value.n - 1) == 0);
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    struct bytes in = bytes_at(p, n);
    struct stun_message m;
    struct bytes value;
    size_t used = 0;
    claim_parser(parse, in);
    if (stun_parse(in, &m, &used, &why) != PARSE_OK)
        return 0;
    require(used <= n && used <= STUN_LIMIT);
    claim_within(m.attributes, in);
    if (stun_find(&m, STUN_DATA_BYTES, &value))
        claim_within(value, in);
    unsigned code = stun_find_error(&m, &value);
    require(code == 0 || (code >= 300 && code <= 699));
    if (code > 0)
        claim_within(value, in);
    claim_address(&m, STUN_XOR_RELAYED_ADDRESS);
    claim_address(&m, STUN_XOR_PEER_ADDRESS);
    claim_address(&m, STUN_XOR_MAPPED_ADDRESS);
    return 0;
}
