/*
 * pcapng_block: the blocks of a pcapng file (draft-ietf-opsawg-pcapng), little-endian, with one interface of IP packets
 * (LINKTYPE_RAW) and times in microseconds.
 */
#pragma once

#include "base/buf.h"
#include "base/time.h"

/* Section header and interface description. */
bool pcapng_put_section(struct buf *out, const char *program, const char *comment);
/* A packet of that interface; `inbound`: it came to us. */
bool pcapng_put_packet(struct buf *out, instant at, struct bytes packet, bool inbound,
                       const char *comment);
