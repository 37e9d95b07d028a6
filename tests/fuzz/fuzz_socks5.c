/* The first byte says which message the rest is; what is read is written as the same bytes. */
#include "claim.h"
#include "proto/socks.h"

static const char *why;

static enum parse parse_greeting(struct bytes in, size_t *used)
{
    struct bytes methods;
    return socks5_greeting_parse(in, &methods, used, &why);
}

static enum parse parse_method(struct bytes in, size_t *used)
{
    unsigned method;
    return socks5_method_parse(in, &method, used, &why);
}

static enum parse parse_request(struct bytes in, size_t *used)
{
    enum socks_command command;
    struct socks_destination to;
    return socks5_request_parse(in, &command, &to, used, &why);
}

static enum parse parse_reply(struct bytes in, size_t *used)
{
    struct socks5_reply r;
    return socks5_reply_parse(in, &r, used, &why);
}

static void claim_written(struct buf *out, struct bytes in, size_t used)
{
    require(out->n == used && memcmp(out->p, in.p, used) == 0);
    buf_free(out);
}

static void claim_greeting(struct bytes in)
{
    struct bytes methods;
    struct buf out = buf_new(1024);
    size_t used = 0;
    claim_parser(parse_greeting, in);
    claim_parser(parse_method, in);
    if (socks5_greeting_parse(in, &methods, &used, &why) != PARSE_OK)
        return;
    claim_within(methods, in);
    require(socks5_greeting_put(&out, methods.p, methods.n));
    claim_written(&out, in, used);
}

static void claim_request(struct bytes in)
{
    enum socks_command command;
    struct socks_destination to;
    struct buf out = buf_new(1024);
    size_t used = 0;
    claim_parser(parse_request, in);
    if (socks5_request_parse(in, &command, &to, &used, &why) != PARSE_OK)
        return;
    claim_within(to.name, in);
    require(socks5_request_put(&out, command, &to));
    claim_written(&out, in, used);
}

/* The reserved byte is not kept, and an empty name is written as 0.0.0.0. */
static void claim_reply(struct bytes in)
{
    struct socks5_reply r;
    struct socks5_reply again;
    struct buf out = buf_new(1024);
    size_t used = 0;
    claim_parser(parse_reply, in);
    if (socks5_reply_parse(in, &r, &used, &why) != PARSE_OK)
        return;
    claim_within(r.bound.name, in);
    require(socks5_reply_put(&out, &r));
    require(socks5_reply_parse(buf_view(&out), &again, &used, &why) == PARSE_OK && used == out.n);
    require(again.code == r.code && again.bound.port == r.bound.port);
    require(bytes_equal(again.bound.name, r.bound.name));
    require(r.bound.addr.family == ADDR_NONE || addr_equal(&again.bound.addr, &r.bound.addr));
    require(socks5_code_text(r.code)[0]);
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = bytes_at(data, size);
    claim_greeting(in);
    claim_request(in);
    claim_reply(in);
    return 0;
}
