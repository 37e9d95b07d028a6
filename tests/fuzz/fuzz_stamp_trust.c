/* A file of certificates that may be anything: it has one at least, or is refused. */
#include "claim.h"
#include "evidence/stamp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fail fail = {0};
    struct stamp_trust *t = stamp_trust_parse(bytes_at(data, size), &fail);
    require(t || (fail.code && fail.text[0]));
    stamp_trust_free(t);
    return 0;
}
