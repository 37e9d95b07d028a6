/*
 * own_udp: UDP through HTTP (RFC 9298) to our own sink and nobody else: what both versions of HTTP ask for and say.
 */
#pragma once

#include "proto/capsule.h"
#include "script/own_sink.h"

/* What a request upgrades to, or names as its protocol. */
#define OWN_UDP_PROTOCOL "connect-udp"

enum { OWN_UDP_PATH = 1024, OWN_UDP_QUESTION = 64 };

/* The path of a request for datagrams to the sink, by the template that every client knows (section 2):
 * "/.well-known/masque/udp/HOST/PORT/". With a token it is the control: where the port should stand there are letters
 * of the token's, which are none, so whoever says yes to it has not read it. */
bool own_udp_path(struct task *t, struct own_sink where, const struct token *control,
                  char out[OWN_UDP_PATH], struct fail *fail);
/* Appends the sink's question as a datagram. */
bool own_udp_put_question(const struct token *token, struct buf *out);
