/*
 * dkim: signatures of messages (RFC 6376, RFC 8463), relaxed/relaxed.
 */
#pragma once

#include "base/time.h"
#include "notice/dkim_key.h"

enum { DKIM_SIGNERS = 4, DKIM_NAME = 254 };

/* Who signs: the key whose public half is at SELECTOR._domainkey.DOMAIN. */
struct dkim_signer {
    struct dkim_key *key;
    char selector[DKIM_NAME];
    char domain[DKIM_NAME];
};

/* Is it a name as it may stand there: letters, digits, "-" and "_" with dots between them? */
bool dkim_is_name(struct bytes text);

/* Appends a DKIM-Signature of each signer, over the fields that `header` has of those that matter (From also in that none may
 * be added) and the body. The keys are open. A header whose To the operator is to fill in is signed without that. */
bool dkim_put(struct buf *out, struct bytes header, struct bytes body,
              const struct dkim_signer *signers, size_t count, instant when, struct fail *fail);
