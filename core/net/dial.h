/*
 * dial: sockets made ready, and listeners. With datagram.h the only places where a process gets a new socket.
 */
#pragma once

#include "base/addr.h"
#include "net/loop.h"

/* A non-blocking TCP socket whose connection to `to` is under way; -1 with fail (EMFILE, ENETUNREACH,
 * …) when it can't even begin. Never blocks. Close-on-exec. */
int dial_start(const struct addr *to, struct fail *fail);
/* The same from an address of this machine, whose port counts for nothing. */
int dial_start_from(const struct addr *from, const struct addr *to, struct fail *fail);
/* A non-blocking UDP socket that is connected to `to` and hears nobody else; from: as above, or NULL. */
int dial_datagrams(const struct addr *from, const struct addr *to, struct fail *fail);

/* The address of this machine that the way to `to` begins at; nothing is sent. False: there is no way. */
bool dial_own_address(const struct addr *to, struct addr *out);

/* A listener; `at` with port 0 takes a free port, which is written back. -1 with fail ("127.0.0.1:25:
 * Address already in use"). */
int listen_open(struct addr *at, struct fail *fail);

/* The port that a socket is bound to; 0 when it can't be told. */
uint16_t listen_port(int fd);

/* A TCP port of `at` (its port is written back) that is held and never listens: whoever connects there is refused, and
 * nobody else can take it, as long as the descriptor is open. -1 with fail. */
int listen_closed(struct addr *at, struct fail *fail);

/* Calls fn with each accepted non-blocking socket (fn owns it) and its peer, until freed. Out of
 * descriptors: waits 100 ms and goes on. Takes ownership of the listening fd. NULL: no memory (the fd
 * is then closed). */
struct listener;
struct listener *listener_new(struct loop *loop, int fd,
                              void (*fn)(void *arg, int fd, const struct addr *peer), void *arg);
void listener_free(struct listener *l);
