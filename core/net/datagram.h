/*
 * datagram: UDP sockets that hear whoever speaks to them.
 *
 * One that answers each datagram by itself (the sink), and one that makes a connection of each who speaks first (the
 * simulated servers). A socket that is connected to one peer is made by dial_datagrams and read as a stream.
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

/* Waits on `fd`, which is bound to `at`, for a first datagram, and then gives fn a socket that is connected to who
 * sent it, with that datagram still to be read: fd itself; a new socket takes its place. For tests on loopback: what
 * others send in that moment is lost, or comes out of the wrong socket. */
struct callers;
typedef void (*callers_new_one)(void *arg, int fd, const struct addr *from);
struct callers *callers_new(struct loop *loop, int fd, const struct addr *at, callers_new_one fn,
                            void *arg);
void callers_free(struct callers *c);
