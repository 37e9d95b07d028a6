/* A case's connections as packets that Wireshark reads: the bytes are the tape's, all around them is made up. */
#include "export/format.h"
#include "export/packet.h"
#include "export/pcapng_block.h"
#include "export/wire.h"

#include <stdio.h>

enum {
    COMMENT = 512,
    SEGMENT = 1400,

    FIRST_OURS = 1000000,
    FIRST_PEERS = 2000000
};

struct connection {
    bool known; /* its peer is */
    bool stands;
    bool udp;
    unsigned times; /* that it began: anew when TLS stands */
    struct addr ours;
    struct addr peer;
    uint32_t ours_next; /* sequence numbers */
    uint32_t peers_next;
};

struct capture {
    struct exporting *e;
    const char *id; /* of the case */
    struct wire_table connections;
    struct buf packet;

    instant at; /* of the record at hand */
    unsigned line;
    const char *what;
};

/* ---- one packet ---- */

static bool write_packet(struct capture *c, bool inbound, struct fail *fail)
{
    char comment[COMMENT];
    snprintf(comment, sizeof comment, "synthetic %s; case %s, line %u of its tape", c->what, c->id,
             c->line);
    return pcapng_put_packet(&c->e->out, c->at, buf_view(&c->packet), inbound, comment) ||
           fail_set(fail, "ELIMIT", "too large to be exported");
}

static struct packet_way way_of(const struct connection *n, bool inbound)
{
    return inbound ? (struct packet_way){n->peer, n->ours} : (struct packet_way){n->ours, n->peer};
}

/* What it takes of sequence numbers: each byte, and SYN and FIN like one. */
static bool put_segment(struct capture *c, struct connection *n, bool inbound, unsigned flags,
                        struct bytes payload, struct fail *fail)
{
    struct packet_way way = way_of(n, inbound);
    uint32_t *next = inbound ? &n->peers_next : &n->ours_next;
    uint32_t seen = inbound ? n->ours_next : n->peers_next;
    buf_clear(&c->packet);
    packet_put_tcp(&c->packet, &way, *next, flags & PACKET_ACK ? seen : 0, flags, payload);
    *next += (uint32_t)payload.n + ((flags & (PACKET_SYN | PACKET_FIN)) != 0);
    return write_packet(c, inbound, fail);
}

static bool put_bare(struct capture *c, struct connection *n, bool inbound, unsigned flags,
                     struct fail *fail)
{
    return put_segment(c, n, inbound, flags, bytes_at(NULL, 0), fail);
}

static bool put_datagram(struct capture *c, const struct connection *n, bool inbound,
                         struct bytes payload, struct fail *fail)
{
    struct packet_way way = way_of(n, inbound);
    if (payload.n > PACKET_PAYLOAD)
        return fail_set(fail, "ELIMIT", "line %u: no datagram is so long", c->line);
    buf_clear(&c->packet);
    packet_put_udp(&c->packet, &way, payload);
    return write_packet(c, inbound, fail);
}

/* ---- what a record makes of it ---- */

static bool put_handshake(struct capture *c, struct connection *n, struct fail *fail)
{
    unsigned shift = n->times++ * 500000;
    n->ours_next = FIRST_OURS + shift;
    n->peers_next = FIRST_PEERS + shift;
    return n->udp || (put_bare(c, n, false, PACKET_SYN, fail) &&
                      put_bare(c, n, true, PACKET_SYN | PACKET_ACK, fail) &&
                      put_bare(c, n, false, PACKET_ACK, fail));
}

static bool put_data(struct capture *c, struct connection *n, bool inbound, struct bytes data,
                     struct fail *fail)
{
    c->what = n->udp ? "IP and UDP headers around bytes of the tape"
                     : "IP and TCP headers around bytes of the tape";
    if (n->udp)
        return put_datagram(c, n, inbound, data, fail);
    for (; data.n > 0; data = bytes_slice(data, SEGMENT, data.n))
        if (!put_segment(c, n, inbound, PACKET_PSH | PACKET_ACK, bytes_slice(data, 0, SEGMENT),
                         fail))
            return false;
    return true;
}

