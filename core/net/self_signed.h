/*
 * self_signed: TLS for the simulators' servers, with certificates that are made when they are asked for and live in
 * memory alone.
 */
#pragma once

#include "net/stream.h"

struct self_signed {
    const char *name; /* whose it says to be */
    int from_days;    /* valid from and until so many days from today; may be negative */
    int to_days;
    unsigned chain; /* certificates sent beside it, about 450 bytes each */
    bool ed25519;   /* else a P-256 key, */
    bool weak;      /* or RSA of 1024 bits, signed with SHA-1 */
    bool old;       /* TLS 1.0 at most */
    bool h2;        /* of the protocols offered (RFC 7301) it chooses HTTP/2, else HTTP/1.1 */
};

/* A server's context; free with stream_tls_free. Code "ETLS". */
struct stream_tls *self_signed_server(const struct self_signed *how, struct fail *fail);
