/*
 * findings: which tokens a message brings, and what it is for each: its kind (proto/receipt.h).
 */
#pragma once

#include "proto/receipt.h"
#include "sink/sink.h"

/* A mailbox that the message came to. */
struct recipient {
    struct token token;
    bool bounce; /* "bounce-TOKEN": where reports of non-delivery go */
};

/* Does "bounce-" stand before the token's letters? */
bool recipient_is_bounce(struct bytes path, const struct token *token);

struct findings {
    struct token token[SINK_RECIPIENTS + 1];
    enum receipt_kind kind[SINK_RECIPIENTS + 1];
    unsigned n;
};

/* Of the tokens of its mailboxes, SINK_RECIPIENTS at most, and of its own, where that is another. `domain` (of the run's mailboxes),
 * `sender` and `message` as for mail_sort.h. */
struct findings findings_of(const struct token_family *ours, const char *domain,
                            const struct recipient *to, unsigned n, struct bytes sender,
                            struct bytes message);
