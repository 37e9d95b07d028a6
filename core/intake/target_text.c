#include "intake/target_text.h"

#include <stdio.h>

enum { SHOWN = 100, PORT_MOST = 65535, HOST_BITS_MOST = 32 };

/* "\"TEXT\" is no target: WHY" */
static bool refuse(struct bytes text, struct fail *fail, const char *why)
{
    return fail_set(fail, "ETARGET", "\"%.*s\" is no target%s",
                    text.n > SHOWN ? SHOWN : (int)text.n, text.n ? (const char *)text.p : "", why);
}

static bool parse_port(struct bytes text, uint16_t *out)
{
    unsigned long number = 0;
    bool ok = bytes_number(text, PORT_MOST, &number) && number > 0;
    *out = (uint16_t)number;
    return ok;
}

/* A network that is none: what is wrong with it. */
static bool refuse_network(struct bytes text, struct bytes before, struct bytes bits,
                           struct fail *fail)
{
    char why[160];
    char network[PREFIX_TEXT];
    struct prefix p;
    unsigned long n = 0;
    if (!addr_parse_ip(before, &p.base))
        return refuse(text, fail, ": before the / an address is expected");
    unsigned most = (unsigned)addr_ip_length(&p.base) * 8;
    if (!bytes_number(bits, most, &n)) {
        snprintf(why, sizeof why, ": behind the / a number from 0 to %u is expected", most);
        return refuse(text, fail, why);
    }
    p.bits = (unsigned char)n;
    for (unsigned i = (unsigned)n; i < most; i++)
        p.base.ip[i / 8] &= (unsigned char)~(0x80U >> i % 8);
    snprintf(why, sizeof why, ": the network is %s", prefix_text(&p, network));
    return refuse(text, fail, why);
}

static unsigned host_bits(const struct prefix *network)
{
    return (unsigned)addr_ip_length(&network->base) * 8 - network->bits;
}

unsigned long target_text_addresses(const struct prefix *network)
{
    return 1UL << host_bits(network);
}

static bool parse_network(struct bytes text, size_t slash, struct target_text *out,
                          struct fail *fail)
{
    size_t colon = bytes_index(text, ':', slash);
    struct bytes bits = bytes_slice(text, slash + 1, colon);
    out->kind = TARGET_NETWORK;
    if (!prefix_parse(bytes_slice(text, 0, colon), &out->network))
        return refuse_network(text, bytes_slice(text, 0, slash), bits, fail);
    out->addr = out->network.base;
    if (host_bits(&out->network) > HOST_BITS_MOST)
        return refuse(
            text, fail,
            ": no run comes to the end of so many addresses; name networks of /96 or longer");
    return colon == BYTES_NOT_FOUND ||
           parse_port(bytes_slice(text, colon + 1, text.n), &out->addr.port) ||
           refuse(text, fail, ": a port is a number from 1 to 65535");
}

static bool is_name(struct bytes text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = text.p[i];
        bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';
        if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != '.' && c != '_')
            return false;
    }
    /* No name ends with a digit: an address with a slip in it would. */
    return text.n > 0 && text.n < 254 && !(text.p[text.n - 1] >= '0' && text.p[text.n - 1] <= '9');
}

/* "192.0.2.1 25" */
static bool is_address_and_more(struct bytes text)
{
    struct addr ignored;
    size_t end = 0;
    while (end < text.n && text.p[end] != ' ' && text.p[end] != '\t')
        end++;
    return end < text.n && addr_parse(bytes_slice(text, 0, end), &ignored);
}

static bool parse_name(struct bytes text, struct target_text *out, struct fail *fail)
{
    uint16_t port = 0;
    size_t colon = bytes_index(text, ':', 0);
    struct bytes name = bytes_slice(text, 0, colon);
    if (text.n > 0 && text.p[0] == '[')
        return refuse(text, fail, ": an IPv6 address with its port is written [ADDR]:PORT");
    if (parse_port(text, &port))
        return refuse(text, fail, ", but perhaps a port: it stands behind its address, ADDR:PORT");
    if (colon != BYTES_NOT_FOUND && !parse_port(bytes_slice(text, colon + 1, text.n), &port))
        return refuse(text, fail, ": a port is a number from 1 to 65535");
    if (is_address_and_more(text))
        return refuse(text, fail,
                      ": one a line is expected, and a port stands behind a colon, ADDR:PORT");
    if (!is_name(name))
        return refuse(text, fail,
                      ": an address, a name or a network in CIDR form, each with or without :PORT, "
                      "is expected");
    out->kind = TARGET_NAME;
    out->addr.port = port;
    snprintf(out->name, sizeof out->name, "%.*s", (int)name.n, (const char *)name.p);
    return true;
}

bool target_text_parse(struct bytes text, struct target_text *out, struct fail *fail)
{
    size_t slash = bytes_index(text, '/', 0);
    *out = (struct target_text){.kind = TARGET_ADDRESS};
    if (addr_parse(text, &out->addr))
        return true;
    out->addr = (struct addr){0};
    if (bytes_find(text, bytes_of("://")) != BYTES_NOT_FOUND)
        return refuse(text, fail, " but a URL: give its ADDR:PORT");
    return slash == BYTES_NOT_FOUND ? parse_name(text, out, fail)
                                    : parse_network(text, slash, out, fail);
}
