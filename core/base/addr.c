#include "base/addr.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

bool addr_parse_ip(struct bytes text, struct addr *out)
{
    char copy[ADDR_IP_TEXT];
    if (text.n == 0 || text.n >= sizeof copy || memchr(text.p, 0, text.n))
        return false;
    memcpy(copy, text.p, text.n);
    copy[text.n] = '\0';
    struct addr a = {.family = strchr(copy, ':') ? ADDR_IPV6 : ADDR_IPV4};
    if (inet_pton(a.family == ADDR_IPV6 ? AF_INET6 : AF_INET, copy, a.ip) != 1)
        return false;
    *out = a;
    return true;
}

static bool parse_port(struct bytes text, struct addr *out)
{
    unsigned long port = 0;
    if (!bytes_number(text, 65535, &port) || port == 0)
        return false;
    out->port = (uint16_t)port;
    return true;
}

static bool parse_bracketed(struct bytes text, struct addr *out)
{
    size_t end = bytes_index(text, ']', 0);
    struct addr a;
    if (end == BYTES_NOT_FOUND || !addr_parse_ip(bytes_slice(text, 1, end), &a) ||
        a.family != ADDR_IPV6)
        return false;
    struct bytes rest = bytes_slice(text, end + 1, text.n);
    if (rest.n > 0 && (rest.p[0] != ':' || !parse_port(bytes_slice(rest, 1, rest.n), &a)))
        return false;
    *out = a;
    return true;
}

bool addr_parse(struct bytes text, struct addr *out)
{
    if (text.n > 0 && text.p[0] == '[')
        return parse_bracketed(text, out);
    size_t colon = bytes_index(text, ':', 0);
    bool one_colon =
        colon != BYTES_NOT_FOUND && bytes_index(text, ':', colon + 1) == BYTES_NOT_FOUND;
    if (!one_colon)
        return addr_parse_ip(text, out);
    struct addr a;
    if (!addr_parse_ip(bytes_slice(text, 0, colon), &a) ||
        !parse_port(bytes_slice(text, colon + 1, text.n), &a))
        return false;
    *out = a;
    return true;
}

/* The address with every bit beyond the first `bits` cleared. */
static struct addr masked(struct addr a, unsigned bits)
{
    for (unsigned i = 0; i < sizeof a.ip; i++) {
        unsigned kept = bits >= 8 * (i + 1) ? 8 : bits <= 8 * i ? 0 : bits - 8 * i;
        a.ip[i] &= (unsigned char)(0xff00u >> kept);
    }
    return a;
}

bool prefix_parse(struct bytes text, struct prefix *out)
{
    size_t slash = bytes_index(text, '/', 0);
    struct prefix p;
    if (!addr_parse_ip(bytes_slice(text, 0, slash), &p.base))
        return false;
    unsigned long most = 8 * addr_ip_length(&p.base);
    unsigned long bits = most;
    if (slash != BYTES_NOT_FOUND &&
        !bytes_number(bytes_slice(text, slash + 1, text.n), most, &bits))
        return false;
    p.bits = (unsigned char)bits;
    struct addr base = masked(p.base, p.bits);
    if (!addr_equal_ip(&base, &p.base))
        return false;
    *out = p;
    return true;
}

/* A decimal number; returns what follows it. By hand, as printf would be a tenth of a probe's own work. */
static char *put_decimal(char *to, unsigned value)
{
    char digits[10];
    unsigned n = 0;
    do
        digits[n++] = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    while (n > 0)
        *to++ = digits[--n];
    return to;
}

static char *put_octet(char *to, unsigned value)
{
    if (value >= 100)
        *to++ = (char)('0' + value / 100);
    if (value >= 10)
        *to++ = (char)('0' + value / 10 % 10);
    *to++ = (char)('0' + value % 10);
    return to;
}

static void ipv4_text(const unsigned char *ip, char *out)
{
    for (unsigned i = 0; i < 4; i++) {
        out = put_octet(out, ip[i]);
        *out++ = i < 3 ? '.' : '\0';
    }
}

const char *addr_ip_text(const struct addr *a, char out[ADDR_IP_TEXT])
{
    if (a->family != ADDR_IPV6)
        ipv4_text(a->ip, out);
    else if (!inet_ntop(AF_INET6, a->ip, out, ADDR_IP_TEXT))
        out[0] = '\0';
    return out;
}

const char *addr_text(const struct addr *a, char out[ADDR_TEXT])
{
    bool bracketed = a->family == ADDR_IPV6 && a->port != 0;
    out[0] = '[';
    addr_ip_text(a, out + bracketed);
    if (a->port == 0)
        return out;
    char *end = out + strlen(out);
    if (bracketed)
        *end++ = ']';
    *end++ = ':';
    *put_decimal(end, a->port) = '\0';
    return out;
}

const char *prefix_text(const struct prefix *p, char out[PREFIX_TEXT])
{
    char ip[ADDR_IP_TEXT];
    snprintf(out, PREFIX_TEXT, "%s/%u", addr_ip_text(&p->base, ip), p->bits);
    return out;
}

const char *addr_literal(const struct addr *a, char out[ADDR_TEXT])
{
    char *ip = stpcpy(out, a->family == ADDR_IPV6 ? "[IPv6:" : "[");
    addr_ip_text(a, ip);
    strcat(ip, "]");
    return out;
}

size_t addr_ip_length(const struct addr *a)
{
    return a->family == ADDR_IPV6 ? 16 : 4;
}

bool addr_equal_ip(const struct addr *a, const struct addr *b)
{
    return a->family == b->family && memcmp(a->ip, b->ip, addr_ip_length(a)) == 0;
}

bool addr_equal(const struct addr *a, const struct addr *b)
{
    return addr_equal_ip(a, b) && a->port == b->port;
}

bool addr_is_loopback(const struct addr *a)
{
    static const unsigned char one[16] = {[15] = 1};
    struct addr plain = addr_unmapped(*a);
    if (plain.family == ADDR_IPV4)
        return plain.ip[0] == 127;
    return plain.family == ADDR_IPV6 && memcmp(plain.ip, one, sizeof one) == 0;
}

bool prefix_contains(const struct prefix *p, const struct addr *a)
{
    if (p->base.family != a->family)
        return false;
    struct addr cut = masked(*a, p->bits);
    return addr_equal_ip(&cut, &p->base);
}

struct addr addr_unmapped(struct addr a)
{
    static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};
    if (a.family != ADDR_IPV6 || memcmp(a.ip, mapped, sizeof mapped) != 0)
        return a;
    struct addr plain = {.family = ADDR_IPV4, .port = a.port};
    memcpy(plain.ip, a.ip + 12, 4);
    return plain;
}

uint64_t addr_ip_hash(const struct addr *a)
{
    uint64_t h = 14695981039346656037ULL; /* FNV-1a, 64 bits */
    size_t n = addr_ip_length(a);
    for (size_t i = 0; i < n; i++)
        h = (h ^ a->ip[i]) * 1099511628211ULL;
    return h ^ h >> 29;
}
