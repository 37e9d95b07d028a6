/* A request that is written is read back as the same request, with no field but those given. */
#include "claim.h"
#include "proto/http_head.h"

static size_t count_lines(struct bytes b)
{
    size_t lines = 0;
    for (size_t i = 0; i < b.n; i++)
        lines += b.p[i] == '\n';
    return lines;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes rest = bytes_at(data, size);
    struct bytes method = next_field(&rest);
    struct bytes target = next_field(&rest);
    struct bytes host = next_field(&rest);
    struct bytes agent = next_field(&rest);
    struct bytes more = rest;
    struct buf out = buf_new(1 << 16);
    struct http_request r;
    struct bytes value;
    size_t used = 0;
    const char *why;
    if (!http_request_put(&out, method, target, host, agent, more)) {
        require(out.n == 0);
        buf_free(&out);
        return 0;
    }
    struct bytes wire = buf_view(&out);
    require(http_request_parse(wire, &r, &used, &why) == PARSE_OK && used == wire.n);
    require(bytes_equal(r.method, method) && bytes_equal(r.target, target) && r.minor == 1);
    require(http_field(r.fields, "Host", 0, &value) && bytes_equal(value, host));
    require(!http_field(r.fields, "Host", 1, &value));
    require(http_field(r.fields, "User-Agent", 0, &value));
    require(bytes_equal(value, bytes_trim(agent)));
    require(count_lines(r.fields) == 2 + count_lines(more));
    require(bytes_equal(bytes_slice(r.fields, r.fields.n - more.n, r.fields.n), more));
    buf_free(&out);
    return 0;
}
