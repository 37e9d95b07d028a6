/*
 * kept_receipts: the receipts that came before their probe asks for them.
 */
#pragma once

#include "proto/receipt.h"

enum { KEPT_RECEIPTS_MOST = 128 };

/* Zeroed: none. */
struct kept_receipts {
    struct kept_receipt *first;
    unsigned count;
};

/* Keeps a copy; beyond KEPT_RECEIPTS_MOST it is forgotten. */
void kept_receipts_add(struct kept_receipts *kept, const struct receipt *receipt);
/* Takes the receipt for this token; false when none is kept. */
bool kept_receipts_take(struct kept_receipts *kept, const struct token *token, struct receipt *out);
void kept_receipts_free(struct kept_receipts *kept);
