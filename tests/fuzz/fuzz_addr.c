/* What is read is written in one form, and that form is read as the same value. */
#include "base/addr.h"
#include "claim.h"

static void claim_addr(struct bytes in)
{
    struct addr a;
    struct addr again;
    char text[ADDR_TEXT];
    char ip[ADDR_IP_TEXT];
    char literal[ADDR_TEXT];
    if (!addr_parse(in, &a))
        return;
    require(a.family == ADDR_IPV4 || a.family == ADDR_IPV6);
    require(addr_parse(bytes_of(addr_text(&a, text)), &again) && addr_equal(&a, &again));
    require(addr_parse_ip(bytes_of(addr_ip_text(&a, ip)), &again) && addr_equal_ip(&a, &again));
    require(strlen(addr_literal(&a, literal)) > strlen(ip));
    require(addr_ip_hash(&a) == addr_ip_hash(&again));
    struct addr plain = addr_unmapped(a);
    require(plain.port == a.port && addr_is_loopback(&plain) == addr_is_loopback(&a));
}

static void claim_prefix(struct bytes in)
{
    struct prefix p;
    struct prefix again;
    char text[PREFIX_TEXT];
    if (!prefix_parse(in, &p))
        return;
    require(p.bits <= 8 * addr_ip_length(&p.base));
    require(prefix_contains(&p, &p.base));
    require(prefix_parse(bytes_of(prefix_text(&p, text)), &again));
    require(again.bits == p.bits && addr_equal(&again.base, &p.base));
    if (p.bits == 0)
        return;
    struct addr outside = p.base;
    outside.ip[(p.bits - 1) / 8] ^= (unsigned char)(0x80 >> (p.bits - 1) % 8);
    require(!prefix_contains(&p, &outside));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = bytes_at(data, size);
    claim_addr(in);
    claim_prefix(in);
    return 0;
}
