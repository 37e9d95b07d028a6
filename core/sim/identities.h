/*
 * identities: the certificates that simulated servers speak TLS with, each made when it is first asked for.
 */
#pragma once

#include "net/self_signed.h"

struct identities;

struct identities *identities_new(void);
void identities_free(struct identities *ids);
/* "good", "expired", "early", "other", "chain", "huge", "weak", "ed25519" or "old"; with h2 it chooses HTTP/2 where it is offered.
 * The context stays theirs. */
struct stream_tls *identities_find(struct identities *ids, struct bytes certificate, bool h2,
                                   struct fail *fail);
