#include "net/interfaces.h"

#include "net/sockaddr.h"

#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

/* What the list gives is as long as its family wants it. */
static bool read_address(const struct sockaddr *from, struct addr *out)
{
    struct sockaddr_storage whole = {0};
    if (!from || (from->sa_family != AF_INET && from->sa_family != AF_INET6))
        return false;
    memcpy(&whole, from,
           from->sa_family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6));
    return sockaddr_read(&whole, out);
}

/* How many bits of the mask are set; all where there is none. */
static unsigned char mask_bits(const struct sockaddr *mask, const struct addr *of)
{
    struct addr bits;
    size_t n = addr_ip_length(of);
    unsigned char set = 0;
    if (!read_address(mask, &bits) || bits.family != of->family)
        return (unsigned char)(8 * n);
    for (size_t i = 0; i < 8 * n && bits.ip[i / 8] & (0x80U >> i % 8); i++)
        set++;
    return set;
}

/* The address of an interface that is up, and not loopback's. */
static bool own_address(const struct ifaddrs *entry, struct addr *own)
{
    if (!(entry->ifa_flags & IFF_UP) || (entry->ifa_flags & IFF_LOOPBACK) ||
        !read_address(entry->ifa_addr, own) || addr_is_loopback(own))
        return false;
    own->port = 0;
    return true;
}

static bool take(const struct ifaddrs *entry, struct prefix *out)
{
    struct addr own;
    if (!own_address(entry, &own))
        return false;
    *out = (struct prefix){.base = own, .bits = mask_bits(entry->ifa_netmask, &own)};
    for (size_t i = out->bits; i < 8 * addr_ip_length(&own); i++)
        out->base.ip[i / 8] &= (unsigned char)~(0x80U >> i % 8);
    return out->bits > 0;
}

size_t interfaces_networks(struct prefix out[INTERFACES_MOST])
{
    size_t n = 0;
    struct ifaddrs *list = NULL;
    if (getifaddrs(&list) != 0)
        return 0;
    for (const struct ifaddrs *entry = list; entry && n < INTERFACES_MOST; entry = entry->ifa_next)
        n += take(entry, &out[n]);
    freeifaddrs(list);
    return n;
}

static bool is_among(const struct addr *a, const struct addr *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (addr_equal_ip(a, &list[i]))
            return true;
    return false;
}

/* An address that holds on one wire alone (RFC 4291, RFC 3927); in IPv6 it often tells the card's number. */
static bool is_of_one_link(const struct addr *a)
{
    bool six = a->family == ADDR_IPV6;
    return six ? a->ip[0] == 0xfe && (a->ip[1] & 0xc0) == 0x80 : a->ip[0] == 169 && a->ip[1] == 254;
}

size_t interfaces_addresses(struct addr out[INTERFACES_MOST])
{
    size_t n = 0;
    struct ifaddrs *list = NULL;
    if (getifaddrs(&list) != 0)
        return 0;
    for (const struct ifaddrs *entry = list; entry && n < INTERFACES_MOST; entry = entry->ifa_next)
        n += own_address(entry, &out[n]) && !is_of_one_link(&out[n]) && !is_among(&out[n], out, n);
    freeifaddrs(list);
    return n;
}
