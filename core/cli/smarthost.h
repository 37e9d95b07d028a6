/*
 * smarthost: the operator's own mail server, as the command line names it, and connections to it.
 */
#pragma once

#include "cli/names.h"
#include "run/postman.h"

struct smarthost {
    char host[256];
    char shown[280]; /* "mail.example:587" */
    uint16_t port;
    struct resolvers resolvers;
    struct postman_order order; /* but its host */
};

/* "HOST", "HOST:PORT", "ADDRESS", "[V6]:PORT". Port and TLS follow from each other: 587 STARTTLS, 465 TLS from the
 * beginning. */
bool smarthost_parse(const char *text, struct smarthost *out, struct fail *fail);
/* "starttls", "implicit", "none". */
bool smarthost_tls(struct smarthost *s, const char *word);
/* What is said of it before anything is sent: "mail.example:587 (STARTTLS, with a password)". */
const char *smarthost_words(const struct smarthost *s, char out[400]);
/* A connection that is ready for letters, to the first of its addresses that gives one. Without TLS only to loopback. */
struct postman *smarthost_connect(const struct smarthost *s, struct fail *fail);
/* Can such a connection be prepared: the authorities' and the password's files, and that a server without TLS is on this
 * machine? Nobody is connected to. */
bool smarthost_check(const struct smarthost *s, struct fail *fail);
