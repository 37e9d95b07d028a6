/*
 * tls_session: what stream.c asks of OpenSSL, so that no other file sees it. For the files of this
 * house.
 *
 * Each step gives more than 0 when it got somewhere, 0 when the peer has closed its half, and -1 with
 * *error otherwise: EAGAIN (wait until the socket can be read, or written if tls_session_wants_write),
 * EPROTO (tls_session_why says why) or what the socket said.
 */
#pragma once

#include "net/stream.h"

#include <sys/types.h>

struct tls_session;

/* name: for SNI, may be empty; an address or a name that can't stand there is left out. The fd stays
 * the caller's. */
struct tls_session *tls_session_new(struct stream_tls *tls, int fd, struct bytes name);
void tls_session_free(struct tls_session *t);
/* Whether sessions of this context are a client's. */
bool stream_tls_is_client(const struct stream_tls *tls);

/* A server's context that has no certificate yet, and OpenSSL's own behind one; for self_signed.c. */
struct stream_tls *stream_tls_bare_server(struct fail *fail);
struct ssl_ctx_st *stream_tls_context(const struct stream_tls *tls);

ssize_t tls_session_handshake(struct tls_session *t, int *error);
ssize_t tls_session_read(struct tls_session *t, void *to, size_t n, int *error);
ssize_t tls_session_write(struct tls_session *t, struct bytes what, int *error);
/* Sends the closing alert, if the socket takes it. */
void tls_session_finish(struct tls_session *t);

/* Bytes wait inside the session: a read can go on without the socket. */
bool tls_session_pending(const struct tls_session *t);
bool tls_session_wants_write(const struct tls_session *t);
/* What OpenSSL said of the last EPROTO. Static text. */
const char *tls_session_why(const struct tls_session *t);
