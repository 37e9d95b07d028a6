/*
 * stream: bytes over a connected (or connecting) non-blocking TCP socket, plain or TLS.
 *
 * A stream is polled, not pushed: a call that can't go on says STREAM_AGAIN, and the stream then
 * calls `wake` once, from the loop, when it is worth calling again or when the deadline has passed
 * (the same call then says STREAM_FAILED with "ETIMEDOUT"). A stream never calls wake from inside one
 * of its functions, so its owner may close it anywhere.
 */
#pragma once

#include "base/addr.h"
#include "base/buf.h"
#include "net/loop.h"

enum stream_state {
    STREAM_OK,
    STREAM_AGAIN,  /* wake will be called */
    STREAM_END,    /* the peer closed its half in order */
    STREAM_FAILED, /* fail says how: ECONNREFUSED, ECONNRESET, ETIMEDOUT, ETLS, … */
};

struct stream;
typedef void (*stream_wake)(void *owner);

/* Takes ownership of fd, also when it returns NULL (out of memory). */
struct stream *stream_new(struct loop *loop, int fd, stream_wake wake, void *owner);
/* Closes at once: what was not yet written is lost. NULL is allowed. */
void stream_free(struct stream *s);

/* Its socket is a connected UDP one: each read gives one datagram, of STREAM_DATAGRAM bytes at most (what is beyond
 * is cut off, empty ones are not seen), and each write sends one, or loses it when the socket takes none now. It
 * never ends; a port that is closed shows as ECONNREFUSED. */
enum { STREAM_DATAGRAM = 2048 };
void stream_datagrams(struct stream *s);

/* The latest monotonic instant until which STREAM_AGAIN may be answered; 0 = no limit. Holds until
 * set anew. */
void stream_deadline(struct stream *s, instant deadline);

/* STREAM_OK once the connection stands. */
enum stream_state stream_connected(struct stream *s, struct fail *fail);
/* STREAM_OK: *got lends at least one byte, until the next read of any stream of this loop. */
enum stream_state stream_read(struct stream *s, struct bytes *got, struct fail *fail);
/* Sends what it can now and keeps the rest (at most STREAM_UNSENT bytes, more is STREAM_FAILED with
 * "ELIMIT"), which goes out by itself. Never STREAM_AGAIN. A write that finds the connection reset is
 * STREAM_OK: what the peer said before can still be read, and the failure comes behind it, or with the
 * next write. */
enum { STREAM_UNSENT = 1024 * 1024 };
enum stream_state stream_write(struct stream *s, struct bytes what, struct fail *fail);
/* STREAM_OK once nothing is left unsent. */
enum stream_state stream_flushed(struct stream *s, struct fail *fail);
/* Shuts our half down once all is sent. */
void stream_finish(struct stream *s);
/* Has the stream end with a reset, not in order, when it is freed. */
void stream_reset(struct stream *s);

/* Addresses of both ends; false when the socket has none any more. */
bool stream_local(const struct stream *s, struct addr *out);
bool stream_peer(const struct stream *s, struct addr *out);

/* TLS (OpenSSL). A context is made before a process is confined. */
struct stream_tls;
/* As a client that accepts any certificate (what stands there is evidence, not a condition). */
struct stream_tls *stream_tls_client(struct fail *fail);
/* As a client that holds the peer to its certificate: issued for `host` (a name, or an address as text) by one of the
 * authorities in this PEM file; NULL: the system's. TLS 1.2 at least. What does not hold fails the handshake, "ETLS". All
 * that it needs is read here. */
struct stream_tls *stream_tls_verified(const char *ca_file, const char *host, struct fail *fail);
/* As a server with a certificate and key in PEM files. */
struct stream_tls *stream_tls_server(const char *cert, const char *key, struct fail *fail);
void stream_tls_free(struct stream_tls *tls);
/* Begins the handshake; name (may be empty) goes into SNI. Once, after which reads and writes are
 * inside TLS. False when bytes that the caller has not read stand before it. */
bool stream_secure(struct stream *s, struct stream_tls *tls, struct bytes name, struct fail *fail);
/* Right behind it, for a client: the application protocol that the handshake offers (RFC 7301), "h2". */
void stream_tls_offer(struct stream *s, struct bytes protocol);
/* STREAM_OK once the handshake is done. */
enum stream_state stream_secured(struct stream *s, struct fail *fail);
/* Version and cipher, static text; NULL when not TLS. */
const char *stream_tls_version(const struct stream *s);
const char *stream_tls_cipher(const struct stream *s);
/* Appends the peer's nth certificate (0 = its own) in DER; false when there is no such. */
bool stream_tls_certificate(const struct stream *s, unsigned nth, struct buf *out);
