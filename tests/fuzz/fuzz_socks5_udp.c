/* What is read of a datagram lies within it, and is written as the same bytes. */
#include "claim.h"
#include "proto/socks5_udp.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    struct bytes in = bytes_at(p, n);
    struct socks_destination from;
    struct bytes data;
    const char *why = "";
    if (socks5_udp_parse(in, &from, &data, &why) != PARSE_OK)
        return 0;
    require(data.n == 0 || (data.n <= n && data.p + data.n == p + n));
    struct buf out = buf_new(1024);
    if (from.name.n > 0 || from.addr.family != ADDR_NONE) {
        require(socks5_udp_put(&out, &from) || (from.name.n == 0 && from.addr.family == ADDR_NONE));
        require(out.n + data.n == n && memcmp(out.p, p, out.n) == 0);
    }
    buf_free(&out);
    return 0;
}
