/* What is read is written as the same bytes, where they were the usual ones. */
#include "claim.h"
#include "proto/socks.h"

static enum parse parse_request(struct bytes in, size_t *used)
{
    struct socks4_request r;
    const char *why = NULL;
    enum parse state = socks4_request_parse(in, &r, used, &why);
    require(state != PARSE_BAD || why);
    return state;
}

static enum parse parse_reply(struct bytes in, size_t *used)
{
    struct socks4_reply r;
    const char *why = NULL;
    enum parse state = socks4_reply_parse(in, &r, used, &why);
    require(state != PARSE_BAD || why);
    return state;
}

static void claim_request(struct bytes in)
{
    struct socks4_request r;
    struct socks4_request again;
    struct buf out = buf_new(1024);
    size_t used = 0;
    size_t used_again = 0;
    const char *why;
    if (socks4_request_parse(in, &r, &used, &why) != PARSE_OK)
        return;
    claim_within(r.user, in);
    claim_within(r.to.name, in);
    require(r.user.n <= SOCKS_NAME_LIMIT && r.to.name.n <= SOCKS_NAME_LIMIT);
    require(socks4_request_put(&out, &r) && out.n == used);
    require(socks4_request_parse(buf_view(&out), &again, &used_again, &why) == PARSE_OK);
    require(used_again == used && again.command == r.command && again.to.port == r.to.port);
    require(bytes_equal(again.user, r.user) && bytes_equal(again.to.name, r.to.name));
    require(addr_equal(&again.to.addr, &r.to.addr));
    buf_free(&out);
}

static void claim_reply(struct bytes in)
{
    struct socks4_reply r;
    struct buf out = buf_new(1024);
    size_t used = 0;
    const char *why;
    if (socks4_reply_parse(in, &r, &used, &why) != PARSE_OK)
        return;
    require(socks4_reply_put(&out, &r) && out.n == used);
    require(memcmp(out.p + 1, in.p + 1, used - 1) == 0);
    require(socks4_code_text(r.code)[0]);
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = bytes_at(data, size);
    claim_parser(parse_request, in);
    claim_parser(parse_reply, in);
    claim_request(in);
    claim_reply(in);
    return 0;
}
