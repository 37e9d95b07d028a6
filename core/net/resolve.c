#include "net/resolve.h"

#include "net/sockaddr.h"

#include <netdb.h>

size_t resolve_name(const char *name, struct addr *out, size_t most, struct fail *fail)
{
    struct addrinfo *list = NULL;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    size_t n = 0;
    int error = getaddrinfo(name, NULL, &hints, &list);
    if (error != 0) {
        fail_set(fail, "ENONAME", "%s has no address: %s", name, gai_strerror(error));
        return 0;
    }
    for (struct addrinfo *at = list; at && n < most; at = at->ai_next)
        n += sockaddr_read((const struct sockaddr_storage *)(const void *)at->ai_addr, &out[n]);
    freeaddrinfo(list);
    if (n == 0)
        fail_set(fail, "ENONAME", "%s has no IPv4 or IPv6 address", name);
    return n;
}
