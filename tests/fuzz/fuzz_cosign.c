/* A co-signature that may be anything. The one among the seeds, made for just this bundle, holds; no other does that
 * says the same, and none holds for another bundle. */
#include "claim.h"
#include "evidence/cosign.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fail fail = {0};
    struct cosignature c;
    struct signature s;
    struct cosigned what = {"b", bytes_of("tags"), bytes_of("first")};
    struct cosigned other = {"b", bytes_of("tags"), bytes_of("another")};
    struct bytes text = bytes_at(data, size);
    require(!cosign_check(text, &other, NULL, &c, &fail));
    require(fail.code && fail.text[0]);
    if (!cosign_check(text, &what, NULL, &c, &fail))
        return 0;
    require(signature_parse(text, &s, &fail));
    require(memcmp(s.key_id, c.key.id, sizeof s.key_id) == 0);
    require(cosign_check(text, &what, &c.key, &c, &fail));
    c.key.ed25519[5] ^= 1;
    struct public_key bent = c.key;
    require(!cosign_check(text, &what, &bent, &c, &fail));
    return 0;
}
