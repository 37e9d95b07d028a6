/* The end of a file in which a key's runs are looked for: only what the key has signed is a run of its chain. */
#include "claim.h"
#include "evidence/chain_search.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* Nobody has the secret key of this point. */
    static const struct public_key nobody = {.id = "nobody!"};
    struct chain_entry *e = calloc(1, sizeof *e);
    require(e && !chain_search_tail(bytes_at(data, size), &nobody, e));
    free(e);
    return 0;
}
