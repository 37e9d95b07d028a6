/*
 * datagram: a UDP socket that hears whoever speaks to it, for the sink.
 *
 * A socket that is connected to one peer is made by dial_datagrams and read as a stream.
 */
#pragma once

#include "base/addr.h"
#include "base/bytes.h"
#include "net/loop.h"

enum { DATAGRAM_MOST = 2048 };

/* A non-blocking UDP socket bound to `at`; port 0 takes a free port, which is written back. -1 with fail. */
int datagram_open(struct addr *at, struct fail *fail);

/* Calls fn with each datagram that comes (cut to DATAGRAM_MOST bytes), lent for the call, until freed. Takes
 * ownership of fd, also when it gives NULL (no memory). */
struct datagrams;
typedef void (*datagram_got)(void *arg, const struct addr *from, struct bytes got);
struct datagrams *datagrams_new(struct loop *loop, int fd, datagram_got fn, void *arg);
void datagrams_free(struct datagrams *d);
/* Sends one datagram, or loses it when the socket takes none now. */
void datagrams_send(const struct datagrams *d, const struct addr *to, struct bytes what);
