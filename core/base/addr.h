/*
 * addr: an IP address with a port, and prefixes of addresses, as values and as text.
 */
#pragma once

#include "base/fail.h"

#include <stdint.h>

enum addr_family { ADDR_NONE = 0, ADDR_IPV4 = 4, ADDR_IPV6 = 6 };

struct addr {
    unsigned char family; /* enum addr_family */
    uint16_t port;        /* host order; 0 = none given */
    unsigned char ip[16]; /* network order; the first 4 bytes for IPv4 */
};

/* A network: the first `bits` bits of `base` count. */
struct prefix {
    struct addr base;
    unsigned char bits;
};

enum {
    ADDR_IP_TEXT = 46,   /* room for an address as text, with its NUL */
    ADDR_TEXT = 46 + 8,  /* "[v6]:port" */
    PREFIX_TEXT = 46 + 4 /* "v6/128" */
};

/* "192.0.2.1" or "2001:db8::1", no port, no brackets, no zone. */
bool addr_parse_ip(struct bytes text, struct addr *out);
/* "ADDR", "ADDR:PORT", "V6", "[V6]" or "[V6]:PORT"; port 0 when none is given. */
bool addr_parse(struct bytes text, struct addr *out);
/* "ADDR" or "ADDR/BITS"; false also when bits beyond the prefix are set ("192.0.2.1/24"). */
bool prefix_parse(struct bytes text, struct prefix *out);

/* Each writes into the caller's array and returns it. */
const char *addr_ip_text(const struct addr *a, char out[ADDR_IP_TEXT]);
const char *addr_text(const struct addr *a, char out[ADDR_TEXT]);
const char *prefix_text(const struct prefix *p, char out[PREFIX_TEXT]);
/* The address literal of RFC 5321, section 4.1.3: "[192.0.2.1]" or "[IPv6:2001:db8::1]". */
const char *addr_literal(const struct addr *a, char out[ADDR_TEXT]);

/* Bytes of the address: 4 or 16. */
size_t addr_ip_length(const struct addr *a);
bool addr_equal_ip(const struct addr *a, const struct addr *b);
bool addr_equal(const struct addr *a, const struct addr *b);
bool addr_is_loopback(const struct addr *a);
bool prefix_contains(const struct prefix *p, const struct addr *a);
/* An IPv4-mapped IPv6 address (::ffff:a.b.c.d) as the IPv4 address it means; others unchanged. */
struct addr addr_unmapped(struct addr a);
/* A hash of the IP address without the port, and without secrets: for tables of bounded size. */
uint64_t addr_ip_hash(const struct addr *a);
