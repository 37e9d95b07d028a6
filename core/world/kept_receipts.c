#include "world/kept_receipts.h"

#include <stdlib.h>
#include <string.h>

struct kept_receipt {
    struct receipt receipt;
    struct kept_receipt *next;
};

void kept_receipts_add(struct kept_receipts *kept, const struct receipt *receipt)
{
    struct kept_receipt **link = &kept->first;
    while (*link)
        link = &(*link)->next;
    if (kept->count >= KEPT_RECEIPTS_MOST || !(*link = malloc(sizeof **link)))
        return;
    **link = (struct kept_receipt){.receipt = *receipt};
    kept->count++;
}

bool kept_receipts_take(struct kept_receipts *kept, const struct token *token, struct receipt *out)
{
    for (struct kept_receipt **link = &kept->first; *link; link = &(*link)->next) {
        struct kept_receipt *found = *link;
        if (memcmp(&found->receipt.token, token, sizeof *token) != 0)
            continue;
        *out = found->receipt;
        *link = found->next;
        kept->count--;
        free(found);
        return true;
    }
    return false;
}

void kept_receipts_free(struct kept_receipts *kept)
{
    while (kept->first) {
        struct kept_receipt *next = kept->first->next;
        free(kept->first);
        kept->first = next;
    }
}
