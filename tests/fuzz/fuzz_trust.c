/* A file of trusted keys that may be anything: each key that is read is there once, and trusted for a while. */
#include "base/text.h"
#include "claim.h"
#include "evidence/trust.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fail fail = {0};
    struct trust t = {.count = 0};
    if (!trust_parse(&t, bytes_at(data, size), &fail))
        require(fail.code && memcmp(fail.text, "line ", 5) == 0);
    require(t.count <= TRUST_KEYS);
    for (unsigned i = 0; i < t.count; i++) {
        const struct trusted_key *key = &t.keys[i];
        require(key->from < key->until && trust_find(&t, key->key.id) == key);
        require(text_is_printable(bytes_of(key->name)));
        require(trust_holds(key, key->until - 1, key->until - 1, &fail));
        require(key->from == INT64_MIN || !trust_holds(key, key->from - 1, key->from, &fail));
        require(key->until == INT64_MAX || !trust_holds(key, key->until, key->until, &fail));
    }
    return 0;
}
