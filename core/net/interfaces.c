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
