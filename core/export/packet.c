#include "export/packet.h"

#include "base/check.h"

enum { TCP = 6, UDP = 17, HOPS = 64, IPV4_HEADER = 20, TCP_HEADER = 20, UDP_HEADER = 8 };
enum { TCP_CHECKSUM = 16, UDP_CHECKSUM = 6, IPV4_CHECKSUM = 10, WINDOW = 65535 };

/* ---- the checksum of RFC 1071 ---- */

static uint64_t sum_of(struct bytes b)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < b.n; i++)
        sum += i % 2 ? b.p[i] : (uint64_t)b.p[i] << 8;
    return sum;
}

static uint16_t folded(uint64_t sum)
{
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return (uint16_t)~sum;
}

static void set_u16(unsigned char *at, uint16_t value)
{
    at[0] = (unsigned char)(value >> 8);
    at[1] = (unsigned char)value;
}

/* What a segment's checksum covers beside it: the pseudo-header. */
static uint64_t pseudo_sum(const struct packet_way *way, unsigned protocol, size_t length)
{
    size_t n = addr_ip_length(&way->from);
    return sum_of(bytes_at(way->from.ip, n)) + sum_of(bytes_at(way->to.ip, n)) + protocol + length;
}

/* ---- headers ---- */

static void put_ipv4(struct buf *out, const struct packet_way *way, unsigned protocol,
                     size_t length)
{
    size_t start = out->n;
    buf_put_u16(out, 0x4500); /* version 4, 5 words of header */
    buf_put_u16(out, (uint16_t)(IPV4_HEADER + length));
    buf_put_u16(out, 0);
    buf_put_u16(out, 0x4000); /* not to be fragmented */
    buf_put_byte(out, HOPS);
    buf_put_byte(out, (unsigned char)protocol);
    buf_put_u16(out, 0);
    buf_put(out, bytes_at(way->from.ip, 4));
    if (buf_put(out, bytes_at(way->to.ip, 4)) && !out->overflow)
        set_u16(out->p + start + IPV4_CHECKSUM,
                folded(sum_of(bytes_at(out->p + start, IPV4_HEADER))));
}

static void put_ipv6(struct buf *out, const struct packet_way *way, unsigned protocol,
                     size_t length)
{
    buf_put_u32(out, 0x60000000);
    buf_put_u16(out, (uint16_t)length);
    buf_put_byte(out, (unsigned char)protocol);
    buf_put_byte(out, HOPS);
    buf_put(out, bytes_at(way->from.ip, 16));
    buf_put(out, bytes_at(way->to.ip, 16));
}

static void put_ip(struct buf *out, const struct packet_way *way, unsigned protocol, size_t length)
{
    require(way->from.family == way->to.family && length <= PACKET_PAYLOAD + TCP_HEADER);
    if (way->from.family == ADDR_IPV4)
        put_ipv4(out, way, protocol, length);
    else
        put_ipv6(out, way, protocol, length);
}

static void put_ports(struct buf *out, const struct packet_way *way)
{
    buf_put_u16(out, way->from.port);
    buf_put_u16(out, way->to.port);
}

/* Sets the checksum of the segment that begins at `start`, at this place in it. */
static bool seal(struct buf *out, const struct packet_way *way, unsigned protocol, size_t start,
                 size_t at)
{
    if (out->overflow)
        return false;
    struct bytes segment = bytes_at(out->p + start, out->n - start);
    uint16_t checksum = folded(pseudo_sum(way, protocol, segment.n) + sum_of(segment));
    bool absent = checksum == 0 && protocol == UDP; /* in UDP 0 says that there is none */
    set_u16(out->p + start + at, absent ? 0xffff : checksum);
    return true;
}

bool packet_put_tcp(struct buf *out, const struct packet_way *way, uint32_t sequence,
                    uint32_t acknowledged, unsigned flags, struct bytes payload)
{
    put_ip(out, way, TCP, TCP_HEADER + payload.n);
    size_t start = out->n;
    put_ports(out, way);
    buf_put_u32(out, sequence);
    buf_put_u32(out, acknowledged);
    buf_put_u16(out, (uint16_t)(5U << 12 | flags)); /* 5 words of header */
    buf_put_u16(out, WINDOW);
    buf_put_u32(out, 0); /* checksum, urgent pointer */
    buf_put(out, payload);
    return seal(out, way, TCP, start, TCP_CHECKSUM);
}

bool packet_put_udp(struct buf *out, const struct packet_way *way, struct bytes payload)
{
    put_ip(out, way, UDP, UDP_HEADER + payload.n);
    size_t start = out->n;
    put_ports(out, way);
    buf_put_u16(out, (uint16_t)(UDP_HEADER + payload.n));
    buf_put_u16(out, 0);
    buf_put(out, payload);
    return seal(out, way, UDP, start, UDP_CHECKSUM);
}
