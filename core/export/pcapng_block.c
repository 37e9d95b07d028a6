#include "export/pcapng_block.h"

enum { SECTION = 0x0a0d0d0a, INTERFACE = 1, PACKET = 6, LINK_RAW = 101, ORDER = 0x1a2b3c4d };
enum { OPTION_END = 0, OPTION_COMMENT = 1, OPTION_PROGRAM = 4, OPTION_FLAGS = 2 };
enum { INBOUND = 1, OUTBOUND = 2, FRAME = 12 }; /* type, length, and the length again */

static void put_le(struct buf *out, uint64_t value, unsigned size)
{
    for (unsigned i = 0; i < size; i++)
        buf_put_byte(out, (unsigned char)(value >> 8 * i));
}

static void pad(struct buf *out)
{
    while (out->n % 4 != 0 && !out->overflow)
        buf_put_byte(out, 0);
}

static void put_option(struct buf *body, unsigned code, struct bytes value)
{
    put_le(body, code, 2);
    put_le(body, value.n, 2);
    buf_put(body, value);
    pad(body);
}

static void end_options(struct buf *body)
{
    put_le(body, OPTION_END, 2);
    put_le(body, 0, 2);
}

static bool put_block(struct buf *out, uint32_t type, struct buf *body)
{
    put_le(out, type, 4);
    put_le(out, FRAME + body->n, 4);
    buf_put(out, buf_view(body));
    put_le(out, FRAME + body->n, 4);
    bool ok = !body->overflow && !out->overflow;
    buf_free(body);
    return ok;
}

bool pcapng_put_section(struct buf *out, const char *program, const char *comment)
{
    struct buf header = buf_new(64 * 1024);
    struct buf interface = buf_new(1024);
    put_le(&header, ORDER, 4);
    put_le(&header, 1, 2); /* version 1.0 */
    put_le(&header, 0, 2);
    put_le(&header, UINT64_MAX, 8); /* the section's length is not said */
    put_option(&header, OPTION_COMMENT, bytes_of(comment));
    put_option(&header, OPTION_PROGRAM, bytes_of(program));
    end_options(&header);
    put_le(&interface, LINK_RAW, 2);
    put_le(&interface, 0, 2);
    put_le(&interface, 0, 4); /* no limit to a packet */
    bool ok = put_block(out, SECTION, &header);
    return put_block(out, INTERFACE, &interface) && ok;
}

bool pcapng_put_packet(struct buf *out, instant at, struct bytes packet, bool inbound,
                       const char *comment)
{
    unsigned char flags[4] = {inbound ? INBOUND : OUTBOUND};
    struct buf body = buf_new(packet.n + 64 * 1024);
    put_le(&body, 0, 4); /* the interface */
    put_le(&body, (uint64_t)at >> 32, 4);
    put_le(&body, (uint64_t)at & 0xffffffff, 4);
    put_le(&body, packet.n, 4);
    put_le(&body, packet.n, 4);
    buf_put(&body, packet);
    pad(&body);
    put_option(&body, OPTION_COMMENT, bytes_of(comment));
    put_option(&body, OPTION_FLAGS, bytes_at(flags, sizeof flags));
    end_options(&body);
    return put_block(out, PACKET, &body);
}
