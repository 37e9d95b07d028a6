#include "net/sockaddr.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

socklen_t sockaddr_of(const struct addr *a, struct sockaddr_storage *out)
{
    memset(out, 0, sizeof *out);
    if (a->family == ADDR_IPV6) {
        struct sockaddr_in6 in6 = {.sin6_family = AF_INET6, .sin6_port = htons(a->port)};
        memcpy(&in6.sin6_addr, a->ip, sizeof in6.sin6_addr);
        memcpy(out, &in6, sizeof in6);
        return sizeof in6;
    }
    struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons(a->port)};
    memcpy(&in.sin_addr, a->ip, sizeof in.sin_addr);
    memcpy(out, &in, sizeof in);
    return sizeof in;
}

bool sockaddr_read(const struct sockaddr_storage *from, struct addr *out)
{
    struct addr a = {0};
    if (from->ss_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, from, sizeof in);
        a.family = ADDR_IPV4;
        a.port = ntohs(in.sin_port);
        memcpy(a.ip, &in.sin_addr, sizeof in.sin_addr);
    } else if (from->ss_family == AF_INET6) {
        struct sockaddr_in6 in6;
        memcpy(&in6, from, sizeof in6);
        a.family = ADDR_IPV6;
        a.port = ntohs(in6.sin6_port);
        memcpy(a.ip, &in6.sin6_addr, sizeof in6.sin6_addr);
    } else {
        return false;
    }
    *out = addr_unmapped(a);
    return true;
}
