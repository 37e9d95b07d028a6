/*
 * dns: asks the configured resolvers, and nobody else, without blocking the loop.
 *
 * c-ares does the work: identifiers, retries, TCP for truncated answers, the hosts file. A question asked
 * here is answered by one call from the loop, never from inside the call that asked. What an answer says
 * is read by proto/dns.h, as these bytes come from strangers.
 */
#pragma once

#include "base/addr.h"
#include "net/loop.h"

enum {
    DNS_RESOLVERS = 8,       /* that may be configured */
    DNS_ADDRESSES = 8,       /* of one host name that are handed out */
    DNS_PENDING_MOST = 1024, /* questions under way */
    DNS_MESSAGE_MOST = 65535
};

struct dns_options {
    const struct addr *resolvers; /* port 0: 53; copied */
    size_t count;                 /* 0: those of /etc/resolv.conf */
    span timeout;   /* of the first try; each further one waits twice as long; 0: 2 s */
    unsigned tries; /* at each resolver; 0: 3 */
};

/* The resolvers that /etc/resolv.conf names, ports included; how many. */
size_t dns_system_resolvers(struct addr out[DNS_RESOLVERS]);
/* A non-blocking socket for questions to this resolver: UDP, connected to it and hearing nobody else, or TCP
 * whose connection is under way. -1 with fail. For whoever asks by himself, in another process. */
int dns_socket(const struct addr *resolver, bool tcp, struct fail *fail);

struct dns;

/* Reads /etc/resolv.conf (search list and, unless resolvers are given, servers). */
struct dns *dns_new(struct loop *loop, const struct dns_options *options, struct fail *fail);
/* Questions under way are forgotten: nobody is called any more. */
void dns_free(struct dns *dns);
/* How many have not been answered yet. */
unsigned dns_pending(const struct dns *dns);

/* Exactly one of both calls' results: addresses (port 0), or why there are none: ENONAME (there is no
 * such name, or it has no address), ETIMEDOUT, ESERVFAIL (no resolver could find out), EFORMAT. Lent for the call. */
typedef void (*dns_on_addresses)(void *arg, const struct addr *addresses, size_t count,
                                 const struct fail *why);
/* The IPv4 and IPv6 addresses of a host: from /etc/hosts, else from the resolvers, by the search list of
 * /etc/resolv.conf. False: DNS_PENDING_MOST, or no memory. */
bool dns_addresses(struct dns *dns, const char *name, dns_on_addresses fn, void *arg,
                   struct fail *fail);

/* The answer as it came (also one that says "no such name": c-ares has seen to it that it belongs to the
 * question), or why there is none: ETIMEDOUT, ESERVFAIL, EFORMAT. Lent for the call. */
typedef void (*dns_on_message)(void *arg, struct bytes message, const struct fail *why);
/* Asks for the records of one type (its number, RFC 1035) of exactly this name: no hosts file, no search
 * list. */
bool dns_ask(struct dns *dns, const char *name, unsigned type, dns_on_message fn, void *arg,
             struct fail *fail);