static bool put_end(struct capture *c, struct connection *n, bool inbound, struct fail *fail)
{
    c->what = inbound ? "end: the peer closed" : "end: we closed";
    return n->udp || (put_bare(c, n, inbound, PACKET_FIN | PACKET_ACK, fail) &&
                      put_bare(c, n, !inbound, PACKET_ACK, fail));
}

static bool put_failure(struct capture *c, struct connection *n, const struct record *r,
                        struct fail *fail)
{
    c->what = "reset: the peer broke off";
    return n->udp || !bytes_equal_text(r->data, "ECONNRESET") ||
           put_bare(c, n, true, PACKET_RST | PACKET_ACK, fail);
}

/* What was sent inside TLS stands on the tape in the clear: it gets a stream of its own, which is not taken for TLS. */
static bool put_secured(struct capture *c, struct connection *n, struct fail *fail)
{
    c->what = "stream of what is inside TLS, from another port of ours";
    n->ours.port = (uint16_t)(n->ours.port ^ 1U);
    return put_handshake(c, n, fail);
}

static bool stand(struct capture *c, struct connection *n, const struct record *r,
                  struct fail *fail)
{
    if (!n->known || !addr_parse(r->data, &n->ours))
        return true; /* it is our sink's */
    if (n->ours.family != n->peer.family)
        return fail_set(fail, "EFORMAT", "line %u: from an address of another family", c->line);
    n->stands = true;
    c->what = "beginning";
    return put_handshake(c, n, fail);
}

static bool take(struct capture *c, struct connection *n, const struct record *r, struct fail *fail)
{
    if (r->op == RECORD_OPEN) {
        *n = (struct connection){.known = false};
        n->known = wire_peer(r, &n->peer, &n->udp);
        return true;
    }
    if (r->op == RECORD_OPENED)
        return stand(c, n, r, fail);
    if (!n->stands)
        return true;
    switch (r->op) {
    case RECORD_SEND:
        return put_data(c, n, false, r->data, fail);
    case RECORD_RECV:
        return put_data(c, n, true, r->data, fail);
    case RECORD_END:
        return put_end(c, n, true, fail);
    case RECORD_CLOSE:
        return put_end(c, n, false, fail);
    case RECORD_FAIL:
        return put_failure(c, n, r, fail);
    case RECORD_SECURED:
        return put_secured(c, n, fail);
    default:
        return true;
    }
}

/* ---- one case ---- */

static bool take_record(void *arg, const struct tape_head *head, const struct record *r,
                        unsigned line, struct fail *fail)
{
    struct capture *c = arg;
    if (r->c == 0)
        return true;
    c->at = head->started + r->t;
    c->line = line;
    struct connection *n = wire_row(&c->connections, r->c, fail);
    return n && take(c, n, r, fail);
}

static bool each(struct exporting *e, const struct bundle_case *one, struct fail *fail)
{
    struct capture c = {.e = e,
                        .id = one->id,
                        .connections = {.row = sizeof(struct connection)},
                        .packet = buf_new(64 * 1024)};
    bool ok = wire_each(one->tape, take_record, &c, fail);
    buf_free(&c.packet);
    wire_table_free(&c.connections);
    return ok;
}

static bool begin(struct exporting *e, struct fail *fail)
{
    char comment[2 * COMMENT];
    snprintf(comment, sizeof comment,
             "SYNTHETIC: no capture of a network. Made by ajar export from the tapes of the bundle "
             "%s (file %s, SHA-256 "
             "%s). The payloads, their order and their times are the tapes'; IP and TCP headers, "
             "handshakes, sequence "
             "numbers and the cut into segments are made up. What was sent inside TLS stands in a "
             "stream of its own, in "
             "the clear. The evidence is the bundle.",
             e->report->name, e->file_name, e->file_sha256);
    return pcapng_put_section(&e->out, "ajar " AJAR_VERSION, comment) ||
           fail_set(fail, "ENOMEM", "no memory for a capture");
}

const struct export_format export_pcapng = {"pcapng", true, false, begin, each, NULL};
